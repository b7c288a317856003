"""The pages on which members work on their organisations, and those that invitations lead to."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.anonymous import for_visitors
from organisations import campaigns, permissions, presentation, services
from organisations.forms import EditForm, GuardForm, InviteForm, RegisterForm, RoleForm
from organisations.models import MembershipRole, Organisation, Recipient


def for_members(view):
    """For signed-in people only; nothing of it is kept by a cache."""
    return never_cache(login_required(view))


def trail(*last: tuple[str, str]) -> list[dict]:
    """The way from home to a page of this app: titles with addresses, the last one without."""
    crumbs = [
        (gettext("Home"), f"/{get_language()}/"),
        (gettext("Your organisations"), reverse("organisations:own")),
        *last,
    ]
    return [
        {"title": title, "url": url if number < len(crumbs) else "", "lang": ""}
        for number, (title, url) in enumerate(crumbs, 1)
    ]


def page(request, template: str, title: str, *last: tuple[str, str], status=200, **shown):
    """A page of this app with its title and the way to it."""
    crumbs = trail(*last, *([(title, "")] if title != gettext("Your organisations") else []))
    return render(
        request,
        f"organisations/{template}.html",
        {"title": title, "breadcrumbs": crumbs, **shown},
        status=status,
    )


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
    """A member registers an organisation and becomes its owner."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sentence = form.cleaned_data["sentence"]
        if saved(
            form, lambda: services.register(form.instance, request.user, sentence, get_language())
        ):
            messages.success(request, gettext("Registered. An editor looks at the profile next."))
            return redirect("organisations:record", form.instance.key)
    return page(
        request,
        "form",
        gettext("Register an organisation"),
        form=form,
        button=gettext("Register an organisation"),
        status=422 if form.errors else 200,
    )


def saved(form, save) -> bool:
    """Whether `save()` worked; what was wrong is told at the fields of the form."""
    try:
        with transaction.atomic():
            save()
    except ValidationError as error:
        for name, found in error.error_dict.items():
            form.add_error(name if name in form.fields else None, found)
    except IntegrityError:  # the same name was registered in this very moment
        form.add_error("name", gettext("This organisation was registered a moment ago."))
    return not form.errors


def mine(request, key) -> tuple[Organisation, str]:
    """An organisation that the person may see, with their role in it; else a 404."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), key=key)
    return organisation, permissions.role_of(request.user, organisation)


@for_members
@require_safe
def record(request, key):
    """The record with its members, for those who belong to it."""
    return show(request, key)


def show(request, key, invite_form: InviteForm | None = None):
    organisation, role = mine(request, key)
    return page(
        request,
        "record",
        organisation.name,
        organisation=organisation,
        facts=presentation.facts(organisation, get_language()),
        trust_sentence=presentation.trust_sentence(presentation.trust(organisation.pk)),
        profiles=organisation.pages.filter(live=True).select_related("locale"),
        members=organisation.memberships.select_related("user"),
        role=role,
        may_edit=permissions.may_edit(role),
        may_choose_members=Organisation.objects.owned_by(request.user)
        .filter(pk=organisation.pk)
        .exists(),
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
    messages.success(request, gettext("An invitation was sent to %(email)s.") % {"email": email})
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


def invited(token: str, within: timedelta | None = None) -> Recipient:
    """The receiver of the invitation whose link was followed; else, or too late, a 404."""
    recipient = campaigns.read_token(token, within)
    if recipient is None:
        raise Http404
    return recipient


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token: str):
    """An invited organisation registers itself, with an account or without one."""
    recipient = invited(token, campaigns.REGISTER_WITHIN)
    shown = {"recipient": recipient, "breadcrumbs": []}
    if recipient.organisation_id:
        return render(request, "organisations/registered.html", shown)
    posted = request.POST if request.method == "POST" else None
    guard = GuardForm(request, posted) if posted else GuardForm(request)
    form = RegisterForm(posted, prefix="record")
    if posted and all([form.is_valid(), guard.is_valid()]):
        user = request.user if request.user.is_authenticated else None
        sentence = form.cleaned_data["sentence"]
        if saved(
            form,
            lambda: campaigns.register(recipient, form.instance, user, sentence, get_language()),
        ):
            return redirect("organisations:invitation", token)
    shown |= {"form": form, "guard": guard, "title": gettext("Register an organisation")}
    status = 422 if form.errors or guard.errors else 200
    return render(request, "organisations/invitation.html", shown, status=status)


@never_cache
@csrf_exempt  # mail programs send it for their readers; the signed link says who it is
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request, token: str):
    """An invited address wants no further invitations; a click in the mail alone changes nothing."""
    recipient = invited(token)
    if request.method == "POST":
        campaigns.decline(recipient)
        recipient.refresh_from_db()
    done = recipient.state == Recipient.State.DECLINED
    return render(request, "organisations/decline.html", {"recipient": recipient, "done": done})
