"""Addresses around the lists. The lists and the pages themselves are pages of the tree."""

from django.urls import path

from marketplace.listings import views
from marketplace.listings.alerts import views as alerts

urlpatterns = [
    path("account/needs/<uuid:need_key>/details/", views.details, name="need-details"),
    path("alerts/confirm/<str:token>/", alerts.confirm, name="alert-confirm"),
    path("alerts/stop/<str:token>/", alerts.stop, name="alert-stop"),
    path("alerts/<slug:kind>/", alerts.save, name="alert"),
    path("alerts/<slug:kind>/sent/", alerts.sent, name="alert-sent"),
]
