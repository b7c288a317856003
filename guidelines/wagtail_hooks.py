"""Where recommendations meet Wagtail's admin."""

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from guidelines import services
from guidelines.models import RecommendationPage, Status
from guidelines.views import FollowingView, MoveView


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("recommendations/", FollowingView.as_view(), name="guidelines_following"),
        path("recommendations/<int:pk>/status/", MoveView.as_view(), name="guidelines_move"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return MenuItem(
        gettext_lazy("Recommendations"),
        reverse_lazy("guidelines_following"),
        name="recommendations",
        icon_name="list-ol",
        order=300,
    )


def status_button(page) -> list[Button]:
    if not issubclass(page.cached_content_type.model_class(), RecommendationPage):
        return []
    address = reverse("guidelines_move", args=[page.pk])
    return [Button(_("Status"), address, icon_name="list-ol", priority=5)]


@hooks.register("register_page_header_buttons")
def header_button(page, user, view_name, next_url=None):
    return status_button(page)


@hooks.register("register_page_listing_more_buttons")
def listing_button(page, user, next_url=None):
    return status_button(page)


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(services.MOVED)
    class Moved(LogFormatter):
        label = gettext_lazy("Record a status")

        def format_message(self, log_entry):
            return _("Status: %(status)s, %(date)s") % said(log_entry)

    @actions.register_action(services.TAKEN_BACK)
    class TakenBack(LogFormatter):
        label = gettext_lazy("Take back a status")

        def format_message(self, log_entry):
            return _("Taken back: %(status)s, %(date)s") % said(log_entry)


def said(log_entry) -> dict:
    return {"status": Status(log_entry.data["status"]).label, "date": log_entry.data["on"]}
