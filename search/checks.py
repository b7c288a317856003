"""What must be right before the search runs."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register


@register()
def embeddings_have_an_address(app_configs, **kwargs) -> list[Error]:
    if settings.EMBEDDINGS != "url":
        return []
    address = urlsplit(settings.EMBEDDINGS_URL)
    if address.scheme in ("http", "https") and address.hostname and settings.EMBEDDINGS_MODEL:
        return []
    return [
        Error(
            "EMBEDDINGS=url needs EMBEDDINGS_URL, an address with http or https, and EMBEDDINGS_MODEL.",
            id="search.E001",
        )
    ]
