"""What every page shares, and the small tables that keep the portal consistent."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from core import citation, history, page_context, registry
from core.fields import in_languages
from core.permissions import ReviewedPagePermissionTester
from core.registry import SearchDocument


class Generation(models.Model):
    """The number that grows with every public change; see `core.generation`."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_generation")]


class OutboxEntry(models.Model):
    """Work promised by a committed change; see `core.outbox`."""

    kind = models.CharField(max_length=50)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(done_at=None), name="outbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.payload}"


class MadeDocument(models.Model):
    """A file that was made of content in the background; see `core.documents`.

    `file` is empty where this portal's worker cannot make one.
    """

    name = models.CharField(max_length=100)
    language = models.CharField(max_length=12)
    version = models.CharField(max_length=64)
    file = models.FileField(max_length=250)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "language"], name="one_document_per_name_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class BasePage(Page):
    """A page of the portal: reviewed before it is public, public for everyone when it is.

    The address of a page is its `url_path`, because the home pages' slugs are language codes.
    """

    private_page_options: list[str] = []  # what is published is public, in search and feeds too

    override_translatable_fields = in_languages()

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text=_(
                        "The last part of the address. Short, in the language of the page."
                    ),
                ),
                FieldPanel(
                    "search_description",
                    heading=_("Description for search engines"),
                    help_text=_(
                        "One or two sentences. Left empty, the summary of the page is used."
                    ),
                ),
            ],
            _("Address and search engines"),
        )
    ]

    # The field in which editors say the page in a sentence or two.
    sentence_field = ""

    # The step of the loop (1–9) that this kind of page belongs to.
    loop_step: int | None = None
    # What is read together with a page that is shown.
    shown_with: tuple[str, ...] = ("locale",)

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return ReviewedPagePermissionTester(user, self)

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context |= page_context.build(self, request)
        return context | registry.presentation(self).context(self, request)

    def serve(self, request, *args, **kwargs):
        wanted = request.GET.get("as") if registry.item_of(self) else None
        if wanted == "ris":
            return citation.serve(self)
        if wanted == "history":
            return history.serve(self, request)
        answer = registry.presentation(self).answer(self, request)
        return answer or super().serve(request, *args, **kwargs)

    @property
    def in_one_sentence(self) -> str:
        """What the page says above its text."""
        return getattr(self, self.sentence_field) if self.sentence_field else ""

    @property
    def summary(self) -> str:
        """One or two sentences of plain text: for lists, feeds, search engines and cards."""
        return self.search_description or self.in_one_sentence

    @property
    def mark(self) -> str:
        """The page's mark as SVG, or nothing."""
        item = registry.item_of(self)
        return item.mark(item.codes(self)) if item else ""

    def row_facts(self, language: str) -> list[str]:
        """The one line of facts below the page in a list, in the reader's language."""
        item = registry.item_of(self)
        return item.facts(item.codes(self), language) if item else []

    def search_document(self) -> SearchDocument:
        """What an item says to search; only of pages that are items."""
        return registry.item_of(self).document(self)

    def json_ld(self, absolute) -> dict | None:
        """The page as schema.org data; `absolute(path)` makes a full address."""
        return registry.presentation(self).data(self, absolute)

    def explained(self, language: str) -> list[dict]:
        """The words that the page explains, as `{term, text, url}` in the reader's language."""
        return []


class DemonstrationMixin(models.Model):
    """A page that may tell an invented case; put `demonstration` among its panels."""

    demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("An invented case, marked as such on the page."),
    )

    class Meta:
        abstract = True


class SectionPage(BasePage):
    """A page that lists the items of one section in one language."""

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("One or two sentences above the list."),
    )

    content_panels = [*Page.content_panels, "introduction"]
    override_translatable_fields = in_languages(texts=["introduction"])
    sentence_field = "introduction"

    class Meta:
        abstract = True
