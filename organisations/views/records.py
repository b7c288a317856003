"""A member's organisations: the list, registering one, its record and changing it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from organisations import permissions, presentation, profiles, services
from organisations.forms import EditForm, InviteForm, RegisterForm
from organisations.models import MembershipRole, Organisation
from organisations.views.frame import back, for_members, mine, page, saved


@for_members
@require_safe
def own(request):
    """The organisations of the person, with their role."""
    memberships = request.user.memberships.filter(
        organisation__in=Organisation.objects.current()
    ).select_related("organisation")
    return page(request, "own", gettext("Your organisations"), memberships=memberships)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """A member registers an organisation, becomes its owner, and goes on where they came from."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sentence = form.cleaned_data["sentence"]
        if saved(
            form, lambda: services.register(form.instance, request.user, sentence, get_language())
        ):
            if where := back(request):
                said = gettext("Your organisation is registered. Now you can go on here.")
            else:
                where = reverse("organisations:record", args=[form.instance.key])
                said = gettext("Registered. Write the public profile next.")
            messages.success(request, said)
            return HttpResponseRedirect(where)
    return page(
        request,
        "form",
        gettext("Register an organisation"),
        form=form,
        button=gettext("Register an organisation"),
        status=422 if form.errors else 200,
    )


@for_members
@require_safe
def record(request, key):
    """The record with its profile and members, for those who belong to it."""
    return show(request, key)


def show(request, key, invite_form: InviteForm | None = None):
    organisation, role = mine(request, key)
    can_choose = Organisation.objects.owned_by(request.user).filter(pk=organisation.pk).exists()
    return page(
        request,
        "record",
        organisation.name,
        organisation=organisation,
        facts=presentation.facts(organisation, get_language()),
        trust_sentence=presentation.trust_sentence(presentation.trust(organisation.pk)),
        profiles=profiles.versions(organisation),
        members=organisation.memberships.select_related("user"),
        role=role,
        can_edit=permissions.can_edit(role),
        can_choose_members=can_choose,
        invitations=services.open_invitations(organisation) if can_choose else [],
        roles=MembershipRole.choices,
        invite_form=invite_form or InviteForm(),
        status=422 if invite_form else 200,
    )


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, key):
    """Owner and editor change the record; who saves second is told what the first one saved."""
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), key=key)
    stored = Organisation.objects.get(pk=organisation.pk)  # the form writes into the other one
    form = EditForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            if saved(
                form, lambda: services.change(stored, form.cleaned_data["version"], form.values())
            ):
                messages.success(request, gettext("Saved."))
                return redirect("organisations:record", key)
        except services.Changed as error:
            form.tell_change(error.current)
    return page(
        request,
        "form",
        gettext("Change the record"),
        (stored.name, reverse("organisations:record", args=[key])),
        form=form,
        button=gettext("Save"),
        status=422 if form.errors else 200,
    )
