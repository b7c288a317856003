"""The exact text: from facts to clauses to a hash."""

import datetime
from dataclasses import replace

import pytest

from marketplace.agreements import text
from marketplace.agreements.canonical import canonical, digest, digest_of
from marketplace.agreements.text import CRITERIA, Facts, Party

FACTS = Facts(
    deal_key="8f14e45f-ceea-467f-8b57-5c1d2a1f0c55",
    number=1,
    title="A website for a joinery",
    proposal=1,
    drawn=datetime.date(2027, 3, 1),
    provider=Party("Ogres tehnikums", "Ogre", "LV"),
    client=Party("Stalių dirbtuvė", "Kaunas", "LT"),
    provider_language="lv",
    client_language="lt",
    written_in="lv",
    scope="Piecas lapas.",
    learns="Jautāt klientam.",
    starts=datetime.date(2027, 3, 8),
    ends=datetime.date(2027, 4, 30),
    price_model="",
    price_line="Bez maksas.",
    supervision="Skolotājs.",
    insurance="Skola.",
    minors="Visi ir pilngadīgi.",
    licence="CC-BY-4.0",
    data="Nekādi.",
    conditions={code: {"kept": True, "text": "Jā."} for code in CRITERIA},
    milestones=((datetime.date(2027, 3, 20), "Melnraksts"),),
)
CHANGES = {
    "deal_key": "0",
    "number": 2,
    "title": "x",
    "proposal": 2,
    "drawn": datetime.date(2027, 3, 2),
    "provider": Party("Cits", "Ogre", "LV"),
    "client": Party("Stalių dirbtuvė", "Vilnius", "LT"),
    "provider_language": "en",
    "client_language": "fi",
    "written_in": "lt",
    "scope": "Sešas lapas.",
    "learns": "x",
    "starts": datetime.date(2027, 3, 9),
    "ends": datetime.date(2027, 5, 1),
    "price_line": "x",
    "supervision": "x",
    "insurance": "x",
    "minors": "x",
    "licence": "CC0-1.0",
    "data": "x",
    "conditions": {**FACTS.conditions, "pay": {"kept": False, "text": "Jā."}},
    "milestones": ((datetime.date(2027, 3, 21), "Melnraksts"),),
    "kind": "job",
}


def hashed(facts: Facts) -> str:
    return digest(canonical(text.head(facts), text.draw(facts)))


def test_same_facts_give_the_same_hash_whatever_language_the_reader_has():
    from django.utils.translation import override

    with override("fi"):
        first = hashed(FACTS)
    assert hashed(FACTS) == first


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_of_what_is_agreed_changes_the_hash(name):
    assert hashed(replace(FACTS, **{name: CHANGES[name]})) != hashed(FACTS)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("", "do this work for the client"),
        ("project", "do this work for the client"),
        ("placement", "work at the client and learn there"),
        ("apprenticeship", "work at the client and learn there"),
        ("job", "contract of employment with the client"),
    ],
)
def test_what_is_delivered_reads_as_the_need_asks_for_it(kind, words):
    facts = replace(FACTS, kind=kind, provider_language="en")
    delivery = next(one for one in text.draw(facts)["en"] if one["code"] == "delivery")
    assert words in delivery["text"][0]


def test_every_clause_stands_in_both_languages_and_what_was_written_stays_as_it_is():
    texts = text.draw(FACTS)
    assert list(texts) == ["lv", "lt"]
    assert [one["code"] for one in texts["lv"]] == [one["code"] for one in texts["lt"]]
    for clauses in texts.values():
        delivery = next(one for one in clauses if one["code"] == "delivery")
        assert [(row["text"], row["language"]) for row in delivery["said"]] == [
            ("Piecas lapas.", "lv")
        ]
    countries = [texts[code][0]["said"][1]["text"] for code in ("lv", "lt")]
    assert countries == ["Stalių dirbtuvė, Kaunas, Lietuva", "Stalių dirbtuvė, Kaunas, Lietuva"]


def test_all_seven_criteria_are_answered_and_one_that_is_not_kept_is_explained():
    facts = replace(
        FACTS,
        client_language="en",
        conditions={**FACTS.conditions, "pay": {"kept": False, "text": "Neviens nemaksā."}},
    )
    found = [one for one in text.draw(facts)["en"] if one["code"].startswith("condition_")]
    assert [one["code"] for one in found] == [f"condition_{code}" for code in CRITERIA]
    kept = [one["text"][1] == "The parties keep this criterion." for one in found]
    assert kept == [True, True, True, True, False, True, True]
    assert found[4]["said"][0]["text"] == "Neviens nemaksā."


def test_a_language_without_the_template_reads_english_and_the_agreement_says_so():
    texts = text.draw(replace(FACTS, client_language="et"))
    assert list(texts) == ["lv", "en"]
    languages = next(one for one in texts["en"] if one["code"] == "languages")
    assert "English stands for it" in languages["text"][-1]
    assert [row["text"] for row in languages["said"]] == ["Latvian", "Estonian"]
    assert "stands for it" not in str(
        next(
            one
            for one in text.draw(replace(FACTS, client_language="en"))["en"]
            if one["code"] == "languages"
        )
    )


def test_words_of_a_party_cannot_pass_for_a_clause():
    forged = replace(FACTS, scope="Piecas lapas.\n4 [lv] Cena\nDivi miljoni.")
    heads = [
        line
        for line in canonical(text.head(forged), text.draw(forged)).splitlines()
        if not line.startswith(" ")
    ]
    same = [
        line
        for line in canonical(text.head(FACTS), text.draw(FACTS)).splitlines()
        if not line.startswith(" ")
    ]
    assert heads == same


def test_a_hash_or_the_text_itself_leads_to_the_same_document():
    whole = canonical(text.head(FACTS), text.draw(FACTS))
    assert digest_of(whole.replace("\n", "\r\n") + "\r\n\r\n") == hashed(FACTS)
    sha256 = hashed(FACTS)
    assert digest_of(f" {sha256[:32].upper()} \n{sha256[32:]}") == sha256
