"""What stands in the portal while the walk goes round, and who goes."""

from types import SimpleNamespace

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow

from accounts.models import Role, User
from editorial import services
from editorial.gate.models import ReviewRule
from editorial.models import Assignment, FourEyesTaskState, MistakeReport
from editorial.publishing import publish_by_rule
from editorial.reviewing import approve
from tests.conftest import make_site
from tests.editorial.conftest import change, fresh, record, translate
from tests.factories.accounts import UserFactory, person
from tests.factories.home import LanguageSettingsFactory
from tests.factories.organisations import OrganisationFactory, VerificationFactory
from tests.factories.stories import StoryPageFactory
from tests.walk.records import records

# Stands in drafts only; whoever has no role in the language may read it nowhere.
SECRET = {"en": "Zyxwvu unreviewed English.", "fi": "Zyxwvu unreviewed Finnish."}
LANGUAGES = ("en", "fi")
NAMES = [
    "visitor",
    "member",
    *(f"{role} {code}" for code in LANGUAGES for role in Role.values),
    "reviewer elsewhere",
    "operator",
]


def people() -> dict[str, User | None]:
    """A person a role and language, who wrote and decided nothing of what stands in the scene."""
    found: dict[str, User | None] = {"visitor": None, "member": UserFactory()}
    for code in LANGUAGES:
        found |= {f"{role.value} {code}": person(role.value, code) for role in Role}
    found["reviewer elsewhere"] = elsewhere = person("reviewer", "en")
    elsewhere.roles.update(
        country="PT"
    )  # what stands in the scene is about another country, or none
    found["operator"] = User.objects.create_superuser("operator@example.org", "secret")
    return found


def build() -> SimpleNamespace:
    """Texts in every state; the values of the arguments that addresses take, by name."""
    site = make_site(list(LANGUAGES))
    services.ensure_workflow(Page.get_first_root_node())
    crew = {
        role: person(role, *LANGUAGES) for role in ("editor", "reviewer", "translator", "approver")
    }
    author, walkers = crew["editor"], people()
    picture = get_image_model()(title="Image", file=get_test_image_file())
    document = get_document_model()(title="Paper", file=SimpleUploadedFile("a.txt", b"a"))
    for one in (picture, document):
        one.uploaded_by_user = walkers["editor en"]
        one.save()
    picture.contextual_alt_text, picture.decorative = "A bench.", False
    index = site["en"].get_children().get(slug="stories").specific

    def story(slug):
        page = StoryPageFactory(parent=index, draft=True, owner=author, slug=slug)
        page.save_revision(user=author)
        return page

    draft, public, waiting = story("draft"), story("public"), story("waiting")
    change(public, author, picture=[("picture", picture)], files=[("file", document)])
    for page in (public, waiting):
        services.submit(page, author)
        services.approve(page, crew["reviewer"])
    for page in (draft, public, waiting):
        change(page, author, result=SECRET["en"])
    services.submit(waiting, author)
    finnish = services.send_for_translation(fresh(public), ["fi"], crew["translator"])[0].specific
    translate(finnish, crew["translator"])
    services.submit(finnish, crew["translator"])
    services.approve(finnish, crew["approver"])
    translate(fresh(finnish), crew["translator"], result=SECRET["fi"])
    change(finnish, crew["translator"], result=SECRET["fi"])
    navigation = LanguageSettingsFactory(live=False)
    navigation.save_revision()
    publish_by_rule(navigation, "shipped")
    navigation.licence_note = SECRET["en"]
    navigation.save_revision(user=author)
    pages = SimpleNamespace(
        draft=fresh(draft), public=fresh(public), waiting=fresh(waiting), finnish=fresh(finnish)
    )
    return SimpleNamespace(
        index=index,
        home=site["en"],
        pages=pages,
        navigation=navigation,
        author=author,
        people=walkers,
        chosen={
            "page": [page.pk for page in vars(pages).values()],
            "image": [picture.pk],
            "document": [document.pk],
            "languagesettings": [navigation.pk],
        },
        picture=picture,
        document=document,
        collection=Collection.get_first_root_node().add_child(name="Sheets"),
    )


