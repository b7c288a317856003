"""People of the portal: the user, which role they hold for which language, and who is invited."""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vocabularies.fields import CodeField


class UserManager(BaseUserManager):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


def validate_languages(value) -> None:
    """A list of different codes of languages that the portal knows."""
    known = {code for code, _name in settings.LANGUAGES}
    if not isinstance(value, list) or len(set(value)) != len(value) or set(value) - known:
        raise ValidationError(_("Choose from the list."), code="invalid")


class User(AbstractUser):
    """A person who signs in with an e-mail address."""

    username = None
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("An account with this e-mail address exists already.")},
    )
    reading_languages = models.JSONField(
        _("languages that you read"),
        default=list,
        blank=True,
        validators=[validate_languages],
        help_text=_("The language that you read best comes first."),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="one_account_per_email")
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def language(self) -> str:
        """The language of this person's mails and menus, one of the interface languages."""
        profile = getattr(self, "wagtail_userprofile", None)
        preferred = profile.preferred_language if profile else ""
        return preferred if preferred in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE


class Role(models.TextChoices):
    """What a person may do for a language."""

    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    TRANSLATOR = "translator", _("Translator")
    APPROVER = "approver", _("Approver of translations")
    MODERATOR = "moderator", _("Moderator")


class RoleAssignment(models.Model):
    """One person holds one role for one language. Wagtail's groups are derived from this table.

    Who decides may hold it several times, each time for a section, a country or both; left empty it
    is for all of them.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="roles",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    language = models.CharField(_("language"), max_length=12)
    section = models.CharField(
        _("section"),
        max_length=50,
        blank=True,
        help_text=_("For reviewers and approvers: what they decide about. Empty for everything."),
    )
    country = CodeField(
        _("country"),
        scheme="country",
        blank=True,
        help_text=_(
            "For reviewers and approvers: only texts about this country. Texts that name no country are "
            "left out."
        ),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["user", "language", "role", "section", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "language", "section", "country"],
                name="one_assignment_per_role_language_and_scope",
                violation_error_message=_("This person has this role already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["reviewer", "approver"]) | Q(section="", country=""),
                name="only_who_decides_has_a_scope",
                violation_error_message=_(
                    "Only reviewers and approvers can have a section or a country."
                ),
            ),
        ]

    def __str__(self) -> str:
        scope = "".join(f", {part}" for part in (self.section, self.country) if part)
        return f"{self.user}: {self.get_role_display()} ({self.language}{scope})"


INVITATION_LASTS = datetime.timedelta(days=14)


class InvitationQuerySet(models.QuerySet):
    """Invitations by what became of them."""

    def unanswered(self):
        """Neither accepted nor withdrawn, whether or not their time is over."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def sent_since(self, moment: datetime.datetime):
        """Those that were sent, for the first time or again, after a moment."""
        return self.filter(expires_at__gt=moment + INVITATION_LASTS)


class Invitation(models.Model):
    """Somebody is asked by e-mail to have an account, perhaps for a purpose of another app."""

    class State(models.TextChoices):
        """Derived from the dates."""

        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=12)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("invited by"),
    )
    purpose = models.CharField(max_length=200, blank=True)
    next_path = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitations",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"),
                "purpose",
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address_and_purpose",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> "Invitation.State":
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.PENDING if self.expires_at > timezone.now() else self.State.EXPIRED
