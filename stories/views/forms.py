"""What the views of members' forms about stories share."""

from django.urls import reverse
from django.utils.translation import gettext as _


def crumbs(*trail: tuple[str, str]) -> list[dict]:
    """Breadcrumbs from home over the member's stories to the page itself."""
    parts = [(_("Your stories"), reverse("stories-mine")), *trail]
    return [{"title": title, "url": url, "lang": ""} for title, url in parts]
