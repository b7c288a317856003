"""Owners and editors write the public profile of their organisation; the editors decide about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from core.drafts import Standing, mark_of, standing
from core.languages import language
from core.member_forms import form_of_member
from organisations import profiles
from organisations.forms import ProfileForm
from organisations.models import Organisation
from organisations.services import Refused
from organisations.views.frame import page


def editable(request, key) -> Organisation | None:
    """An organisation that the person may edit, else a 404; None once they are signed out."""
    if not request.user.is_authenticated:
        return None
    return get_object_or_404(Organisation.objects.editable_by(request.user), key=key)


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, key):
    """The first profile of an organisation, in a language of the writer's choice."""
    organisation = editable(request, key)
    if request.method != "POST" and organisation.pages.exists():
        return redirect("organisations:record", key)
    codes = profiles.languages()
    if not codes:
        raise Http404
    reader = get_language()
    return answer(
        request,
        organisation,
        None,
        ProfileForm(
            request.POST or None,
            instance=profiles.draft_of(None, organisation),
            initial={"language": reader if reader in codes else codes[0]},
            languages=codes,
        ),
    )


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, key, code: str):
    """The profile in one of its languages; what is in review is shown and not asked for."""
    organisation = editable(request, key)
    source = profiles.source(organisation, code) if organisation else None
    if organisation and source is None:
        raise Http404
    draft = profiles.draft_of(source, organisation)
    return answer(
        request,
        organisation,
        source,
        ProfileForm(request.POST or None, instance=draft, code=code if source else ""),
    )


def answer(request, organisation, source, form):
    """Sends what was typed to the editors, or shows the form with what stands in its way."""
    seen = request.POST.get("seen") or mark_of(form.instance, profiles.FIELDS)
    refusal, newer_url = request.not_saved, ""
    if request.method == "POST" and not refusal and form.is_valid():
        code = source.locale.language_code if source else form.cleaned_data["language"]
        try:
            profiles.send(organisation, code, request.user, form.values(), seen)
        except profiles.InReview as reason:
            refusal, (newer_url, _mark) = str(reason), stored(organisation, code)
        except profiles.ChangedMeanwhile as reason:
            refusal, (newer_url, seen) = str(reason), stored(organisation, code)
        except (Refused, PermissionDenied) as reason:
            refusal = str(reason)
        else:
            messages.success(
                request, gettext("The profile is with the editors. You get a mail from them.")
            )
            return redirect("organisations:record", organisation.key)
    return show(
        request, organisation, source, form, seen=seen, refusal=refusal, newer_url=newer_url
    )


def stored(organisation, code: str) -> tuple[str, str]:
    """Where the text can be read as it is stored, and the mark of it."""
    source = profiles.source(organisation, code)
    path = (
        source.author_path if source else reverse("organisations:record", args=[organisation.key])
    )
    return path, mark_of(profiles.draft_of(source, organisation), profiles.FIELDS)


def show(request, organisation, source, form, **shown):
    """The form, or the text that waits for its review."""
    where = standing(source) if source else None
    waits = bool(where) and where.code == Standing.IN_REVIEW and not form.is_bound
    record = (
        [(organisation.name, reverse("organisations:record", args=[organisation.key]))]
        if organisation
        else []
    )
    return page(
        request,
        "profile",
        gettext("Public profile"),
        *record,
        form=form,
        standing=where,
        waits=waits,
        texts=[(form[name].label, getattr(form.instance, name)) for name in profiles.FIELDS],
        language=language(source.locale.language_code) if source else None,
        is_public=bool(source and source.live),
        sign_in_again=bool(request.not_saved) and organisation is None,
        sign_in_url=reverse("organisations:own"),
        status=422 if form.is_bound else 200,
        **shown,
    )
