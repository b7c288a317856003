"""Words, and what they may be found by."""

import pytest

from search.questions import clean, sought
from search.text import lemmas
from search.text.analysis import MOST_WORDS, NOTHING, alternatives, analyse, fold, words
from search.text.highlight import marked

# As a text has it, as a reader types it, in the languages of the dictionaries of these tests.
PAIRS = {
    "fi": "yrityksille yritys, oppilaitoksessa oppilaitos, harjoittelijan harjoittelija, tilauksia tilaus",
    "lv": "uzņēmumiem uzņēmums, audzēkņu audzēknis, pasūtījumus pasūtījums, mācekļiem māceklis",
    "lt": "įmonėms įmonė, mokinių mokinys, užsakymus užsakymas, sutarties sutartis",
    "pl": "przedsiębiorstwa przedsiębiorstwo, uczniom uczeń, rąk ręka, zamówień zamówienie",
    "de": "Bäume Baum, Verträge Vertrag, ging gehen, Schülerinnen Schülerin",
    "it": "aziende azienda, botteghe bottega, uomini uomo, cuochi cuoco",
    "en": "companies company, taught teach, knives knife, apprentices apprentice",
}
KINDRED = [
    (language, *pair.split()) for language, line in PAIRS.items() for pair in line.split(", ")
]
STRANGERS = [
    ("lv", "mežs", "mezgls"),
    ("lv", "kurss", "kursors"),
    ("lt", "mokykla", "mokestis"),
    ("fi", "kuusi", "kusi"),
    ("pl", "praca", "prawo"),
    ("de", "Betrieb", "Betrug"),
    ("it", "conto", "canto"),
    ("en", "learn", "lean"),
    ("en", "contract", "contrast"),
]


def meet(language: str, one: str, other: str) -> bool:
    known = lemmas.lemmas(language)
    return bool(set(alternatives(one, known)) & set(alternatives(other, known)))


@pytest.mark.parametrize(("language", "written", "typed"), KINDRED)
def test_forms_of_one_word_meet_with_and_without_accents(dictionaries, language, written, typed):
    assert meet(language, written, typed)
    assert meet(language, written, fold(typed))
    assert meet(language, fold(written), typed)
    assert meet(language, written.upper(), typed)


@pytest.mark.parametrize(("language", "one", "other"), STRANGERS)
def test_words_that_only_look_alike_do_not_meet(dictionaries, language, one, other):
    assert not meet(language, one, other)


# Words that no word list has, as a text has them and as a reader types them.
UNLISTED = {
    "fi": "työpaikkaohjaajien työpaikkaohjaaja, oppisopimuskoulutuksia oppisopimuskoulutus",
    "de": "Pruefungsausschuss Prüfungsausschuss, Buero Büro, Krankenpflegeausbildungen Krankenpflegeausbildung",
    "lt": "kaizeninimo kaizeninimas",
    "pl": "mechatronikami mechatronik",
    "en": "organizations organisation, labor labour, centers centre, e-mail email, email e-mail, people person",
    "it": "scritto scrivere, tirocinanti tirocinante, parrucchiera parrucchiere",
    "mt": "kuntratti kuntratt, kotba ktieb, jaħdmu ħadem, l-iskola skola, klijenti klijent",
}
WITHIN = {
    "fi": "ammattikoulutussopimus koulutus, oppisopimuskoulutukseen sopimus, autokorjaamossa korjaamo",
    "de": "Ausbildungsverträge Vertrag, Berufsschule Beruf, Jugendarbeitsschutzgesetz Gesetz",
}
# Words in front or at the end of others, by chance or with another meaning.
NOT_WITHIN = {
    "fi": "koulutuksen koulu, kouluttajaa koulu, hoitajana jana, puhelimet puhe, kokoukset koko",
    "de": "Abteilungen Teilung, Lehrerinnen innen, Handlungen Lunge, Herstellung Stellung, Kollegen legen",
}


