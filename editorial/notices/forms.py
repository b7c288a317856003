"""Which mails one gets: a part of the profile page."""

import datetime

from django import forms
from django.conf import settings
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from accounts.forms import LookMixin
from editorial.notices import choices
from editorial.notices.models import How, Kind


def hours() -> list[tuple[int, str]]:
    return [(hour, time_format(datetime.time(hour), "TIME_FORMAT")) for hour in range(24)]


def zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in settings.WAGTAIL_USER_TIME_ZONES]


class MailsForm(LookMixin, forms.Form):
    """One choice for each kind that concerns the person, and when the daily mail comes.

    What is not sent stays as it is.
    """

    template = "editorial/notices/choices.html"

    def __init__(self, *args, user, **kwargs):
        self.user, self.offered = user, choices.offered(user)
        super().__init__(*args, prefix="mails", **kwargs)
        self.chosen = choices.of(user)
        for kind in self.offered:
            self.add(f"how_{kind}", kind.label, How.choices, self.chosen[kind])
        self.add("hour", _("Hour of the daily mail"), hours(), choices.hour(user))
        zone = choices.zone(user).key
        # A zone of another system stays what it is, and is shown.
        known = zones() if zone in settings.WAGTAIL_USER_TIME_ZONES else [(zone, zone), *zones()]
        self.add("time_zone", _("Your time zone"), known, zone)

    def add(self, name: str, label, options, initial) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=options,
            initial=initial,
            required=False,
            widget=forms.Select({"class": "select"}),
        )

    def kinds(self):
        """The fields of the kinds."""
        return [self[f"how_{kind}"] for kind in self.offered]

    def save(self) -> None:
        said = {
            name: value if value != "" else self.fields[name].initial
            for name, value in self.cleaned_data.items()
        }
        choices.change(
            self.user,
            {Kind(kind): How(said[f"how_{kind}"]) for kind in self.offered},
            int(said["hour"]),
            said["time_zone"],
        )
