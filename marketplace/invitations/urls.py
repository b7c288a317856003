"""Addresses of what fits a need, and of invitations of providers."""

from django.urls import path

from marketplace.invitations import views

urlpatterns = [
    path("account/needs/<int:pk>/matches/", views.need_matches, name="need-matches"),
    path("account/needs/<int:pk>/matches/invite/", views.invite, name="need-invite"),
]
