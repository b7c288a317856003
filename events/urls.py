"""Addresses of events beside their pages. All are private or change with time."""

from django.urls import path

from events import views

urlpatterns = [
    path("calendar.ics", views.calendar, name="event-calendar"),
    path("registration/<uuid:key>/", views.register, name="event-register"),
    path("registration/<uuid:key>/sent/", views.sent, name="event-sent"),
    path("registration/confirm/<str:token>/", views.confirm, name="event-confirm"),
    path("registration/withdraw/<str:token>/", views.withdraw, name="event-withdraw"),
]
