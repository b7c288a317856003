"""What an editor sees of Wagtail's own screens is in their language, also where Wagtail leaves gaps."""

import datetime
import json

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext, override
from django.views.i18n import JSONCatalog
from wagtail.admin.templatetags.wagtailadmin_tags import timesince_simple

from portal.catalogues import check, languages, supplements

LANGUAGES = ["fi", "it", "lt", "lv", "pl", "pt", "de"]
SCREENS = [
    "Save draft",
    "Submit to %(workflow_name)s",
    "Request changes",
    "Workflow history",
    "Compare",
    "View latest version",
    "The page could not be saved as it is locked.",
    "There are no differences between these two versions",
    "Image is decorative",
    "Translate this page",
    "Start Synced translation",
    "Published '{object}' in {locale}.",
    "Switch locales",
]
ADMIN_SCRIPTS = ["Changes have been autosaved.", "Write something or type ‘/’ to insert a block"]
LOCALIZE_SCRIPTS = ["Publish in ", "Not translated", "Download PO file", "segments translated"]


def scripts(rf, app):
    """The strings that a script of the admin gets."""
    return json.loads(JSONCatalog.as_view(packages=[app])(rf.get("/")).content)["catalog"]


def test_all_languages_are_looked_at():
    assert languages() == LANGUAGES


@pytest.mark.parametrize("code", LANGUAGES)
def test_screens(code):
    with override(code):
        assert [text for text in SCREENS if gettext(text) == text] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_scripts(code, rf):
    with override(code):
        admin, localize = scripts(rf, "wagtail.admin"), scripts(rf, "wagtail_localize")
    assert [text for text in ADMIN_SCRIPTS if admin.get(text, text) == text] == []
    assert [text for text in LOCALIZE_SCRIPTS if localize.get(text, text) == text] == []
    assert localize["Publish in "].endswith(" "), "the name of a language follows"


def test_forms_of_a_number_are_chosen_by_the_language():
    texts = "Referenced %(count)s time", "Referenced %(count)s times"
    with override("lt"):
        assert [ngettext(*texts, n) % {"count": n} for n in (1, 3, 10)] == [
            "Paminėta 1 kartą",
            "Paminėta 3 kartus",
            "Paminėta 10 kartų",
        ]


def test_latvian_counts_as_latvians_do():
    now = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    with override("lv"):
        said = [
            timesince(now - datetime.timedelta(minutes=n), now).replace("\xa0", " ")
            for n in (1, 2, 10, 11, 21)
        ]
        years = [timesince(now.replace(year=now.year - n), now) for n in (1, 2)]
        just_now = str(timesince_simple(timezone.now()))
        password = MinimumLengthValidator(8).get_help_text()
    assert said == ["1 minūte", "2 minūtes", "10 minūtes", "11 minūtes", "21 minūte"]
    assert years == ["1\xa0gads", "2\xa0gadi"]
    assert just_now == "tikko"
    assert password == "Parolē ir jābūt vismaz 8 rakstzīmēm."


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_mistakes(code):
    for domain, path in supplements(code).items():
        assert check.supplement_mistakes(path, code, domain) == []
