"""The smallest valid home and plain pages."""

import factory
from wagtail_factories import PageFactory

from home.models import GlossaryPage, HomePage, LanguageSettings, StandardPage


class HomePageFactory(PageFactory):
    title = "Home"
    headline_school = "School on one side."
    headline_work = "Work on the other."
    headline_join = "Here they join."
    lead = "What school and work did together."

    class Meta:
        model = HomePage


class StandardPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"About {n}")
    lead = "What this portal is for."
    body = [{"type": "text", "value": "<p>It is for teachers and mentors.</p>"}]

    class Meta:
        model = StandardPage


class LanguageSettingsFactory(factory.django.DjangoModelFactory):
    language = "en"
    navigation = [{"type": "link", "value": {"title": "Stories", "url": "stories/"}}]

    class Meta:
        model = LanguageSettings


class GlossaryPageFactory(PageFactory):
    title = "Glossary"
    slug = "glossary"

    class Meta:
        model = GlossaryPage
