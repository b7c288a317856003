"""Registrations in the admin's menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from events import admin_views, permissions


class RegistrationsMenuItem(MenuItem):
    """For those who may see registrations."""

    def is_shown(self, request):
        return permissions.can_see_registrations(request.user)


@hooks.register("register_admin_menu_item")
def menu_item():
    return RegistrationsMenuItem(
        _("Registrations"), reverse("event-registrations-index"), icon_name="date", order=450
    )


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("events/", admin_views.events, name="event-registrations-index"),
        path("events/totals.csv", admin_views.totals_csv, name="event-totals"),
        path("events/<uuid:key>/", admin_views.registrations, name="event-registrations"),
        path("events/<uuid:key>/list.csv", admin_views.participants_csv, name="event-participants"),
    ]
