"""Where recommendations meet Wagtail's admin."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from guidelines.models import RecommendationPage
from guidelines.views import MoveView


@hooks.register("register_admin_urls")
def register_urls():
    return [path("recommendations/<int:pk>/status/", MoveView.as_view(), name="guidelines_move")]


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
