"""Where operators assign roles and invite people in the admin."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.forms import InvitationChangeForm, InvitationForm
from accounts.models import Invitation, RoleAssignment
from core import registry
from core.languages import language


class RoleAssignmentForm(WagtailAdminModelForm):
    """A person, a role and one of the portal's languages; of who decides, a section or country."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [(code, language(code).name) for code in settings.CONTENT_LANGUAGES],
    )

    section = forms.ChoiceField(
        label=_("Section"),
        required=False,
        choices=lambda: [("", _("All sections")), *registry.sections().items()],
        help_text=RoleAssignment._meta.get_field("section").help_text,
    )

    class Meta:
        model = RoleAssignment
        fields = ["user", "role", "language", "section", "country"]


class RoleAssignmentViewSet(ModelViewSet):
    """The table of roles."""

    model = RoleAssignment
    icon = "group"
    menu_label = _("Roles")
    menu_order = 610
    add_to_settings_menu = True
    list_display = [
        "user",
        "role",
        "language",
        Column(
            "section",
            label=_("Section"),
            accessor=lambda one: registry.sections().get(one.section, one.section),
        ),
        Column("country", label=_("Country"), accessor=lambda one: one.get_country_display()),
    ]
    list_filter = ["role", "language", "section"]
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return RoleAssignmentForm


role_assignments = RoleAssignmentViewSet("roles")


class InvitationViewSet(ModelViewSet):
    """Who is invited and what became of it: invite, send again, withdraw."""

    model = Invitation
    icon = "mail"
    menu_label = _("Invitations")
    menu_order = 605
    add_to_settings_menu = True
    list_display = [
        "email",
        Column("language", label=_("Language"), accessor=lambda one: language(one.language).name),
        Column("state", label=_("State"), accessor=lambda one: one.state.label),
        "invited_by",
        "created_at",
        "expires_at",
    ]
    list_filter = ["language"]
    search_fields = ["email"]
    search_backend_name = None
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return InvitationChangeForm if for_update else InvitationForm


invitations = InvitationViewSet("invitations")
