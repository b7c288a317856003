"""What is to come: what will be published or taken off, when, in which language, approved by whom."""

import datetime
from dataclasses import dataclass, replace
from operator import attrgetter

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, PageLogEntry, Revision

from accounts.permissions import roles_of
from core import registry
from core.languages import Language, language
from editorial import publishing
from editorial.addresses import edit_url
from editorial.fingerprints import digest
from editorial.models import FourEyesTaskState

MOST = 200
GOES_PUBLIC, GOES_OFF = "publish", "end"
WHAT = {GOES_PUBLIC: _("Becomes public"), GOES_OFF: _("Goes off the portal")}
DAYS = {
    "7": _("In the next 7 days"),
    "30": _("In the next 30 days"),
    "90": _("In the next 90 days"),
}


@dataclass(frozen=True)
class Event:
    """Something that happens to a text at a time. `revision` is what was approved for it."""

    at: datetime.datetime
    what: str
    title: str
    kind: str
    of: Language
    url: str
    revision: int | None
    approved: str = ""

    @property
    def label(self):
        return WHAT[self.what]


def scheduled(codes: list[str]) -> QuerySet[Revision]:
    """The revisions of pages that are approved for a time to come, the next first."""
    page = Page.objects.annotate(key=Cast("pk", CharField())).filter(key=OuterRef("object_id"))
    return (
        Revision.page_revisions.filter(approved_go_live_at__isnull=False)
        .annotate(
            code=Subquery(page.values("locale__language_code")[:1]),
            kind=Subquery(page.values("content_type")[:1]),
        )
        .filter(code__in=codes)
        .order_by("approved_go_live_at", "pk")
    )


def to_end(codes: list[str]) -> QuerySet[Page]:
    """The public pages that end at a time, the next first."""
    found = Page.objects.live().filter(expire_at__isnull=False, locale__language_code__in=codes)
    return found.select_related("locale").order_by("expire_at", "pk")


class FilterForm(forms.Form):
    """Every choice may be left open. What is not among the choices is told and filters nothing."""

    what = forms.ChoiceField(
        label=_("What happens"), required=False, choices=[("", _("All")), *WHAT.items()]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    days = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("At any time")), *DAYS.items()]
    )

    def __init__(self, data, codes: list[str]):
        super().__init__(data)
        self.codes = codes
        self.fields["kind"].choices = [
            ("", _("All kinds")),
            *((item.kind, item.name_plural) for item in registry.items()),
        ]
        self.fields["language"].choices = [
            ("", _("All languages")),
            *((code, language(code).name) for code in codes),
        ]

    def chosen(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def events(self) -> list[Event]:
        """What was asked for, the next first: at most `MOST`. Four queries, whatever their number."""
        codes = [code for code in self.codes if self.chosen("language") in ("", code)]
        found = []
        if self.chosen("what") != GOES_OFF:
            revisions = scheduled(codes).filter(
                self.until("approved_go_live_at"), self.of_kind("kind")
            )
            found += [of_revision(one) for one in revisions[:MOST]]
        if self.chosen("what") != GOES_PUBLIC:
            ends = to_end(codes).filter(self.until("expire_at"), self.of_kind("content_type"))
            found += [of_page(page) for page in ends[:MOST]]
        found = sorted(found, key=attrgetter("at"))[:MOST]
        names = approvals([one.revision for one in found if one.revision])
        return [replace(one, approved=names.get(one.revision, "")) for one in found]

    def until(self, path: str) -> Q:
        days = self.chosen("days")
        end = timezone.now() + datetime.timedelta(days=int(days or 0))
        return Q(**{f"{path}__lte": end}) if days else Q()

    def of_kind(self, path: str) -> Q:
        kind = self.chosen("kind")
        if not kind:
            return Q()
        return Q(**{path: ContentType.objects.get_for_model(registry.item(kind).model).pk})


def kind_of(content_type_id: int) -> str:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return capfirst(str(model._meta.verbose_name)) if model else ""


def of_revision(revision: Revision) -> Event:
    return Event(
        at=revision.approved_go_live_at,
        what=GOES_PUBLIC,
        title=revision.object_str,
        kind=kind_of(revision.kind),
        of=language(revision.code),
        url=edit_url(Page, revision.object_id),
        revision=revision.pk,
    )


def of_page(page: Page) -> Event:
    return Event(
        at=page.expire_at,
        what=GOES_OFF,
        title=page.title,
        kind=kind_of(page.content_type_id),
        of=language(page.locale.language_code),
        url=edit_url(Page, page.pk),
        revision=page.live_revision_id,
    )


def approvals(revisions: list[int]) -> dict[int, str]:
    """Who has approved each of some revisions as it is now, or by which rule. Two queries."""
    entries = PageLogEntry.objects.filter(action=publishing.LOG_ACTION, revision__in=revisions)
    found = {entry.revision_id: publishing.words(entry.data) for entry in entries}
    reviews = FourEyesTaskState.objects.filter(
        revision__in=revisions, status=FourEyesTaskState.STATUS_APPROVED
    ).select_related("finished_by", "revision")
    for review in reviews.order_by("pk"):
        if digest(review.revision) != review.content_hash:
            continue
        found[review.revision_id] = (
            publishing.words({"rule": review.rule})
            if review.rule
            else str(review.finished_by or "")
        )
    return found


class ComingView(WagtailAdminTemplateMixin, TemplateView):
    """The list, for people with a role for a whole language and for operators."""

    template_name = "editorial/work/coming.html"
    page_title = _("What is to come")
    header_icon = "calendar"

    def dispatch(self, request, *args, **kwargs):
        held = {code for _role, code in roles_of(request.user)}
        mine = set(settings.CONTENT_LANGUAGES) if request.user.is_superuser else held
        self.codes = [code for code in settings.CONTENT_LANGUAGES if code in mine]
        if not self.codes:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        form = FilterForm(self.request.GET, self.codes)
        events = form.events()
        return super().get_context_data(
            form=form,
            events=events,
            now=timezone.now(),
            full=len(events) >= MOST,
            filtered=any(form.chosen(name) for name in form.fields),
            **kwargs,
        )

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]
