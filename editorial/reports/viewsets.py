"""Where editors find the reports of mistakes."""

from django.contrib.admin.utils import unquote
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import Role
from accounts.permissions import languages_of
from editorial.models import MistakeReport
from editorial.reports import services


class MistakeReportPolicy(ModelPermissionPolicy):
    """Editors and reviewers see and finish the reports of their languages; nobody adds or deletes."""

    def user_has_permission(self, user, action):
        if action not in ("change", "view") or not user.is_active:
            return False
        return user.is_superuser or any(
            languages_of(user, role) for role in (Role.EDITOR, Role.REVIEWER)
        )

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return (
            self.user_has_permission(user, action)
            and MistakeReport.objects.visible_to(user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user, actions):
        return MistakeReport.objects.visible_to(user)


class VisibleMixin:
    """Finds a report among those that the person may see."""

    def get_object(self, queryset=None):
        number = unquote(str(self.kwargs["pk"]))
        return get_object_or_404(
            MistakeReport.objects.visible_to(self.request.user),
            pk=number if number.isascii() and number.isdigit() else None,
        )


class MistakeIndexView(IndexView):
    def get_base_queryset(self):
        return MistakeReport.objects.visible_to(self.request.user)


class DoneForm(WagtailAdminModelForm):
    """The one change: open to done."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].disabled = self.instance.state == MistakeReport.State.DONE

    def save(self, commit=True):
        if self.instance.state == MistakeReport.State.DONE:
            self.instance = services.close(self.instance.pk, self.for_user)
        return self.instance


class MistakeEditView(VisibleMixin, EditView):
    pass


class MistakeHistoryView(VisibleMixin, HistoryView):
    pass


class MistakeUsageView(VisibleMixin, UsageView):
    pass


class MistakeReportViewSet(ModelViewSet):
    """The list of reports, open ones first."""

    model = MistakeReport
    icon = "warning"
    menu_label = _("Reported mistakes")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["page_title", "page_language", "state", "created_at", "done_by"]
    list_filter = ["state", "page_language"]
    list_per_page = 50
    ordering = ["-state", "-created_at"]
    copy_view_enabled = False
    index_view_class = MistakeIndexView
    edit_view_class = MistakeEditView
    history_view_class = MistakeHistoryView
    usage_view_class = MistakeUsageView
    edit_handler = ObjectList(
        [HelpPanel(template="editorial/reports/panel.html"), FieldPanel("state")],
        base_form_class=DoneForm,
    )

    @property
    def permission_policy(self):
        return MistakeReportPolicy(MistakeReport)


mistake_reports = MistakeReportViewSet("mistakes")
