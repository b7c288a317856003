"""Demonstration organisations: records, what a desk checked, networks, and reviewed profiles.

The profiles go the way of people's stories: written, submitted, approved, translated, approved again.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.conf import settings
from django.db import transaction
from wagtail_localize.models import TranslationSource

from core import markdown
from demo.stories import People, fill_in
from editorial import services
from organisations.models import (
    NetworkMembership,
    Organisation,
    OrganisationIndexPage,
    OrganisationPage,
    Verification,
)

CONTENT = Path(settings.BASE_DIR) / "demo" / "content" / "organisations"
RECORD = (
    "name",
    "kind",
    "staff",
    "country",
    "postal_code",
    "place",
    "fields",
    "sector",
    "languages",
    "website",
    "contact_email",
)
RICH = ("about", "offers", "looks_for")


@dataclass(frozen=True)
class Profile:
    """One item of the demonstration content: its facts and its texts by language."""

    name: str

    @property
    def facts(self) -> dict:
        return yaml.safe_load((CONTENT / self.name / "facts.yaml").read_text(encoding="utf-8"))

    @property
    def languages(self) -> list[str]:
        """The languages it is written in, the source first, limited to those of this portal."""
        found = sorted(path.stem for path in (CONTENT / self.name).glob("*.md"))
        found = [code for code in found if code in settings.CONTENT_LANGUAGES]
        return sorted(found, key=lambda code: code != self.facts["source"])

    @property
    def key(self):
        """The key of its record, and the translation key of its pages."""
        return uuid5(NAMESPACE_URL, f"demonstration/organisations/{self.name}")

    def values(self, code: str) -> dict:
        """The translatable fields of a version, as the page model takes them."""
        text, body = markdown.read(CONTENT / self.name / f"{code}.md")
        parts = dict(markdown.sections(body))
        return {
            "title": text["title"],
            "slug": text["slug"],
            "sentence": text["summary"],
            **{name: markdown.html(parts[name]) for name in RICH},
        }


def names() -> list[str]:
    """The organisations written in a language of this portal."""
    found = sorted(path.parent.name for path in CONTENT.glob("*/facts.yaml"))
    return [name for name in found if Profile(name).facts["source"] in settings.CONTENT_LANGUAGES]


def is_loaded(name: str) -> bool:
    """Whether the profile is there, in whatever state people have brought it since."""
    return OrganisationPage.objects.filter(translation_key=Profile(name).key).exists()


@transaction.atomic
def load(name: str, people: People) -> OrganisationPage | None:
    """Loads one organisation with its profile and translations; does nothing if it is there."""
    if is_loaded(name):
        return None
    profile = Profile(name)
    organisation = ensure_record(name)
    for network in profile.facts.get("networks") or []:
        NetworkMembership.objects.get_or_create(network=ensure_record(network), member=organisation)
    page = draft(profile, organisation, people)
    services.submit(page, people.editor)
    services.approve(page, people.reviewer)
    for code in profile.languages[1:]:
        translate(profile, page, code, people)
    return page


def ensure_record(name: str) -> Organisation:
    """The record with what was checked; raises `ValidationError` where a fact is wrong."""
    profile = Profile(name)
    organisation = Organisation.objects.filter(key=profile.key).first()
    if organisation:
        return organisation.merged_into or organisation
    facts = profile.facts
    organisation = Organisation(
        key=profile.key, is_demonstration=True, **{field: facts[field] for field in RECORD}
    )
    organisation.full_clean()
    organisation.save()
    if "verified" in facts:
        said = dict(facts["verified"])
        verification = Verification(organisation=organisation, on=said.pop("date"), **said)
        verification.full_clean()
        verification.save()
    return organisation


def draft(profile: Profile, organisation: Organisation, people: People) -> OrganisationPage:
    """The source version as a draft."""
    index = OrganisationIndexPage.objects.get(locale__language_code=profile.facts["source"])
    page = OrganisationPage(
        **profile.values(profile.facts["source"]),
        organisation=organisation,
        locale=index.locale,
        translation_key=profile.key,
        owner=people.editor,
        live=False,
    )
    index.add_child(instance=page)
    page.save_revision(user=people.editor)
    return page


def translate(profile: Profile, page: OrganisationPage, code: str, people: People) -> None:
    """A version in another language, filled in segment by segment, submitted and approved."""
    page = OrganisationPage.objects.get(pk=page.pk)
    (target,) = services.send_for_translation(page, [code], people.translator)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    version = OrganisationPage(
        **profile.values(code), organisation=page.organisation, locale=target.locale
    )
    fill_in(profile.name, version, source, people.translator)
    services.submit(target, people.translator)
    services.approve(target, people.approver)
