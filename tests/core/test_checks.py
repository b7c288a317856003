"""The checks find a broken convention, and nothing in the code as it is."""

from types import SimpleNamespace

import pytest
from wagtail import blocks
from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core import checks
from core.fields import RichTextField, StreamField
from home.models import HomePage, StandardPage


class CompleteMeta:
    icon = "tag"
    label = "Tag"
    description = "A tag."
    template = "core/blocks/heading.html"
    preview_value = "a"


def block(**meta) -> type[blocks.Block]:
    said = {name: value for name, value in vars(CompleteMeta).items() if name in checks.BLOCK_META}
    said = {name: value for name, value in {**said, **meta}.items() if value is not ...}
    return type("TagBlock", (blocks.CharBlock,), {"Meta": type("Meta", (), said)})


def ids(errors) -> list[str]:
    return [error.id for error in errors]


@pytest.mark.parametrize(
    "check",
    [
        checks.own_fields,
        checks.page_templates,
        checks.block_meta,
        checks.translatable_fields,
    ],
)
def test_the_code_keeps_the_conventions(check):
    assert check() == []


def test_only_folders_at_the_root_are_ours():
    names = {app.name for app in checks.our_apps()}
    assert {"core", "home", "stories"} <= names
    assert not {"wagtail", "django_tasks_db"} & names


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (WagtailStreamField([("text", blocks.TextBlock())], name="body"), ["core.E001"]),
        (StreamField([("text", blocks.TextBlock())], name="body"), []),
        (WagtailRichTextField(name="body"), ["core.E001"]),
        (RichTextField(name="body"), []),
    ],
)
def test_stream_and_rich_text_fields_must_be_those_of_core(field, found):
    model = SimpleNamespace(_meta=SimpleNamespace(local_fields=[field]))
    assert ids(checks.own_fields(models=[model])) == found


@pytest.mark.parametrize(
    ("label", "name", "template", "found"),
    [
        ("home", "HomePage", "home/home_page.html", []),
        ("home", "HomePage", "home/front.html", ["core.E002"]),
        ("home", "LostPage", "home/lost_page.html", ["core.E003"]),
    ],
)
def test_a_page_template_has_the_usual_name_and_exists(label, name, template, found):
    meta = SimpleNamespace(app_label=label)
    model = type(name, (), {"_meta": meta, "template": template})
    assert ids(checks.page_templates(models=[model])) == found


def test_a_complete_block_passes():
    assert checks.block_meta(blocks=[block()]) == []


@pytest.mark.parametrize("name", checks.BLOCK_META)
def test_a_block_must_say_everything_itself(name):
    errors = checks.block_meta(blocks=[block(**{name: ...})])
    assert ids(errors) == ["core.E004"]
    assert name in errors[0].msg


def test_what_our_own_parent_block_says_counts():
    heir = type("HeirBlock", (block(),), {})
    assert checks.block_meta(blocks=[heir]) == []


def test_the_template_of_a_block_must_exist():
    assert ids(checks.block_meta(blocks=[block(template="core/blocks/lost.html")])) == ["core.E005"]


def test_the_template_of_a_child_must_exist():
    child = blocks.CharBlock(template="core/blocks/lost.html")
    parent = type("PairBlock", (blocks.StructBlock,), {"child": child, "Meta": CompleteMeta})
    assert ids(checks.block_meta(blocks=[parent])) == ["core.E005"]


def test_every_field_of_a_page_is_declared(monkeypatch):
    fewer = [f for f in StandardPage.override_translatable_fields if f.field_name != "lead"]
    monkeypatch.setattr(StandardPage, "override_translatable_fields", fewer)
    errors = checks.translatable_fields(models=[StandardPage, HomePage])
    assert ids(errors) == ["core.E006"]
    assert errors[0].obj is StandardPage
    assert "lead" in errors[0].msg


def test_a_declared_field_exists(monkeypatch):
    more = [*StandardPage.override_translatable_fields, TranslatableField("lede")]
    monkeypatch.setattr(StandardPage, "override_translatable_fields", more)
    errors = checks.translatable_fields(models=[StandardPage])
    assert ids(errors) == ["core.E006"]
    assert "lede" in errors[0].msg


def test_synchronised_counts_as_declared(monkeypatch):
    same = [SynchronizedField(f.field_name) for f in StandardPage.override_translatable_fields]
    monkeypatch.setattr(StandardPage, "override_translatable_fields", same)
    assert checks.translatable_fields(models=[StandardPage]) == []
