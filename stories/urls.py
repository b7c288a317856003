from django.urls import path

from stories.views import compare, confirming, tried, writing

urlpatterns = [
    path("account/stories/", writing.mine, name="stories-mine"),
    path("account/stories/new/", writing.new, name="stories-new"),
    path("account/stories/<int:pk>/", writing.status, name="stories-status"),
    path("account/stories/<int:pk>/<int:number>/", writing.step, name="stories-step"),
    path("account/stories/<int:pk>/preview/", writing.preview, name="stories-preview"),
    path("account/stories/<int:pk>/delete/", writing.delete, name="stories-delete"),
    path("account/stories/tried/<uuid:key>/", tried.report, name="stories-tried"),
    path("stories/compare/", compare.compare, name="stories-compare"),
    path("stories/still-true/<str:token>/", confirming.still_true, name="stories-still-true"),
]
