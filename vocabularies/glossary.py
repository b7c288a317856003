"""Terms of the field that an editor has explained at the end of a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

import vocabularies
from vocabularies.fields import CodesField


class ExplainedTermsMixin(models.Model):
    """A page whose editor chooses which of its words are explained.

    Declare `terms` the same in every language (`core.fields.in_languages`) and put it among the panels.
    """

    terms = CodesField(
        _("words to explain"),
        scheme="glossary",
        blank=True,
        help_text=_("Shown at the end of the page with their explanations from the glossary."),
    )

    class Meta:
        abstract = True

    def explained(self, language: str) -> list[dict]:
        return explained(self.terms, language)


def explained(codes: list[str], language: str) -> list[dict]:
    """Terms as `{term, text, url}` in the reader's language, with their place in the glossary."""
    glossary = vocabularies.get("glossary")
    return [
        {
            "term": glossary.label(code, language),
            "text": glossary.description(code, language),
            "url": f"/{language}/glossary/#{code}",
        }
        for code in codes
        if code in glossary
    ]
