"""News of the portal, and the projects and partners whose work it carries on."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from core.blocks import TextStream
from core.fields import RichTextField, StreamField, in_languages
from core.models import BasePage, DemonstrationMixin, SectionPage
from core.querysets import ItemQuerySet
from news import blocks


class NewsIndexPage(SectionPage):
    """The news of one language, the newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    loop_step = 7

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(DemonstrationMixin, BasePage):
    """A short piece of news; its date is the day on which it became public."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    in_short = models.CharField(
        _("the news in one sentence"), max_length=220, help_text=_("Who did what, and for whom.")
    )
    body = StreamField(TextStream(), verbose_name=_("text"))

    objects = PageManager.from_queryset(ItemQuerySet)()

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    content_panels = [*Page.content_panels, "in_short", "body", "demonstration"]
    search_fields = [*Page.search_fields, index.SearchField("in_short")]
    override_translatable_fields = in_languages(texts=["in_short", "body"], same=["demonstration"])
    sentence_field = "in_short"
    loop_step = 7


class ProjectIndexPage(SectionPage):
    """Projects and partners of one language: numbers, dates and where they are."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ProjectPage"]
    loop_step = 7

    class Meta:
        verbose_name = _("list of projects")
        verbose_name_plural = _("lists of projects")


class ProjectPage(BasePage):
    """A funded project: what it does, with whom, and what came of it."""

    parent_page_types = ["news.ProjectIndexPage"]
    subpage_types: list[str] = []

    in_short = models.CharField(
        _("aim in one sentence"), max_length=220, help_text=_("Who did what, and for whom.")
    )
    programme = models.CharField(_("programme"), max_length=150, blank=True)
    number = models.CharField(_("project number"), max_length=60, blank=True)
    start_date = models.DateField(_("first day"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True)
    about = RichTextField(_("about the project"))
    results = RichTextField(_("results"), blank=True)
    carried_on = RichTextField(
        _("what this portal carries on"), blank=True, help_text=_("With links to its parts.")
    )
    partners = StreamField(blocks.PartnerStream(), blank=True, verbose_name=_("partners"))
    figures = StreamField(
        blocks.FigureStream(),
        blank=True,
        verbose_name=_("figures"),
        help_text=_("Numbers that the project names itself."),
    )
    link = models.URLField(_("web page"), blank=True)

    objects = PageManager.from_queryset(ItemQuerySet)()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    content_panels = [
        MultiFieldPanel([*Page.content_panels, "in_short"], _("In short")),
        MultiFieldPanel(
            ["programme", "number", FieldRowPanel(["start_date", "end_date"]), "link"],
            _("The facts"),
        ),
        FieldPanel("about"),
        FieldPanel("results"),
        FieldPanel("carried_on"),
        FieldPanel("partners"),
        FieldPanel("figures"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("in_short")]
    override_translatable_fields = in_languages(
        texts=["in_short", "about", "results", "carried_on", "partners", "figures"],
        same=["programme", "number", "start_date", "end_date", "link"],
    )
    sentence_field = "in_short"
    loop_step = 7

    def clean(self):
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The project would end before it begins.")})
