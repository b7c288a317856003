"""A deal between two organisations, its audit line, and the versions of what they propose."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.deals.querysets import ACTING, MEDIATED, DealQuerySet
from marketplace.deals.rows import BEGIN
from marketplace.deals.states import (
    BOTH,
    CHANGEABLE,
    NEXT,
    NEXT_OF_CHANGE,
    OVER,
    PARTIES,
    Side,
    State,
    opposite,
)
from marketplace.deals.table import BY_NAME, WITH_REASON
from organisations.models import Membership, Organisation
from vocabularies.fields import CodeField


class Deal(models.Model):
    """A service or a need that two organisations make something of."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="deals_as_provider",
        verbose_name=_("provider"),
    )
    client = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="deals_as_client",
        verbose_name=_("client"),
    )
    service_key = models.UUIDField(null=True, blank=True, db_index=True)
    need_key = models.UUIDField(null=True, blank=True, db_index=True)
    window = models.ForeignKey(
        "marketplace.CapacityWindow",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("capacity window"),
    )
    provider_language = models.CharField(_("language of the provider"), max_length=12)
    client_language = models.CharField(_("language of the client"), max_length=12)
    # What follows is changed by `moves` and `timeouts` alone.
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ENQUIRY)
    state_since = models.DateTimeField(_("since"), default=timezone.now)
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)  # in this state, last
    # Who proposed the change of the agreement that is open, and which version of the proposal counts.
    changing = models.CharField(
        max_length=10, blank=True, default="", db_default="", editable=False
    )
    # Which side has to say something to that change next.
    change_asks = models.CharField(
        max_length=10, blank=True, default="", db_default="", editable=False
    )
    agreed_version = models.PositiveIntegerField(null=True, editable=False)
    resume_state = models.CharField(max_length=20, blank=True, choices=State, editable=False)
    awaits = models.CharField(max_length=10, blank=True, editable=False)  # a side, "both" or ""
    opened_side = models.CharField(max_length=10, choices=Side, editable=False)
    moved_side = models.CharField(max_length=10, choices=Side, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DealQuerySet.as_manager()

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        ordering = ["-state_since", "-pk"]
        permissions = [("mediate", _("Can mediate in disputes about deals"))]
        indexes = [
            models.Index(fields=["due_at"], condition=~Q(due_at=None), name="deals_due"),
            models.Index(fields=["remind_at"], condition=~Q(remind_at=None), name="deals_remind"),
            models.Index(fields=["state", "state_since"], name="deals_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(provider=F("client")), name="deal_between_two_organisations"
            ),
            models.CheckConstraint(
                condition=Q(service_key__isnull=False) | Q(need_key__isnull=False),
                name="deal_about_a_service_or_a_need",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="deal_state_known"),
            models.CheckConstraint(
                condition=Q(awaits__in=["", BOTH, *PARTIES, Side.DESK]), name="deal_awaits_known"
            ),
            models.CheckConstraint(
                condition=Q(opened_side__in=PARTIES), name="deal_opened_by_a_party"
            ),
            models.CheckConstraint(
                condition=Q(changing="")
                | Q(changing__in=PARTIES, state__in=CHANGEABLE, agreed_version__isnull=False),
                name="deal_changes_what_is_agreed",
            ),
            models.CheckConstraint(
                condition=Q(changing="", change_asks="")
                | Q(changing__in=PARTIES, change_asks__in=PARTIES),
                name="deal_change_asks_a_party",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER)
                | Q(due_at=None, remind_at=None, awaits="", resume_state=""),
                name="deal_over_waits_for_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.PAUSED, *MEDIATED]) | ~Q(resume_state=""),
                name="deal_held_knows_the_way_back",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def organisation(self, side: str) -> Organisation:
        """Who the side is today: of two merged records the one that was kept."""
        record = self.provider if side == Side.PROVIDER else self.client
        return record.merged_into or record

    def language(self, side: str) -> str:
        """In which language this side works."""
        return self.provider_language if side == Side.PROVIDER else self.client_language

    @property
    def title_language(self) -> str:
        """In which language the title was written: that of the side that began."""
        return self.language(self.opened_side)

    def sides_of(self, user) -> list[Side]:
        """All sides for which a person may act here: a desk never where it is a party."""
        mine = [side for side in PARTIES if Deal.objects.of(user, side).filter(pk=self.pk).exists()]
        if not mine and Deal.objects.of(user, Side.DESK).filter(pk=self.pk).exists():
            return [Side.DESK]
        return mine

    def side_of(self, user) -> Side | None:
        """For which side a person acts here; who belongs to both acts for the one that is awaited."""
        mine = self.sides_of(user)
        return next((side for side in mine if side == self.awaits), next(iter(mine), None))

    def unattended(self, sides=PARTIES) -> list[Side]:
        """The parties for which nobody can act at present: a desk gives such a record a new owner."""
        return [
            side
            for side in sides
            if not Membership.objects.filter(
                organisation=self.organisation(side), role__in=ACTING, user__is_active=True
            ).exists()
        ]

    def is_awaited(self, side: str | None) -> bool:
        """Whether the next move is this side's."""
        return bool(side) and (self.awaits == side or (self.awaits == BOTH and side in PARTIES))

    def next_for(self, side: str | None):
        """What happens next, in a sentence as this side reads it."""
        if not self.changing:
            return NEXT[self.state][0 if self.is_awaited(side) else 1]
        if side and side == self.change_asks:
            return NEXT_OF_CHANGE[0]
        # The work goes on beside the change: whoever is waited for is told of that.
        return NEXT[self.state][0] if self.is_awaited(side) else NEXT_OF_CHANGE[1]

    @property
    def latest_proposal(self):
        """The latest version of what is proposed; None before there is one."""
        return self.proposals.order_by("-number").first()

    @property
    def proposal(self):
        """The version that counts: the one that both have accepted, before that the latest; or None."""
        return self.counting(self.proposals.order_by("number"))

    def counting(self, proposals):
        """Which of all versions counts; None where there is none."""
        last = None
        for last in proposals:
            if last.number == self.agreed_version:
                return last
        return last


class Step(models.Model):
    """The audit line of one move. Nobody changes or removes it."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    move = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=State)
    side = models.CharField(max_length=10, choices=Side)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=3000)
    # By a moderator's decision; the reason itself stays.
    hidden = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField()

    class Meta:
        verbose_name = _("step of a deal")
        verbose_name_plural = _("steps of deals")
        ordering = ["deal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "number"], name="one_step_per_number"),
            models.UniqueConstraint(fields=["deal", "token"], name="one_step_per_token"),
            models.CheckConstraint(condition=Q(move__in=list(BY_NAME)), name="step_move_known"),
            models.CheckConstraint(
                condition=Q(to_state__in=State.values) & Q(from_state__in=["", *State.values]),
                name="step_states_known",
            ),
            models.CheckConstraint(
                condition=Q(number=1, from_state=BEGIN) | (Q(number__gt=1) & ~Q(from_state=BEGIN)),
                name="step_one_begins",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_side_known"),
            models.CheckConstraint(
                condition=~Q(move__in=WITH_REASON) | ~Q(reason=""), name="step_with_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}.{self.number} {self.move}"

    @property
    def shown_reason(self) -> str:
        """What people of the deal read of the reason."""
        return "" if self.hidden else self.reason

    @property
    def reason_language(self) -> str:
        """In which language the reason was written; "" where it is not known."""
        return self.deal.language(self.side) if self.side in PARTIES else ""

    @property
    def sentence(self) -> str:
        """What happened, in a sentence; of people it names no one, only their organisation."""
        move = BY_NAME[self.move]
        if self.side == Side.SYSTEM:
            return str(move.by_itself)
        if self.side == Side.DESK:
            return str(move.done) % {"who": _("The desk")}
        return str(move.done) % {"who": self.deal.organisation(self.side).name}


class Proposal(models.Model):
    """One version of what a side proposes. It is never changed: a counter-proposal is the next one."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField(_("version"), editable=False)
    side = models.CharField(_("proposed by"), max_length=10, choices=Side, editable=False)
    scope = models.TextField(
        _("what is done"),
        max_length=5000,
        help_text=_("What the client gets, and what is not part of it."),
    )
    learns = models.TextField(
        _("what the learners learn"),
        max_length=3000,
        help_text=_("In words that learners understand."),
    )
    starts = models.DateField(_("planned start"))
    ends = models.DateField(_("planned end"))
    price_line = models.TextField(
        _("price in words"),
        max_length=500,
        blank=True,
        help_text=_("For information. Nothing is paid on the portal."),
    )
    price_model = CodeField(_("price model"), scheme="price_model", blank=True)
    supervision = models.TextField(
        _("supervision"),
        max_length=3000,
        help_text=_("Who supervises the learners: roles, not names."),
    )
    conditions = models.JSONField(_("working conditions"), default=dict, blank=True)
    insurance = models.TextField(_("insurance"), max_length=2000, blank=True)
    minors = models.TextField(_("safety of minors"), max_length=2000, blank=True)
    licence = CodeField(_("licence of the result"), scheme="licence", blank=True)
    data = models.TextField(_("personal data"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=12)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    hidden = models.BooleanField(default=False, editable=False)  # by a moderator's decision

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["deal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "number"], name="one_proposal_per_number"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="proposal_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(side__in=PARTIES), name="proposal_by_a_party"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.number}"

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("It ends before it begins.")})

    @property
    def answers_to(self) -> str:
        """The side that reads it."""
        return opposite(self.side)


class Milestone(models.Model):
    """What is ready by when, on the way to the result."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="milestones")
    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(_("what is ready"), max_length=200)
    due = models.DateField(_("ready by"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_milestone_per_number")
        ]

    def __str__(self) -> str:
        return self.title


class RemindersStopped(models.Model):
    """A person who wants no reminders about deals. Mails about what happened cannot be stopped."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deal_reminders_stopped"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("person without reminders")
        verbose_name_plural = _("people without reminders")

    def __str__(self) -> str:
        return str(self.person)
