"""The evidence of a recommendation. Each kind says what it shows; further kinds are further blocks."""

from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core import items


def story_choices() -> list[tuple[str, str]]:
    """The published stories in the editor's language."""
    return items.choices("story", get_language())


class StoryChoiceBlock(blocks.ChoiceBlock):
    """A story by its translation key. Only the form reads the list of stories, never a page."""

    def to_python(self, value):
        return value

    def normalize(self, value):
        return value

    def get_searchable_content(self, value):
        return []

    class Meta:
        icon = "openquote"
        label = _("Story")
        description = _("A published story.")
        template = "guidelines/blocks/story_choice.html"
        preview_value = ""


ShowsBlock = partial(
    blocks.TextBlock,
    label=_("What it shows"),
    max_length=300,
    help_text=_("And what it does not show. One or two sentences."),
)


class StoryEvidenceBlock(blocks.StructBlock):
    """A published story, with what it shows."""

    story = StoryChoiceBlock(label=_("Story"), choices=story_choices)
    shows = ShowsBlock()

    class Meta:
        icon = "openquote"
        label = _("Story")
        description = _("A published story, with what it shows.")
        template = "guidelines/blocks/story_evidence.html"
        preview_value = {"story": "", "shows": "Orders from outside bring learners to school."}


class FigureEvidenceBlock(blocks.StructBlock):
    """A figure with unit, base, date and source, and what it shows."""

    label = blocks.CharBlock(label=_("What was counted"), max_length=120)
    value = blocks.DecimalBlock(label=_("Value"), min_value=0, max_value=10**12)
    unit = blocks.CharBlock(
        label=_("Unit"),
        max_length=20,
        required=False,
        help_text=_("For example: %, hours, €. Empty for a plain count."),
    )
    base = blocks.CharBlock(
        label=_("Of how many"),
        max_length=120,
        help_text=_("The whole that the figure is a part of, such as: of 47 in the second year."),
    )
    on = blocks.DateBlock(label=_("Date of the count"))
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    url = blocks.URLBlock(label=_("Address of the source"), required=False)
    shows = ShowsBlock()

    class Meta:
        icon = "order"
        label = _("Figure")
        description = _("A figure with unit, base, date and source, and what it shows.")
        template = "guidelines/blocks/figure_evidence.html"
        preview_value = {
            "label": "Agreements signed in time",
            "value": 41,
            "unit": "%",
            "base": "of 118",
            "source": "Count by two schools",
            "shows": "Most learners begin without an agreement.",
        }


class EvidenceStream(blocks.StreamBlock):
    """What a recommendation rests on."""

    story = StoryEvidenceBlock()
    figure = FigureEvidenceBlock()

    class Meta:
        icon = "list-ul"
        label = _("Evidence")
        description = _("Stories and figures, each with what it shows.")
        template = "guidelines/blocks/evidence_stream.html"
        preview_value = None
