"""Where it is recorded what happened to an item: drafts, reviews, comments, publications, translations."""

from django.db.models import Count, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageLogEntry, Revision
from wagtail_localize.models import StringTranslation, Translation

from core.languages import language
from editorial import publishing
from editorial.models import FourEyesTaskState, SnippetComment
from editorial.places import field_label, in_one_line
from editorial.timeline.changes import changed_names
from editorial.timeline.events import Event, Kind, Source
from editorial.timeline.items import Item
from editorial.timeline.records import Assignments, ReviewRules, of_records

PUBLICATIONS = {
    "wagtail.publish",
    "wagtail.publish.schedule",
    "wagtail.publish.scheduled",
    "wagtail.schedule.cancel",
    "wagtail.unpublish",
    "wagtail.unpublish.scheduled",
    publishing.LOG_ACTION,
    publishing.WITHDRAW_ACTION,
}
# Told better by the tables of drafts, reviews, comments and translations.
TOLD_ELSEWHERE = ("wagtail.edit", "wagtail.comments.", "wagtail.workflow.", "wagtail.copy_for_tr")


class Revisions(Source):
    """Every saved draft, with the fields that it changed in the one before."""

    kind = Kind.REVISION

    def rows(self):
        return Revision.objects.filter(
            base_content_type_id=self.item.kind, object_id__in=self.item.ids
        )

    def events(self, keys):
        earlier = self.rows().filter(object_id=OuterRef("object_id"), pk__lt=OuterRef("pk"))
        found = list(
            self.rows()
            .filter(pk__in=keys)
            .select_related("user")
            .annotate(before=Subquery(earlier.order_by("-pk").values("pk")[:1]))
        )
        before = Revision.objects.in_bulk([one.before for one in found if one.before])
        return {str(one.pk): self.event(one, before.get(one.before)) for one in found}

    def event(self, revision, before) -> Event:
        if before is None:
            what, url = _("The first draft was saved."), ""
        else:
            names = changed_names(self.item.model, before.content, revision.content)
            what = _("A draft was saved. Changed: %(fields)s") % {"fields": ", ".join(names)}
            what = what if names else _("A draft was saved without a change.")
            args = [self.item.kind, revision.object_id, revision.pk]
            url = reverse("editorial_timeline_revision", args=args) if names else ""
        return Event(what, str(revision.user or ""), of=self.of(revision.object_id), url=url)


class Reviews(Source):
    """What both ends of a review have in common."""

    kind = Kind.REVIEW

    def rows(self):
        return FourEyesTaskState.objects.filter(
            workflow_state__base_content_type_id=self.item.kind,
            workflow_state__object_id__in=self.item.ids,
        )

    def events(self, keys):
        found = self.rows().filter(pk__in=keys)
        found = found.select_related("workflow_state__requested_by", "finished_by")
        return {str(one.pk): self.event(one) for one in found}


class Submissions(Reviews):
    """The beginnings of reviews."""

    at = "started_at"

    def event(self, state) -> Event:
        return Event(
            _("Submitted for review."),
            str(state.workflow_state.requested_by or ""),
            of=self.of(state.workflow_state.object_id),
            url=reverse("editorial_review", args=[state.pk]),
        )


class Decisions(Reviews):
    """Their ends."""

    at = "finished_at"

    def rows(self):
        return super().rows().exclude(finished_at=None)

    def event(self, state) -> Event:
        said = {
            state.STATUS_APPROVED: _("Approved."),
            state.STATUS_REJECTED: _("Returned to the author."),
        }
        by_rule = publishing.words({"rule": state.rule}) if state.rule else ""
        return Event(
            by_rule or said.get(state.status, _("Taken back from review.")),
            str(state.finished_by or ""),
            state.comment,
            self.of(state.workflow_state.object_id),
            reverse("editorial_review", args=[state.pk]),
        )


class Comments(Source):
    """Comments at fields of a page."""

    kind = Kind.COMMENT
    by = "user"

    def rows(self):
        return Comment.objects.filter(page_id__in=self.item.ids)

    def events(self, keys):
        found = self.rows().filter(pk__in=keys).select_related(self.by)
        return {str(one.pk): self.event(one) for one in found}

    def event(self, comment) -> Event:
        place = {"field": in_one_line(self.item.model, comment.contentpath)}
        who = str(getattr(comment, self.by) or "")
        return Event(self.said() % place, who, comment.text, self.of(self.owner(comment)))

    def owner(self, comment):
        return comment.page_id

    def said(self) -> str:
        return _("Comment at “%(field)s”")


class SnippetComments(Comments):
    """Comments at fields of a snippet."""

    def rows(self):
        return SnippetComment.objects.filter(
            base_content_type_id=self.item.kind, object_id__in=self.item.ids
        )

    def owner(self, comment):
        return comment.object_id


