"""Addresses of readers; the moderators' are in the admin."""

from django.urls import path

from moderation import views

app_name = "moderation"
urlpatterns = [
    path("notice/", views.notice, name="notice"),
    path("case/<str:token>/", views.case, name="case"),
    path("figures/", views.figures, name="figures"),
]
