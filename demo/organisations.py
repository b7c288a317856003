"""Demonstration organisations: records, what a desk checked, networks, and reviewed profiles."""

from core import markdown
from demo.items import Item
from demo.people import People
from organisations.models import (
    NetworkMembership,
    Organisation,
    OrganisationIndexPage,
    OrganisationPage,
    Verification,
)

RECORD = (
    "name",
    "kind",
    "staff",
    "country",
    "postal_code",
    "place",
    "fields",
    "narrow_fields",
    "sector",
    "languages",
    "website",
    "contact_email",
)
RICH = ("about", "offers", "looks_for")


class Profile(Item):
    """A profile; the key of its pages is that of the record too."""

    section = "organisations"
    index = OrganisationIndexPage
    model = OrganisationPage

    def values(self, code: str) -> dict:
        text, parts = self.text(code)
        return {
            "title": text["title"],
            "slug": text["slug"],
            "sentence": text["summary"],
            **{name: markdown.html(parts[name]) for name in RICH},
            "organisation": self.ensure_record(),
        }

    def draft(self, people: People, **changed) -> OrganisationPage:
        """The profile after the networks that it belongs to."""
        for network in self.facts.get("networks") or []:
            NetworkMembership.objects.get_or_create(
                network=Profile(network).ensure_record(), member=self.ensure_record()
            )
        return super().draft(people, **changed)

    def ensure_record(self) -> Organisation:
        """The record with what was checked; raises `ValidationError` where a fact is wrong."""
        organisation = Organisation.objects.filter(key=self.key).first()
        if organisation:
            return organisation.merged_into or organisation
        facts = self.facts
        organisation = Organisation(
            key=self.key,
            is_demonstration=True,
            **{field: facts[field] for field in RECORD if field in facts},
        )
        organisation.full_clean()
        organisation.save()
        if "verified" in facts:
            said = dict(facts["verified"])
            verification = Verification(organisation=organisation, on=said.pop("date"), **said)
            verification.full_clean()
            verification.save()
        return organisation
