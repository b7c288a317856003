"""Terms that editors have retired. The terms themselves stand in the tables of `data/`."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

import vocabularies
from vocabularies import retired


class RetiredTerm(models.Model):
    """A term that forms do not offer any more; pages that have it keep it and show it."""

    scheme = models.CharField(_("list"), max_length=32)
    code = models.CharField(_("term"), max_length=32)
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("Why, and what to choose instead.")
    )
    since = models.DateField(_("since"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("retired term")
        verbose_name_plural = _("retired terms")
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="one_retirement_per_term")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        known = self.scheme in vocabularies.SCHEMES
        return vocabularies.get(self.scheme).label(self.code) if known else self.code

    def clean(self):
        super().clean()
        known = self.scheme in vocabularies.SCHEMES
        if self.code and not (known and self.code in vocabularies.get(self.scheme)):
            raise ValidationError(_("Choose from the list."))


for changed in (post_save, post_delete):
    changed.connect(retired.forget, sender=RetiredTerm)
