"""Owners invite, change and take out members; everybody may leave."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from organisations import services
from organisations.forms import InviteForm, RoleForm
from organisations.models import Organisation
from organisations.views.frame import for_members, mine
from organisations.views.records import show


@for_members
@require_POST
def invite(request, key):
    """An owner invites a member by mail."""
    organisation = get_object_or_404(Organisation.objects.owned_by(request.user), key=key)
    form = InviteForm(request.POST)
    if form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        try:
            services.invite(organisation, email, role, request.user, get_language())
        except services.Refused as error:
            form.add_error("email", str(error))
    if form.errors:
        return show(request, key, invite_form=form)
    tell_sent(request, email)
    return redirect("organisations:record", key)


def tell_sent(request, email: str) -> None:
    messages.success(request, gettext("An invitation was sent to %(email)s.") % {"email": email})


@for_members
@require_POST
def change_invitation(request, key, pk: int):
    """An owner withdraws an open invitation, or sends it again."""
    organisation = get_object_or_404(Organisation.objects.owned_by(request.user), key=key)
    invitation = get_object_or_404(services.invitations_to(organisation), pk=pk)
    try:
        if "withdraw" in request.POST:
            services.withdraw_invitation(invitation)
            messages.success(request, gettext("Withdrawn."))
        else:
            services.invite_again(organisation, invitation, request.user)
            tell_sent(request, invitation.email)
    except services.Refused as error:
        messages.error(request, str(error))
    return redirect("organisations:record", key)


@for_members
@require_POST
def change_member(request, key, pk: int):
    """An owner gives a member another role, or takes them out."""
    organisation = get_object_or_404(Organisation.objects.owned_by(request.user), key=key)
    membership = get_object_or_404(organisation.memberships.select_related("organisation"), pk=pk)
    form = RoleForm(request.POST)
    try:
        if "remove" in request.POST:
            services.leave(membership)
        elif form.is_valid():
            services.change_role(membership, form.cleaned_data["role"])
        else:
            raise services.Refused(gettext("Choose a role from the list."))
        messages.success(request, gettext("Saved."))
    except services.Refused as error:
        messages.error(request, str(error))
    if not Organisation.objects.visible_to(request.user).filter(pk=organisation.pk).exists():
        return redirect("organisations:own")
    return redirect("organisations:record", key)


@for_members
@require_POST
def leave(request, key):
    """A member leaves; the last owner cannot."""
    organisation, _role = mine(request, key)
    membership = get_object_or_404(
        organisation.memberships.select_related("organisation"), user=request.user
    )
    try:
        services.leave(membership)
    except services.Refused as error:
        messages.error(request, str(error))
        return redirect("organisations:record", key)
    messages.success(request, gettext("You have left the organisation."))
    return redirect("organisations:own")
