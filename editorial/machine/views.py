"""The way from a translation to its machine drafts."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail_localize.models import Translation

from editorial import permissions
from editorial.machine.engines import engine


@require_POST
def draft_by_machine(request, translation_id):
    """Leads from a translation to what machine drafts cost; nothing is sent yet."""
    translation = get_object_or_404(Translation, pk=translation_id, enabled=True)
    if not permissions.can_edit(request.user, translation.get_target_instance()):
        raise PermissionDenied
    source = translation.source.get_source_instance()
    if engine() is None or not isinstance(source, Page):
        raise Http404
    return redirect("editorial_sending", source.pk)
