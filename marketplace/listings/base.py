"""The sections of the marketplace, and what its pages share: whose they are, numbers within limits."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BasePage, DemonstrationMixin, SectionPage
from marketplace.writing import permissions


def whole(name, least: int, most: int, **options) -> models.PositiveIntegerField:
    """A number of people, hours or weeks within what can be meant; a draft may do without."""
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveIntegerField(name, validators=limits, null=True, **options)


class ServiceIndexPage(SectionPage):
    """The services of one language: list, filters and map."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["marketplace.ServicePage"]
    loop_step = 3

    class Meta:
        verbose_name = _("list of services")
        verbose_name_plural = _("lists of services")


class NeedIndexPage(SectionPage):
    """The needs of one language: list, filters and map."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["marketplace.NeedPage"]
    loop_step = 3

    class Meta:
        verbose_name = _("list of needs")
        verbose_name_plural = _("lists of needs")


class ListingPage(DemonstrationMixin, BasePage):
    """A page of an organisation, written by its owners and editors."""

    loop_step = 3
    shown_with: tuple[str, ...] = ("locale", "organisation__merged_into")
    about_records = ("organisation",)

    class Meta:
        abstract = True

    def save_revision(self, *args, **kwargs):
        """Whose a draft is, is read from its row, so its organisation stands there at once."""
        revision = super().save_revision(*args, **kwargs)
        if self.first_published_at is None:
            drafts = type(self).objects.filter(pk=self.pk, live=False)
            drafts.update(organisation=self.organisation_id)
        return revision

    def clean(self):
        super().clean()
        if problems := self.problems():
            raise ValidationError(problems)

    def problems(self) -> dict:
        """What does not fit together, by field, in words."""
        raise NotImplementedError

    @property
    def record(self):
        """The record that counts: of two that were merged, the one that was kept."""
        return self.organisation.merged_into or self.organisation

    @property
    def country(self) -> str:
        """Whose reviewers may decide about it."""
        return self.record.country if self.organisation_id else ""

    def is_written_by(self, user) -> bool:
        """Owners and editors of the organisation write it, before and after it is public."""
        return type(self).objects.told_by(user).filter(pk=self.pk).exists()

    def is_approved_by(self, user) -> bool:
        """Another owner or editor may approve it, where the operator allows that."""
        return permissions.can_approve(user, self)
