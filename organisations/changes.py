"""The history of an organisation in words: who changed what, when, from what to what."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import vocabularies
from organisations.models import Membership, NetworkMembership, Organisation, Verification
from vocabularies.fields import CodesField

KINDS = {"+": _("Added"), "~": _("Changed"), "-": _("Removed")}
# Of what a record consists, and how its rows name the record.
PARTS = (
    (Organisation, ("id",)),
    (Membership, ("organisation_id",)),
    (NetworkMembership, ("network_id", "member_id")),
    (Verification, ("organisation_id",)),
)
UNSHOWN = {"id", "key", "created_at"}


@dataclass(frozen=True)
class Difference:
    """A field by its label, before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One saved change of the record or of something that belongs to it."""

    when: datetime
    who: str
    what: str
    differences: tuple[Difference, ...]


def changes(organisation: Organisation) -> list[Change]:
    """Every change, the newest first; one query for each kind of row and each name in it."""
    found = []
    for model, names in PARTS:
        for name in names:
            found += changes_of(model, **{name: organisation.pk})
    return sorted(found, key=lambda change: change.when, reverse=True)


def changes_of(model, **which) -> list[Change]:
    """The changes of all rows that ever matched `which`."""
    ids = model.history.filter(**which).values("id")
    rows = model.history.filter(id__in=ids).select_related("history_user")
    earlier: dict[int, object] = {}
    found = []
    for row in rows.order_by("history_date", "history_id"):
        before = earlier.get(row.id)
        earlier[row.id] = row
        found.append(
            Change(
                row.history_date,
                str(row.history_user) if row.history_user else gettext("The portal"),
                f"{capfirst(model._meta.verbose_name)}: {KINDS[row.history_type]}",
                tuple(differences(model, before, row)),
            )
        )
    return [change for change in found if change.differences]


def differences(model, before, after) -> list[Difference]:
    """The fields in which two rows of a history differ; of a new or removed row all that it says."""
    removed = after.history_type == "-"
    found = []
    for field in after.tracked_fields:
        if field.name in UNSHOWN:
            continue
        old = words(before, field) if before is not None else ""
        new = "" if removed else words(after, field)
        if old != new:
            found.append(Difference(capfirst(str(field.verbose_name)), old, new))
    return found


def words(row, field) -> str:
    """A value as people read it."""
    value = getattr(row, field.attname)
    if value in (None, "", []):
        return ""
    if isinstance(field, CodesField):
        return ", ".join(vocabularies.get(field.scheme).label(code) for code in value)
    if field.is_relation:
        related = field.related_model._base_manager.filter(pk=value).first()
        return str(related) if related else f"#{value}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(localize(value))
