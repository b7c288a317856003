"""The room of a deal: where it stands, what was written, what one can do now."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from core import marks
from core.dates import day
from core.languages import language
from core.member_forms import form_of_member
from core.pagination import numbers
from marketplace import reporting
from marketplace.deals import deadlines, moves
from marketplace.deals.refusals import Refused
from marketplace.deals.states import PARTIES, Side, State, opposite
from marketplace.rooms import history, links, permissions, services, timeline, translating
from marketplace.rooms.forms import MessageForm
from marketplace.rooms.views.frame import kept_page, mine, page, room_url, trail
from moderation import reasons, registry

THREADS = 20


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def room(request, key):
    """The room, and the message that is written in it."""
    sent = request.method == "POST"
    form = MessageForm(request.POST if sent else None, request.FILES if sent else None)
    if not request.user.is_authenticated:
        del form.fields["files"]
        return kept_page(request, form, gettext("Your message"))
    deal = mine(request, key)
    side = deal.side_of(request.user)
    refusal = request.not_saved
    if sent and not permissions.can_write(deal, side):
        refusal = refusal or gettext("This deal is over. Nothing can be written here any more.")
    if sent and form.is_valid() and not refusal:
        thread = thread_of(deal, form.cleaned_data["thread"])
        try:
            said = services.say(
                deal,
                request.user,
                form.cleaned_data["text"],
                form.token,
                thread,
                form.cleaned_data["files"],
            )
        except Refused as reason:
            refusal = str(reason)
        else:
            messages.success(request, gettext("Your message is sent."))
            return redirect(room_url(deal, f"message-{said.pk}"))
    if sent and request.FILES and not form.has_error("files"):
        form.add_error("files", gettext("The files are not sent. Choose them again."))
    return show(request, deal, side, form, refusal)


def thread_of(deal, number: int | None):
    """The message that is answered; a 404 for one of another deal."""
    return get_object_or_404(deal.messages, pk=number) if number else None


def nobody_of(deal, side) -> str:
    """The name of the other side where nobody can act for it at present."""
    other = [opposite(side)] if side in PARTIES and not deal.is_over else []
    return next((deal.organisation(one).name for one in deal.unattended(other)), "")


def show(request, deal, side, form, refusal: str = ""):
    """The page of the room."""
    reader = get_language()
    steps = list(deal.steps.order_by("number"))
    hidden = [str(step.pk) for step in steps if step.hidden]
    why = reasons.addresses(reporting.REASON, hidden, request.user)
    for step in steps:
        step.deal, step.why_url = deal, why.get(str(step.pk), "")
        if step.reason and step.side not in (side, Side.SYSTEM):
            step.report_url = registry.address(reporting.REASON, str(step.pk), reader)
    proposals = list(deal.proposals.order_by("number"))
    latest = proposals[-1] if proposals else None
    counting = deal.counting(proposals)
    choices = timeline.choices(moves.possible(deal, request.user, side), deal, side)
    threads, pages = threads_of(request, deal, side)
    answered = answered_message(request, deal, form)
    if answered and not form.is_bound:
        form = MessageForm(initial={"thread": answered.pk})
    extra = history.cards(deal, steps, proposals)
    return page(
        request,
        "room",
        deal.title,
        trail(deal),
        deal=deal,
        side=side,
        provider=deal.organisation(Side.PROVIDER),
        client=deal.organisation(Side.CLIENT),
        rows=timeline.rows(deal, steps, extra, counting, side, reader),
        steps=steps,
        waiting=timeline.waiting_for(deal, side),
        nobody=nobody_of(deal, side),
        your_turn=deal.is_awaited(side),
        next_text=deal.next_for(side),
        due=day(deadlines.day_of(deal.due_at), reader) if deal.due_at else "",
        then=timeline.happens_then(deal.state) if deal.due_at else "",
        first=offer(deal, choices.first),
        beside=[offer(deal, move) for move in choices.beside],
        leaving=[offer(deal, move) for move in choices.leaving],
        latest=latest,
        counting=counting,
        versions=len(proposals),
        threads=threads,
        pages=pages,
        form=form,
        answered=answered,
        can_write=permissions.can_write(deal, side),
        my_language=language(deal.language(side)) if side in PARTIES else None,
        calendar_url=links.calendar(request.user, deal),
        agreement_url=links.optional("agreement-current", deal.key),
        more_links=afterwards(deal),
        mark=mark_safe(marks.draw(marks.Mark(kind="deal"))),  # noqa: S308  (drawn from numbers)
        button_token=uuid4(),
        refusal=refusal,
        status=422 if form.is_bound else 200,
    )


def afterwards(deal) -> list[dict]:
    """What comes of a deal once its result is accepted: evidence for the learners, and a story."""
    if deal.state not in (State.ACCEPTED, State.REVIEWED, State.CLOSED):
        return []
    found = [
        (gettext("Evidence for the learners"), links.optional("evidence-write", deal.key)),
        (gettext("A story of this deal"), links.optional("story-of-deal", deal.key)),
    ]
    return [{"label": label, "url": url} for label, url in found if url]


def offer(deal, move) -> dict | None:
    """A move as a button or a link: `{name, label, url, at_once, version}`."""
    if move is None:
        return None
    looked_at = move.reason or move.through or move.name in (*timeline.LEAVING, "answer")
    return {
        "name": move.name,
        "label": move.label,
        "url": links.of_move(deal, move),
        "at_once": not looked_at,
        "version": deal.version,
    }


def threads_of(request, deal, side) -> tuple[list[dict], dict]:
    """One page of threads, the last one unless asked otherwise, with all their answers."""
    paginator = Paginator(deal.messages.filter(thread=None).order_by("sent_at", "pk"), THREADS)
    wanted = request.GET.get("page", "")
    known = wanted.isascii() and wanted.isdecimal() and len(wanted) < 10
    chosen = paginator.get_page(wanted if known else paginator.num_pages)
    roots = list(chosen.object_list)
    rest = deal.messages.filter(thread__in=[root.pk for root in roots]).order_by("sent_at", "pk")
    every = [*roots, *rest] if roots else []
    files = links.files_of([one for one in every if not one.hidden])
    why = reasons.addresses(
        reporting.MESSAGE, [str(one.pk) for one in every if one.hidden], request.user
    )
    translated = translating.translations(deal, side, every)
    offered = translating.translatable(deal, side, every) - translated.keys()
    said: dict[int, list] = {}
    for message in every:
        said.setdefault(message.thread_id or message.pk, []).append(
            {
                "message": message,
                "who": timeline.name_of(deal, message.side),
                "own": message.side == side,
                "language": language(message.language),
                "files": files.get(message.pk, []),
                "translated": translated.get(message.pk, ""),
                "can_translate": message.pk in offered,
                "why_url": why.get(str(message.pk), ""),
                "report_url": registry.address(reporting.MESSAGE, str(message.pk), get_language()),
            }
        )
    url = reverse("marketplace:deal", args=[deal.key])
    found = [{"root": root, "messages": said[root.pk]} for root in roots]
    pages = numbers(chosen, lambda number: f"{url}?page={number}#messages")
    return found, pages | {"number": chosen.number}


def answered_message(request, deal, form):
    """The message that the form answers, if it answers one of this deal."""
    typed = form.data.get("thread", "") if form.is_bound else request.GET.get("reply", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 18):
        return None
    return deal.messages.filter(pk=int(typed), thread=None, hidden=False).first()
