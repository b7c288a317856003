"""Every address of the marketplace, as everybody: who is shown it, who signs in first, who finds nothing.

The addresses are read from the resolver: one that is not in the table fails the test. What stands there
is secret, each thing known to a few; it is looked for in every answer, whoever asks.
"""

import uuid
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from core import documents, outbox
from core.models import OutboxEntry
from marketplace.agreements import documents as agreement_documents
from marketplace.agreements import evidence, files, services
from marketplace.deals import mail
from marketplace.listings.alerts import services as alerts
from marketplace.listings.alerts.models import Alert
from marketplace.rooms import files as room_files
from marketplace.rooms import links
from marketplace.rooms import services as rooms
from marketplace.writing import needs
from marketplace.writing.models import PendingNeed
from organisations.services import ensure_desk
from tests.factories.accounts import UserFactory, person
from tests.factories.deals import DealFactory
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

pytestmark = pytest.mark.django_db

PEOPLE = (
    *("visitor", "contact", "provider", "client", "client contact", "stranger"),
    *("desk", "moderator", "editor"),
)
EVERYBODY = set(PEOPLE)
SIGNED_IN = EVERYBODY - {"visitor"}
SIDES = {"provider", "client"}
SCHOOL, COMPANY, NOBODY = {"provider"}, {"client"}, set()
# What is confidential, and who may read it anywhere.
SECRETS = {
    "Qdeal": SIDES,
    "Qexercise": SCHOOL,
    "Qwish": COMPANY,
    "Qdetails": {"provider", "client", "client contact", "moderator"},  # the school is verified
    "Qletter": {"visitor"},  # who holds the link of the mail
}


class Way:
    """An address: its arguments, who is shown it, and how it is asked for."""

    def __init__(self, sees: set[str], arguments=lambda scene, user: [], **posted):
        self.sees, self.arguments, self.posted = sees, arguments, posted


def of_deal(which: str, *more, sees=SIDES) -> Way:
    return Way(sees, lambda scene, user: [getattr(scene, which).key, *more])


def of(name: str, sees: set[str], *more, **posted) -> Way:
    """An address with the number of a page."""
    return Way(sees, lambda scene, user: [getattr(scene, name).pk, *more], **posted)


def given(sees: set[str], arguments, **posted) -> Way:
    return Way(sees, lambda scene, user: [arguments(scene)], **posted)


