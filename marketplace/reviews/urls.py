"""The address at which a side reviews the other."""

from django.urls import path

from marketplace.reviews import views

urlpatterns = [path("account/deals/<uuid:key>/review/", views.review, name="review")]
