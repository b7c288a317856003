"""Many pages in few inserts: of one model, without revisions, signals and what else publishing does."""

from collections import Counter

from django.db import router
from django.db.models import F
from wagtail.models import Page


def place(parent: Page, pages: list[Page]) -> None:
    """Gives new pages their places below their parent, after those that it has."""
    last = parent.get_last_child()
    number = Page._str2int(last.path[-Page.steplen :]) if last else 0
    for step, page in enumerate(pages, number + 1):
        page.path = Page._get_path(parent.path, parent.depth + 1, step)
        page.depth = parent.depth + 1
        page.locale_id = parent.locale_id
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title


def insert(pages: list[Page]) -> None:
    """Writes pages of one model whose places are given, and counts them in their parents."""
    if not pages:
        return
    model = type(pages[0])
    names = [field.attname for field in Page._meta.concrete_fields]
    rows = Page.objects.bulk_create(
        (Page(**{name: getattr(one, name) for name in names}) for one in pages), batch_size=500
    )
    for one, row in zip(pages, rows, strict=True):
        one.pk = one.page_ptr_id = row.pk
    # Django's bulk_create refuses models of two tables; this is its insert of the second.
    for start in range(0, len(pages), 500):
        model._base_manager._insert(
            pages[start : start + 500],
            model._meta.local_concrete_fields,
            using=router.db_for_write(model),
        )
    for path, number in Counter(one.path[: -Page.steplen] for one in pages).items():
        Page.objects.filter(path=path).update(numchild=F("numchild") + number)
