"""What two sides agree and sign: agreements, evidence of learning, and the story that both approve."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.agreements.querysets import SignedTextQuerySet
from marketplace.deals.states import Side

PARTIES = [(side.value, side.label) for side in (Side.PROVIDER, Side.CLIENT)]


class SignedText(models.Model):
    """A text in the languages of both sides that both accept as it stands.

    `texts` maps each language to its clauses `{code, title, text, said}`, `text` is the exact text as one
    string, and `sha256` its hash. Nothing of it changes once it is made: a change is a new number.
    """

    deal = models.ForeignKey(
        "marketplace.Deal", on_delete=models.PROTECT, related_name="%(class)ss", editable=False
    )
    number = models.PositiveIntegerField(_("version"), editable=False)
    languages = models.JSONField(editable=False)  # the provider's first: JSON objects have no order
    texts = models.JSONField(editable=False)
    text = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SignedTextQuerySet.as_manager()

    class Meta:
        abstract = True


class Signature(models.Model):
    """One side's acceptance of one exact text.

    The name is kept as it was typed, because an agreement names who made it; the account may go.
    """

    side = models.CharField(max_length=8, choices=PARTIES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=10)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    organisation_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


def one_text_per_number(name: str) -> list:
    return [models.UniqueConstraint(fields=["deal", "number"], name=f"one_{name}_per_number")]


def one_signature_per_side(name: str, of: str) -> list:
    return [
        models.UniqueConstraint(fields=[of, "side"], name=f"one_{name}_per_side"),
        models.CheckConstraint(
            condition=Q(side__in=[Side.PROVIDER, Side.CLIENT]), name=f"{name}_of_a_party"
        ),
    ]


class Agreement(SignedText):
    """A version of the agreement of a deal, drawn from a proposal."""

    proposal = models.ForeignKey(
        "marketplace.Proposal", on_delete=models.PROTECT, related_name="agreements"
    )

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["deal", "number"]
        constraints = one_text_per_number("agreement")


class Acceptance(Signature):
    """One side accepts a version of an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["accepted_at", "pk"]
        constraints = one_signature_per_side("acceptance", "agreement")


class Evidence(SignedText):
    """What learners did and showed in a deal, without a name of any of them."""

    language = models.CharField(_("language"), max_length=12)
    programme = models.CharField(_("programme"), max_length=200)
    did = models.TextField(_("what the learners did"), max_length=4000)
    outcomes = models.TextField(_("learning outcomes that they showed"), max_length=4000)
    hours = models.PositiveIntegerField(_("hours of each learner"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    token = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("evidence of learning")
        verbose_name_plural = _("evidence of learning")
        ordering = ["deal", "number"]
        constraints = [
            *one_text_per_number("evidence"),
            models.UniqueConstraint(fields=["deal", "token"], name="one_evidence_per_form"),
        ]


class EvidenceSignature(Signature):
    """One side confirms the evidence."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        verbose_name = _("signature of evidence")
        verbose_name_plural = _("signatures of evidence")
        ordering = ["accepted_at", "pk"]
        constraints = one_signature_per_side("evidence_signature", "evidence")


class StoryOfDeal(models.Model):
    """The draft of a story that was begun from a deal."""

    deal = models.OneToOneField(
        "marketplace.Deal", on_delete=models.PROTECT, related_name="story_of_deal"
    )
    story_key = models.UUIDField(unique=True)  # the translation key of the page
    language = models.CharField(max_length=12)  # of the page that both sides approve
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("story of a deal")
        verbose_name_plural = _("stories of deals")


class StoryApproval(models.Model):
    """One side approves the draft as it stood; `mark` is a fingerprint of what it said."""

    story = models.ForeignKey(StoryOfDeal, on_delete=models.CASCADE, related_name="approvals")
    side = models.CharField(max_length=8, choices=PARTIES)
    mark = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("approval of a story")
        verbose_name_plural = _("approvals of stories")
        ordering = ["approved_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "side", "mark"], name="one_story_approval_per_side_and_text"
            ),
            models.CheckConstraint(
                condition=Q(side__in=[Side.PROVIDER, Side.CLIENT]), name="story_approval_of_a_party"
            ),
        ]
