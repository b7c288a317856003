"""Somebody asks for a service, or answers a need: the beginning of a deal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from core.languages import language
from core.member_forms import form_of_member
from core.serving import reading_address
from marketplace.deals.refusals import Refused
from marketplace.deals.states import Side
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.models import NeedPage, ServicePage
from marketplace.rooms import permissions, services
from marketplace.rooms.forms import AnswerForm, EnquiryForm
from marketplace.rooms.views.frame import page, room_url
from organisations.models import Organisation


def published(model, key):
    """A published listing in the reader's best language, and the language it was written in."""
    pages = model.objects.live().filter(translation_key=key)
    shown = (
        pages.best_for(get_language())
        .select_related("locale", "organisation", "organisation__merged_into")
        .first()
    )
    if shown is None:
        raise Http404
    source = pages.sources().select_related("locale").first() or shown
    return shown, source.locale.language_code


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, service_key):
    """A company, a public body or a school asks for a service."""
    service, provider_language = published(ServicePage, service_key)
    provider = service.record
    form = EnquiryForm(
        request.POST or None,
        organisations=permissions.may_ask(request.user, provider),
        windows=CapacityWindow.objects.of(service_key).coming().free(),
        reader=get_language(),
        initial={"language": get_language(), "title": service.title[:150]},
    )

    def how(values):
        return services.Beginning(
            title=values["title"],
            provider=provider,
            client=values["organisation"],
            side=Side.CLIENT,
            provider_language=provider_language,
            client_language=values["language"],
            text=values["text"],
            service_key=service_key,
            window=values.get("window"),
            wanted_from=values["wanted_from"],
            wanted_until=values["wanted_until"],
        )

    return begin(request, form, how, service, provider, "ask")


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, need_key):
    """A school answers a need, with one of its services or without."""
    need, client_language = published(NeedPage, need_key)
    client = need.record
    mine = permissions.may_answer(request.user, client)
    offered = ServicePage.objects.live().filter(organisation__in=mine).best_for(get_language())
    form = AnswerForm(
        request.POST or None,
        organisations=mine,
        services=offered.order_by("title", "pk")[:100],
        initial={"language": get_language(), "title": need.title[:150]},
    )

    def how(values):
        return services.Beginning(
            title=values["title"],
            provider=values["organisation"],
            client=client,
            side=Side.PROVIDER,
            provider_language=values["language"],
            client_language=client_language,
            text=values["text"],
            service_key=values.get("service") or None,
            need_key=need_key,
            wanted_from=values["wanted_from"],
            wanted_until=values["wanted_until"],
        )

    return begin(request, form, how, need, client, "answer")


def begin(request, form, how, listing, other: Organisation, kind: str):
    """Shows the form, and opens the deal when it is sent."""
    refusal = request.not_saved
    is_open = getattr(listing, "is_open", True)
    if request.method == "POST" and not refusal and is_open and form.is_valid():
        try:
            deal = services.begin(request.user, form.token, how(form.cleaned_data))
        except Refused as reason:
            refusal = str(reason)
        else:
            messages.success(
                request,
                gettext("Your message is sent to %(who)s. You get a mail when they answer.")
                % {"who": other.name},
            )
            return redirect(room_url(deal))
    signed_in = request.user.is_authenticated
    editable = Organisation.objects.editable_by(request.user)
    title = gettext("Ask for this service") if kind == "ask" else gettext("Answer this need")
    return page(
        request,
        "begin",
        title,
        way(listing, kind, title),
        form=form,
        listing=listing,
        section_url=f"/{get_language()}/{'services' if kind == 'ask' else 'needs'}/",
        listing_url=reading_address(listing.url_path, get_language()),
        content=language(listing.locale.language_code),
        other=other,
        kind=kind,
        is_open=is_open,
        can_begin=not signed_in or bool(form.fields["organisation"].queryset),
        is_own=signed_in and editable.filter(pk=other.pk).exists(),
        refusal=refusal,
        sign_in_again=bool(request.not_saved) and not signed_in,
        sign_in_url=request.path,
        status=422 if form.is_bound else 200,
    )


def way(listing, kind: str, title: str) -> list[dict]:
    """Breadcrumbs from home over the section and the listing to the form."""
    reader = get_language()
    sections = {"ask": (gettext("Services"), "services"), "answer": (gettext("Needs"), "needs")}
    section, folder = sections[kind]
    own = listing.locale.language_code
    return [
        {"title": gettext("Home"), "url": f"/{reader}/", "lang": ""},
        {"title": section, "url": f"/{reader}/{folder}/", "lang": ""},
        {
            "title": listing.title,
            "url": reading_address(listing.url_path, reader),
            "lang": own if own != reader else "",
        },
        {"title": title, "url": "", "lang": ""},
    ]