def arguments(scene) -> dict[str, list]:
    """Values for the arguments of addresses, by name; some for the beginning of an address only.

    Those that are not here stand in `keys`.
    """
    translation = record(scene.pages.finnish)
    segments = translation.source.stringsegment_set
    overridable = translation.source.overridablesegment_set.first()
    state = services.held_state(scene.pages.waiting)
    pages = [page.pk for page in vars(scene.pages).values()]
    return {
        "page_id": pages,
        "page_to_move_id": pages[:2],
        "parent_page_id": [scene.index.pk],
        "destination_id": [scene.home.pk],
        "page_pk": [scene.home.pk],
        "revision": [page.latest_revision_id for page in vars(scene.pages).values()],
        "revision_id": [scene.pages.public.revisions.earliest("pk").pk],
        "snippets/revision_id": [scene.navigation.latest_revision_id],
        "task_state_id": [state.pk],
        "workflow_state_id": [state.workflow_state_id],
        "workflow_pk": [Workflow.objects.get(name=services.WORKFLOW_NAME).pk],
        "task_id": [Task.objects.get(name=services.TASK_NAME).pk],
        "action_name": ["approve", "reject"],
        "translation_source_id": [translation.source_id],
        "translation_id": [translation.pk],
        "string_segment_id": [segments.filter(context__path="result").get().pk],
        "segment_id": [segments.filter(context__path="result").get().pk],
        "overridable_segment_id": [overridable.pk if overridable else 1],
        "seen": [state.content_hash[: approve.LENGTH]],
        "mode": [""],
        "kind": [scene.pages.public.get_base_content_type().pk],
        "image_id": [scene.picture.pk],
        "document_id": [scene.document.pk],
        "doc_id": [scene.document.pk],
        "collection_id": [scene.collection.pk],
        "number": [0],
        "filter_spec": ["fill-100x100"],
        "content_type_app_name": ["stories"],
        "content_type_model_name": ["storypage"],
        "app_label": ["stories"],
        "model_name": ["storypage"],
        "app_name": ["stories"],
        "object_id": [scene.pages.public.pk],
        "action": ["publish", "unpublish", "delete", "move"],
        "uidb64": ["MQ"],
        "token": ["a-b"],
    }


def keys(scene) -> dict[str, list]:
    """Values of the other arguments, by the beginning of the address."""
    state: FourEyesTaskState = services.held_state(scene.pages.waiting)
    mistake = MistakeReport.objects.create(
        submission=scene.pages.public.translation_key,
        page_key=scene.pages.public.translation_key,
        page_language="en",
        page_title="Public",
        page_path="/en/",
        interface_language="en",
        text=SECRET["en"],
    )
    organisation = OrganisationFactory()
    first = {
        "roles/": scene.author.roles.first(),
        "users/": scene.author,
        "groups/": scene.author.groups.first(),
        "locales/": Locale.objects.get(language_code="fi"),
        "sites/": Site.objects.get(),
        "organisation/": organisation,
        "organisation/withdraw/": VerificationFactory(organisation=organisation),
        "organisation_chooser/": organisation,
        "mistakes/": mistake,
        "review/": state,
        "review-rules/": ReviewRule.objects.get(content_type=content_type(scene.pages.public)),
        "workflows/": Workflow.objects.get(name=services.WORKFLOW_NAME),
        "workflows/tasks/": Task.objects.get(name=services.TASK_NAME),
        "snippets/": scene.navigation,
        "localize/submit/snippet/": scene.navigation,
        "localize/api/snippets/": scene.navigation,
        "take-off/": scene.pages.public,
        "work/": Assignment.objects.create(
            item=scene.pages.public.translation_key, language="fi", person=scene.author
        ),
        "api/main/^pages/": scene.pages.public,
        "api/main/^documents/": scene.document,
        "api/main/^images/": scene.picture,
        "documents/": scene.document,
        "images/": scene.picture,
        "collections/": scene.collection,
    }
    one = {start: [obj.pk] for start, obj in first.items()}
    one |= {start: [value] for start, value in records(scene).items()}
    return one | {"timeline/": [page.pk for page in vars(scene.pages).values()]}


def content_type(obj) -> int:
    return ContentType.objects.get_for_model(obj, for_concrete_model=False).pk
