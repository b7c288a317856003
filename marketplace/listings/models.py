"""The pages of the marketplace: what a school's learners can do, and what somebody needs."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from core.fields import ItemsField, RichTextField, in_languages
from marketplace.listings import checking
from marketplace.listings.base import ListingPage, NeedIndexPage, ServiceIndexPage, whole  # noqa: F401
from marketplace.listings.querysets import NeedQuerySet, ServiceQuerySet
from vocabularies.fields import CodeField, CodesField
from vocabularies.glossary import ExplainedTermsMixin


class ServicePage(ExplainedTermsMixin, ListingPage):
    """Work that learners of a school carry out for somebody else."""

    parent_page_types = ["marketplace.ServiceIndexPage"]
    subpage_types: list[str] = []

    result = models.CharField(
        _("what you get, in one sentence"),
        max_length=200,
        help_text=_("What the client has in the end. It stands in lists."),
    )
    client_gets = RichTextField(
        _("what the client gets"), help_text=_("What is done and handed over, and how it goes.")
    )
    deliverables = RichTextField(
        _("deliverables"),
        blank=True,
        help_text=_("What is handed over, one thing on each line: files, objects, a report."),
    )
    programme = models.CharField(
        _("programme of the learners"),
        max_length=150,
        help_text=_("What the learners who do it are trained in."),
    )
    learning_outcomes = RichTextField(
        _("learning outcomes"), help_text=_("What the learners know and can do afterwards.")
    )
    skills = RichTextField(
        _("skills practised"), blank=True, help_text=_("What they practise while they do it.")
    )
    supervision = models.TextField(
        _("supervised by"),
        max_length=500,
        help_text=_("Roles, never names. For example: two trainers of the joinery department."),
    )
    quality = RichTextField(
        _("quality control"), help_text=_("Who checks the work, when, and by what measure.")
    )
    liability = models.TextField(
        _("liability note"),
        max_length=1000,
        blank=True,
        help_text=_("What the school answers for, what it does not, and how it is insured."),
    )
    price_note = models.TextField(
        _("note on the price"),
        max_length=500,
        blank=True,
        help_text=_("What it depends on and what is included. Nothing is paid on this portal."),
    )
    past_work = RichTextField(
        _("past work"), blank=True, help_text=_("What was done for others before.")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="services",
        limit_choices_to={"merged_into": None},
        verbose_name=_("organisation"),
        help_text=_("The school or training centre whose learners do it."),
    )
    category = CodeField(_("category"), scheme="service_category")
    field = CodeField(
        _("field of education"), scheme="field", help_text=_("What the learners study (ISCED-F).")
    )
    narrow_field = CodeField(
        _("narrow field"),
        scheme="narrow_field",
        blank=True,
        help_text=_("More exactly, within the field. Can be left empty."),
    )
    eqf_level = CodeField(
        _("EQF level"), scheme="eqf_level", help_text=_("The level of the programme, 1 to 8.")
    )
    team_smallest = whole(_("learners in the team, at least"), 1, 200)
    team_largest = whole(_("learners in the team, at most"), 1, 200)
    hours = whole(
        _("hours of the learners"),
        1,
        10_000,
        help_text=_("How long they work on one order, all of them together."),
    )
    lead_time = whole(
        _("lead time in weeks"), 0, 104, help_text=_("From the agreement to the delivery.")
    )
    place = CodesField(_("where it can be done"), scheme="service_place")
    radius = whole(
        _("radius in kilometres"),
        1,
        3000,
        blank=True,
        help_text=_("How far the learners travel. Left empty without a limit."),
    )
    price_model = CodeField(
        _("price"),
        scheme="price_model",
        help_text=_("For information. Nothing is paid on this portal."),
    )
    price = whole(_("price in euros"), 1, 1_000_000, blank=True)
    languages = CodesField(
        _("languages"), scheme="language", help_text=_("In which one can work with you.")
    )
    result_licence = CodeField(
        _("licence of the result"),
        scheme="licence",
        blank=True,
        help_text=_("Left empty, the agreement says who may use what is made."),
    )
    methods = ItemsField(_("methods"), kind="method", blank=True, help_text=_("From the manual."))

    objects = PageManager.from_queryset(ServiceQuerySet)()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        indexes = [
            models.Index(fields=[name], name=f"service_{name}")
            for name in ("category", "field", "price_model", "eqf_level")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(team_largest__gte=models.F("team_smallest")),
                name="service_team_in_order",
            ),
        ]

    content_panels = [
        MultiFieldPanel(
            [*Page.content_panels, "result", "organisation", "category"], _("In short")
        ),
        MultiFieldPanel(
            ["client_gets", "deliverables", "quality", "liability", "result_licence", "past_work"],
            _("What the client gets"),
        ),
        MultiFieldPanel(
            [
                "programme",
                "field",
                "narrow_field",
                "eqf_level",
                "learning_outcomes",
                "skills",
                "supervision",
                "methods",
            ],
            _("What the learners learn"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(["team_smallest", "team_largest"]),
                FieldRowPanel(["hours", "lead_time"]),
                "place",
                "radius",
                "languages",
            ],
            _("How it is done"),
        ),
        MultiFieldPanel(["price_model", "price", "price_note"], _("Price")),
        FieldPanel("terms"),
        FieldPanel("demonstration"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("result")]
    override_translatable_fields = in_languages(
        texts=[
            "result",
            "client_gets",
            "deliverables",
            "programme",
            "learning_outcomes",
            "skills",
            "supervision",
            "quality",
            "liability",
            "price_note",
            "past_work",
        ],
        same=[
            "organisation",
            "category",
            "field",
            "narrow_field",
            "eqf_level",
            "team_smallest",
            "team_largest",
            "hours",
            "lead_time",
            "place",
            "radius",
            "price_model",
            "price",
            "languages",
            "result_licence",
            "methods",
            "demonstration",
            "terms",
        ],
    )
    sentence_field = "result"

    def problems(self) -> dict:
        return checking.service(self)

    @property
    def author_path(self) -> str:
        """Where its members, who may have no access to the admin, see how it stands."""
        return reverse("marketplace:service-status", args=[self.pk])


class NeedPage(ExplainedTermsMixin, ListingPage):
    """A task or a problem for which a company, an authority or a school looks for somebody."""

    parent_page_types = ["marketplace.NeedIndexPage"]
    subpage_types: list[str] = []

    outcome = models.CharField(
        _("what should be there in the end, in one sentence"),
        max_length=200,
        help_text=_("It stands in lists."),
    )
    problem = RichTextField(
        _("problem"),
        help_text=_("What is wrong or missing, for whom. Everyone can read it: no secrets here."),
    )
    supervision = models.TextField(
        _("how learners will be supervised"),
        max_length=500,
        help_text=_("Roles, never names. For example: the head of the kitchen is there all day."),
    )
    requirements = models.TextField(
        _("requirements"),
        max_length=1000,
        blank=True,
        help_text=_("What those who do it must know, have or bring."),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="needs",
        limit_choices_to={"merged_into": None},
        verbose_name=_("organisation"),
        help_text=_("Who has the need."),
    )
    entered_by_desk = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs_entered",
        limit_choices_to={"merged_into": None},
        verbose_name=_("entered by"),
        help_text=_("A chamber, an authority or another desk that wrote it for the organisation."),
    )
    need_kind = CodeField(_("kind of need"), scheme="need_kind")
    category = CodeField(_("category"), scheme="service_category")
    field = CodeField(
        _("field of education"),
        scheme="field",
        blank=True,
        help_text=_("What learners should study for it (ISCED-F). Can be left empty."),
    )
    place = CodesField(_("where it can be done"), scheme="service_place")
    radius = whole(
        _("radius in kilometres"),
        1,
        3000,
        blank=True,
        help_text=_("From how far away somebody may come. Left empty without a limit."),
    )
    budget = CodeField(
        _("budget"),
        scheme="budget_band",
        help_text=_("For information. Nothing is paid on this portal."),
    )
    deadline = models.DateField(
        _("deadline"), null=True, help_text=_("By when the result must be there.")
    )
    starts = models.DateField(_("earliest start"), null=True, blank=True)
    hours = whole(_("hours of work"), 1, 10_000, blank=True, help_text=_("As far as you know."))
    languages = CodesField(
        _("languages"), scheme="language", help_text=_("In which one can work with you.")
    )
    confidential = models.BooleanField(
        _("there is a confidential part"),
        default=False,
        help_text=_("Only schools that a desk has verified read it."),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)

    objects = PageManager.from_queryset(NeedQuerySet)()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        indexes = [
            *(
                models.Index(fields=[name], name=f"need_{name}")
                for name in ("category", "field", "need_kind", "budget")
            ),
            models.Index(fields=["closed_on", "deadline"], name="need_open"),
        ]

    content_panels = [
        MultiFieldPanel(
            [
                *Page.content_panels,
                "outcome",
                "organisation",
                "entered_by_desk",
                "need_kind",
                "category",
            ],
            _("In short"),
        ),
        MultiFieldPanel(["problem", "requirements", "supervision", "confidential"], _("The task")),
        MultiFieldPanel(
            [
                FieldRowPanel(["starts", "deadline"]),
                "hours",
                "place",
                "radius",
                "budget",
                "field",
                "languages",
            ],
            _("When, where and in what"),
        ),
        FieldPanel("terms"),
        FieldPanel("demonstration"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("outcome")]
    override_translatable_fields = in_languages(
        texts=["outcome", "problem", "supervision", "requirements"],
        same=[
            "organisation",
            "entered_by_desk",
            "need_kind",
            "category",
            "field",
            "place",
            "radius",
            "budget",
            "deadline",
            "starts",
            "hours",
            "languages",
            "confidential",
            "closed_on",
            "demonstration",
            "terms",
        ],
    )
    sentence_field = "outcome"
    shown_with = (*ListingPage.shown_with, "entered_by_desk")

    def problems(self) -> dict:
        return checking.need(self)

    def with_content_json(self, content):
        """Whether a need is closed belongs to the item: no draft closes it or opens it again."""
        draft = super().with_content_json(content)
        draft.closed_on = self.closed_on
        return draft

    @property
    def is_open(self) -> bool:
        """Whether it can be answered today."""
        is_over = self.deadline is None or self.deadline < timezone.localdate()
        return self.closed_on is None and not is_over

    @property
    def days_left(self) -> int:
        """How many days there are until the deadline; negative when it is over."""
        return (self.deadline - timezone.localdate()).days

    @property
    def author_path(self) -> str:
        """Where its members, who may have no access to the admin, see how it stands."""
        return reverse("marketplace:need-status", args=[self.pk])
