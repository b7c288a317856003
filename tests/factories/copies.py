"""Many copies of a page in two inserts, for tests that ask what many pages cost."""

from uuid import UUID

from wagtail.models import Page

from demo import bulk


def translate(source: Page, parents: list[Page]) -> None:
    """Publishes the page as it is below the parents, in their languages."""
    write(source, [(parent, source.path[-4:], {}) for parent in parents])


def repeat(source: Page, parent: Page, keys: list[UUID], **changes: list) -> None:
    """Publishes further items like the page beside it; `changes` are a value for each of them."""
    rows = zip(*changes.values(), strict=True) if changes else [()] * len(keys)
    copies = []
    for number, (key, values) in enumerate(zip(keys, rows, strict=True)):
        named = {"slug": f"{source.slug}-{number}", "translation_key": key}
        # Below "A": the steps that pages of the factories have not got.
        step = f"A{source.path[-1]}{number:02}"
        copies.append((parent, step, named | dict(zip(changes, values, strict=True))))
    write(source, copies)


def write(source: Page, copies: list[tuple[Page, str, dict]]) -> None:
    """Each copy: its parent, its step in the tree, the fields in which it differs.

    Without revisions, signals and what else publishing does.
    """
    model = type(source)
    values = {
        field.attname: getattr(source, field.attname) for field in model._meta.concrete_fields
    }
    made = []
    for parent, step, changes in copies:
        place = {
            "id": None,
            "page_ptr_id": None,
            "path": parent.path + step,
            "depth": parent.depth + 1,
            "locale_id": parent.locale_id,
            "url_path": f"{parent.url_path}{changes.get('slug', source.slug)}/",
        }
        made.append(model(**values | place | changes))
    bulk.insert(made)
