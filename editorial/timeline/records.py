"""The field history of plain models that belong to an item, kept by django-simple-history."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.languages import language
from editorial.gate.models import ReviewRule
from editorial.models import Assignment
from editorial.timeline.events import Event, Kind, Source


class Records(Source):
    """The rows of one history, with the names of the fields that changed."""

    kind = Kind.RECORD
    at = "history_date"

    def __init__(self, item, model, which: dict):
        super().__init__(item)
        self.model, self.which = model, which

    def rows(self):
        return self.model.history.filter(**self.which)

    def events(self, keys):
        history = self.model.history.model.objects
        earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        found = list(
            self.rows()
            .filter(pk__in=keys)
            .select_related("history_user", *self.related())
            .annotate(before=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))
        )
        before = history.in_bulk([one.before for one in found if one.before])
        return {str(one.pk): self.event(one, before.get(one.before)) for one in found}

    def related(self) -> tuple[str, ...]:
        return ()

    def event(self, row, before) -> Event:
        said = {
            "+": _("%(record)s: added."),
            "~": _("%(record)s: changed. %(fields)s"),
            "-": _("%(record)s: removed."),
        }
        names = self.changed(before, row) if before and row.history_type == "~" else []
        record = capfirst(str(self.model._meta.verbose_name))
        return Event(
            said[row.history_type] % {"record": record, "fields": ", ".join(names)},
            str(row.history_user or ""),
        )

    def changed(self, before, row) -> list[str]:
        """Only names: not everybody who sees an item may see each field of its record."""
        return [
            capfirst(str(field.verbose_name))
            for field in row.tracked_fields
            if getattr(before, field.attname) != getattr(row, field.attname)
        ]


class Assignments(Records):
    """Who was given which translation, until when."""

    def __init__(self, item):
        codes = [version.of.code for version in item.versions]
        super().__init__(item, Assignment, {"item": item.key, "language__in": codes})

    def related(self):
        return ("person",)

    def event(self, row, before) -> Event:
        said = _("Assigned to %(person)s.")
        if row.history_type == "-":
            said = _("No longer assigned to %(person)s.")
        elif row.due:
            said = _("Assigned to %(person)s, due on %(date)s.")
        values = {"person": row.person, "date": localize(row.due) if row.due else ""}
        return Event(said % values, str(row.history_user or ""), of=language(row.language))


class ReviewRules(Records):
    """Which reviews somebody has set for the kind of the item, and when."""

    def __init__(self, item):
        kind = ContentType.objects.get_for_model(item.model, for_concrete_model=False)
        super().__init__(item, ReviewRule, {"content_type": kind})

    def event(self, row, before) -> Event:
        said = _(
            "Set for this kind of text. Texts in their own language: %(texts)s. "
            "Translations: %(translations)s."
        ) % {"texts": row.get_texts_display(), "translations": row.get_translations_display()}
        return Event(said, str(row.history_user or ""))


def of_records(item) -> list[Records]:
    """The histories of the records that the kind is about, as it says: the organisation of a profile."""
    found = []
    for name in getattr(item.model, "about_records", ()):
        field = item.model._meta.get_field(name)
        ids = {getattr(one.obj, field.attname) for one in item.versions} - {None}
        if ids:
            found.append(Records(item, field.related_model, {"id__in": ids}))
    return found
