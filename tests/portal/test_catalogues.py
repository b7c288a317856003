"""Strings are found, catalogues are kept up to date, and every mistake in them is named."""

import os
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from portal.catalogues import check, compiled, extract, folder, visible


def message(text, plural="", context=""):
    return extract.Message(text, plural, context, places=["home/models.py"])


@pytest.fixture
def locale(tmp_path, settings):
    """An empty folder for the catalogues of Polish, which has four plural forms."""
    settings.LOCALE_PATHS = [tmp_path / "locale", tmp_path / "build"]
    settings.INTERFACE_LANGUAGES = ["en", "pl"]
    return folder(settings.LOCALE_PATHS[0], "pl")


def catalogue(locale: Path, *entries: polib.POEntry) -> Path:
    file = polib.POFile()
    file.metadata = extract.header("pl")
    file.extend(entries)
    locale.mkdir(parents=True, exist_ok=True)
    file.save(str(locale / "django.po"))
    return locale / "django.po"


# ---- Finding -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Menu" %}', [("Menu", "", "")]),
        ('{% trans "Menu" as label %}', [("Menu", "", "")]),
        ('{% translate "May" context "month" %}', [("May", "", "month")]),
        ('{{ _("Menu")|upper }}{{ x|default:_("None") }}', [("Menu", "", ""), ("None", "", "")]),
        ("{% blocktranslate %}After {{ x }}{% endblocktranslate %}", [("After %(x)s", "", "")]),
        (
            "{% blocktranslate count n=x %}One “page”{% plural %}{{ n }} pages{% endblocktranslate %}",
            [("One “page”", "%(n)s pages", "")],
        ),
        ('{% comment %}{% translate "Menu" %}{% endcomment %}<p>_("x")</p>', []),
    ],
)
def test_strings_of_a_template(source, found):
    messages = extract.in_template(source)
    assert [(m.text, m.plural, m.context) for m in messages] == found


def test_a_note_for_translators_belongs_to_the_next_string_only():
    source = '{# Translators: a month #}\n{% translate "May" %}\n\n{% translate "Menu" %}'
    assert [m.comments for m in extract.in_template(source)] == [["Translators: a month"], []]


def test_strings_of_a_module(tmp_path):
    path = tmp_path / "models.py"
    path.write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy\n"
        '_("One " "whole")\nngettext("%(n)s page", "%(n)s pages", n)\npgettext_lazy("month", "May")\n'
    )
    found = [(m.text, m.plural, m.context) for m in extract.in_module(path)]
    assert found == [
        ("One whole", "", ""),
        ("%(n)s page", "%(n)s pages", ""),
        ("May", "", "month"),
    ]


def test_strings_of_pages_and_models_are_found_together():
    found = extract.messages()
    places = {place for one in found.values() for place in one.places}
    assert {"stories/models.py", "portal/templates/base.html"} <= places


# ---- Keeping up to date -------------------------------------------------------------------


def test_an_update_keeps_translations_adds_new_strings_and_drops_unused_ones(locale):
    catalogue(
        locale,
        polib.POEntry(msgid="Menu", msgstr="Menu główne"),
        polib.POEntry(msgid="Gone", msgstr="Nie ma"),
    )
    found = {m.key: m for m in (message("Menu"), message("%(n)s page", "%(n)s pages"))}
    assert extract.update("pl", found) == (1, 1)
    kept = {entry.msgid: entry for entry in polib.pofile(str(locale / "django.po"))}
    assert kept.keys() == {"Menu", "%(n)s page"}
    assert kept["Menu"].msgstr == "Menu główne"
    assert kept["%(n)s page"].msgstr_plural == {0: "", 1: "", 2: "", 3: ""}
    assert "python-format" in kept["%(n)s page"].flags


def test_an_update_does_not_clear_a_doubt(locale):
    catalogue(locale, polib.POEntry(msgid="Menu", msgstr="Menü", flags=["fuzzy"]))
    extract.update("pl", {("", "Menu"): message("Menu")})
    assert polib.pofile(str(locale / "django.po"))[0].fuzzy


def test_a_catalogue_is_compiled_once_after_each_change(locale):
    path = catalogue(locale, polib.POEntry(msgid="Menu", msgstr="Menu główne"))
    assert compiled.build_all() == [path.with_suffix(".mo")]
    assert compiled.build_all() == []
    os.utime(path, (2**31, 2**31))
    assert compiled.build_all() == [path.with_suffix(".mo")]
    assert polib.mofile(str(path.with_suffix(".mo")))[0].msgstr == "Menu główne"


def test_what_wagtail_leaves_out_is_compiled_beside_our_own(locale, settings):
    path = catalogue(locale, polib.POEntry(msgid="Save draft", msgstr="Zapisz szkic"))
    path.rename(path.with_name("wagtail.po"))
    assert compiled.build_all() == [folder(settings.LOCALE_PATHS[1], "pl") / "django.mo"]


@pytest.mark.parametrize("code", ["fi", "it", "lt", "lv", "pl", "pt", "de"])
def test_the_admin_speaks_the_language(code):
    with override(code):
        assert gettext("Save draft") != "Save draft"


# ---- Checking -----------------------------------------------------------------------------


