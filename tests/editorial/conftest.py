"""People in every role, a story in each state, and the worker on demand."""

import json

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, Page
from wagtail.rich_text import features
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.models import User
from core import outbox
from core.models import OutboxEntry
from editorial import services
from tests.conftest import make_site
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory


@pytest.fixture
def site(db):
    """Homes and story lists in the languages of these tests."""
    return make_site(["en", "fi", "lv"])


@pytest.fixture
def workflow(site):
    return services.ensure_workflow(Page.get_first_root_node())


@pytest.fixture
def people(workflow):
    """One person a role in English and Finnish, and an operator; `people["reviewer"]`."""
    found = {
        role: person(role, "en", "fi") for role in ("editor", "reviewer", "translator", "approver")
    }
    found["admin"] = User.objects.create_superuser(
        "admin@example.org", "secret", first_name="Admin"
    )
    return found


@pytest.fixture
def draft(people, index):
    """An English story as its editor has left it, with values that the form would accept."""
    page = StoryPageFactory(parent=index("en"), draft=True, owner=people["editor"], slug="boxes")
    page.save_revision(user=people["editor"])
    return page


@pytest.fixture
def submitted(draft, people):
    services.submit(draft, people["editor"])
    return fresh(draft)


@pytest.fixture
def public(submitted, people):
    services.approve(submitted, people["reviewer"])
    return fresh(submitted)


@pytest.fixture
def finnish(public, people):
    """The Finnish draft of the public story, nothing translated yet."""
    return services.send_for_translation(public, ["fi"], people["translator"])[0].specific


@pytest.fixture
def translated(finnish, people):
    """The same with every string translated."""
    translate(finnish, people["translator"])
    return fresh(finnish)


@pytest.fixture
def public_finnish(translated, people):
    services.submit(translated, people["translator"])
    services.approve(translated, people["approver"])
    return fresh(translated)


def fresh(page):
    """The page as it is stored."""
    return Page.objects.get(pk=page.pk).specific


def record(page) -> Translation:
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    )


def translate(page, user, prefix="Suomeksi: ", **texts):
    """Writes a translation of every string, as the editor's own saving does; `texts` by field."""
    translation = record(page)
    segments = StringSegment.objects.filter(source=translation.source)
    segments.get_translations(translation.target_locale).delete()
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data={**texts, "slug": "laatikot"}.get(
                segment.context.path, prefix + segment.string.data
            ),
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=user,
        )
        for segment in segments.select_related("context", "string")
    )


def change(page, user, **values):
    """A new draft of a page with other values."""
    latest = fresh(page).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(latest, name, value)
    return latest.save_revision(user=user)


def work() -> None:
    """What the worker does, until nothing is left."""
    for _round in range(5):
        entries = OutboxEntry.objects.filter(done_at=None, attempts=0).order_by("pk")
        if not entries:
            return
        for entry in entries:
            outbox.work.call(entry.pk)


@pytest.fixture
def signed_in(client):
    """A client for a person: `signed_in(user)`."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def speaks(user, code):
    """The language of a person's menus and mails."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": code})


def locale(code):
    return Locale.objects.get(language_code=code)


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_data(page, **changes) -> dict:
    """The edit form of a page, filled in from its latest draft and changed."""
    page = fresh(page).get_latest_revision_as_object()
    data = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "comments-MAX_NUM_FORMS": 0}
    form = page.get_edit_handler().get_form_class()
    fields = {field.name: field for field in page._meta.get_fields()}
    for name in set(form.base_fields) & set(fields):
        value = changes.get(name, getattr(page, name))
        kind = type(fields[name]).__name__
        if kind == "StreamField":
            data |= stream_data(name, value.raw_data)
        elif kind == "RichTextField":
            data[name] = contentstate(value)
        elif value not in (None, False):
            data[name] = value
    return data


def contentstate(html: str) -> str:
    names = features.get_default_features()
    return ContentstateConverter(names).from_database_format(html)


def stream_data(name: str, raw) -> dict:
    """A stream of flat structures, as the form sends it."""
    data = {f"{name}-count": len(raw)}
    for number, block in enumerate(raw):
        start = f"{name}-{number}"
        data |= {
            f"{start}-type": block["type"],
            f"{start}-order": number,
            f"{start}-deleted": "",
            f"{start}-id": block.get("id", ""),
        }
        value = block["value"]
        for key, one in value.items() if isinstance(value, dict) else [("", value)]:
            data[f"{start}-value-{key}" if key else f"{start}-value"] = "" if one is None else one
    return data


def as_json(response) -> dict:
    return json.loads(response.content)