class ResolvedMixin:
    """The moment when a comment was dealt with."""

    at = "resolved_at"
    by = "resolved_by"

    def rows(self):
        return super().rows().exclude(resolved_at=None)

    def said(self) -> str:
        return _("A comment at “%(field)s” was marked as done")


class ResolvedComments(ResolvedMixin, Comments):
    """The same of a page."""


class ResolvedSnippetComments(ResolvedMixin, SnippetComments):
    """The same of a snippet."""


class Replies(Source):
    """Answers to comments, written in Wagtail's editor."""

    kind = Kind.COMMENT

    def rows(self):
        return CommentReply.objects.filter(comment__page_id__in=self.item.ids)

    def events(self, keys):
        found = self.rows().filter(pk__in=keys).select_related("user", "comment")
        return {
            str(one.pk): Event(
                _("Answer to the comment “%(text)s”") % {"text": one.comment.text[:80]},
                str(one.user),
                one.text,
                self.of(one.comment.page_id),
            )
            for one in found
        }


class Log(Source):
    """What Wagtail's log has of an item and no other table."""

    kind = Kind.OTHER
    at = "timestamp"

    def rows(self):
        if issubclass(self.item.model, Page):
            found = PageLogEntry.objects.filter(page_id__in=self.item.ids)
        else:
            found = ModelLogEntry.objects.filter(
                content_type_id=self.item.kind, object_id__in=self.item.ids
            )
        return self.chosen(found)

    def chosen(self, found):
        for start in TOLD_ELSEWHERE:
            found = found.exclude(action__startswith=start)
        return found.exclude(action__in=PUBLICATIONS)

    def events(self, keys):
        found = list(self.rows().filter(pk__in=keys).select_related("user"))
        return {
            str(one.pk): Event(
                str(one.message),
                str(one.user or ""),
                of=self.of(getattr(one, "page_id", None) or getattr(one, "object_id", None)),
            )
            for one in found
        }


class Publications(Log):
    """What became public or was taken off, and by which rule."""

    kind = Kind.PUBLICATION

    def chosen(self, found):
        return found.filter(action__in=PUBLICATIONS)


class Beginnings(Source):
    """When the item was sent into a language."""

    kind = Kind.TRANSLATION

    def rows(self):
        locales = [version.obj.locale_id for version in self.item.versions]
        return Translation.objects.filter(
            source__object_id=self.item.key, target_locale_id__in=locales
        )

    def events(self, keys):
        found = self.rows().filter(pk__in=keys).select_related("target_locale")
        return {
            str(one.pk): Event(
                _("The translation was begun."), of=language(one.target_locale.language_code)
            )
            for one in found
        }


class Wordings(Source):
    """What was translated: the last part that each person wrote stands for all of theirs that day."""

    kind = Kind.TRANSLATION
    at = "updated_at"

    def written(self):
        return StringTranslation.objects.filter(
            context__object_id=self.item.key,
            locale_id__in=[version.obj.locale_id for version in self.item.versions],
        )

    def groups(self):
        return (
            self.written()
            .order_by()
            .values("locale_id", "last_translated_by_id", "updated_at__date")
            .annotate(last=Max("pk"), number=Count("pk"))
        )

    def rows(self):
        return StringTranslation.objects.filter(pk__in=self.groups().values("last"))

    def events(self, keys):
        numbers = dict(self.groups().values_list("last", "number"))
        found = self.rows().filter(pk__in=keys)
        found = found.select_related("locale", "last_translated_by", "context")
        return {str(one.pk): self.event(one, numbers[one.pk]) for one in found}

    def event(self, one, number: int) -> Event:
        said = ngettext(
            "%(number)s part was translated: %(field)s",
            "%(number)s parts were translated, among them: %(field)s",
            number,
        )
        label = field_label(self.item.model, one.context)
        return Event(
            said % {"number": number, "field": label},
            str(one.last_translated_by or ""),
            of=language(one.locale.language_code),
        )


# Where something may be recorded: about every item, about pages only, about snippets only.
SOURCES = (Revisions, Submissions, Decisions, Publications, Log, ReviewRules)
OF_PAGES = (Comments, ResolvedComments, Replies, Beginnings, Wordings, Assignments)
OF_SNIPPETS = (SnippetComments, ResolvedSnippetComments)


def everywhere(item: Item) -> list[Source]:
    """All sources of an item, in the order in which what happened at one time is told."""
    own = OF_PAGES if issubclass(item.model, Page) else OF_SNIPPETS
    return [*(source(item) for source in SOURCES), *of_records(item), *(one(item) for one in own)]
