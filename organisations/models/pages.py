"""The public list of organisations, and a profile in every language."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from core.fields import RichTextField, in_languages
from core.models import BasePage, SectionPage
from organisations.querysets import OrganisationPageQuerySet


class OrganisationIndexPage(SectionPage):
    """The organisations of the portal, in one language: list, filters and map."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["organisations.OrganisationPage"]
    loop_step = 3

    class Meta:
        verbose_name = _("list of organisations")
        verbose_name_plural = _("lists of organisations")


class OrganisationPage(BasePage):
    """The profile of an organisation: what it is, offers and looks for."""

    parent_page_types = ["organisations.OrganisationIndexPage"]
    subpage_types: list[str] = []

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="pages",
        limit_choices_to={"merged_into": None},
        verbose_name=_("organisation"),
        help_text=_("Its record: name, place, fields, contact. The same in every language."),
    )
    sentence = models.CharField(
        _("summary in one sentence"),
        max_length=220,
        help_text=_("What it does and for whom. It stands in lists."),
    )
    about = RichTextField(_("about the organisation"), blank=True)
    offers = RichTextField(
        _("what it offers"),
        blank=True,
        help_text=_("Places, machines, people, time: what a partner can count on."),
    )
    looks_for = RichTextField(
        _("what it looks for"), blank=True, help_text=_("Which partner, for what, from when.")
    )

    objects = PageManager.from_queryset(OrganisationPageQuerySet)()

    class Meta:
        verbose_name = _("profile of an organisation")
        verbose_name_plural = _("profiles of organisations")

    content_panels = [
        MultiFieldPanel([*Page.content_panels, "organisation", "sentence"], _("In short")),
        FieldPanel("about"),
        FieldPanel("offers"),
        FieldPanel("looks_for"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("sentence")]
    override_translatable_fields = in_languages(
        texts=["sentence", "about", "offers", "looks_for"], same=["organisation"]
    )
    sentence_field = "sentence"
    shown_with = ("locale", "organisation")
    about_records = ("organisation",)
    loop_step = 3

    def clean(self):
        super().clean()
        if not self.organisation_id:
            return
        if self.organisation.merged_into_id:
            raise ValidationError(
                {
                    "organisation": _("This record was merged into another one: %(name)s")
                    % {"name": self.organisation.merged_into}
                }
            )
        others = OrganisationPage.objects.filter(organisation=self.organisation_id)
        if other := others.exclude(translation_key=self.translation_key).first():
            raise ValidationError(
                {
                    "organisation": _("This organisation has a profile already: %(title)s")
                    % {"title": other.title}
                }
            )

    @property
    def record(self):
        """The record that counts: of two that were merged, the one that was kept."""
        return self.organisation.merged_into or self.organisation

    @property
    def country(self) -> str:
        """Whose reviewers may decide about the profile."""
        return self.record.country if self.organisation_id else ""

    @property
    def demonstration(self) -> bool:
        return self.record.is_demonstration

    def is_written_by(self, user) -> bool:
        """Owners and editors of the organisation write it, before and after it is public."""
        editable = type(self.organisation).objects.editable_by(user)
        return editable.filter(pk=self.organisation_id).exists()

    @property
    def author_path(self) -> str:
        """Where its members, who may have no access to the admin, see how it stands."""
        return reverse("organisations:profile", args=[self.record.key, self.locale.language_code])
