"""The one gate: the only ways in which anything becomes public, or is taken off the portal.

`publish_reviewed` is Wagtail's `WAGTAIL_FINISH_WORKFLOW_ACTION`: what was reviewed, and nothing else.
`publish_by_rule` is for what no person decides, `withdraw` for what one person must be able to do at
once. Each opens the gate for its own object; `editorial.gate.guards` refuses every write to a public
row while it is closed. Wagtail imports this module while its own models load, so models are imported
inside the functions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FOLLOWING = "synchronised fields"
# Rule: in words for the history of the text.
RULES = {
    "shipped": _("Published as a part of the portal as it is installed"),
    FOLLOWING: _("Published with the numbers, codes and dates of the source"),
    "automatic approval": _("Published without a review, as set for this kind of text"),
    "appeal": _("Public again: an appeal against the moderators’ decision was right"),
}
WITHDRAWALS = {
    "approved expiry": _("Taken off the portal at the time that was approved"),
    "emergency": _("Taken off the portal at once by one person"),
    "merged": _("Taken off the portal because two records were one"),
    "taken back": _("Taken off the portal by the organisation that had published it"),
    "moderation": _("Taken off the portal by a moderator, with a statement of reasons"),
}
BESIDE_PLANS = {FOLLOWING, "approved expiry"}
LOG_ACTION = "editorial.publish_by_rule"
WITHDRAW_ACTION = "editorial.withdraw"

_open: ContextVar[frozenset] = ContextVar("open_gate", default=frozenset())


def words(data: dict) -> str:
    """The rule by which a text was published or taken off, from the data of its entry in the log."""
    rule = data.get("rule", "")
    return str((RULES | WITHDRAWALS).get(rule, rule))


# ---- The gate -----------------------------------------------------------------------------


@contextmanager
def opened(*objects) -> Iterator[None]:
    """Lets the public rows of these objects be written inside the block."""
    token = _open.set(_open.get() | {identity(one) for one in objects})
    try:
        yield
    finally:
        _open.reset(token)


@contextmanager
def keeping_plans(obj, rule: str) -> Iterator[None]:
    """Puts approved plans back, which Wagtail cancels, where the rule takes the place of no decision."""
    plans = obj.revisions.exclude(approved_go_live_at=None)
    plans = dict(plans.values_list("pk", "approved_go_live_at")) if rule in BESIDE_PLANS else {}
    yield
    for pk, moment in plans.items():
        obj.revisions.filter(pk=pk).update(approved_go_live_at=moment)


def is_open(key: tuple) -> bool:
    """Whether the gate is open for the object with this identity."""
    return key in _open.get()


def identity(obj) -> tuple:
    """An object by its base content type and key, as revisions name it."""
    return obj.get_base_content_type().pk, str(obj.pk)


def stands_behind(revision):
    """The approved review or the entry of a rule because of which a revision may be public, or None."""
    from wagtail.log_actions import registry

    from editorial.fingerprints import digest
    from editorial.models import FourEyesTaskState

    review = FourEyesTaskState.objects.filter(
        revision=revision, status=FourEyesTaskState.STATUS_APPROVED
    ).last()
    if review:
        return review if review.content_hash == digest(revision) else None
    entries = registry.get_logs_for_instance(revision.content_object)
    return entries.filter(action=LOG_ACTION, revision=revision).first()


def is_decided(revision) -> bool:
    """Whether a revision was approved or published by a rule: from then on it stays as it is."""
    from editorial.models import FourEyesTaskState

    return (
        FourEyesTaskState.objects.filter(
            revision=revision, status=FourEyesTaskState.STATUS_APPROVED
        ).exists()
        or revision.base_content_type.model_class()
        ._base_manager.filter(pk=revision.object_id, live_revision=revision)
        .exists()
    )


# ---- Becoming public ----------------------------------------------------------------------


@transaction.atomic
def publish_reviewed(workflow_state, user=None) -> None:
    """Publishes the very revision that a second person approved, now or at its scheduled time.

    A kind that an operator has set to need no review is published by that rule. Raises `NotReviewed`
    where the workflow ended without either, `ContentChanged` where the content is not what was
    approved, `Incomplete` where something is missing.
    """
    from editorial.gate import media
    from editorial.models import FourEyesTaskState
    from editorial.refusals import NotReviewed

    review = (
        FourEyesTaskState.objects.filter(
            workflow_state=workflow_state, status=FourEyesTaskState.STATUS_APPROVED
        )
        .order_by("finished_at", "pk")
        .last()
    )
    if review is None:
        raise NotReviewed
    review.check_content()
    media.hold(review.revision)
    if review.rule:
        publish_by_rule(workflow_state.content_object, review.rule, user, review.revision)
        return
    if review.finished_by is None:
        raise NotReviewed
    if review.finished_by_id in review.everyone_involved(workflow_state.content_object):
        raise NotReviewed
    with opened(workflow_state.content_object):
        review.revision.publish(user=user, skip_permission_checks=True)


@transaction.atomic
def publish_by_rule(obj, rule: str, user=None, revision=None) -> None:
    """Publishes the latest revision of `obj`, or a given one, and records which rule did it.

    A review that is running goes on: it is about another revision. So does an approved plan, where
    only synchronised fields are published. Raises `ValueError` for a rule that is not in `RULES`.
    """
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction
    from wagtail.actions.publish_revision import PublishRevisionAction
    from wagtail.log_actions import log
    from wagtail.models import Page

    if rule not in RULES:
        raise ValueError(f"There is no rule {rule!r} that publishes.")
    revision = revision or obj.get_latest_revision() or obj.save_revision(user=user)
    action_class = PublishPageRevisionAction if isinstance(obj, Page) else PublishRevisionAction
    action = action_class(revision, user=user, log_action=False)
    # Wagtail cancels the review of what is published; with no state prefetched there is none to it.
    action.object._current_workflow_states = []
    with opened(obj), keeping_plans(obj, rule):
        action.execute(skip_permission_checks=True)
    log(instance=obj, action=LOG_ACTION, user=user, data={"rule": rule}, revision=revision)


@transaction.atomic
def publish_scheduled(revision) -> bool:
    """Publishes a revision whose time has come; False where nothing stands behind it any more.

    What another process has published meanwhile is left as it is.
    """
    from editorial.gate import media
    from editorial.services import held

    held(revision.content_object)
    revision.refresh_from_db()
    if revision.approved_go_live_at is None:
        return True
    if stands_behind(revision) is None:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        return False
    media.hold(revision)
    obj = revision.content_object
    with opened(obj):
        revision.publish(log_action="wagtail.publish.scheduled")
    return True


# ---- Being taken off ----------------------------------------------------------------------


@transaction.atomic
def withdraw(obj, user, reason: str, rule: str = "emergency") -> None:
    """Takes a public text off the portal at once and records who, when, by which rule and why.

    Raises `ReasonMissing`, `NotYours` where an emergency is not this person's to decide, and
    `AlreadyDecided` where the text is not public any more.
    """
    from editorial import permissions
    from editorial.refusals import AlreadyDecided, NotYours, ReasonMissing
    from editorial.services import held

    if rule not in WITHDRAWALS:
        raise ValueError(f"There is no rule {rule!r} that takes a text off the portal.")
    if not reason.strip():
        raise ReasonMissing
    if rule == "emergency" and not permissions.can_withdraw(user, obj):
        raise NotYours
    obj = held(obj)
    if not obj.live:
        raise AlreadyDecided
    take_off(obj, rule, user, reason=reason.strip())


@transaction.atomic
def expire(obj) -> bool:
    """Takes a text off whose approved end has come; False where nobody has approved that end."""
    from editorial.services import held

    obj = held(obj)
    if not obj.live:
        return True  # another process was faster
    behind = obj.live_revision and stands_behind(obj.live_revision)
    if not behind or not obj.expire_at or obj.expire_at > timezone.now():
        return False
    who = getattr(behind, "finished_by", None) or getattr(behind, "user", None)
    take_off(obj, "approved expiry", who, set_expired=True)
    return True


@transaction.atomic
def restore(obj, user, rule: str) -> bool:
    """Publishes what `rule` has taken off, as it was; False where something else has happened since."""
    from wagtail.models import Revision

    from editorial.services import held

    obj = held(obj)
    entry = withdrawal_of(obj)
    if entry is None or entry.data.get("rule") != rule:
        return False
    number = entry.data.get("revision")
    revision = Revision.objects.filter(pk=number).first() if number else None
    if revision is None:  # published before there were revisions: the row is as it was
        revision = obj.save_revision(user=user, clean=False, changed=False)
    publish_by_rule(obj, "appeal", user, revision)
    return True


def withdrawal_of(obj):
    """The entry of the log by which `obj` was taken off, where nothing was public since; or None."""
    from wagtail.log_actions import registry

    if obj.live or not obj.first_published_at:
        return None
    entries = registry.get_logs_for_instance(obj).filter(action=WITHDRAW_ACTION)
    return entries.select_related("user").order_by("timestamp", "pk").last()


def emergency_of(obj):
    """The same, where one person took it off: at once, or as a moderator."""
    last = withdrawal_of(obj)
    return last if last and last.data.get("rule") in ("emergency", "moderation") else None


def take_off(obj, rule: str, user=None, reason: str = "", set_expired: bool = False) -> None:
    from wagtail.log_actions import log

    data = {"rule": rule, "reason": reason} if reason else {"rule": rule}
    if rule == "moderation":
        data["revision"] = obj.live_revision_id
    with opened(obj), keeping_plans(obj, rule):
        obj.unpublish(set_expired=set_expired, log_action=False)
    log(instance=obj, action=WITHDRAW_ACTION, user=user, data=data)
