"""What the pages of deals share: who may come, the way from home, the frame around them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from marketplace.deals.models import Deal


def mine(request, key) -> Deal:
    """A deal that the person may see; else a 404."""
    deals = Deal.objects.visible_to(request.user).with_sides()
    return get_object_or_404(deals, key=key)


def room_url(deal: Deal, anchor: str = "") -> str:
    return reverse("marketplace:deal", args=[deal.key]) + (f"#{anchor}" if anchor else "")


def trail(deal: Deal | None, *last: tuple[str, str]) -> list[dict]:
    """The way from home to a page: titles with addresses, the last one without."""
    crumbs = [
        (gettext("Home"), f"/{get_language()}/", ""),
        (gettext("Your deals"), reverse("marketplace:deals"), ""),
        *([(deal.title, room_url(deal), deal.title_language)] if deal else []),
        *((title, url, "") for title, url in last),
    ]
    return [
        {"title": title, "url": url if number < len(crumbs) else "", "lang": lang}
        for number, (title, url, lang) in enumerate(crumbs, 1)
    ]


def page(request, template: str, title: str, breadcrumbs, status: int = 200, **shown):
    """A page of this part, which nobody keeps and no search engine lists."""
    answer = render(
        request,
        f"marketplace/rooms/{template}.html",
        {"title": title, "breadcrumbs": breadcrumbs, **shown},
        status=status,
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


def kept_page(request, form, title: str, **shown):
    """What was typed, for somebody whose sign-in ran out: the form alone, nothing of the deal."""
    if request.method != "POST":
        raise Http404
    return page(
        request,
        "kept",
        title,
        [],
        form=form,
        refusal=request.not_saved,
        sign_in_again=True,
        sign_in_url=reverse("marketplace:deals"),
        status=422,
        **shown,
    )
