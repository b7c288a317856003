"""The link of the mail: it makes the account, the organisation and the need.

Opening it changes nothing, because mail programs open links by themselves: a button on the page does.
"""

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import services as people
from accounts.models import User
from accounts.views import enter
from core.member_forms import mistakes_of, mistakes_title
from core.member_pages import Refused
from marketplace.listings.models import NeedIndexPage, NeedPage
from marketplace.writing import needs, reading
from marketplace.writing.forms import AboutForm, NeedForm
from marketplace.writing.forms.needs import FIELDS
from marketplace.writing.views.frame import languages, page, preferred
from organisations.models import Organisation
from organisations.models.records import folded
from organisations.views.frame import saved

NEW = "new"


class WhoseForm(forms.Form):
    """Whether the need is of an organisation that the person writes for, or of the one they typed."""

    whose = forms.ChoiceField(label=gettext_lazy("Who has the need?"), widget=forms.RadioSelect)

    def __init__(self, organisations, name: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.key): one for one in organisations}
        self.fields["whose"].choices = [
            *((key, one.name) for key, one in self.organisations.items()),
            (NEW, _("A new organisation: %(name)s") % {"name": name}),
        ]
        same = [key for key, one in self.organisations.items() if one.folded_name == folded(name)]
        self.initial["whose"] = next(iter([*same, *self.organisations]), NEW)

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data["whose"])


@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, token: str):
    """Shows what was written, and sends it by a button; a second time it leads to the need."""
    try:
        pending, need = needs.read(token)
    except needs.LinkUnknown:
        return page(request, "link_unknown", {"breadcrumbs": []}, status=410)
    if need is not None:
        return redirect(need.author_path)
    owner = User.objects.filter(email__iexact=pending.email).first()
    signed_in = request.user if request.user.is_authenticated else None
    if owner and not signed_in:
        return redirect_to_login(request.path)
    context = {"pending": pending, "owner": owner, "breadcrumbs": []}
    if owner != signed_in:
        return page(request, "need_follow", context | {"stranger": True})
    form, code = typed(pending)
    is_whole = form.is_valid()
    posted = request.POST if request.method == "POST" else None
    about = AboutForm(posted, prefix="about", initial=pending.values["about"])
    editable = Organisation.objects.editable_by(owner).order_by("name", "pk") if owner else []
    whose = WhoseForm(editable, pending.values["about"]["name"], posted) if editable else None
    if posted is not None and all(one.is_valid() for one in (whose, about) if one is not None):
        made = []
        chosen = (whose and whose.organisation) or about.cleaned_data
        written = (form.values(), form.cleaned_data.get("details", ""), is_whole)
        try:
            if saved(
                about,
                lambda: made.append(
                    needs.follow(pending, owner, code, lambda _user: chosen, written)
                ),
            ):
                return go_on(request, *made[0], is_new=owner is None)
        except people.AddressTaken:  # by the same link, a moment ago
            return redirect(request.path)
        except Refused as reason:
            context["refusal"] = str(reason)
    mistakes = about.mistakes + (mistakes_of(list(whose)) if whose else []) if posted else []
    return page(
        request,
        "need_follow",
        context
        | {
            "about": about,
            "whose": whose,
            "rows": reading.rows(form.instance, FIELDS),
            "has_details": bool(form.cleaned_data.get("details")),
            "content_lang": code,
            "mistakes": mistakes,
            "mistakes_title": mistakes_title(len(mistakes)),
        },
        status=422 if posted is not None else 200,
    )


def typed(pending) -> tuple[NeedForm, str]:
    """What was typed as a bound form, and the language in which it was written."""
    data = QueryDict(mutable=True)
    for name, values in pending.values["need"].items():
        data.setlist(name, values)
    codes = languages(NeedIndexPage)
    form = NeedForm(data, instance=NeedPage(live=False), codes=codes)
    form.is_valid()
    return form, form.cleaned_data.get("language") or preferred(codes)


def go_on(request, user, need, is_new: bool):
    """Leads to the page of the need; who is new here is signed in."""
    messages.success(request, _("Your need is with the reviewers. You get a mail from them."))
    url = reverse("marketplace:need-status", args=[need.pk])
    return enter(request, user, url) if is_new else redirect(url)
