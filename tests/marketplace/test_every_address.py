"""Every address of the marketplace, as everybody: who is shown it, who signs in first, who finds nothing.

The addresses are read from the resolver: one that is not in the table fails the test. What stands there
is secret, each thing known to a few; it is looked for in every answer, whoever asks.
"""

import re

import pytest
from django.core import mail as letters
from django.http import HttpResponseNotFound
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from marketplace import reporting
from marketplace.agreements import documents as agreement_documents
from marketplace.agreements import files
from marketplace.deals import mail
from marketplace.listings.alerts import services as alerts
from marketplace.rooms import links
from marketplace.writing import needs
from moderation import registry
from portal import urls, views
from search.api import views as api
from tests.marketplace.scene import (
    COMPANY,
    DESK,
    EVERYBODY,
    NOBODY,
    OPEN,
    PEOPLE,
    SCHOOL,
    SECRETS,
    SIDES,
    SIGNED_IN,
    make,
)

pytestmark = pytest.mark.django_db


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
    "desk": [Way(DESK)],
    "desk-table": [Way(DESK)],
    # Of the two sides.
    "deal": [
        *(of_deal("deal"), of_deal("done")),
        *(of_deal("disputed", sees=SIDES | DESK), of_deal("unattended", sees=SCHOOL | DESK)),
    ],
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
    *("/en/services/shop/", "/en/needs/shop/"),
    *("/en/services/secret/", "/en/needs/secret/", "/en/account/", "/en/report/figures/"),
    *("/en/organisations/", "/en/"),
)
# What answers everybody alike, whoever is signed in: asked by nobody, and by those who know most.
ALIKE = ("visitor", "provider", "operator")
FOR_ALL = ("/sitemap-en-1.xml", "/en/services/feed/", "/en/needs/feed/", "/api/v1/openapi.json")
SEARCHES = (
    *("/en/search/?q=", "/en/search/feed/?q=", "/en/search/suggest/?q="),
    *("/api/v1/search?q=", "/api/v1/suggest?q="),
)
IN_LETTERS = {"Qtitle", "Qdisputed", "Qunattended"}  # what a deal is called, to its own people
ANY_SECRET = re.compile("|".join(sorted(SECRETS, key=len, reverse=True)).encode())


def reports(scene) -> list[str]:
    """Where a message, a proposal, a review is reported."""
    found = {
        reporting.MESSAGE: scene.message,
        reporting.PROPOSAL: scene.deal.proposals.get(),
        reporting.REVIEW: scene.review,
    }
    return [registry.address(kind, str(one.pk), "en") for kind, one in found.items()]


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
    settings.MARKETPLACE_PEER_REVIEW = True
    monkeypatch.setattr(agreement_documents, "write", lambda document, code: b"%PDF Qproposal")
    return make(site)


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


def test_an_address_is_shown_to_whom_it_is_for_and_nothing_leaks(scene, monkeypatch):
    monkeypatch.setattr(api, "MOST_A_MINUTE", {})
    faults = mailed(scene)
    for who in PEOPLE:
        monkeypatch.setattr(urls, "handler404", not_found_once())
        walk = Walk(scene, who)
        walk.go()
        faults += [f"{who}: {one}" for one in walk.faults]
        may = {secret for secret, known in SECRETS.items() if who in known}
        faults += [f"{who}: finds {secret} nowhere" for secret in may - walk.seen]
    assert not faults, "\n".join(faults)


def not_found_once():
    """The page of what is not found: the first of a person is the real one, which knows the address alone."""
    made = []

    def handle(request, exception=None):
        if made:
            return HttpResponseNotFound()
        made.append(request.path)
        return views.not_found(request, exception)

    return handle


def mailed(scene) -> list[str]:
    """Secrets in letters to those who may not know them; both sides were written to."""
    who_of = {user.email: who for who, user in scene.people.items() if user}
    faults, told = [], set()
    for letter in letters.outbox:
        said = "\n".join(str(letter.message()).splitlines()) + letter.subject + letter.body
        for address in letter.to:
            who = who_of.get(address, "visitor" if address.startswith("cook@") else "nobody")
            told.add(who)
            faults += [
                f"{who}: a letter shows {secret}"
                for secret, known in SECRETS.items()
                if secret in said and (who not in known or secret not in IN_LETTERS)
            ]
    return faults + [f"{who}: got no letter" for who in {"provider", "client"} - told]


class Walk:
    """One person's way round."""

    def __init__(self, scene, who: str):
        self.scene, self.who, self.user = scene, who, scene.people[who]
        self.client, self.faults, self.seen = Client(), [], set()
        if self.user:
            self.client.force_login(self.user)

    def go(self) -> None:
        """Notes what is wrong, and which secrets were shown."""
        for name, ways in TABLE.items():
            for way in ways:
                url = reverse(f"marketplace:{name}", args=way.arguments(self.scene, self.user))
                self.look(name, url, way)
        for url in (*AROUND, *reports(self.scene)):
            self.fine(url)
        if self.who in ALIKE:
            for url in FOR_ALL:
                self.fine(url)
            self.search()

    def fine(self, url: str) -> bytes:
        """What stands there, which is no error of the portal."""
        answer = self.ask(url)
        if answer.status_code >= 500 or answer.status_code == 429:
            self.faults.append(f"{url}: {answer.status_code}")
        return b"" if answer.streaming else answer.content

    def search(self) -> None:
        """Asks for each secret, and for a word that everybody may find.

        What was typed stands in the answer again: it is typed in small letters, and looked for as it is.
        """
        for url in SEARCHES:
            for secret in SECRETS:
                self.fine(url + secret.lower())
            if OPEN.encode() not in self.fine(url + OPEN.lower()):
                self.faults.append(f"{url}: does not find {OPEN}")

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
        shown = {found.decode() for found in ANY_SECRET.findall(content)}
        self.seen |= shown
        self.faults += [
            f"{url}: shows {secret}" for secret in shown if self.who not in SECRETS[secret]
        ]
        return answer


def is_kept(answer, user) -> bool:
    """Whether a form of somebody who is not signed in is shown again, so that nothing typed is lost."""
    return user is None and answer.status_code in (200, 401, 403, 422)
