"""What stands in the marketplace when every address is walked: secrets, and everybody who might look for them."""

import uuid
from types import SimpleNamespace

from core import documents
from core.models import OutboxEntry
from core.signals import item_changed
from marketplace import reporting
from marketplace.agreements import evidence, services
from marketplace.deals import proposals
from marketplace.listings.alerts.models import Alert
from marketplace.reviews import services as reviews
from marketplace.rooms import files as room_files
from marketplace.rooms import services as rooms
from marketplace.writing.models import PendingNeed
from moderation import registry
from organisations import merging
from organisations.services import ensure_desk, leave
from tests.factories.accounts import UserFactory, person
from tests.factories.deals import DealFactory, proposal_values
from tests.factories.marketplace import (
    CapacityWindowFactory,
    NeedDetailsFactory,
    NeedIndexPageFactory,
    NeedPageFactory,
    ServiceIndexPageFactory,
    ServicePageFactory,
)
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    VerificationFactory,
)
from tests.stories.conftest import work

SCHOOL = {"provider", "provider editor", "merged"}
COMPANY = {"client", "client editor"}
SIDES = SCHOOL | COMPANY
DESK = {"desk", "operator"}
ROLES = ("editor", "reviewer", "translator", "approver", "moderator")
PEOPLE = (
    *("visitor", "contact", "provider", "provider editor", "merged", "former"),
    *("client", "client editor", "client contact", "stranger", "desk", "operator", *ROLES),
)
EVERYBODY = set(PEOPLE)
SIGNED_IN = EVERYBODY - {"visitor"}
NOBODY: set[str] = set()
# What is confidential, and who may read it anywhere. Each stands in one place.
SECRETS = {
    "Qtitle": SIDES,  # of deals; in the calendar and in the mails of both sides too
    "Qmessage": SIDES,
    "Qfile": SIDES,
    "Qproposal": SIDES,
    "Qevidence": SIDES,
    "Qreview": SCHOOL,  # written, and not shown yet
    "Qhidden": NOBODY,  # a moderator took it off
    "Qdisputed": SIDES | DESK,
    "Qunattended": SCHOOL | DESK,
    "Qexercise": SCHOOL,
    "Qwindow": SCHOOL,
    "Qwish": COMPANY,
    # The school is verified.
    "Qdetails": SCHOOL | COMPANY | {"client contact", "moderator", "operator"},
    "Qletter": {"visitor"},  # who holds the link of the mail
}
OPEN = "Qopen"  # what everybody may find: a search that finds nothing would prove nothing


def make(site) -> SimpleNamespace:
    """A school and a company with deals, drafts, a confidential need, and a letter on its way."""
    school, company = OrganisationFactory(), OrganisationFactory(kind="company", country="LT")
    VerificationFactory(organisation=school)
    found = SimpleNamespace(other=UserFactory(), people=people(school, company))
    assert set(found.people) == EVERYBODY
    listings(found, site["en"], school, company)
    deals(found, school, company)
    found.alert = Alert.objects.create(
        kind="need", how="daily", email="cook@example.org", language="en"
    )
    found.pending = PendingNeed.objects.create(
        submission=uuid.uuid4(),
        email="cook@example.org",
        language="en",
        values={"need": {"title": ["Qletter"]}, "about": {"name": "Qletter"}},
    )
    make_files()
    work()
    return found


def people(school, company) -> dict:
    """Everybody by what they are; a record was merged into the school, and somebody has left it."""

    def member(organisation, role: str = "owner"):
        return MembershipFactory(organisation=organisation, role=role).user

    found = {
        "visitor": None,
        "provider": member(school),
        "provider editor": member(school, "editor"),
        "contact": member(school, "contact"),
        "client": member(company),
        "client editor": member(company, "editor"),
        "client contact": member(company, "contact"),
        "stranger": member(OrganisationFactory()),
        "desk": member(OrganisationFactory(kind="chamber")),
        "operator": UserFactory(is_superuser=True, is_staff=True),
        **{role: person(role, "en") for role in ROLES},
    }
    found["desk"].groups.add(ensure_desk())
    former = MembershipFactory(organisation=school, role="editor")
    found["former"] = former.user
    leave(former)
    other = OrganisationFactory()
    found["merged"] = member(other)
    merging.merge(school, other, found["operator"])
    return found


def listings(found, home, school, company) -> None:
    provider, client = found.people["provider"], found.people["client"]
    offers = ServiceIndexPageFactory(parent=home, locale=home.locale)
    wanted = NeedIndexPageFactory(parent=home, locale=home.locale)
    own = {"parent": offers, "locale": home.locale, "organisation": school, "owner": provider}
    found.service = ServicePageFactory(**own, slug="shop", title=f"A shop {OPEN}")
    found.exercise = ServicePageFactory(**own, slug="secret", draft=True, title="Qexercise")
    own = {"parent": wanted, "locale": home.locale, "organisation": company, "owner": client}
    found.need = NeedPageFactory(**own, slug="shop", title=f"A shop {OPEN}", confidential=True)
    found.wish = NeedPageFactory(**own, slug="secret", draft=True, title="Qwish")
    for page in (found.service, found.exercise, found.need, found.wish):
        page.save_revision(user=page.owner, clean=False)
        item_changed.send(sender=type(page), instance=page)
    CapacityWindowFactory(service_key=found.service.translation_key, note="Qwindow")
    NeedDetailsFactory(need_key=found.need.translation_key, text="Qdetails")


def deals(found, school, company) -> None:
    provider, client = found.people["provider"], found.people["client"]

    def deal(state: str, title: str, client_side=company, user=client):
        return DealFactory(
            provider=school,
            client=client_side,
            user=user,
            title=title,
            state=state,
            service_key=found.service.translation_key,
        )

    found.deal, found.done = deal("clarifying", "Qtitle"), deal("accepted", "Qtitle")
    found.disputed = deal("disputed", "Qdisputed")
    found.unattended = deal("clarifying", "Qunattended", OrganisationFactory(kind="company"), None)
    proposals.propose(found.deal, provider, proposal_values(scope="Qproposal"), uuid.uuid4())
    found.deal.refresh_from_db()
    sent = [room_files.checked("plan.txt", b"Qfile")]
    found.message = rooms.say(found.deal, client, "Qmessage", uuid.uuid4(), files=sent)
    found.file = found.message.attachments.get()
    hidden = rooms.say(found.deal, client, "Qhidden", uuid.uuid4())
    registry.get(reporting.MESSAGE).take_down(str(hidden.pk), found.people["moderator"], "")
    found.agreement = services.current(found.deal)
    words = {"programme": "Qevidence", "did": "Qevidence", "outcomes": "Qevidence", "hours": 40}
    evidence.write(found.done, provider, {"language": "lv", **words}, uuid.uuid4())
    said = {"rating": 2, "on_time": True, "would_again": False, "text": "Qreview", "language": "lv"}
    found.review = reviews.write(found.done, provider, said)
    found.done.refresh_from_db()


def make_files() -> None:
    """Makes the PDFs that are promised, as the worker does."""
    for entry in OutboxEntry.objects.filter(done_at=None, kind="core.document"):
        documents.make.call(**entry.payload)
