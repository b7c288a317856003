"""The timeline of an item, and what one draft changed."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.models import Revision

from core import pagination
from editorial import permissions
from editorial.addresses import edit_url, numbered
from editorial.filters import FilterForm
from editorial.office import OfficeView, reviewed_or_404
from editorial.reviewing.comparison import compare
from editorial.reviewing.screen import Rows
from editorial.timeline.events import Kind, page_of
from editorial.timeline.items import item_of
from editorial.timeline.sources import everywhere

PER_PAGE = 30


class TimelineFilters(FilterForm):
    """One kind of event, one language, or everything."""

    kind = forms.ChoiceField(
        label=_("What happened"), required=False, choices=[("", _("Everything")), *Kind.choices]
    )


class ItemMixin(OfficeView):
    """Finds the item through what the person may see."""

    header_icon = "history"

    def dispatch(self, request, *args, kind, pk, **kwargs):
        self.object = reviewed_or_404(kind, pk)
        self.item = item_of(self.object, request.user)
        if self.item is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.title

    @cached_property
    def title(self) -> str:
        return getattr(self.object, "draft_title", "") or str(self.object)

    def get_context_data(self, **kwargs):
        here = self.item.version(self.object.pk)
        return super().get_context_data(
            object=self.object, title=self.title, here=here, text_language=here.of, **kwargs
        )


class TimelineView(ItemMixin, TemplateView):
    """Everything that happened, the newest first, by kind and language."""

    template_name = "editorial/timeline/timeline.html"
    page_title = _("Timeline")

    def get_context_data(self, **kwargs):
        codes = list(dict.fromkeys(one.of.code for one in self.item.versions))
        form = TimelineFilters(self.request.GET, codes)
        kind, code = form.chosen("kind"), form.chosen("language")
        item = self.item.only(code) if code else self.item
        chosen = [one for one in everywhere(item) if kind in ("", one.kind)]
        page, events = page_of(chosen, self.request.GET.get("page"), PER_PAGE)
        can_edit = permissions.can_edit(self.request.user, self.object)
        latest, public = self.object.latest_revision_id, self.object.live_revision_id
        return super().get_context_data(
            form=form,
            events=events,
            total=page.paginator.count,
            pages=pagination.numbers(page, lambda number: numbered(self.request, number)),
            others=[one for one in self.item.versions if one.obj.pk != self.object.pk],
            edit_url=edit_url(self.item.model, self.object.pk) if can_edit else "",
            draft_url=self.draft_url if self.object.live and latest != public else "",
            **kwargs,
        )

    @property
    def draft_url(self) -> str:
        args = [self.item.kind, self.object.pk, self.object.latest_revision_id]
        return reverse("editorial_timeline_revision", args=args) + "?public"


class RevisionView(ItemMixin, TemplateView):
    """What one draft changed: in the draft before it, or with `?public` in what is public."""

    template_name = "editorial/timeline/revision.html"
    page_title = _("What a draft changed")

    def get_context_data(self, revision, **kwargs):
        own = Revision.objects.filter(
            base_content_type_id=self.item.kind, object_id=str(self.object.pk)
        ).select_related("user")
        draft = get_object_or_404(own, pk=revision)
        with_public = "public" in self.request.GET and self.object.live
        earlier = None if with_public else own.filter(pk__lt=draft.pk).order_by("pk").last()
        before = self.object if with_public else earlier and earlier.as_object()
        return super().get_context_data(
            draft=draft,
            before=before,
            with_public=with_public,
            rows=Rows(compare(before, draft.as_object(), self.request), [], {}, bool(before)),
            **kwargs,
        )
