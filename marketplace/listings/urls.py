"""Addresses around the lists. The lists and the pages themselves are pages of the tree."""

from django.urls import path

from marketplace.listings.alerts import views

urlpatterns = [
    path("alerts/confirm/<str:token>/", views.confirm, name="alert-confirm"),
    path("alerts/stop/<str:token>/", views.stop, name="alert-stop"),
    path("alerts/<slug:kind>/", views.save, name="alert"),
    path("alerts/<slug:kind>/sent/", views.sent, name="alert-sent"),
]
