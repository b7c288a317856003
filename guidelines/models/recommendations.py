"""Recommendations: what somebody should change, why, on which evidence, and what they answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from core.fields import RichTextField, StreamField, in_languages
from core.models import BasePage, DemonstrationMixin, SectionPage
from guidelines.blocks import recommendations as blocks
from guidelines.querysets import RecommendationQuerySet
from vocabularies.fields import CodeField, CodesField

TEXTS = (
    "recommendation",
    "addressed_to",
    "led_by",
    "problem",
    "rationale",
    "needs",
    "first_step",
    "evidence",
    "dissent",
    "answer_text",
)


class RecommendationIndexPage(SectionPage):
    """The recommendations of one language, by theme, addressee and status."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["guidelines.RecommendationPage"]
    loop_step = 8

    class Meta:
        verbose_name = _("list of recommendations")
        verbose_name_plural = _("lists of recommendations")


class RecommendationPage(DemonstrationMixin, BasePage):
    """What somebody should change, why, on which evidence, and what they answered."""

    parent_page_types = ["guidelines.RecommendationIndexPage"]
    subpage_types: list[str] = []

    recommendation = models.CharField(
        _("recommendation in one sentence"),
        max_length=260,
        help_text=_("Who should do what, by when, so that one can check whether it was done."),
    )
    addressees = CodesField(
        _("addressees"), scheme="addressee", help_text=_("Who can do it. Several can be chosen.")
    )
    addressed_to = models.CharField(
        _("which bodies exactly"),
        max_length=180,
        blank=True,
        help_text=_("For example: ministries in charge of vocational education."),
    )
    theme = CodeField(
        _("theme"), scheme="macro_need", help_text=_("Which of the five needs it serves.")
    )
    led_by = models.CharField(
        _("led by"),
        max_length=150,
        help_text=_("The organisation or group behind it. Shown to readers."),
    )
    problem = RichTextField(_("problem"), help_text=_("What is wrong now, and for whom."))
    rationale = RichTextField(
        _("rationale"), help_text=_("Why this would change it, and why the addressee can do it.")
    )
    needs = RichTextField(_("what it would take"), help_text=_("Money, people, time, rules."))
    first_step = RichTextField(
        _("first step"), help_text=_("What the addressee can do this month.")
    )
    evidence = StreamField(
        blocks.EvidenceStream(),
        verbose_name=_("evidence"),
        help_text=_("Stories and figures, each with what it shows."),
    )
    dissent = RichTextField(
        _("dissent"), blank=True, help_text=_("Who does not agree, and why, in fair words.")
    )
    answer_text = models.TextField(
        _("answer, in the language of this page"),
        blank=True,
        help_text=_(
            "The addressee’s words, translated if they answered in another language. Their own "
            "words are recorded with the status."
        ),
    )

    objects = PageManager.from_queryset(RecommendationQuerySet)()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    content_panels = [
        MultiFieldPanel(
            [
                *Page.content_panels,
                "recommendation",
                "addressees",
                "addressed_to",
                "theme",
                "led_by",
            ],
            _("In short"),
        ),
        MultiFieldPanel(["problem", "rationale", "needs", "first_step"], _("Why and how")),
        FieldPanel("evidence"),
        MultiFieldPanel(["dissent", "answer_text"], _("What others say")),
        "demonstration",
    ]
    search_fields = [*Page.search_fields, index.SearchField("recommendation")]
    override_translatable_fields = in_languages(
        texts=TEXTS, same=["addressees", "theme", "demonstration"]
    )
    sentence_field = "recommendation"
    loop_step = 8
