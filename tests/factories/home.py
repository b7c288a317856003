"""The smallest valid home and plain pages."""

import factory

from home.models import GlossaryPage, HomePage, LanguageSettings, StandardPage
from tests.factories.pages import PageFactory


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

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        live = kwargs.pop("live", True)
        row = super()._create(model_class, *args, live=False, **kwargs)
        row.live = live
        model_class.objects.filter(pk=row.pk).update(live=live)
        return row


class GlossaryPageFactory(PageFactory):
    title = "Glossary"
    slug = "glossary"

    class Meta:
        model = GlossaryPage
