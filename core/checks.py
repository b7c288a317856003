"""The conventions of the house as system checks: `manage.py check` fails where one is broken."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import Block
from wagtail.coreutils import camelcase_to_underscore
from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField
from wagtail.models import Page

from core.fields import RichTextField, StreamField

OWN_FIELDS = ((WagtailStreamField, StreamField), (WagtailRichTextField, RichTextField))
BLOCK_META = ("icon", "label", "template", "description", "preview_value")


def our_apps() -> list[AppConfig]:
    """The apps that lie at the root of the project."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def our_models() -> list[type]:
    return [model for app in our_apps() for model in app.get_models()]


def our_pages() -> list[type[Page]]:
    return [model for model in our_models() if issubclass(model, Page)]


def our_blocks() -> list[type[Block]]:
    """Every block class that is defined in an app of ours."""
    names = {app.name for app in our_apps()}
    found, waiting = [], [Block]
    while waiting:
        for block in waiting.pop().__subclasses__():
            if block not in found:
                found.append(block)
                waiting.append(block)
    return [block for block in found if block.__module__.split(".")[0] in names]


def template_exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist as error:
        return error.args[0] != name  # a missing parent or include is another mistake
    return True


@register
def own_fields(app_configs=None, models=None, **kwargs) -> list[Error]:
    """Stream and rich text fields come from `core.fields`, which says why."""
    return [
        Error(
            f"This {own.__name__} is Wagtail's own.",
            hint=f"Import {own.__name__} from core.fields.",
            obj=field,
            id="core.E001",
        )
        for model in (our_models() if models is None else models)
        for field in model._meta.local_fields
        for theirs, own in OWN_FIELDS
        if isinstance(field, theirs) and not isinstance(field, own)
    ]


@register
def page_templates(app_configs=None, models=None, **kwargs) -> list[Error]:
    """A page's template has the name that Wagtail gives it, and exists."""
    errors = []
    for model in our_pages() if models is None else models:
        usual = f"{model._meta.app_label}/{camelcase_to_underscore(model.__name__)}.html"
        if model.template != usual:
            errors.append(
                Error(
                    f"The template of this page is called {model.template}.",
                    hint=f"Leave `template` out and call the file {usual}.",
                    obj=model,
                    id="core.E002",
                )
            )
        elif not template_exists(usual):
            errors.append(Error(f"The template {usual} is missing.", obj=model, id="core.E003"))
    return errors


@register
def block_meta(app_configs=None, blocks=None, **kwargs) -> list[Error]:
    """A block says in its `Meta` what editors see of it, and its template exists."""
    errors = []
    for block in our_blocks() if blocks is None else blocks:
        said = {
            name
            for meta in block._meta_class.__mro__
            if not meta.__module__.startswith(("wagtail.", "builtins"))
            for name in vars(meta)
        }
        missing = [name for name in BLOCK_META if name not in said]
        if missing:
            errors.append(
                Error(f"Meta of this block lacks {', '.join(missing)}.", obj=block, id="core.E004")
            )
        templates = [getattr(block._meta_class, "template", None)]
        templates += [
            getattr(child.meta, "template", None)
            for child in getattr(block, "base_blocks", {}).values()
        ]
        errors += [
            Error(f"The template {template} is missing.", obj=block, id="core.E005")
            for template in dict.fromkeys(filter(None, templates))
            if not template_exists(template)
        ]
    return errors


@register
def translatable_fields(app_configs=None, models=None, **kwargs) -> list[Error]:
    """Every field of a page is declared translatable or synchronised, and nothing else is."""
    errors = []
    inherited = {field.name for field in Page._meta.get_fields()}
    for model in our_pages() if models is None else models:
        declared = {
            field.field_name for field in getattr(model, "override_translatable_fields", [])
        }
        own = {
            field.name
            for field in model._meta.concrete_fields
            if field.name not in inherited and not (field.remote_field and field.primary_key)
        }
        everything = {field.name for field in model._meta.get_fields()}
        problems = [(name, "is not declared") for name in sorted(own - declared)]
        problems += [(name, "does not exist") for name in sorted(declared - everything)]
        errors += [
            Error(
                f"The field {name} {problem}.",
                hint="Name each field once in override_translatable_fields, among the texts or what is "
                "the same in every language.",
                obj=model,
                id="core.E006",
            )
            for name, problem in problems
        ]
    return errors
