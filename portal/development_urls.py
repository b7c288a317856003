"""The addresses of the portal and one for its mails. Only the development settings name this module."""

from django.urls import path

from portal import mails, urls

urlpatterns = [
    path("mails/", mails.mails, name="mails"),
    path("mails/<str:name>/", mails.mail, name="mail"),
    path("mails/<str:name>/html/", mails.html, name="mail-html"),
    *urls.urlpatterns,
]
handler404 = urls.handler404
