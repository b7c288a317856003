"""What the admin's templates say about the portal and about a translation."""

from django import template
from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import WorkflowState

from editorial import translations
from editorial.locks import lock_for

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


@register.inclusion_tag("editorial/translation_bar.html", takes_context=True)
def translation_bar(context, instance, translation) -> dict:
    """The bar under wagtail-localize's editor: what is missing, and the button to submit."""
    request = context["request"]
    state = instance.current_workflow_state
    in_review = bool(state and state.status == WorkflowState.STATUS_IN_PROGRESS)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "in_review": in_review,
        "may_take_back": in_review and state.user_can_cancel(request.user),
        "returned": bool(state and state.status == WorkflowState.STATUS_NEEDS_CHANGES),
        "locked": lock_for(request.user, instance) is not None,
        "missing": [] if in_review else translations.missing_fields(translation),
    }
