"""Blocks of the pages of projects."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

import vocabularies


class PartnerBlock(blocks.StructBlock):
    """An organisation that takes part in a project."""

    name = blocks.CharBlock(
        label=_("Organisation"),
        max_length=150,
        required=False,
        help_text=_("Left empty where only the country is known."),
    )
    country = blocks.ChoiceBlock(choices=vocabularies.choices("country"), label=_("Country"))
    role = blocks.CharBlock(label=_("Role"), max_length=200, required=False)

    class Meta:
        icon = "group"
        label = _("Partner")
        description = _("An organisation and its country.")
        template = "news/blocks/partner.html"
        preview_value = {"name": "A school", "country": "FI", "role": "Leads the project"}


class PartnerStream(blocks.StreamBlock):
    """The partners of a project."""

    partner = PartnerBlock()

    class Meta:
        icon = "group"
        label = _("Partners")
        description = _("Everybody who takes part.")
        template = "news/blocks/stream.html"
        preview_value = None


class FigureBlock(blocks.StructBlock):
    """A number that a project names."""

    number = blocks.IntegerBlock(label=_("Number"), min_value=0)
    label = blocks.CharBlock(label=_("What is counted"), max_length=150)

    class Meta:
        icon = "order"
        label = _("Figure")
        description = _("A number that the project names itself.")
        template = "news/blocks/figure.html"
        preview_value = {"number": 12, "label": "ways of working together"}


class FigureStream(blocks.StreamBlock):
    """The numbers of a project."""

    figure = FigureBlock()

    class Meta:
        icon = "order"
        label = _("Figures")
        description = _("Numbers that the project names itself.")
        template = "news/blocks/stream.html"
        preview_value = None
