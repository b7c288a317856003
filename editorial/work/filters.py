"""What of their work a person looks at: a kind, a language, what is due."""

import datetime
from dataclasses import dataclass

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import registry
from editorial.filters import FilterForm

OVERDUE = "overdue"
DUE = {OVERDUE: _("Overdue"), "7": _("In the next 7 days"), "30": _("In the next 30 days")}


@dataclass(frozen=True)
class Filters:
    """What was chosen; empty is everything."""

    kind: str = ""
    language: str = ""
    due: str = ""

    def codes(self, codes) -> list[str]:
        """Those of some languages that are looked at."""
        return [code for code in codes if self.language in ("", code)]

    def where(self, *, kind: str, language: str, due: str) -> Q:
        """What was chosen, as a condition on the fields at these paths; "" where a list has no such.

        Each list has to say all of them: what is chosen and not asked would be shown as if it were.
        """
        wanted = self.of_kind(kind) if kind else Q()
        wanted &= self.in_language(language) if language else Q()
        return wanted & self.due_on(due) if due else wanted

    def of_kind(self, path: str) -> Q:
        """The condition on a content type that lies at `path`."""
        if not self.kind:
            return Q()
        return Q(**{path: ContentType.objects.get_for_model(registry.item(self.kind).model).pk})

    def in_language(self, path: str) -> Q:
        return Q(**{path: self.language}) if self.language else Q()

    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day that is looked at; None where there is no bound."""
        today = timezone.localdate()
        if self.due == OVERDUE:
            return None, today - datetime.timedelta(days=1)
        return (today, today + datetime.timedelta(days=int(self.due))) if self.due else (None, None)

    def due_on(self, path: str) -> Q:
        """The condition on a day that lies at `path`."""
        first, last = self.days()
        after = Q(**{f"{path}__gte": first}) if first else Q()
        return after & Q(**{f"{path}__lte": last}) if last else after


ALL = Filters()


class WorkFilters(FilterForm):
    """The same with what is due."""

    due = forms.ChoiceField(
        label=_("Due on"), required=False, choices=[("", _("At any time")), *DUE.items()]
    )

    def filters(self) -> Filters:
        return Filters(**{name: self.chosen(name) for name in self.fields})
