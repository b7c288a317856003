from django.urls import path

from search.page import views

urlpatterns = [path("", views.search, name="search")]
