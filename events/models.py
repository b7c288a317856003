"""Events, and who registered for them."""

import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from core.fields import RichTextField, in_languages
from core.models import BasePage, DemonstrationMixin, SectionPage
from events import checking, times
from events.querysets import EventIndexQuerySet, EventQuerySet, RegistrationQuerySet
from vocabularies.fields import CodeField, CodesField

TEXTS = ("in_short", "series", "place", "organiser", "body", "report")
FACTS = (
    "audience",
    "start_date",
    "start_time",
    "end_date",
    "end_time",
    "time_zone",
    "starts_at",
    "ends_at",
    "online",
    "remote_link",
    "country",
    "registration",
    "capacity",
    "registration_until",
    "cancelled",
    "attendance",
    "demonstration",
)


class EventIndexPage(SectionPage):
    """The events of one language: what comes, and the archive of what was."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    loop_step = 3

    objects = PageManager.from_queryset(EventIndexQuerySet)()

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")


class EventPage(DemonstrationMixin, BasePage):
    """A meeting of schools and companies: when, where, for whom, and what came of it."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []

    in_short = models.CharField(
        _("what it is, in one sentence"),
        max_length=220,
        help_text=_("What people will do there and take home."),
    )
    body = RichTextField(_("programme"), help_text=_("What happens when, and what to bring."))
    audience = CodesField(_("for whom"), scheme="event_audience")
    series = models.CharField(
        _("series"),
        max_length=100,
        blank=True,
        help_text=_("The same words for every event of the series."),
    )
    organiser = models.CharField(
        _("organiser"), max_length=150, help_text=_("An organisation or a desk, not a person.")
    )
    start_date = models.DateField(_("first day"))
    start_time = models.TimeField(_("begins at"))
    end_date = models.DateField(_("last day"))
    end_time = models.TimeField(_("ends at"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        choices=times.zones,
        default="Europe/Riga",
        help_text=_("The zone of the place. Times are those that a clock there shows."),
    )
    # For sorting; always derived from the fields above.
    starts_at = models.DateTimeField(editable=False, db_index=True)
    ends_at = models.DateTimeField(editable=False, db_index=True)
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Name, street and town. Left empty for an event that is online only."),
    )
    country = CodeField(_("country"), scheme="country", blank=True)
    online = models.BooleanField(_("one can take part online"), default=False)
    remote_link = models.URLField(
        _("link for taking part online"),
        max_length=500,
        blank=True,
        help_text=_("It is not shown on the page. It goes by mail to those who are registered."),
    )
    registration = models.BooleanField(_("people register here"), default=True)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("Whoever comes later stands on a waiting list. Left empty without a limit."),
    )
    registration_until = models.DateField(
        _("registration until"),
        null=True,
        blank=True,
        help_text=_("The end of this day. Left empty, one can register until the event begins."),
    )
    cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("The page says so, and those who are registered get a mail."),
    )
    report = RichTextField(_("report"), blank=True, help_text=_("What came of it, in short."))
    attendance = models.PositiveIntegerField(
        _("how many came"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100_000)],
    )

    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_ends_later"
            )
        ]

    content_panels = [
        MultiFieldPanel([*Page.content_panels, "in_short", "body"], _("In short")),
        MultiFieldPanel(["audience", "series", "organiser"], _("For whom and by whom")),
        MultiFieldPanel(
            [
                FieldRowPanel(["start_date", "start_time"]),
                FieldRowPanel(["end_date", "end_time"]),
                FieldPanel("time_zone", required_on_save=True),
                "cancelled",
            ],
            _("When"),
        ),
        MultiFieldPanel(["place", "country", "online", "remote_link"], _("Where")),
        MultiFieldPanel(["registration", "capacity", "registration_until"], _("Registration")),
        MultiFieldPanel(["report", "attendance"], _("After the event")),
        FieldPanel("demonstration"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("in_short")]
    override_translatable_fields = in_languages(texts=TEXTS, same=FACTS)
    sentence_field = "in_short"
    loop_step = 3

    def clean(self):
        super().clean()
        problems = checking.problems(self)
        if problems:
            raise ValidationError(problems)

    def save(self, *args, **kwargs):
        self.set_instants()
        super().save(*args, **kwargs)

    def set_instants(self) -> None:
        """Derives the instants from the clock of the place."""
        self.starts_at = times.instant(self.start, self.time_zone)
        self.ends_at = times.instant(self.end, self.time_zone)

    def full_clean(self, *args, **kwargs):
        if self.has_times:
            self.set_instants()
        super().full_clean(*args, **kwargs)

    def validate_constraints(self, exclude=None):
        """`clean()` says at the field what the constraint on the instants would say once more."""
        super().validate_constraints(exclude={*(exclude or ()), "starts_at", "ends_at"})

    @property
    def has_times(self) -> bool:
        """Whether times and zone are there; in a form they may be missing or wrong."""
        times_given = all((self.start_date, self.start_time, self.end_date, self.end_time))
        return times_given and self.time_zone in times.zone_names()

    @property
    def start(self) -> datetime.datetime:
        """What a clock in the place shows when it begins."""
        return datetime.datetime.combine(self.start_date, self.start_time)

    @property
    def end(self) -> datetime.datetime:
        return datetime.datetime.combine(self.end_date, self.end_time)

    @property
    def taken(self) -> int:
        """How many are registered; one query, so that it is true now."""
        return Registration.objects.taken(self.translation_key)


class Desk(models.Model):
    """The row that is held while places of an event, in whatever language, are given out."""

    key = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.key)


class Registration(models.Model):
    """A person's registration for an event; `key` is the event's in every language.

    It is private and short-lived: see `events.keeping`.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Not confirmed yet")
        WAITING = "waiting", _("On the waiting list")
        REGISTERED = "registered", _("Registered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    key = models.UUIDField()
    nonce = models.UUIDField(default=uuid4)  # links hold for what was typed with this one
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"))
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    audience = CodeField(_("takes part as"), scheme="event_audience")
    language = models.CharField(max_length=12)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mails = models.PositiveSmallIntegerField(default=0)  # caused by forms, without an hour's pause
    told = models.JSONField(default=list)  # occasions of which one mail is enough
    attended = models.BooleanField(_("came"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["confirmed_at", "pk"]
        indexes = [models.Index(fields=["key", "state"], name="registration_of_event")]
        constraints = [
            models.UniqueConstraint("key", Lower("email"), name="one_registration_per_address"),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "withdrawn"])
                | models.Q(confirmed_at__isnull=False),
                name="registered_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def can_confirm(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def can_withdraw(self) -> bool:
        return self.state != self.State.WITHDRAWN

    @property
    def can_be_typed_anew(self) -> bool:
        """Whether nobody has vouched for it (any more): then a form may replace what it says."""
        return self.state in (self.State.PENDING, self.State.WITHDRAWN)


class AttendanceTotal(models.Model):
    """How many of an audience registered and came, kept when the registrations are deleted."""

    key = models.UUIDField()
    audience = CodeField(scheme="event_audience")
    registered = models.PositiveIntegerField(default=0)
    attended = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "audience"], name="one_total_per_audience")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.audience}"
