"""What of the board is shown, and who gets the chosen translations."""

import datetime
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.models import Role, RoleAssignment
from core import registry
from core.languages import language
from editorial.coverage import states
from organisations.models import Membership, Organisation, OrganisationPage

MINE = "mine"
AGES = {
    "7": _("In the last 7 days"),
    "30": _("In the last 30 days"),
    "90": _("In the last 90 days"),
    "older": _("More than a year ago"),
}
DIRECTLY = "-"  # the section of pages directly under home


class FilterForm(forms.Form):
    """Every choice may be left open. What is not among the choices is told and filters nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    age = forms.ChoiceField(
        label=_("Source changed"), required=False, choices=[("", _("At any time")), *AGES.items()]
    )
    language = forms.ChoiceField(label=_("Languages"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any state")), *states.State.choices]
    )
    q = forms.CharField(label=_("Words in the title"), required=False, max_length=100)

    def __init__(self, data, own: list[str]):
        super().__init__(data)
        self.own = [code for code in settings.CONTENT_LANGUAGES if code in own]
        items = registry.items()
        self.fields["kind"].choices = [
            ("", _("All kinds")),
            *((item.kind, item.name_plural) for item in items),
        ]
        self.fields["section"].choices = [
            ("", _("All sections")),
            *registry.sections().items(),
            (DIRECTLY, _("Directly under the home page")),
        ]
        self.fields["organisation"].choices = [("", _("All organisations")), *organisations()]
        mine = [(MINE, _("My languages"))] if self.own else []
        self.fields["language"].choices = [
            ("", _("All languages")),
            *mine,
            *((code, language(code).name) for code in settings.CONTENT_LANGUAGES),
        ]

    def chosen(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def codes(self) -> list[str]:
        """The languages that are shown."""
        wanted = self.chosen("language")
        if wanted == MINE:
            return self.own
        return [wanted] if wanted else list(settings.CONTENT_LANGUAGES)

    def items(self) -> QuerySet[Page]:
        """The source versions that were asked for."""
        found = states.sources()
        kinds = [item for item in registry.items() if self.wants(item)]
        if self.chosen("kind") or self.chosen("section"):
            found = found.type(*(item.model for item in kinds)) if kinds else found.none()
        if number := self.chosen("organisation"):
            found = found.filter(of_organisation(number))
        if age := self.chosen("age"):
            found = found.filter(aged(age))
        for word in self.chosen("q").split():
            found = found.filter(title__icontains=word)
        if state := self.chosen("state"):
            found = states.having(found, state, self.codes())
        return found

    def wants(self, item: registry.Item) -> bool:
        kind, section = self.chosen("kind"), self.chosen("section")
        return kind in ("", item.kind) and section in ("", item.section or DIRECTLY)


def organisations() -> list[tuple[str, str]]:
    """The organisations that have a profile or members."""
    rows = Organisation.objects.filter(
        Q(pk__in=OrganisationPage.objects.values("organisation"))
        | Q(pk__in=Membership.objects.values("organisation"))
    ).order_by("name", "pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def of_organisation(number: str) -> Q:
    """The profile of an organisation, and what its members wrote."""
    profiles = OrganisationPage.objects.filter(organisation_id=number)
    members = Membership.objects.filter(organisation_id=number)
    return Q(translation_key__in=profiles.order_by().values("translation_key")) | Q(
        owner__in=members.order_by().values("user")
    )


def aged(age: str) -> Q:
    if age == "older":
        return Q(last_published_at__lt=timezone.now() - datetime.timedelta(days=365))
    return Q(last_published_at__gte=timezone.now() - datetime.timedelta(days=int(age)))


class AssignForm(forms.Form):
    """Chosen items, a language of those in which one may assign, one of its translators, and a day."""

    language = forms.ChoiceField(label=_("Language"))
    person = forms.ChoiceField(label=_("Assign to"))
    due = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data, codes: list[str]):
        super().__init__(data)
        rows = (
            RoleAssignment.objects.filter(
                role=Role.TRANSLATOR, language__in=codes, user__is_active=True
            )
            .select_related("user")
            .order_by("user__first_name", "user__last_name", "user__email", "language")
        )
        speaks: dict = {}
        for one in rows:
            speaks.setdefault(one.user, []).append(one.language)
        self.people = {str(person.pk): person for person in speaks}
        self.fields["language"].choices = [(code, language(code).name) for code in codes]
        self.fields["person"].choices = [
            (str(person.pk), f"{person} ({', '.join(language(code).name for code in found)})")
            for person, found in speaks.items()
        ]
        self.sent = data.getlist("item") if data is not None else []

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return due

    def clean(self):
        try:
            self.keys = [UUID(one) for one in self.sent]
        except ValueError as error:
            raise ValidationError(_("Choose from the list.")) from error
        if not self.keys:
            raise ValidationError(_("Choose at least one item in the table."))
        return super().clean()
