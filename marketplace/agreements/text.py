"""The template of the agreement: facts in, clauses out, in one language at a time.

A clause is `{code, title, text, said}`: `text` are paragraphs of the template, `said` rows of
`{label, text, language}`. A row with a language is what a party wrote, the same in every language
of the agreement; a row without one belongs to the template.
"""

import datetime
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext, override

import vocabularies
from core import dates
from marketplace.agreements import kinds

TEMPLATE = 2  # grows with every change of what stands below
FALLBACK = "en"
CRITERIA = (
    "written_agreement",
    "learning_outcomes",
    "pedagogical_support",
    "workplace",
    "pay",
    "social_protection",
    "health_safety",
)
TERMS = (
    "learner",
    "trainer",
    "mentor",
    "work_based_learning",
    "learning_outcome",
    "delivery",
    "acceptance",
    "licence",
)


@dataclass(frozen=True)
class Party:
    """An organisation as it stands in the agreement."""

    name: str
    place: str
    country: str  # code


@dataclass(frozen=True)
class Facts:
    """What an agreement is drawn from: the deal, both parties, and the proposal with its milestones."""

    deal_key: str
    number: int
    title: str
    proposal: int
    drawn: datetime.date
    provider: Party
    client: Party
    provider_language: str
    client_language: str
    written_in: str  # the language of the proposal
    scope: str
    learns: str
    starts: datetime.date | None
    ends: datetime.date | None
    price_model: str
    price_line: str
    supervision: str
    insurance: str
    minors: str
    licence: str
    data: str
    conditions: dict[str, dict] = field(default_factory=dict)
    milestones: tuple[tuple[datetime.date | None, str], ...] = ()
    kind: str = ""  # of the need, where there is one


def rendered_in(language: str) -> str:
    """The language in which the template speaks to readers of a language: English where it is not translated."""
    return language if language in settings.INTERFACE_LANGUAGES else FALLBACK


def languages(provider: str, client: str) -> list[str]:
    """The languages of an agreement, the provider's first; one if both are the same."""
    return list(dict.fromkeys([rendered_in(provider), rendered_in(client)]))


def draw(facts: Facts) -> dict[str, list[dict]]:
    """The clauses of an agreement in each of its languages."""
    return {
        language: clauses(facts, language)
        for language in languages(facts.provider_language, facts.client_language)
    }


def head(facts: Facts) -> str:
    """The first line of the exact text: which deal, which version, which template."""
    return f"agreement {facts.deal_key} version {facts.number} template {TEMPLATE}"


def clauses(facts: Facts, language: str) -> list[dict]:
    """All clauses in one language."""
    with override(language):
        found = [
            parties(facts, language),
            of_languages(facts, language),
            delivery(facts),
            milestones(facts, language),
            learning(facts),
            price(facts, language),
            supervision(facts),
            working_conditions(),
            *(criterion(facts, code, language) for code in CRITERIA),
            minors(facts),
            insurance(facts),
            results(facts, language),
            data(facts),
            changes(),
            terms(language),
        ]
    return [
        {"code": code, "title": title, "text": text, "said": said}
        for code, title, text, said in found
    ]


def own(label: str, text: str) -> dict:
    """A row of the template."""
    return {"label": label, "text": text, "language": ""}


def typed(facts: Facts, label: str, text: str) -> list[dict]:
    """What a party wrote, or nothing."""
    return [{"label": label, "text": text, "language": facts.written_in}] if text.strip() else []


def parties(facts: Facts, language: str):
    def whole(party: Party) -> str:
        country = vocabularies.label("country", party.country, language)
        return ", ".join(filter(None, [party.name, party.place, country]))

    return (
        "parties",
        gettext("Parties"),
        [
            gettext("The two parties of this agreement are the provider and the client."),
            gettext("It was drawn up on %(date)s from proposal %(number)s of the deal “%(title)s”.")
            % {
                "date": dates.day(facts.drawn, language),
                "number": facts.proposal,
                "title": facts.title,
            },
        ],
        [
            own(gettext("Provider"), whole(facts.provider)),
            own(gettext("Client"), whole(facts.client)),
        ],
    )


def of_languages(facts: Facts, language: str):
    rows = [
        (gettext("Language of the provider"), facts.provider_language),
        (gettext("Language of the client"), facts.client_language),
    ]
    text = [
        gettext(
            "All languages of this agreement count the same. If they seem to differ, the parties "
            "settle it together before the work goes on."
        ),
        gettext(
            "What a party wrote itself stands in the language in which it was written, and counts "
            "in that language."
        ),
    ]
    if any(rendered_in(code) != code for _label, code in rows):
        text.append(
            gettext(
                "The portal does not have this text in every language. Where it is missing in the "
                "language of a party, English stands for it."
            )
        )
    return (
        "languages",
        gettext("Languages"),
        text,
        [own(label, vocabularies.label("language", code, language)) for label, code in rows],
    )


def delivery(facts: Facts):
    return (
        "delivery",
        gettext("What is delivered"),
        [kinds.work(facts.kind)],
        typed(facts, gettext("Work"), facts.scope),
    )


