"""Addresses in mails."""

from django.urls import path

from accounts.views import private
from editorial.notices import views

urlpatterns = [path("stop/<str:token>/", private(views.stop), name="mails-stop")]
