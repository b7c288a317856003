"""What the admin's templates say about the portal."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def portal_name() -> str:
    """The portal's name."""
    return settings.SITE_NAME


@register.simple_tag(takes_context=True)
def preferred_language(context) -> str:
    """The language that the person chose for menus, or the one that is active."""
    profile = getattr(context.get("user"), "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else get_language()
