"""What the pages of writing share: whose a listing is, the way from home, languages to write in."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.listings.models import ServicePage
from marketplace.writing.own import with_states

LARGEST = 2**63 - 1  # number of a row; a larger one breaks the embedded database
MORE, LATER, SEND = "add", "later", "send"


def own(request, model, pk: int):
    """A listing that the signed-in person writes; 404 for anybody else's."""
    if pk > LARGEST:
        raise Http404
    return get_object_or_404(with_states(model.objects.written_by(request.user)), pk=pk)


def is_complete(request) -> bool:
    """Whether a form was sent as finished, so that all of it must be there."""
    return not {MORE, LATER} & set(request.POST)


def languages(index_model) -> list[str]:
    """The languages that have a list of this kind."""
    indexes = index_model.objects.live().order_by("locale__language_code")
    return list(indexes.values_list("locale__language_code", flat=True))


def preferred(codes: list[str]) -> str:
    """The language in which a person probably writes."""
    reader = get_language()
    return reader if reader in codes else codes[0]


def mine(model) -> tuple[str, str]:
    """Title and address of the list of a person's own."""
    if model is ServicePage:
        return _("Your services"), reverse("marketplace:services-mine")
    return _("Your needs"), reverse("marketplace:needs-mine")


def crumbs(model, *trail: tuple[str, str]) -> list[dict]:
    """The way from home to a page; the last one has no address."""
    parts = [(_("Home"), f"/{get_language()}/"), mine(model), *trail]
    return [{"title": title, "url": url, "lang": ""} for title, url in parts]


def page(request, name: str, context: dict, status: int = 200):
    """A page of this part."""
    context = {"common_languages": settings.INTERFACE_LANGUAGES, **context}
    return render(request, f"marketplace/writing/{name}.html", context, status=status)
