"""Where moderators work in Wagtail's admin."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from moderation import permissions
from moderation.admin_views import ICON, CasesView, CaseView
from moderation.models import Case


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("reported/", CasesView.as_view(), name="moderation_cases"),
        path("reported/<int:pk>/", CaseView.as_view(), name="moderation_case"),
    ]


class ReportedItem(MenuItem):
    """Only for those who work there."""

    def is_shown(self, request):
        return permissions.is_moderator(request.user)


@hooks.register("register_admin_menu_item")
def menu_item():
    return ReportedItem(
        _("Reported content"),
        reverse_lazy("moderation_cases"),
        name="reported",
        icon_name=ICON,
        order=240,
    )


class ReportedPanel(Component):
    """How much waits for a moderator, on the first page of the admin."""

    name = "reported"
    order = 5
    template_name = "moderation/admin/panel.html"

    def __init__(self, user):
        self.cases = Case.objects.visible_to(user).waiting().order_by("created_at", "pk")[:20]

    def get_context_data(self, parent_context):
        return {"cases": self.cases}


@hooks.register("construct_homepage_panels")
def add_panel(request, panels):
    if permissions.is_moderator(request.user) and not request.user.is_superuser:
        panels.append(ReportedPanel(request.user))
