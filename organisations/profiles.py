"""The text of a public profile: members write it on the public site, the review decides about it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.models import User
from core import review
from core.drafts import Standing, mark_of, standing
from core.languages import Language, language
from organisations import services
from organisations.models import Organisation, OrganisationIndexPage, OrganisationPage
from organisations.services import Refused

FIELDS = ("title", "sentence", "offers", "looks_for", "about")


class InReview(Refused):
    """A change of this text waits for its review."""

    message = _(
        "A change of this text was sent after you opened it. It waits for its review, and until then "
        "nothing can be changed. What you wrote is not saved and not lost: it stands in this form."
    )


class ChangedMeanwhile(Refused):
    """Sending would replace what was saved elsewhere since the form was opened."""

    message = _(
        "This text was changed after you opened it. What you wrote is not saved yet and not lost: it "
        "stands in this form. Compare the two. If you send now, this replaces it."
    )


class Unchanged(Refused):
    """There is nothing to review."""

    message = _("Nothing is different from what readers see. Change something first.")


@dataclass(frozen=True)
class Version:
    """The profile in a language; `standing` is that of a source, None for a translation."""

    language: Language
    title: str
    url: str
    standing: Standing | None


def versions(organisation: Organisation) -> list[Version]:
    """The profile in its languages, as members see it: sources, and the translations that are public."""
    sources = set(organisation.pages.sources().values_list("pk", flat=True))
    pages = organisation.pages.select_related("locale").order_by("locale__language_code", "pk")
    return [
        Version(
            language(page.locale.language_code),
            page.title if page.live else page.draft_title or page.title,
            page.url_path if page.live else "",
            standing(page) if page.pk in sources else None,
        )
        for page in pages
        if page.live or page.pk in sources
    ]


def source(organisation: Organisation, code: str) -> OrganisationPage | None:
    """The page that members write in a language; None where there is none, or a translation."""
    found = organisation.pages.sources().filter(locale__language_code=code)
    return found.select_related("locale").order_by("pk").first()


def languages() -> list[str]:
    """The languages that have a list of organisations."""
    indexes = OrganisationIndexPage.objects.live().order_by("locale__language_code")
    return list(indexes.values_list("locale__language_code", flat=True))


def draft_of(page: OrganisationPage | None, organisation: Organisation | None) -> OrganisationPage:
    """The latest draft of the page, or the beginning of one, of the record as it is now."""
    draft = page.get_latest_revision_as_object() if page else OrganisationPage(live=False)
    if organisation:
        draft.organisation = organisation
        draft.title = draft.title or organisation.name
    return draft


@transaction.atomic
def send(
    organisation: Organisation, code: str, by: User, values: dict, seen: str
) -> OrganisationPage:
    """Writes the profile in a language and sends it to the editors; sent twice it is sent once.

    `seen` is the `mark_of` the fields when the form was opened. Raises a `Refused`, or what the
    review raises, with the reason in words; then nothing was saved.
    """
    organisation = services.hold(organisation)
    page = source(organisation, code)
    if page is not None:
        write(page, organisation, by, values, seen)
    elif organisation.pages.exists():
        raise ChangedMeanwhile
    elif (page := services.draft_profile(organisation, by, code, **values)) is None:
        raise Refused(_("Choose from the list."))
    if standing(page).code != Standing.IN_REVIEW:
        review.submitted.send(sender=OrganisationPage, page=page, by=by)
    return page


def write(
    page: OrganisationPage, organisation: Organisation, by: User, values: dict, seen: str
) -> None:
    """Saves the values as the latest draft; what is in review with the same words is left as it is."""
    Page.objects.select_for_update().get(pk=page.pk)
    page.refresh_from_db()
    draft = draft_of(page, organisation)
    before = mark_of(draft, FIELDS)
    for name, value in values.items():
        setattr(draft, name, value)
    same, where = mark_of(draft, FIELDS) == before, standing(page).code
    if where == Standing.IN_REVIEW:
        if not same:
            raise InReview
    elif same and where == Standing.PUBLIC:
        raise Unchanged
    elif not same and before != seen:
        raise ChangedMeanwhile
    else:
        draft.save_revision(user=by, clean=False, log_action=True)
        page.refresh_from_db()
