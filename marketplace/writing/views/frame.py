"""What the pages of writing share: whose a listing is, the way from home, languages to write in."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.listings.models import ServicePage

MORE, LATER, SEND = "add", "later", "send"


def own(request, model, pk: int):
    """A listing that the signed-in person writes; 404 for anybody else's."""
    written = model.objects.written_by(request.user).select_related(
        "locale", "organisation__merged_into"
    )
    return get_object_or_404(written, pk=pk)


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
    return render(request, f"marketplace/writing/{name}.html", context, status=status)