def milestones(facts: Facts, language: str):
    rows = [
        own(label, dates.day(date, language))
        for label, date in ((gettext("Start"), facts.starts), (gettext("End"), facts.ends))
        if date
    ]
    for date, title in facts.milestones:
        label = gettext("By %(date)s") % {"date": dates.day(date, language)} if date else ""
        rows += typed(facts, label or gettext("Without a date"), title)
    return (
        "milestones",
        gettext("Milestones and dates"),
        [gettext("A party that sees that it cannot keep a date tells the other at once.")],
        rows,
    )


def learning(facts: Facts):
    return (
        "learning",
        gettext("Learning outcomes"),
        [
            gettext(
                "The work is part of the learners’ training. It must let them reach the learning "
                "outcomes below. The client tells the provider what was good and what was not, so "
                "that the learners can learn from it."
            )
        ],
        typed(facts, gettext("What the learners learn"), facts.learns),
    )


def price(facts: Facts, language: str):
    model = vocabularies.label("price_model", facts.price_model, language)
    return (
        "price",
        gettext("Price"),
        [
            gettext(
                "This clause is for information. The parties pay and invoice outside the portal. "
                "The portal is not a party to this agreement and takes no fee."
            )
        ],
        [
            *([own(gettext("How it is priced"), model)] if model else []),
            *typed(facts, gettext("Price line"), facts.price_line),
        ],
    )


def supervision(facts: Facts):
    return (
        "supervision",
        gettext("Supervision"),
        [
            gettext(
                "A trainer of the provider is responsible for the learners during the whole work. "
                "At the client’s place, a person of the client guides them too and can be reached at all times."
            )
        ],
        typed(facts, gettext("How it is done"), facts.supervision),
    )


def working_conditions():
    return (
        "working_conditions",
        gettext("Learning and working conditions"),
        [
            gettext(
                "The European Framework for Quality and Effective Apprenticeships (Council "
                "Recommendation of 15 March 2018) names seven criteria for learning and working "
                "conditions. The seven clauses that follow answer each of them."
            )
        ],
        [],
    )


def criterion(facts: Facts, code: str, language: str):
    scheme = vocabularies.get("working_condition")
    answer = facts.conditions.get(code) or {}
    kept = (
        gettext("The parties keep this criterion.")
        if answer.get("kept")
        else gettext("The parties do not keep this criterion in full. They explain below why.")
    )
    label = (
        gettext("How it is kept") if answer.get("kept") else gettext("Why not, and what is done")
    )
    return (
        f"condition_{code}",
        gettext("Criterion %(number)s: %(name)s")
        % {"number": CRITERIA.index(code) + 1, "name": scheme.label(code, language)},
        [scheme.description(code, language), kept],
        typed(facts, label, str(answer.get("text") or "")),
    )


def minors(facts: Facts):
    return (
        "minors",
        gettext("Safety of minors"),
        [
            gettext(
                "Learners under 18 work only where, when and with what the law of their country "
                "allows. They are never alone with one adult of the client behind a closed door. "
                "Photographs of learners need written consent, for minors also that of a parent or guardian."
            )
        ],
        typed(facts, gettext("Agreed in addition"), facts.minors),
    )


def insurance(facts: Facts):
    return (
        "insurance",
        gettext("Insurance"),
        [
            gettext(
                "Before the work starts, the parties make sure that learners are insured against "
                "accidents and that damage to people and things is covered."
            )
        ],
        typed(facts, gettext("Who insures what"), facts.insurance),
    )


def results(facts: Facts, language: str):
    licence = vocabularies.get("licence")
    rows = []
    if facts.licence:
        rows.append(own(gettext("Licence"), licence.label(facts.licence, language)))
        if meaning := licence.description(facts.licence, language):
            rows.append(own(gettext("What it means"), meaning))
    return (
        "results",
        gettext("Rights to the results"),
        [
            gettext(
                "The client may use the results under the licence below. Learners may show "
                "what they made as proof of what they can do, unless it is confidential."
            )
        ],
        rows,
    )


def data(facts: Facts):
    return (
        "data",
        gettext("Personal data and confidentiality"),
        [
            gettext(
                "Each party uses personal data that it receives for this work only, keeps them "
                "safe and deletes them when they are no longer needed. No learner is named in "
                "public. What a party marks as confidential is not passed on."
            )
        ],
        typed(facts, gettext("Agreed in addition"), facts.data),
    )


def changes():
    return (
        "changes",
        gettext("Changes and acceptance"),
        [
            gettext(
                "Both parties accept this text exactly as it stands. Any change makes a new version, "
                "which both accept anew. The portal keeps for each acceptance the fingerprint of the "
                "text (SHA-256), the time, the person, the person’s role and the organisation."
            ),
            gettext(
                "If the parties disagree, they talk first. Either of them may then ask a desk to mediate."
            ),
        ],
        [],
    )


def terms(language: str):
    glossary = vocabularies.get("glossary")
    return (
        "terms",
        gettext("Terms"),
        [gettext("These words have the meaning that the glossary of the portal gives them.")],
        [
            own(glossary.label(code, language), glossary.description(code, language))
            for code in TERMS
            if code in glossary
        ],
    )
