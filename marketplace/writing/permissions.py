"""Who may do what with a service or a need on the public site."""

from django.apps import apps
from django.conf import settings
from django.db.models import Max, Q

from core.drafts import Standing, standing
from moderation.models import Case
from moderation.pages import KIND


def can_write(user, page) -> bool:
    """Whether `user` may change the draft now: their organisation's, and in no review."""
    return user.is_active and page.is_written_by(user) and standing(page).code != Standing.IN_REVIEW


def can_delete(user, page) -> bool:
    """A draft that was never public can be deleted, until it is in review."""
    return page.first_published_at is None and can_write(user, page)


def can_approve(user, page) -> bool:
    """Whether `user` may approve a listing as another member, had they no hand in it.

    Where the operator allows it, and after a reviewer has approved a listing of the organisation.
    """
    return (
        settings.MARKETPLACE_PEER_REVIEW
        and user.is_active
        and page.is_written_by(user)
        and is_trusted(page.organisation_id)
    )


def is_trusted(organisation_id: int) -> bool:
    """Whether a reviewer has read a listing of an organisation since nothing of it had to be taken off.

    A service counts for a need, and the other way round: it is the organisation that is known. After a
    moderator took something of it off, no colleague approves before a reviewer has approved again.
    """
    taken_off = Case.objects.filter(
        kind=KIND, organisations=organisation_id, is_down=True
    ).aggregate(last=Max("decided_at"))["last"]
    public = Q(organisation=organisation_id, first_published_at__isnull=False)
    if taken_off:
        public &= Q(last_published_at__gt=taken_off)
    return any(
        apps.get_model("marketplace", name).objects.filter(public).exists()
        for name in ("ServicePage", "NeedPage")
    )


def had_a_hand_in(user, page) -> bool:
    """Whether `user` sent the text that is in review, or saved some of it since it was last public."""
    state = page.current_workflow_state
    if state and state.requested_by_id == user.pk:
        return True
    saved = page.revisions.filter(user=user)
    if page.live_revision_id:
        saved = saved.filter(created_at__gt=page.live_revision.created_at)
    return saved.exists()


def is_offered_to(user, page) -> bool:
    """Whether a listing in review waits for `user` as another member of its organisation."""
    return (
        standing(page).code == Standing.IN_REVIEW
        and can_approve(user, page)
        and not had_a_hand_in(user, page)
    )


def can_enter_for_others(user) -> bool:
    """People of a desk enter needs for organisations that are not on the portal yet."""
    return user.has_perm("organisations.add_organisation")
