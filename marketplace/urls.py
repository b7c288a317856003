"""Addresses of the marketplace. Its lists and pages are served as pages of the tree."""

app_name = "marketplace"
urlpatterns: list = []
