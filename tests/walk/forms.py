"""The forms that the table posts: every button, those that are not shown included."""

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Locale, Page

from accounts.models import Role, User
from editorial.gate.models import ReviewRule
from editorial.translating.parts import fingerprint
from tests.editorial.conftest import form_data, record
from tests.walk.scene import SECRET

SNIPPET = {
    "licence_note": "Around.",
    **{f"{name}-count": 0 for name in ("navigation", "footer", "funding")},
}


def stored(arguments) -> Page:
    return Page.objects.get(pk=arguments["page_id"]).specific


def edits(scene, arguments) -> list[dict]:
    """Every button of the editor, those that are not shown included, and an older revision."""
    page = stored(arguments)
    form = form_data(page, title="Around the review")
    buttons = (
        "action-publish",
        "action-submit",
        "action-cancel-workflow",
        "action-restart-workflow",
        "localize-convert-to-alias",
    )
    older = {"revision": page.revisions.earliest("pk").pk, "action-publish": "1"}
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    past = {"go_live_at": "2020-01-01 00:00", "expire_at": "2020-01-02 00:00"}
    return [
        {},
        form,
        form | {"action": "publish"},
        *(form | {button: "1"} for button in buttons),
        form | older,
        form | approve,
        form | past | {"action-publish": "1"},
    ]


def additions(scene, arguments) -> list[dict]:
    form = form_data(scene.pages.public, slug="around", title="Around")
    return [form, form | {"action-publish": "1"}, form | {"action-submit": "1"}]


def copies(scene, arguments) -> list[dict]:
    form = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": stored(arguments).get_parent().pk,
        "copy_subpages": "on",
    }
    return [form, form | {"publish_copies": "on"}, form | {"alias": "on"}]


def snippets(scene, arguments) -> list[dict]:
    return [SNIPPET, SNIPPET | {"action-publish": "1"}, SNIPPET | {"action-submit": "1"}]


def translated_file(scene, arguments) -> list[dict]:
    content = str(record(scene.pages.finnish).export_po()).replace("Suomeksi", "Ohi")
    return [{"file": SimpleUploadedFile("fi.po", content.encode())}]


def typed(scene, arguments) -> list[dict]:
    """As the translator's editor saves: over what stands there, and over what it was long ago."""
    text = {"text": "Around the review"}
    return [text | {"base": fingerprint(SECRET["fi"])}, text | {"base": ""}]


def assignments(scene, arguments) -> list[dict]:
    translator = User.objects.filter(roles__role=Role.TRANSLATOR, roles__language="fi").first()
    chosen = {"item": scene.pages.public.translation_key, "language": "fi"}
    return [chosen | {"person": translator.pk}]


def selection(scene, arguments) -> list[dict]:
    chosen = {"item": scene.pages.public.translation_key, "language": "fi"}
    return [chosen | {"format": "po"}]


def languages(scene, arguments) -> list[dict]:
    english = Locale.objects.get(language_code="en").pk
    sync = {"component-wagtail_localize_localesynchronization-enabled": "on"}
    sync["component-wagtail_localize_localesynchronization-sync_from"] = english
    return [{"language_code": "lv"} | sync, {"language_code": "fi"} | sync]


def rules(scene, arguments) -> list[dict]:
    none = ReviewRule.Review.NONE
    return [{"texts": none, "translations": none}]


def targets(scene, arguments) -> list[dict]:
    return [{"locales": [Locale.objects.get(language_code="fi").pk]}]


def open_editor(scene, arguments) -> list[dict]:
    return [{"revision_id": scene.pages.public.latest_revision_id}]


def taken(scene, arguments) -> list[dict]:
    return [{"item": scene.pages.public.translation_key, "language": "fi"}]


def retitled(scene, arguments) -> list[dict]:
    """Around the review of the page that shows it: in the editor, and after an upload of several."""
    form = {"title": "Around", "collection": 1, "tags": ""}
    after = {f"doc-{scene.document.pk}": form, f"image-{scene.picture.pk}": form}
    return [
        form,
        *({f"{start}-{name}": one[name] for name in one} for start, one in after.items()),
    ]


def always(*forms: dict):
    """The same forms whatever the address names."""
    return lambda scene, arguments: list(forms)


DECISIONS = ({"decision": "approve"}, {"decision": "return", "reject-comment": "Say who counted."})
