"""Addresses of desks: their figures, as a page and as a file."""

from django.urls import path

from marketplace.desk import views

urlpatterns = [
    path("account/desk/", views.desk, name="desk"),
    path("account/desk/figures.csv", views.table, name="desk-table"),
]
