"""When a school has room for orders, and how many it takes at a time.

The windows of a service belong to all its languages and are no part of its versions: places are taken
while the page stays as it is.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_PLACES = 500


class NoPlaceLeft(Exception):
    """All places of a window are taken."""


class WindowQuerySet(models.QuerySet):
    """Windows by service and by time."""

    def of(self, service_key):
        """The windows of a service, in whatever language, in the order of time."""
        return self.filter(service_key=service_key)

    def coming(self, today=None):
        """Those that are not over yet."""
        return self.filter(ends__gte=today or timezone.localdate())

    def free(self):
        """Those with at least one place left."""
        return self.filter(taken__lt=F("places"))


class CapacityWindow(models.Model):
    """A time in which learners of a service can work, and how many orders fit into it."""

    service_key = models.UUIDField(db_index=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    hours_a_week = models.PositiveSmallIntegerField(
        _("hours a week"),
        validators=[MinValueValidator(1), MaxValueValidator(168)],
        help_text=_("How many hours of the timetable can go into it."),
    )
    places = models.PositiveSmallIntegerField(
        _("orders at a time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)],
        help_text=_("How many orders fit into this time."),
    )
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    note = models.CharField(
        _("note for your school"),
        max_length=150,
        blank=True,
        help_text=_(
            "Only your school sees it. For example: spring term, Wednesdays and Thursdays."
        ),
    )

    objects = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("capacity window")
        verbose_name_plural = _("capacity windows")
        ordering = ["starts", "ends", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="window_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="window_has_a_place"),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("places")), name="window_not_overbooked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts} – {self.ends}"

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("It ends before it begins.")})
        if self.places is not None and self.places < self.taken:
            raise ValidationError({"places": _("More orders than that have been agreed already.")})

    @property
    def left(self) -> int:
        """How many orders it still takes."""
        return self.places - self.taken


class CapacityPlace(models.Model):
    """A place that a deal holds: so that a deal takes one only once, and gives back only its own."""

    window = models.ForeignKey(CapacityWindow, on_delete=models.CASCADE, related_name="held")
    deal_key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.deal_key)


@transaction.atomic
def take(window: CapacityWindow, deal) -> None:
    """Takes a place for a deal; one that holds a place of this window already keeps it.

    Raises `NoPlaceLeft` where every place is taken. A place of another window is given back.
    """
    held, rows = locked(deal, window.pk)
    if held == window.pk:
        return
    row = rows.get(window.pk)
    if row is None or row.taken >= row.places:
        raise NoPlaceLeft
    if held:
        release(deal, held)
    CapacityPlace.objects.create(window=row, deal_key=deal.key)
    CapacityWindow.objects.filter(pk=row.pk).update(taken=F("taken") + 1)
    window.taken = row.taken + 1


@transaction.atomic
def give_back(deal) -> None:
    """Gives back the place that a deal holds, if it holds one."""
    held, _rows = locked(deal)
    if held:
        release(deal, held)


def locked(deal, *wanted: int) -> tuple[int | None, dict[int, CapacityWindow]]:
    """The window in which a deal holds a place, and the rows of it and of those wanted, locked.

    They are locked in one order, so that two deals that change places never wait for each other.
    """
    place = CapacityPlace.objects.filter(deal_key=deal.key)
    held = place.values_list("window", flat=True).first()
    rows = CapacityWindow.objects.select_for_update().filter(pk__in={*wanted, held} - {None})
    found = {row.pk: row for row in rows.order_by("pk")}
    return place.values_list("window", flat=True).first(), found


def release(deal, window: int) -> None:
    gone, _by_model = CapacityPlace.objects.filter(deal_key=deal.key, window=window).delete()
    if gone:
        CapacityWindow.objects.filter(pk=window).update(taken=F("taken") - 1)
