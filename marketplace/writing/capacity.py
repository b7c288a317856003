"""Saving the capacity windows of a service: at any time, without a review."""

from django.db import transaction

from core import generation, member_pages
from core.member_pages import Refused
from marketplace.listings.capacity import CapacityWindow
from marketplace.writing.forms.capacity import FIELDS


@transaction.atomic
def save(service, by, formset) -> None:
    """Writes the rows of a valid formset; a new row that was sent before is there already.

    A window in which something was agreed meanwhile is not removed. Raises `Refused` where the
    service is not the person's.
    """
    member_pages.hold(service)
    if not service.is_written_by(by):
        raise Refused
    key = service.translation_key
    held = {one.pk: one for one in CapacityWindow.objects.of(key).select_for_update()}
    for form in formset.forms:
        if not form.has_changed() and not form.cleaned_data.get("DELETE"):
            continue
        stored = held.get(form.instance.pk)
        if form.cleaned_data.get("DELETE"):
            if stored and not stored.taken:
                stored.delete()
        elif stored:
            for name in FIELDS:
                setattr(stored, name, form.cleaned_data[name])
            stored.full_clean()
            stored.save(update_fields=FIELDS)
        elif not form.instance.pk:
            values = {name: form.cleaned_data[name] for name in FIELDS}
            CapacityWindow.objects.get_or_create(service_key=key, **values)
    generation.grow()
