"""The handbook: chapters for schools and companies in four phases, and the whole as one document."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from core.fields import ItemsField, StreamField, in_languages
from core.models import BasePage, SectionPage
from core.querysets import ItemQuerySet
from guidelines.blocks import handbook as blocks
from vocabularies.fields import CodeField, CodesField

# The step of the loop that the chapters of a phase help with.
LOOP_STEPS = {"planning": 4, "implementation": 5, "assessment": 6, "certification": 6}


class HandbookPage(SectionPage):
    """The handbook of one language: its chapters by phase, for both sides or for one."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["guidelines.ChapterPage"]
    loop_step = 5

    class Meta:
        verbose_name = _("handbook of guidelines")
        verbose_name_plural = _("handbooks of guidelines")


class ChapterPage(BasePage):
    """A chapter of the handbook: what one side does in one phase, with an example and a checklist."""

    parent_page_types = ["guidelines.HandbookPage"]
    subpage_types: list[str] = []

    number = models.PositiveSmallIntegerField(
        _("number in the handbook"),
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("Chapters stand in this order."),
    )
    phase = CodeField(_("phase"), scheme="handbook_phase")
    audiences = CodesField(
        _("for whom"), scheme="audience", help_text=_("Whoever the chapter concerns.")
    )
    purpose = models.CharField(
        _("purpose in one sentence"),
        max_length=220,
        help_text=_("What readers can do with it."),
    )
    body = StreamField(blocks.ChapterStream(), verbose_name=_("text"))
    checklist = StreamField(
        blocks.ChecklistStream(),
        verbose_name=_("checklist"),
        blank=True,
        help_text=_("Readers tick it off, print it and take it into their calendar."),
    )
    methods = ItemsField(_("methods"), kind="method", blank=True)
    stories = ItemsField(_("stories"), kind="story", blank=True)
    sheets = ItemsField(_("sheets to download"), kind="sheet", blank=True)

    objects = PageManager.from_queryset(ItemQuerySet)()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    content_panels = [
        FieldPanel("title", help_text=_("What readers can do after reading.")),
        "purpose",
        MultiFieldPanel(["number", "phase", "audiences"], _("Place in the handbook")),
        "body",
        "checklist",
        MultiFieldPanel(["methods", "stories", "sheets"], _("Goes with it")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("purpose")]
    override_translatable_fields = in_languages(
        texts=["purpose", "body", "checklist"],
        same=["number", "phase", "audiences", "methods", "stories", "sheets"],
    )
    sentence_field = "purpose"

    @property
    def loop_step(self) -> int | None:
        return LOOP_STEPS.get(self.phase)
