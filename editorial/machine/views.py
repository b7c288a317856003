"""The way from a translation to its machine drafts."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from wagtail.models import Page

from editorial import permissions, translations
from editorial.machine.engines import engine


@require_POST
def draft_by_machine(request, translation_id):
    """Leads from a translation to what machine drafts cost; nothing is sent yet."""
    translation, target = translations.in_work(translation_id)
    if not permissions.can_edit(request.user, target):
        raise PermissionDenied
    source = translation.source.get_source_instance()
    if engine() is None or not isinstance(source, Page):
        raise Http404
    return redirect("editorial_sending", source.pk)
