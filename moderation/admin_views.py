"""The moderators' list, and the screen of one case, in the admin."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.languages import language
from moderation import permissions, registry, services
from moderation.admin_forms import DecisionForm, FilterForm
from moderation.models import Case, Decision, Notice

PER_PAGE = 50
ICON = "warning"


class ModeratorsOnlyMixin:
    """For moderators and operators; others are sent home with a word, as everywhere in the admin."""

    def dispatch(self, request, *args, **kwargs):
        if not permissions.is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CasesView(ModeratorsOnlyMixin, WagtailAdminTemplateMixin, TemplateView):
    """What was reported in the languages of a moderator, what waits longest first."""

    template_name = "moderation/admin/cases.html"
    page_title = gettext_lazy("Reported content")
    header_icon = ICON

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": _("Reported content")}]

    def get_context_data(self, **kwargs):
        form = FilterForm(self.request.GET)
        found = form.narrow(Case.objects.visible_to(self.request.user)).in_turn()
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        reasons: dict[int, list[str]] = {}
        for notice in Notice.objects.filter(case__in=list(page)).order_by("pk"):
            names = reasons.setdefault(notice.case_id, [])
            if notice.get_reason_display() not in names:
                names.append(notice.get_reason_display())
        rows = [
            {
                "case": case,
                "language": language(case.language),
                "kind": kind_name(case.kind),
                "reasons": reasons.get(case.pk, []),
            }
            for case in page
        ]
        return super().get_context_data(form=form, page=page, rows=rows, **kwargs)


def kind_name(kind: str) -> str:
    """What a kind is called; its code where its app is gone."""
    return next((str(one.name) for one in registry.kinds() if one.kind == kind), kind)


class CaseView(ModeratorsOnlyMixin, WagtailAdminTemplateMixin, TemplateView):
    """One case: what was reported, by whom and why, what happened, and the decision."""

    template_name = "moderation/admin/case.html"
    page_title = gettext_lazy("Reported content")
    header_icon = ICON

    @cached_property
    def case(self) -> Case:
        return get_object_or_404(Case.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> DecisionForm:
        sent = self.request.POST if self.request.method == "POST" else None
        return DecisionForm(sent, reader=self.request.user.language)

    def post(self, request, *args, **kwargs):
        form = self.form
        if form.is_valid():
            said = {key: form.cleaned_data[key] for key in DecisionForm.Meta.fields}
            try:
                services.decide(self.case.pk, request.user, form.cleaned_data["token"], **said)
            except services.Refused as error:
                messages.error(request, str(error))
                del self.case
                return self.render_to_response(self.get_context_data(), status=409)
            messages.success(
                request, _("Your decision is recorded. Everybody concerned gets a mail.")
            )
            return redirect("moderation_case", self.case.pk)
        return self.render_to_response(self.get_context_data(), status=422)

    def get_context_data(self, **kwargs):
        case, user = self.case, self.request.user
        decisions = list(case.decisions.select_related("by"))
        return super().get_context_data(
            case=case,
            kind=kind_name(case.kind),
            is_public=any(one.public for one in registry.kinds() if one.kind == case.kind),
            content=language(case.language),
            notices=list(case.notices.all()),
            appeals=list(case.appeals.select_related("notice")),
            decisions=decisions,
            events=list(case.events.select_related("actor")),
            authors=[one.user for one in services.authors(case)],
            earlier=earlier(case),
            waits=case.state in (Case.State.OPEN, Case.State.APPEALED),
            is_appeal=case.state == Case.State.APPEALED,
            is_own=permissions.is_own(user, case),
            was_first=permissions.decided_first(user, case),
            can_decide=permissions.can_decide(user, case),
            form=self.form,
            **kwargs,
        )

    def get_page_subtitle(self):
        return self.case.number

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_cases"), "label": _("Reported content")},
            {"url": "", "label": self.case.number},
        ]


def earlier(case: Case) -> int:
    """How many decisions against content of the same authors and organisations there are."""
    theirs = Case.objects.filter(
        Q(authors__in=case.authors.values("pk"))
        | Q(organisations__in=case.organisations.values("pk"))
    )
    decided = Decision.objects.filter(case__in=theirs.exclude(pk=case.pk).values("pk"))
    return decided.exclude(action="none").count()
