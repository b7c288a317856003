"""Addresses of members' pages and of invitations; the public pages are Wagtail's."""

from django.urls import path

from organisations import views

app_name = "organisations"
urlpatterns = [
    path("account/organisations/", views.own, name="own"),
    path("account/organisations/new/", views.register, name="register"),
    path("account/organisations/<uuid:key>/", views.record, name="record"),
    path("account/organisations/<uuid:key>/edit/", views.edit, name="edit"),
    path("account/organisations/<uuid:key>/invite/", views.invite, name="invite"),
    path(
        "account/organisations/<uuid:key>/members/<int:pk>/",
        views.change_member,
        name="change_member",
    ),
    path("account/organisations/<uuid:key>/leave/", views.leave, name="leave"),
    path("organisations/invitation/<str:token>/", views.invitation, name="invitation"),
    path("organisations/invitation/<str:token>/decline/", views.decline, name="decline"),
]