def pairs_of(table: dict[str, str]) -> list[tuple[str, ...]]:
    return [
        (language, *pair.split()) for language, line in table.items() for pair in line.split(", ")
    ]


def finds(language: str, typed: str, written: str) -> bool:
    """Whether a question finds a text, as the engines match them."""
    analysis = analyse(written, lemmas.lemmas(language), lemmas.parts(language))
    present = {*analysis.lemmas, *analysis.words}
    return all(not present.isdisjoint(forms) for forms in sought(typed, language))


@pytest.mark.parametrize(("language", "written", "typed"), pairs_of(UNLISTED))
def test_words_that_no_list_has_are_found_by_ending_and_spelling(
    dictionaries, language, written, typed
):
    assert finds(language, typed, written)
    assert finds(language, fold(typed) if "-" not in typed else typed, written)


@pytest.mark.parametrize(("language", "written", "part"), pairs_of(WITHIN))
def test_a_part_finds_the_compound_and_not_the_other_way_round(
    dictionaries, language, written, part
):
    assert finds(language, part, written)
    assert not finds(language, written, part)
    places = {form: 0 for forms in sought(part, language) for form in forms}
    assert "<mark>" in marked(written, [], places, lemmas.every_form(language))


@pytest.mark.parametrize(("language", "written", "other"), pairs_of(NOT_WITHIN))
def test_a_word_that_is_no_compound_is_not_found_by_a_shorter_one_in_it(
    dictionaries, language, written, other
):
    assert not finds(language, other, written)


def test_forms_of_a_word_are_letters_and_digits_and_few(dictionaries):
    for language in (*PAIRS, "mt"):
        for word in ("wordlessness", "er", "diesen", "Ausbildungsverträge", "tyopaikka", "is"):
            forms = lemmas.every_form(language)(word)
            assert all(form.isalnum() for form in forms if form != NOTHING)
            assert len(forms) <= 24


def test_dictionary_is_shared_and_its_absence_is_no_error(settings, tmp_path):
    assert lemmas.dictionary("lv") is None
    assert lemmas.lemmas("lv")("uzņēmumiem") == ("uznemumiem",)
    assert lemmas.build("lv").exists()
    assert lemmas.missing(["lv", "mt"]) == []
    assert lemmas.dictionary("lv") is lemmas.dictionary("lv")
    assert "uznemums" in lemmas.lemmas("lv")("uzņēmumiem")


@pytest.mark.parametrize("language", ["mt", "xx", "", "../../etc", "zh-hant"])
def test_language_without_word_list_finds_words_as_they_stand(language):
    assert lemmas.build(language) is None
    assert lemmas.lemmas(language)("Għaqda")[0] == "ghaqda"


def test_every_character_folds_to_letters_and_digits():
    for code in range(0x11_0000):
        letter = chr(code)
        if any(True for _ in words(letter)):
            folded = fold(letter)
            assert folded == NOTHING or folded.isalnum(), hex(code)
            assert fold(folded) == folded, hex(code)


def test_folding_a_batch_is_folding_each_word():
    forms = ["Bäume", "Straße", "ŁÓDŹ", "σοφός", "Київ", "søger", "ĳ", "naïve"]
    batch = [word for form in forms for word in (form, form)]
    assert [form for form, _lemma in lemmas.folded_pairs(batch)] == [fold(form) for form in forms]


def test_text_of_any_length_keeps_one_lemma_a_word():
    found = analyse("ﱞ word " * MOST_WORDS)
    assert len(found.lemmas) == MOST_WORDS
    assert found.lemmas[:2] == (NOTHING, "word")


def test_question_is_cleaned_and_bounded():
    assert clean("x" * 10_000) == "x" * 200
    assert clean(" a\n\tb\x00\x1b\ud800\u202e ") == "a b"
    assert len(sought(" ".join(f"word{number}" for number in range(500)), "en")) == 12
    assert sought("the the of", "en") == (("the",), ("of",))
    assert sought("la scuola e l'azienda", "it") == (("scuola",), ("azienda",))
    assert sought("?! *", "en") == ()