TABLE: dict[str, list[Way]] = {
    # For everybody, also without an account; what is sent there says who one is.
    "alert": [given(EVERYBODY, lambda scene: "need"), given(NOBODY, lambda scene: "deal")],
    "alert-sent": [given(EVERYBODY, lambda scene: "service")],
    "alert-confirm": [given(EVERYBODY, lambda scene: alerts.token(scene.alert, "confirm"))],
    "alert-stop": [
        given(EVERYBODY, lambda scene: alerts.token(scene.alert, "stop")),
        given(NOBODY, lambda scene: alerts.token(scene.alert, "confirm")),
    ],
    "deal-reminders": [
        given(EVERYBODY, lambda scene: mail.token(scene.people["provider"])),
        given(NOBODY, lambda scene: "a-b"),
    ],
    "verify": [Way(EVERYBODY)],
    "verified": [
        given(EVERYBODY, lambda scene: scene.agreement.sha256),
        given(NOBODY, lambda scene: "0" * 64),
    ],
    "need-new": [Way(EVERYBODY)],
    "need-sent": [Way(EVERYBODY)],
    "need-follow": [given(EVERYBODY, lambda scene: needs.token(scene.pending))],
    # Each person's own.
    "deals": [Way(SIGNED_IN)],
    "services-mine": [Way(SIGNED_IN)],
    "needs-mine": [Way(SIGNED_IN)],
    "service-write": [Way(SIGNED_IN)],
    "deals-calendar": [
        Way(EVERYBODY, lambda scene, user: [token_of(links.calendar(user or scene.other))]),
        Way(SIDES, lambda scene, user: [token_of(links.calendar(user or scene.other, scene.deal))]),
        given(NOBODY, lambda scene: "a-b"),
    ],
    "document": [
        Way(SIDES, lambda scene, user: [token_of(file_address(scene, user or scene.other))])
    ],
    # Beginning a deal.
    "ask": [
        given(SIGNED_IN, lambda scene: scene.service.translation_key),
        given(NOBODY, lambda scene: scene.exercise.translation_key),
    ],
    "answer": [
        given(SIGNED_IN, lambda scene: scene.need.translation_key),
        given(NOBODY, lambda scene: scene.wish.translation_key),
    ],
    # Of a desk.
    "desk": [Way({"desk"})],
    "desk-table": [Way({"desk"})],
    # Of the two sides.
    "deal": [of_deal("deal"), of_deal("done")],
    "deal-move": [of_deal("deal", "decline"), of_deal("done", "close")],
    "deal-propose": [of_deal("deal")],
    "deal-proposals": [of_deal("deal"), of_deal("done")],
    "deal-file": [Way(SIDES, lambda scene, user: [scene.deal.key, links.of_file(scene.file)])],
    "message-translate": [
        Way(SIDES, lambda scene, user: [scene.deal.key, scene.file.message_id]),
        of_deal("done", 999_999, sees=NOBODY),
    ],
    "agreement-current": [of_deal("deal")],
    "agreement": [of_deal("deal", 1), of_deal("done", 1), of_deal("deal", 9, sees=NOBODY)],
    "agreement-text": [of_deal("deal", 1)],
    "evidence-write": [of_deal("done"), of_deal("deal", sees=NOBODY)],
    "evidence": [of_deal("done", 1)],
    "evidence-text": [of_deal("done", 1)],
    "story-of-deal": [of_deal("done"), of_deal("deal", sees=NOBODY)],
    "review": [of_deal("done"), of_deal("deal", sees=NOBODY)],
    # Of those who write it.
    "service-status": [of("service", SCHOOL), of("exercise", SCHOOL)],
    "service-step": [of("exercise", SCHOOL, number) for number in range(1, 7)],
    "service-windows": [of("service", SCHOOL)],
    "service-preview": [of("exercise", SCHOOL)],
    "service-approve": [of("exercise", SCHOOL)],
    "service-change": [of("exercise", SCHOOL, act="")],
    "need-status": [of("need", COMPANY), of("wish", COMPANY)],
    "need-edit": [of("wish", COMPANY)],
    "need-preview": [of("wish", COMPANY)],
    "need-approve": [of("wish", COMPANY)],
    "need-change": [of("wish", COMPANY, act="")],
    "need-matches": [of("need", COMPANY), of("wish", COMPANY)],
    "need-invite": [of("need", COMPANY, service="")],
    "need-details": [given(SECRETS["Qdetails"], lambda scene: scene.need.translation_key)],
}
# What the tree and the portal show of all this.
AROUND = (
    *("/en/services/", "/en/needs/", "/en/services/?view=map", "/en/needs/?view=map"),
    *("/en/services/shop/", "/en/needs/shop/", "/en/services/feed/", "/en/needs/feed/"),
    *("/en/services/secret/", "/en/needs/secret/", "/en/search/?q=old+mill", "/en/account/"),
    *("/en/organisations/", "/en/", "/sitemap-en-1.xml", "/api/v1/"),
)


def token_of(address: str) -> str:
    """The last part of a signed address."""
    return address.rstrip("/").rpartition("/")[2].removesuffix(".ics")


def file_address(scene, user) -> str:
    return files.address("agreement", scene.agreement.sha256, user)


def routes(patterns) -> set[str]:
    return {
        name
        for one in patterns
        for name in ([one.name] if isinstance(one, URLPattern) else routes(one.url_patterns))
    }


@pytest.fixture
def scene(site, settings, monkeypatch):
    """A school and a company with two deals, drafts, a confidential need, and a letter on its way."""
    settings.MARKETPLACE_PEER_REVIEW = True
    school, company = OrganisationFactory(), OrganisationFactory(kind="company", country="LT")
    VerificationFactory(organisation=school)
    desk = MembershipFactory(organisation=OrganisationFactory(kind="chamber")).user
    desk.groups.add(ensure_desk())
    found = SimpleNamespace(other=UserFactory())
    found.people = {
        "visitor": None,
        "contact": MembershipFactory(organisation=school, role="contact").user,
        "provider": MembershipFactory(organisation=school).user,
        "client": MembershipFactory(organisation=company).user,
        "client contact": MembershipFactory(organisation=company, role="contact").user,
        "stranger": MembershipFactory(organisation=OrganisationFactory()).user,
        "desk": desk,
        "moderator": person("moderator", "en"),
        "editor": person("editor", "en"),
    }
    assert tuple(found.people) == PEOPLE
    provider, client = found.people["provider"], found.people["client"]
    home = site["en"]
    offers = ServiceIndexPageFactory(parent=home, locale=home.locale)
    wanted = NeedIndexPageFactory(parent=home, locale=home.locale)
    own = {"parent": offers, "locale": home.locale, "organisation": school, "owner": provider}
    found.service = ServicePageFactory(**own, slug="shop", title="A shop")
    found.exercise = ServicePageFactory(**own, slug="secret", draft=True, title="Qexercise")
    own = {"parent": wanted, "locale": home.locale, "organisation": company, "owner": client}
    found.need = NeedPageFactory(**own, slug="shop", title="A shop", confidential=True)
    found.wish = NeedPageFactory(**own, slug="secret", draft=True, title="Qwish")
    for page in (found.service, found.exercise, found.need, found.wish):
        page.save_revision(user=page.owner, clean=False)
    CapacityWindowFactory(service_key=found.service.translation_key)
    NeedDetailsFactory(need_key=found.need.translation_key, text="Qdetails")
    found.deal, found.done = (
        DealFactory(
            provider=school,
            client=company,
            user=client,
            title="Qdeal",
            state=state,
            service_key=found.service.translation_key,
        )
        for state in ("proposed", "accepted")
    )
    message = rooms.say(
        found.deal,
        client,
        "Qdeal",
        uuid.uuid4(),
        files=[room_files.checked("plan.txt", b"Qdeal")],
    )
    found.file = message.attachments.get()
    found.agreement = services.current(found.deal)
    words = {"programme": "Qdeal", "did": "Qdeal", "outcomes": "Qdeal", "hours": 40}
    evidence.write(found.done, provider, {"language": "lv", **words}, uuid.uuid4())
    monkeypatch.setattr(agreement_documents, "write", lambda document, code: b"%PDF Qdeal")
    make_files()
    found.alert = Alert.objects.create(
        kind="need", how="daily", email="cook@example.org", language="en"
    )
    found.pending = PendingNeed.objects.create(
        submission=uuid.uuid4(),
        email="cook@example.org",
        language="en",
        values={"need": {"title": ["Qletter"]}, "about": {"name": "Qletter"}},
    )
    return found