def wrong(locale, *entries, found=()):
    path = catalogue(locale, *entries)
    return check.catalogue_mistakes(path, "pl", {m.key: m for m in found})


def test_a_complete_catalogue_passes(locale):
    forms = dict(enumerate(["%(n)s strona", "%(n)s strony", "%(n)s stron", "%(n)s strony"]))
    found = [message("Menu"), message("%(n)s page", "%(n)s pages")]
    entries = [
        polib.POEntry(msgid="Menu", msgstr="Menu"),
        polib.POEntry(msgid="%(n)s page", msgid_plural="%(n)s pages", msgstr_plural=forms),
    ]
    assert wrong(locale, *entries, found=found) == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"msgid": "Menu", "msgstr": ""}, "is not translated"),
        ({"msgid": "Menu", "msgstr": " "}, "is not translated"),
        ({"msgid": "Menu", "msgstr": "Menu", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgid": "%(n)s left", "msgstr": "Zostało %(m)s"}, "placeholders"),
        ({"msgid": "%(n)s left", "msgstr": "Zostało"}, "placeholders"),
        ({"msgid": "{n} left", "msgstr": "Zostało {m}"}, "placeholders"),
        ({"msgid": "A <b>word</b>", "msgstr": "<b>Słowo"}, "tags"),
        (
            {"msgid": "%(n)s page", "msgid_plural": "%(n)s pages", "msgstr_plural": {0: "%(n)s"}},
            "4",
        ),
        (
            {
                "msgid": "One page",
                "msgid_plural": "%(n)s pages",
                "msgstr_plural": {0: "Strona", 1: "%(n)s", 2: "%(n)s", 3: ""},
            },
            "is not translated",
        ),
    ],
)
def test_a_mistake_in_an_entry_is_named(locale, entry, said):
    found = [message(entry["msgid"], entry.get("msgid_plural", ""))]
    mistakes = wrong(locale, polib.POEntry(**entry), found=found)
    assert len(mistakes) == 1
    assert said in mistakes[0]


def test_a_plural_form_for_one_may_leave_out_the_number(locale):
    forms = dict(enumerate(["Jedna strona", "%(n)s strony", "%(n)s stron", "%(n)s strony"]))
    entry = polib.POEntry(msgid="%(n)s page", msgid_plural="%(n)s pages", msgstr_plural=forms)
    assert wrong(locale, entry, found=[message("%(n)s page", "%(n)s pages")]) == []


def test_a_string_that_was_not_extracted_is_named(locale):
    assert "“New” is not in the catalogue" in wrong(locale, found=[message("New")])[0]


def test_a_string_that_nobody_uses_is_named(locale):
    entry = polib.POEntry(msgid="Old", msgstr="Stary")
    assert "“Old” is no longer used" in wrong(locale, entry)[0]


def test_a_missing_catalogue_is_named(locale):
    assert "missing" in check.catalogue_mistakes(locale / "django.po", "pl", {})[0]


def test_our_translation_of_a_string_that_wagtail_does_not_have_is_named(locale):
    path = catalogue(
        locale,
        polib.POEntry(msgid="Save draft", msgstr="Zapisz szkic"),
        polib.POEntry(msgid="Save the whales", msgstr="Ratuj wieloryby"),
    )
    mistakes = check.supplement_mistakes(path, "pl")
    assert len(mistakes) == 1
    assert "Save the whales" in mistakes[0]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ name }}: 12 %</p>", []),
        ("<p>{{ count }} pages</p>", ["… pages"]),
        ('{% translate "Menu" %}{% blocktranslate %}Hello{% endblocktranslate %}', []),
        ('<img alt="A bench">', ["A bench"]),
        ('<a aria-label="{% translate "Close" %}" title="{{ title }}"></a>', []),
        ('<input placeholder="Search">', ["Search"]),
        ('<input type="submit" value="Send">', ["Send"]),
        ('<input type="hidden" value="Send">', []),
        ('<meta name="description" content="A portal">', ["A portal"]),
        ("{% comment %}Hello{% endcomment %}{# Hello #}<!-- Hello -->", []),
        ("<script>let a = 1</script><style>p { color: red }</style>", []),
        ('<code translate="no">make run</code>', []),
        ('{{ name|default:"No name" }}', ["No name"]),
        ('{{ kind|default:"website" }}', []),
        ('{{ count }}{{ count|pluralize:"y,ies" }}', ["y,ies"]),
        ('{% include "a.html" with title="Hello" kind="x" only %}', ["Hello"]),
        ("<a{% if current %} aria-current='page'{% endif %} href='x'>{{ name }}</a>", []),
        ('<{{ heading|default:"h3" }} class="a">{{ x }}</{{ heading }}>', []),
    ],
)
def test_text_outside_translation_is_found(source, found):
    assert [text for _line, text in visible.untranslated(source)] == found


def test_text_of_a_mail_outside_translation_is_found_with_its_line():
    source = '{% load i18n %}\n{% translate "Hello" %}\nRegards'
    assert visible.untranslated(source, is_html=False) == [(3, "Regards")]


def test_our_templates_have_no_text_outside_translation():
    assert check.template_mistakes() == []


def test_the_command_names_every_mistake(locale):
    with pytest.raises(CommandError, match="the catalogue is missing"):
        call_command("check_translations")
