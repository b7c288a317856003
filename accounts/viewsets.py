"""Where operators assign roles in the admin."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import RoleAssignment
from core.languages import language


class RoleAssignmentForm(WagtailAdminModelForm):
    """A person, a role and one of the portal's languages."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [(code, language(code).name) for code in settings.CONTENT_LANGUAGES],
    )

    class Meta:
        model = RoleAssignment
        fields = ["user", "role", "language"]


class RoleAssignmentViewSet(ModelViewSet):
    """The table of roles."""

    model = RoleAssignment
    icon = "group"
    menu_label = _("Roles")
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["user", "role", "language"]
    list_filter = ["role", "language"]
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return RoleAssignmentForm


role_assignments = RoleAssignmentViewSet("roles")