def make_files() -> None:
    """Makes the PDFs that are promised, as the worker does."""
    for entry in OutboxEntry.objects.filter(done_at=None, kind="core.document"):
        outbox.work.call(entry.pk)
        documents.make.call(**entry.payload)


def test_every_address_stands_in_the_table():
    (ours,) = [
        one for one in walked(get_resolver()) if getattr(one, "app_name", "") == "marketplace"
    ]
    assert routes(ours.url_patterns) == set(TABLE), "Say above who is shown it."


def walked(resolver):
    """All resolvers below one."""
    for one in resolver.url_patterns:
        if not isinstance(one, URLPattern):
            yield one
            yield from walked(one)


def outcome(answer) -> str:
    if answer.status_code == 302 and "/login/" in answer["Location"]:
        return "sign in"
    return {200: "seen", 302: "seen", 404: "nothing"}.get(
        answer.status_code, str(answer.status_code)
    )


def test_an_address_is_shown_to_whom_it_is_for_and_nothing_leaks(scene):
    faults = []
    for who in PEOPLE:
        said, seen = Walk(scene, who).go()
        faults += [f"{who}: {one}" for one in said]
        may = {secret for secret, known in SECRETS.items() if who in known}
        faults += [f"{who}: finds {secret} nowhere" for secret in may - seen]
    assert not faults, "\n".join(faults)


class Walk:
    """One person's way round."""

    def __init__(self, scene, who: str):
        self.scene, self.who, self.user = scene, who, scene.people[who]
        self.client, self.faults, self.seen = Client(), [], set()
        if self.user:
            self.client.force_login(self.user)

    def go(self) -> tuple[list[str], set[str]]:
        """What is wrong, and which secrets were shown."""
        for name, ways in TABLE.items():
            for way in ways:
                url = reverse(f"marketplace:{name}", args=way.arguments(self.scene, self.user))
                self.look(name, url, way)
        for url in AROUND:
            answer = self.ask(url)
            if answer.status_code >= 500:
                self.faults.append(f"{url}: {answer.status_code}")
        return self.faults, self.seen

    def look(self, name: str, url: str, way: Way) -> None:
        """Asks for an address; what one may not read one may not send either."""
        got, may = outcome(self.ask(url, way.posted or None)), self.who in way.sees
        wanted = {"seen"} if may else {"nothing"} if self.user else {"sign in", "nothing"}
        if got not in wanted:
            self.faults.append(f"{name} {url}: {got}, not {wanted}")
        if may:
            return
        answer = self.ask(url, {"text": "x", "act": "send", "reason": "x"})
        refused = outcome(answer) in {"nothing", "sign in", "405"}
        if not refused and not is_kept(answer, self.user):
            self.faults.append(f"{name} {url}, sent: {outcome(answer)}")

    def ask(self, url: str, posted: dict | None = None):
        answer = self.client.get(url) if posted is None else self.client.post(url, posted)
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode(errors="replace")
        shown = {secret for secret in SECRETS if secret in text}
        self.seen |= shown
        self.faults += [
            f"{url}: shows {secret}" for secret in shown if self.who not in SECRETS[secret]
        ]
        return answer


def is_kept(answer, user) -> bool:
    """Whether a form of somebody who is not signed in is shown again, so that nothing typed is lost."""
    return user is None and answer.status_code in (200, 401, 403, 422)
