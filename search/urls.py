from django.urls import path

from search.page import feeds, views

urlpatterns = [
    path("", views.search, name="search"),
    path("feed/", feeds.results, name="search-feed"),
]
