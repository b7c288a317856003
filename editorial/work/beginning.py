"""Beginning a text: which kinds a person may add in a language, and where the form of each stands."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from accounts.models import Role, User
from accounts.permissions import languages_of
from core import registry
from core.languages import language
from core.permissions import parents_for
from editorial.office import OfficeView


@dataclass(frozen=True)
class Beginning:
    """A kind of text, the section in which it stands ("" for none), and the form that begins it."""

    name: str
    section: str
    url: str


class BeginningPanel(Component):
    """The way from the work of a person to a new text; no query."""

    name = "work-new"
    order = 4
    template_name = "editorial/work/new_link.html"


class NewTextView(OfficeView, TemplateView):
    """The kinds of text that a person may begin in one of their languages."""

    template_name = "editorial/work/new.html"
    page_title = _("Write something new")
    header_icon = "plus"

    def get_context_data(self, **kwargs):
        codes = languages_to_write(self.request.user)
        if not codes:
            raise PermissionDenied
        wanted = self.request.GET.get("language")
        code = wanted if wanted in codes else codes[0]
        return super().get_context_data(
            language=language(code),
            languages=[language(one) for one in codes],
            beginnings=beginnings(self.request.user, code),
            **kwargs,
        )


def languages_to_write(user: User) -> list[str]:
    """The languages in which a person writes what is new: an editor in theirs, an operator in all.

    Translators may add pages too, but only as translations.
    """
    held = languages_of(user, Role.EDITOR)
    return [code for code in settings.CONTENT_LANGUAGES if user.is_superuser or code in held]


def beginnings(user: User, code: str) -> list[Beginning]:
    """What `user` may begin in a language, plain pages last. Three queries, permissions included."""
    items = sorted(registry.items(), key=lambda item: not item.section)
    parents = parents_for(user, code, items)
    return [beginning(item, parents[item.kind]) for item in items if item.kind in parents]


def beginning(item: registry.Item, parent: Page) -> Beginning:
    model = item.model._meta
    url = reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, parent.pk])
    return Beginning(item.name, parent.title if item.section else "", url)
