"""Success stories: one case of school and company working together, told so that it can be repeated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

import vocabularies
from core.fields import ItemsField, RichTextField, StreamField, in_languages
from core.models import BasePage, DemonstrationMixin, SectionPage
from stories import blocks
from stories.pictures import SentPicture  # noqa: F401  (a model of this app)
from stories.querysets import StoryQuerySet
from stories.tried import Reminder, TriedToo  # noqa: F401  (models of this app)
from vocabularies.fields import CodeField, CodesField
from vocabularies.glossary import ExplainedTermsMixin

# Fields of a story by which lists are narrowed, each with an index, and their legends.
FACETS = {
    "country": _("Country"),
    "sector": _("Sector"),
    "field": _("Field of education"),
    "narrow_field": _("Narrow field"),
    "eqf_level": _("EQF level"),
    "work_based_learning": _("Form of work-based learning"),
    "level_of_practice": _("Level of practice"),
}


class StoryIndexPage(SectionPage):
    """The list of stories of one language."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["stories.StoryPage"]

    loop_step = 7

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Target"])
        return response

    def get_template(self, request, *args, **kwargs):
        if request.headers.get("HX-Target") == "listing":
            return "stories/story_listing.html"
        return super().get_template(request, *args, **kwargs)


class StoryPage(ExplainedTermsMixin, DemonstrationMixin, BasePage):
    """A success story."""

    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []

    result = models.CharField(
        _("result in one sentence"),
        max_length=200,
        help_text=_(
            "What changed, with a figure if there is one. For example: Learners who worked on a "
            "real order rose from 9 % to 64 %."
        ),
    )
    problem = RichTextField(
        _("problem"), help_text=_("What was wrong or missing before, and for whom.")
    )
    gap_learnt = models.TextField(
        _("what was learnt"), help_text=_("What learners were taught at school.")
    )
    gap_applied = models.TextField(
        _("what was applied"), help_text=_("What of it they could use at the workplace.")
    )
    gap_needed = models.TextField(
        _("what was needed"), help_text=_("What the company or the job asked for.")
    )
    country = CodeField(_("country"), scheme="country", help_text=_("Where it took place."))
    region = CodeField(
        _("region"), scheme="region", blank=True, help_text=_("Left empty for a whole country.")
    )
    sector = CodeField(
        _("sector"), scheme="sector", help_text=_("The company’s branch of the economy (NACE).")
    )
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
    organisation_size = CodeField(
        _("size of the company"),
        scheme="organisation_size",
        help_text=_("By the number of its staff."),
    )
    work_based_learning = CodeField(_("form of work-based learning"), scheme="work_based_learning")
    level_of_practice = CodeField(
        _("level of practice"),
        scheme="level_of_practice",
        help_text=_("How far the practice reaches, from one organisation to Europe."),
    )
    macro_needs = CodesField(
        _("needs of European VET"),
        scheme="macro_need",
        blank=True,
        help_text=_("Which of the five needs it serves. Several can be chosen."),
    )
    methods = ItemsField(
        _("methods used"), kind="method", blank=True, help_text=_("From the manual.")
    )
    obstacles = ItemsField(
        _("obstacles overcome"),
        kind="obstacle",
        blank=True,
        help_text=_("Readers who meet the same obstacle find the story through it."),
    )
    partners = StreamField(
        blocks.PartnerStream(),
        verbose_name=_("partners and roles"),
        help_text=_("At least one school and one company."),
    )
    steps = StreamField(
        blocks.StepStream(),
        verbose_name=_("steps"),
        help_text=_("What was done, so that others can repeat it."),
    )
    innovation = RichTextField(
        _("what is new"),
        blank=True,
        help_text=_("What was not done like this before, here or elsewhere."),
    )
    resources = RichTextField(
        _("resources"), blank=True, help_text=_("People, hours, rooms, machines.")
    )
    cost = models.TextField(
        _("cost"), blank=True, help_text=_("What it cost, who paid, and what was free.")
    )
    results = StreamField(
        blocks.ResultStream(),
        blank=True,
        verbose_name=_("results in numbers"),
        help_text=_("Figures before and after, with unit and base."),
    )
    results_note = models.TextField(
        _("how it was counted"), blank=True, help_text=_("Who counted, when, and how.")
    )
    failed = RichTextField(
        _("what failed"),
        help_text=_("What did not work, and what was changed then. Readers learn most from it."),
    )
    transfer = RichTextField(
        _("what must be true elsewhere"),
        help_text=_("Without which conditions it would not work in another place."),
    )
    voices = StreamField(
        blocks.VoiceStream(),
        blank=True,
        verbose_name=_("three voices"),
        help_text=_("Who designed it, who carried it out, and whom it was for."),
    )
    picture = StreamField(
        blocks.StoryPictureStream(),
        max_num=1,
        blank=True,
        verbose_name=_("picture"),
        help_text=_("At most one. No learner who can be recognised."),
    )
    picture_credit = models.CharField(
        _("whose picture it is"),
        max_length=150,
        blank=True,
        help_text=_("Shown below it. For example: Joinery department of the school."),
    )
    files = StreamField(
        blocks.FileStream(),
        blank=True,
        verbose_name=_("files"),
        help_text=_("Work sheets, agreements, forms."),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("organisation that tells it"),
        help_text=_(
            "Its owners and editors may write the story too, until it is public. The story and the "
            "profile of the organisation link to each other."
        ),
    )
    contact_organisation = models.CharField(
        _("contact: organisation or desk"),
        max_length=150,
        help_text=_("An office or a role, not a private person."),
    )
    contact_email = models.EmailField(_("contact: e-mail"), help_text=_("It is shown on the page."))
    contact_url = models.URLField(_("contact: web page"), blank=True)
    licence = CodeField(
        _("licence"),
        scheme="licence",
        default="CC-BY-4.0",
        help_text=_("What others may do with the text."),
    )
    funding = models.TextField(
        _("funding"), blank=True, help_text=_("Programme and project number, if it was funded.")
    )
    confirmed_on = models.DateField(_("last confirmed still true on"), null=True, blank=True)

    objects = PageManager.from_queryset(StoryQuerySet)()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [models.Index(fields=[name], name=f"story_{name}") for name in FACETS]

    content_panels = [
        HelpPanel(template="stories/panels/help.html"),
        MultiFieldPanel(
            [TitleFieldPanel("title"), "result", "picture", "picture_credit"], _("In short")
        ),
        MultiFieldPanel(
            ["problem", "gap_learnt", "gap_applied", "gap_needed"], _("Problem and gap")
        ),
        MultiFieldPanel(
            [
                "country",
                "region",
                "sector",
                "field",
                "narrow_field",
                "eqf_level",
                "organisation_size",
                "work_based_learning",
                "level_of_practice",
                "macro_needs",
                "methods",
                "obstacles",
            ],
            _("Context"),
        ),
        MultiFieldPanel(
            ["partners", "steps", "innovation", "resources", "cost"], _("What was done")
        ),
        MultiFieldPanel(["results", "results_note", "failed", "transfer"], _("What came of it")),
        FieldPanel("voices"),
        MultiFieldPanel(
            [
                "files",
                "organisation",
                "contact_organisation",
                "contact_email",
                "contact_url",
                "licence",
                "funding",
                "confirmed_on",
                "demonstration",
                "terms",
            ],
            _("Files, contact and licence"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("result")]
    override_translatable_fields = in_languages(
        texts=[
            "result",
            "problem",
            "gap_learnt",
            "gap_applied",
            "gap_needed",
            "partners",
            "steps",
            "innovation",
            "resources",
            "cost",
            "results",
            "results_note",
            "failed",
            "transfer",
            "voices",
            "picture",
            "picture_credit",
            "files",
            "contact_organisation",
            "funding",
        ],
        same=[
            "country",
            "region",
            "sector",
            "field",
            "narrow_field",
            "eqf_level",
            "organisation_size",
            "work_based_learning",
            "level_of_practice",
            "macro_needs",
            "methods",
            "obstacles",
            "organisation",
            "contact_email",
            "contact_url",
            "licence",
            "confirmed_on",
            "demonstration",
            "terms",
        ],
    )
    sentence_field = "result"
    facet_fields = tuple(FACETS)
    loop_step = 7

    def clean(self):
        super().clean()
        regions = vocabularies.get("region")
        if (
            self.region
            and self.country
            and (self.region not in regions or regions.country(self.region) != self.country)
        ):
            raise ValidationError({"region": _("This region is not in the chosen country.")})
        narrow = vocabularies.get("narrow_field")
        if self.narrow_field and not narrow.within([self.narrow_field], [self.field]):
            raise ValidationError(
                {
                    "narrow_field": _(
                        "This narrow field does not lie in the chosen field of education."
                    )
                }
            )
        if self.confirmed_on and self.confirmed_on > timezone.localdate():
            raise ValidationError({"confirmed_on": _("This day is still to come.")})

    def with_content_json(self, content):
        """A draft that is older than the contact's last confirmation does not undo it."""
        draft = super().with_content_json(content)
        draft.confirmed_on = max(
            filter(None, [draft.confirmed_on, self.confirmed_on]), default=None
        )
        return draft

    def save_revision(self, *args, **kwargs):
        """Who writes a draft is read from its row, so its organisation stands there at once."""
        revision = super().save_revision(*args, **kwargs)
        if self.first_published_at is None:
            drafts = type(self).objects.filter(pk=self.pk, live=False)
            drafts.update(organisation=self.organisation_id)
        return revision

    def is_told_by(self, user) -> bool:
        """Whether it is a person's: they have begun it, or are owner or editor of its organisation."""
        return self.owner_id == user.pk or (
            self.organisation_id is not None
            and type(self).objects.told_by(user).filter(pk=self.pk).exists()
        )

    def is_written_by(self, user) -> bool:
        """Those whose story it is write it, until it is public."""
        return self.first_published_at is None and self.is_told_by(user)

    @property
    def author_path(self) -> str:
        """Where its author, who may have no access to the admin, sees how it stands."""
        return reverse("stories-status", args=[self.pk])
