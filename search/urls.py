from django.urls import path

from search.page import feeds, views
from search.suggest.views import suggestions

urlpatterns = [
    path("", views.search, name="search"),
    path("feed/", feeds.results, name="search-feed"),
    path("suggest/", suggestions, name="search-suggest"),
]
