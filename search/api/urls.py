"""Addresses below `/api/`."""

from django.urls import path

from search.api import views

urlpatterns = [
    path("v1/search", views.search, name="api-search"),
    path("v1/suggest", views.suggest, name="api-suggest"),
    path("v1/openapi.json", views.description, name="api-description"),
    path("<path:rest>", views.unknown),
]
