"""The home page, plain pages, and what every page of a language shows around its content."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    RevisionMixin,
    WorkflowMixin,
)

from core.blocks import TextStream
from core.fields import StreamField, in_languages
from core.models import BasePage, SectionPage
from home import blocks


class HomePage(BasePage):
    """The first page of one language. Its slug is the code of the language."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "stories.StoryIndexPage",
        "methods.MethodIndexPage",
        "methods.ObstacleIndexPage",
        "events.EventIndexPage",
        "marketplace.ServiceIndexPage",
        "marketplace.NeedIndexPage",
        "news.NewsIndexPage",
        "news.ProjectIndexPage",
        "methods.SheetIndexPage",
        "guidelines.RecommendationIndexPage",
        "organisations.OrganisationIndexPage",
        "guidelines.HandbookPage",
        "home.StandardPage",
        "home.GlossaryPage",
    ]

    headline_school = models.CharField(
        _("headline, first line"), max_length=60, help_text=_("The school’s side.")
    )
    headline_work = models.CharField(
        _("headline, second line"), max_length=60, help_text=_("The company’s side.")
    )
    headline_join = models.CharField(
        _("headline, third line"), max_length=60, help_text=_("Where they meet.")
    )
    lead = models.TextField(
        _("lead"),
        help_text=_("Two or three sentences: what the portal is for, what one can do here."),
    )
    examples = StreamField(
        blocks.ExampleStream(), blank=True, max_num=3, verbose_name=_("example questions")
    )
    loop_intro = models.CharField(_("sentence beside the loop"), max_length=200, blank=True)
    ways_in = StreamField(blocks.WayInStream(), blank=True, verbose_name=_("ways in"))

    content_panels = [
        *Page.content_panels,
        "headline_school",
        "headline_work",
        "headline_join",
        "lead",
        "examples",
        "loop_intro",
        "ways_in",
    ]
    override_translatable_fields = in_languages(
        texts=[
            "headline_school",
            "headline_work",
            "headline_join",
            "lead",
            "examples",
            "loop_intro",
            "ways_in",
        ]
    )
    sentence_field = "lead"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(BasePage):
    """A plain page: about, accessibility, privacy, contact."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    lead = models.CharField(
        _("summary in one sentence"),
        max_length=200,
        help_text=_("It stands above the text and in lists."),
    )
    body = StreamField(TextStream(), verbose_name=_("text"))

    content_panels = [*Page.content_panels, "lead", "body"]
    override_translatable_fields = in_languages(texts=["lead", "body"])
    sentence_field = "lead"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class GlossaryPage(SectionPage):
    """The terms of the field, explained in one language; their words come from the vocabulary."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    # Both sides write down what they expect in words that both understand.
    loop_step = 4

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")


class LanguageSettings(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """Navigation, footer and funding statements of one language. Reviewed like a page."""

    language = models.CharField(_("language"), max_length=12, unique=True, editable=False)
    navigation = StreamField(
        blocks.LinkStream(),
        blank=True,
        verbose_name=_("navigation"),
        help_text=_("The sections in the header."),
    )
    footer = StreamField(blocks.ColumnStream(), blank=True, verbose_name=_("footer"))
    licence_note = models.CharField(
        _("reuse"), max_length=250, blank=True, help_text=_("What others may do with the texts.")
    )
    funding = StreamField(
        blocks.FundingStream(),
        blank=True,
        verbose_name=_("funding statements"),
        help_text=_("Programme, project number and the sentence that the programme asks for."),
    )

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="language_settings",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="language_settings",
        for_concrete_model=False,
    )

    panels = [
        FieldPanel("navigation"),
        FieldPanel("footer"),
        FieldPanel("licence_note"),
        FieldPanel("funding"),
    ]

    class Meta:
        verbose_name = _("navigation and footer")
        verbose_name_plural = _("navigation and footer")
        ordering = ["language"]

    def __str__(self) -> str:
        return gettext("Navigation and footer (%(language)s)") % {"language": self.language}
