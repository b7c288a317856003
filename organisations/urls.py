"""Addresses of members' pages and of invitations; the public pages are Wagtail's."""

from django.urls import path

from organisations.views import invited, members, profiles, records

app_name = "organisations"
urlpatterns = [
    path("account/organisations/", records.own, name="own"),
    path("account/organisations/new/", records.register, name="register"),
    path("account/organisations/<uuid:key>/", records.record, name="record"),
    path("account/organisations/<uuid:key>/edit/", records.edit, name="edit"),
    path("account/organisations/<uuid:key>/invite/", members.invite, name="invite"),
    path(
        "account/organisations/<uuid:key>/members/<int:pk>/",
        members.change_member,
        name="change_member",
    ),
    path(
        "account/organisations/<uuid:key>/invitations/<int:pk>/",
        members.change_invitation,
        name="change_invitation",
    ),
    path("account/organisations/<uuid:key>/profile/", profiles.begin, name="new_profile"),
    path("account/organisations/<uuid:key>/profile/<str:code>/", profiles.write, name="profile"),
    path("account/organisations/<uuid:key>/leave/", members.leave, name="leave"),
    path("organisations/invitation/<str:token>/", invited.invitation, name="invitation"),
    path("organisations/invitation/<str:token>/decline/", invited.decline, name="decline"),
]
