"""A second member of an organisation reads what a colleague has sent, and approves or returns it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.languages import language
from marketplace.listings.models import NeedPage, ServicePage
from marketplace.writing import permissions, reading, services, steps
from marketplace.writing.forms.approving import SendBackForm
from marketplace.writing.views.frame import crumbs, own, page
from marketplace.writing.views.listings import NEED_FIELDS

SERVICE_FIELDS = tuple(name for one in steps.STEPS for name in one.fields)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def service(request, pk: int):
    return approve(request, own(request, ServicePage, pk), SERVICE_FIELDS)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need(request, pk: int):
    return approve(request, own(request, NeedPage, pk), NEED_FIELDS)


def approve(request, found, names):
    """Shows the text as it was submitted, and takes the decision; 404 for whom it does not wait."""
    user = request.user
    if not permissions.can_approve(user, found):
        raise Http404
    if not permissions.is_offered_to(user, found):
        messages.info(request, _("There is nothing here that you can approve."))
        return redirect(found.author_path)
    revision = found.current_workflow_task_state.revision
    draft = revision.as_object()
    sends_back = request.POST.get("do") == "return"
    form = SendBackForm(request.POST if sends_back else None)
    if request.method == "POST" and (not sends_back or form.is_valid()):
        shown = request.POST.get("revision", "")
        number = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 18 else 0
        try:
            if sends_back:
                services.send_back(found, user, number, form.cleaned_data["comment"])
                said = _("Returned to the author.")
            else:
                services.approve(found, user, number)
                said = _("Approved. It is public now.")
        except PermissionDenied as reason:
            messages.error(request, str(reason))
            return redirect(request.path)
        messages.success(request, said)
        return redirect(found.author_path)
    return page(
        request,
        "approve",
        {
            "listing": found,
            "title": draft.title,
            "content_lang": language(found.locale.language_code),
            "revision": revision.pk,
            "form": form,
            "rows": reading.rows(draft, names, found if found.live else None),
            "is_change": found.live,
            "breadcrumbs": crumbs(
                type(found), (draft.title, found.author_path), (_("Approve"), "")
            ),
        },
        status=422 if form.errors else 200,
    )
