"""The manual: methods of working together, obstacles in people's own words, sheets to fill in."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from core.fields import ItemsField, RichTextField, StreamField, in_languages
from core.models import BasePage, SectionPage
from core.querysets import ItemQuerySet
from methods import blocks
from vocabularies.fields import CodeField, CodesField
from vocabularies.glossary import ExplainedTermsMixin

WHOLE = [MinValueValidator(1), MaxValueValidator(1000)]


class MethodIndexPage(SectionPage):
    """The manual of one language: all methods, and the questions that lead to some of them."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["methods.MethodPage"]
    loop_step = 2

    class Meta:
        verbose_name = _("manual of methods")
        verbose_name_plural = _("manuals of methods")


class MethodPage(ExplainedTermsMixin, BasePage):
    """A way of working together, told so that both sides and the learners can do it tomorrow."""

    parent_page_types = ["methods.MethodIndexPage"]
    subpage_types: list[str] = []

    number = models.PositiveSmallIntegerField(
        _("number in the manual"),
        validators=WHOLE,
        help_text=_("Methods stand in this order. It also cuts the mark."),
    )
    purpose = models.CharField(
        _("purpose in one sentence"),
        max_length=220,
        help_text=_("Who does what, and what comes of it."),
    )
    idea = RichTextField(_("the idea"), help_text=_("What happens, and why it works."))
    example = RichTextField(
        _("example"), blank=True, help_text=_("One round with its dates, hours and people.")
    )
    use_when = RichTextField(
        _("use it when"), help_text=_("A list. Signs that this method is the right one.")
    )
    leave_when = RichTextField(
        _("leave it when"), help_text=_("A list. Signs that another method fits better.")
    )
    tasks = StreamField(
        blocks.TaskStream(),
        verbose_name=_("who does what"),
        help_text=_("Tasks of school, company and student before, during and after."),
    )
    pitfalls = RichTextField(
        _("what goes wrong"), blank=True, help_text=_("A list. What happens, and what to do then.")
    )
    success = RichTextField(
        _("how one sees that it worked"), blank=True, help_text=_("A list of signs to check.")
    )
    safety = RichTextField(
        _("learners under 18"), help_text=_("Consent, supervision, machines, hours, photographs.")
    )
    phase_4c = CodeField(_("phase"), scheme="phase_4c")
    experience = CodeField(
        _("experience together"),
        scheme="experience",
        help_text=_("What the two should at least have behind them."),
    )
    place = CodesField(_("place"), scheme="place")
    group_min = models.PositiveSmallIntegerField(_("learners, at least"), validators=WHOLE)
    group_max = models.PositiveSmallIntegerField(_("learners, at most"), validators=WHOLE)
    hours_school = models.PositiveSmallIntegerField(
        _("hours of the school"), validators=WHOLE, help_text=_("Staff hours for one round.")
    )
    hours_company = models.PositiveSmallIntegerField(
        _("hours of the company"), validators=WHOLE, help_text=_("Staff hours for one round.")
    )
    weeks_before = models.PositiveSmallIntegerField(_("weeks before"), validators=WHOLE)
    weeks_during = models.PositiveSmallIntegerField(_("weeks during"), validators=WHOLE)
    weeks_after = models.PositiveSmallIntegerField(_("weeks after"), validators=WHOLE)
    cost = CodeField(_("cost"), scheme="cost")
    cost_note = models.CharField(_("what is paid for"), max_length=150, blank=True)
    motives_school = CodesField(_("what the school gets"), scheme="motive_school", blank=True)
    motives_company = CodesField(_("what the company gets"), scheme="motive_company", blank=True)
    obstacles = ItemsField(_("obstacles it helps against"), kind="obstacle", blank=True)
    sheets = ItemsField(_("sheets to download"), kind="sheet", blank=True)

    objects = PageManager.from_queryset(ItemQuerySet)()

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")

    content_panels = [
        MultiFieldPanel([*Page.content_panels, "number", "purpose"], _("In short")),
        MultiFieldPanel(["idea", "example", "use_when", "leave_when"], _("What and when")),
        FieldPanel("tasks"),
        MultiFieldPanel(["pitfalls", "success", "safety"], _("To watch")),
        MultiFieldPanel(
            [
                "phase_4c",
                "experience",
                "place",
                FieldRowPanel(["group_min", "group_max"]),
                FieldRowPanel(["hours_school", "hours_company"]),
                FieldRowPanel(["weeks_before", "weeks_during", "weeks_after"]),
                "cost",
                "cost_note",
            ],
            _("Effort"),
        ),
        MultiFieldPanel(
            ["motives_school", "motives_company", "obstacles", "sheets", "terms"], _("Ways to it")
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("purpose")]
    override_translatable_fields = in_languages(
        texts=[
            "purpose",
            "idea",
            "example",
            "use_when",
            "leave_when",
            "tasks",
            "pitfalls",
            "success",
            "safety",
            "cost_note",
        ],
        same=[
            "number",
            "phase_4c",
            "experience",
            "place",
            "group_min",
            "group_max",
            "hours_school",
            "hours_company",
            "weeks_before",
            "weeks_during",
            "weeks_after",
            "cost",
            "motives_school",
            "motives_company",
            "obstacles",
            "sheets",
            "terms",
        ],
    )
    sentence_field = "purpose"
    loop_step = 2

    def clean(self):
        super().clean()
        if self.group_min and self.group_max and self.group_min > self.group_max:
            raise ValidationError(
                {"group_max": _("The largest group is smaller than the smallest one.")}
            )


class ObstacleIndexPage(SectionPage):
    """The obstacles of one language, in the words that people use."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["methods.ObstaclePage"]
    loop_step = 2

    class Meta:
        verbose_name = _("list of obstacles")
        verbose_name_plural = _("lists of obstacles")


class ObstaclePage(BasePage):
    """What stands in the way, as people say it, and what leads on."""

    parent_page_types = ["methods.ObstacleIndexPage"]
    subpage_types: list[str] = []

    kind = CodeField(
        _("kind"),
        scheme="obstacle_kind",
        help_text=_("From outside, from inside, or a habit."),
    )
    said_by = CodesField(_("who says it"), scheme="method_role")
    answer = models.CharField(
        _("answer in one sentence"), max_length=220, help_text=_("What usually helps.")
    )
    behind = RichTextField(_("what lies behind it"))
    first_step = RichTextField(_("this week"), help_text=_("A list of first steps."))
    say = RichTextField(
        _("what one can say"), blank=True, help_text=_("To the other side, in direct speech.")
    )

    objects = PageManager.from_queryset(ItemQuerySet)()

    class Meta:
        verbose_name = _("obstacle")
        verbose_name_plural = _("obstacles")

    content_panels = [
        FieldPanel("title", help_text=_("The words that people use. For example: We have no time")),
        "answer",
        "kind",
        "said_by",
        "behind",
        "first_step",
        "say",
    ]
    search_fields = [*Page.search_fields, index.SearchField("answer")]
    override_translatable_fields = in_languages(
        texts=["answer", "behind", "first_step", "say"], same=["kind", "said_by"]
    )
    sentence_field = "answer"
    loop_step = 2


class SheetIndexPage(SectionPage):
    """The sheets of one language that methods use."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["methods.SheetPage"]
    loop_step = 4

    class Meta:
        verbose_name = _("list of sheets")
        verbose_name_plural = _("lists of sheets")


class SheetPage(BasePage):
    """A sheet to fill in: agreement, invitation, feedback, assessment. As a page and as DOCX."""

    parent_page_types = ["methods.SheetIndexPage"]
    subpage_types: list[str] = []

    use = models.CharField(
        _("use"),
        max_length=220,
        help_text=_("What it is for, who fills it in, and how long that takes."),
    )
    body = StreamField(blocks.TemplateStream(), verbose_name=_("sheet"))

    objects = PageManager.from_queryset(ItemQuerySet)()

    class Meta:
        verbose_name = _("sheet to fill in")
        verbose_name_plural = _("sheets to fill in")

    content_panels = [*Page.content_panels, "use", "body"]
    search_fields = [*Page.search_fields, index.SearchField("use")]
    override_translatable_fields = in_languages(texts=["use", "body"])
    sentence_field = "use"
    loop_step = 4
