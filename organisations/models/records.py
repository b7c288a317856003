"""An organisation as the portal knows it, who works on its record, and what a desk has checked."""

import unicodedata
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

import vocabularies
from organisations.querysets import OrganisationQuerySet, VerificationQuerySet
from vocabularies import postal_codes
from vocabularies.fields import CodeField, CodesField

NETWORK = "network"


def folded(name: str) -> str:
    """A name as it is compared: without case, without differences of spaces and letter forms.

    >>> folded("  Ogres  TEHNIKUMS ") == folded("Ogres tehnikums")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Organisation(models.Model):
    """A school, company or other body: one record, whatever the number of its pages."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("name"), max_length=150, help_text=_("As it calls itself, in its own language.")
    )
    folded_name = models.CharField(max_length=300, editable=False)
    kind = CodeField(_("kind of organisation"), scheme="partner_kind")
    staff = models.PositiveIntegerField(
        _("number of staff"),
        null=True,
        blank=True,
        help_text=_("Readers see the size only: micro, small, medium or large."),
    )
    country = CodeField(_("country"), scheme="country")
    postal_code = models.CharField(
        _("postal code"),
        max_length=12,
        blank=True,
        help_text=_("Of the street address. It tells the region."),
    )
    region = CodeField(_("region"), scheme="region", blank=True, editable=False)
    place = models.CharField(_("town"), max_length=100)
    fields = CodesField(
        _("fields of education"),
        scheme="field",
        blank=True,
        help_text=_("What is taught there, or what its people have learnt (ISCED-F)."),
    )
    narrow_fields = CodesField(
        _("narrow fields"),
        scheme="narrow_field",
        blank=True,
        help_text=_("More exactly, within the fields above. Can be left empty."),
    )
    sector = CodeField(
        _("sector"), scheme="sector", blank=True, help_text=_("Branch of the economy (NACE).")
    )
    languages = CodesField(
        _("languages"),
        scheme="language",
        blank=True,
        help_text=_("In which one can work with you."),
    )
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(
        _("e-mail for the public"),
        blank=True,
        help_text=_("It is shown on the profile. An office, not a private address."),
    )
    internal_note = models.TextField(
        _("note of the desk"), blank=True, max_length=2000, help_text=_("Never public.")
    )
    is_demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("An invented organisation, marked as such wherever it is shown."),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords(excluded_fields=["folded_name", "version", "updated_at"])
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["country", "kind"], name="organisation_country_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["folded_name", "country"],
                condition=Q(merged_into=None),
                name="one_organisation_per_name_and_country",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="organisation_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self):
        super().clean()
        self.name = " ".join((self.name or "").split())
        self.folded_name = folded(self.name)
        errors = {}
        if same := self.namesake():
            errors["name"] = _("“%(name)s” in %(place)s is registered already.") % {
                "name": same.name,
                "place": same.place,
            }
        narrow = vocabularies.get("narrow_field")
        chosen = self.narrow_fields or []
        if outside := set(chosen) - set(narrow.within(chosen, self.fields or [])):
            errors["narrow_fields"] = _("Not within a chosen field of education: %(terms)s.") % {
                "terms": ", ".join(narrow.label(code) for code in chosen if code in outside)
            }
        if self.country and self.postal_code and not self.find_region():
            errors["postal_code"] = _(
                "There is no such postal code in this country. It looks like this: %(pattern)s"
            ) % {"pattern": postal_codes.pattern(self.country)}
        if errors:
            raise ValidationError(errors)

    def namesake(self) -> "Organisation | None":
        """Another organisation of the same country with this name."""
        same = Organisation.objects.current().filter(
            folded_name=folded(self.name or ""), country=self.country
        )
        return same.exclude(pk=self.pk).first()

    def find_region(self) -> bool:
        """Sets the region from the postal code; False if the country has no such code."""
        region = postal_codes.region(self.country, self.postal_code) if self.postal_code else ""
        if region is None:
            return False
        if self.postal_code and self.country in postal_codes.countries():
            self.postal_code = postal_codes.written(self.country, self.postal_code)
        self.region = region
        return True

    def save(self, *args, **kwargs):
        self.folded_name = folded(self.name)
        self.find_region()
        if self.pk:
            self.version += 1
        super().save(*args, **kwargs)

    @property
    def size(self) -> str:
        """The `organisation_size` code of its staff; "" if the number is not known."""
        return "" if self.staff is None else vocabularies.organisation_size(self.staff)

    @property
    def is_network(self) -> bool:
        return self.kind == NETWORK


class MembershipRole(models.TextChoices):
    """What a person may do for an organisation."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    CONTACT = "contact", _("Contact person")


class Membership(models.Model):
    """A person of an organisation. At least one owner stays: see `services.leave`."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole)
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_membership_per_person"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "editor", "contact"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"


class NetworkMembership(models.Model):
    """An organisation belongs to a network."""

    network = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="network_members",
        limit_choices_to={"kind": NETWORK, "merged_into": None},
        verbose_name=_("network"),
    )
    member = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="networks",
        limit_choices_to={"merged_into": None},
        verbose_name=_("member"),
    )
    since = models.DateField(_("member since"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership of a network")
        verbose_name_plural = _("memberships of networks")
        ordering = ["network__name", "member__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "member"], name="one_membership_per_network"
            ),
            models.CheckConstraint(
                condition=~Q(network=F("member")), name="network_not_member_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.member}"

    def clean(self):
        super().clean()
        if self.network_id and not self.network.is_network:
            raise ValidationError({"network": _("This organisation is not a network.")})
        if self.network_id and self.network_id == self.member_id:
            raise ValidationError({"member": _("A network cannot be a member of itself.")})


class Verification(models.Model):
    """What a desk has checked of an organisation, and when."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="verifications",
        verbose_name=_("organisation"),
    )
    checked = CodesField(_("what was checked"), scheme="verification_check")
    desk = models.CharField(
        _("desk"),
        max_length=100,
        help_text=_("The office that checked. It is shown on the profile; your name is not."),
    )
    on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.TextField(
        _("note"), blank=True, max_length=2000, help_text=_("How it was checked. Never public.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(
        _("reason for the withdrawal"), blank=True, max_length=1000, editable=False
    )

    history = HistoricalRecords()
    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("on")),
                name="verification_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | ~Q(withdrawal_reason=""),
                name="verification_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.on}"

    def get_checked_display(self) -> str:
        return "; ".join(vocabularies.get("verification_check").label(one) for one in self.checked)

    def clean(self):
        super().clean()
        if self.on and self.valid_until and self.valid_until < self.on:
            raise ValidationError({"valid_until": _("It ends before it begins.")})
