"""Where reviewers decide about reports "we tried this too", in the admin."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from stories import permissions, services
from stories.tried import MOVES, State, TriedToo


class ModerationPolicy(ModelPermissionPolicy):
    """Reviewers see and decide the reports of their languages; nobody adds or deletes one here."""

    def user_has_permission(self, user, action):
        return action in ("view", "change") and bool(permissions.moderated_languages(user))

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        if action == "view":
            return instance.language in permissions.moderated_languages(user)
        return action == "change" and permissions.can_moderate(user, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        return TriedToo.objects.in_languages(permissions.moderated_languages(user))


class DecisionForm(WagtailAdminModelForm):
    """Publish or refuse; the words stay as their author wrote them."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for a refusal. The author reads it and can send the report again."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = TriedToo
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.submitted_at.isoformat()
        words = {State.PUBLISHED: _("Publish"), State.REFUSED: _("Refuse")}
        self.fields["decision"].choices = [
            (state, words[state]) for state in words if state in MOVES[self.instance.state]
        ]
        self.fields["why"].initial = self.instance.reason

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seen") != self.initial["seen"]:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.initial["seen"]
            self.add_error(
                None,
                _("The author has changed this report since you opened it. Read it once more."),
            )
        if cleaned.get("decision") == State.REFUSED and not cleaned.get("why", "").strip():
            self.add_error("why", _("Say why, so that the author can put it right."))
        return cleaned

    def save(self, commit=True):
        decision = State(self.cleaned_data["decision"])
        try:
            return services.decide(
                self.instance, self.for_user, decision, self.cleaned_data.get("why", "")
            )
        except services.Undecidable:  # a double click, or somebody faster
            self.instance.refresh_from_db()
            return self.instance


class ReadableMixin:
    """Finds a report among those in the languages of the reviewer."""

    def get_object(self, queryset=None):
        languages = permissions.moderated_languages(self.request.user)
        return get_object_or_404(TriedToo.objects.in_languages(languages), pk=self.kwargs["pk"])


class ReportEditView(ReadableMixin, EditView):
    """The words of one report, and the decision."""


class ReportHistoryView(ReadableMixin, HistoryView):
    """What was decided when."""


class ReportUsageView(ReadableMixin, UsageView):
    """Where it is used."""


class ReportsView(IndexView):
    """The reports in the languages of the reviewer."""

    def get_base_queryset(self):
        languages = permissions.moderated_languages(self.request.user)
        return super().get_base_queryset().in_languages(languages)


class TriedTooViewSet(ModelViewSet):
    """The reports "we tried this too"."""

    model = TriedToo
    index_view_class = ReportsView
    edit_view_class = ReportEditView
    history_view_class = ReportHistoryView
    usage_view_class = ReportUsageView
    icon = "redirect"
    menu_label = _("We tried this too")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["story_title", "organisation", "language", "state", "submitted_at"]
    list_filter = ["state", "language"]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False
    permission_policy = ModerationPolicy(TriedToo)
    edit_template_name = "stories/admin/report.html"

    def get_form_class(self, for_update=False):
        return DecisionForm


tried_too = TriedTooViewSet("tried_too")
