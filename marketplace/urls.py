"""Addresses of the marketplace. Its lists and pages are served as pages of the tree."""

from django.urls import include, path

app_name = "marketplace"
urlpatterns = [
    path("", include("marketplace.invitations.urls")),
    path("", include("marketplace.listings.urls")),
    path("", include("marketplace.writing.urls")),
    path("", include("marketplace.deals.urls")),
    path("", include("marketplace.agreements.urls")),
    path("", include("marketplace.reviews.urls")),
    path("", include("marketplace.desk.urls")),
    path("", include("marketplace.rooms.urls")),
]
