"""Who does what to which texts in random sequences of steps, and what must be true of each text."""

from dataclasses import dataclass, field

from django.test import Client
from wagtail_localize.models import StringTranslation

from accounts.models import Role, RoleAssignment, User
from editorial import services
from editorial.fingerprints import digest
from stories.models import StoryPage
from tests.conftest import make_site
from tests.editorial.conftest import fresh, translate, work
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

# What readers see and the test changes.
SEEN = ("title", "result", "expire_at")
# Three who do everything for English, three for Finnish, so that each could approve what they wrote.
ENGLISH, FINNISH = ("anna", "ben", "cleo"), ("dan", "eeva", "fay")
# People by their place among those whose text it is, and others.
PLACES = ["first", "second", "third", "stranger", "operator"]


def crew() -> dict[str, User]:
    """Everyone by name; the three of a language have all its roles."""
    found = {name: person("editor", "en") for name in ENGLISH}
    found |= {name: person("translator", "fi") for name in FINNISH}
    more = [(name, Role.REVIEWER, "en") for name in ENGLISH]
    more += [(name, Role.APPROVER, "fi") for name in FINNISH]
    for name, role, language in more:
        RoleAssignment.objects.create(user=found[name], role=role, language=language)
    found["operator"] = User.objects.create_superuser("operator@example.org", "secret")
    return found


@dataclass
class Item:
    """What must be true of one text, as the test knows it."""

    pk: int
    deciders: tuple[str, ...]
    public: tuple | None = None
    submitted: int | None = None  # the review that it is in
    shown: tuple | None = None  # what its reviewer sees
    hands: set[str] = field(default_factory=set)
    planned: tuple | None = None  # when, and what
    taken_off: bool = False
    checked: set[int] = field(default_factory=set)

    @property
    def page(self):
        return fresh(StoryPage(pk=self.pk))

    def readers_see(self) -> tuple | None:
        return StoryPage.objects.filter(pk=self.pk, live=True).values_list(*SEEN).first()

    def draft(self) -> tuple:
        latest = self.page.get_latest_revision_as_object()
        return tuple(getattr(latest, name) for name in SEEN)

    def person(self, who: str) -> str:
        stranger = (FINNISH if self.deciders == ENGLISH else ENGLISH)[0]
        return dict(zip(PLACES, (*self.deciders, stranger, "operator"), strict=True))[who]

    def stamp(self) -> tuple:
        """Changes whenever somebody changes the draft."""
        page = self.page
        strings = StringTranslation.objects.filter(
            locale=page.locale, context__object_id=page.translation_key
        )
        revision = page.latest_revision
        return (
            revision and (revision.pk, digest(revision)),
            tuple(strings.order_by("pk").values_list("pk", "data")),
        )


def begin() -> tuple:
    """A public story and its public translation; who may do what."""
    site = make_site(["en", "fi"])
    services.ensure_workflow(site["en"].get_root())
    people = crew()
    index = site["en"].get_children().get(slug="stories").specific
    english = StoryPageFactory(parent=index, draft=True, owner=people["anna"])
    english.save_revision(user=people["anna"])
    services.submit(english, people["anna"])
    services.approve(english, people["ben"])
    finnish = services.send_for_translation(fresh(english), ["fi"], people["dan"])[0].specific
    translate(finnish, people["dan"])
    services.submit(finnish, people["dan"])
    services.approve(finnish, people["eeva"])
    work()
    clients = {name: Client() for name in people}
    for name, client in clients.items():
        client.force_login(people[name])
    return people, clients, {"english": english.pk, "finnish": finnish.pk}
