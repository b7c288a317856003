"""Background and periodic work of writing."""

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from core import outbox
from core.drafts import Standing, standing
from core.periodic import every
from marketplace.writing import mail, needs, permissions
from marketplace.writing.models import PendingNeed
from organisations.models import MembershipRole


@outbox.handler("marketplace.need")
def send_link(pending_id: int) -> None:
    """Sends the link of a need, unless it was followed or deleted meanwhile."""
    pending = PendingNeed.objects.filter(pk=pending_id).first()
    if pending:
        mail.send_link(pending)


@outbox.handler("marketplace.peers")
def tell_peers(model: str, page_id: int) -> None:
    """Promises a mail to each other owner and editor of the organisation, while it is in review."""
    page = apps.get_model("marketplace", model).objects.filter(pk=page_id).first()
    if page is None or standing(page).code != Standing.IN_REVIEW:
        return
    writing = Q(memberships__role__in=[MembershipRole.OWNER, MembershipRole.EDITOR])
    of_it = Q(memberships__organisation=page.record)
    for person in User.objects.filter(writing & of_it, is_active=True).distinct():
        if permissions.is_offered_to(person, page):
            outbox.post("marketplace.peer", model=model, page_id=page_id, person_id=person.pk)


@outbox.handler("marketplace.peer")
def tell_peer(model: str, page_id: int, person_id: int) -> None:
    """Tells one other member, if they may still approve it."""
    page = apps.get_model("marketplace", model).objects.filter(pk=page_id).first()
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if page and person and permissions.is_offered_to(person, page):
        mail.tell_peer(person, page)


@every(hours=24)
def forget_pending_needs() -> None:
    """What was typed and never sent by its link goes after two weeks."""
    needs.forget_old()
