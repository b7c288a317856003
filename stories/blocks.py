"""The repeated parts of a story: partners, steps, results, voices, files."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

import vocabularies
from core.blocks import PictureBlock, trust_what_was_read


class PartnerBlock(blocks.StructBlock):
    """An organisation that took part, and what it did."""

    name = blocks.CharBlock(
        label=_("Name"), max_length=150, help_text=_("The organisation, as it calls itself.")
    )
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=vocabularies.choices("partner_kind"))
    country = blocks.ChoiceBlock(label=_("Country"), choices=vocabularies.choices("country"))
    role = blocks.CharBlock(
        label=_("What it did"),
        max_length=250,
        help_text=_("For example: gave the orders and chose the bids."),
    )

    class Meta:
        icon = "group"
        label = _("Partner")
        description = _("An organisation that took part, and what it did.")
        template = "stories/blocks/partner.html"
        preview_value = {
            "name": "Technical school",
            "kind": "school",
            "country": "LV",
            "role": "Taught and supervised",
        }


class StepBlock(blocks.StructBlock):
    """One step of what was done."""

    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = blocks.TextBlock(
        label=_("What was done"), help_text=_("Who did what, when, and with what.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")
        description = _("One step of what was done, so that others can repeat it.")
        template = "stories/blocks/step.html"
        preview_value = {"title": "Ask for small orders", "text": "Eleven companies were asked."}


class ResultBlock(blocks.StructBlock):
    """A figure before and after, with its unit and base."""

    label = blocks.CharBlock(
        label=_("What was counted"),
        max_length=120,
        help_text=_("For example: learners on a real order."),
    )
    base = blocks.CharBlock(
        label=_("Of how many"),
        max_length=120,
        required=False,
        help_text=_("The whole that the figure is a part of, such as: of 47 in the second year."),
    )
    before = blocks.DecimalBlock(label=_("Before"), min_value=0, max_value=10**9)
    after = blocks.DecimalBlock(label=_("After"), min_value=0, max_value=10**9)
    unit = blocks.CharBlock(
        label=_("Unit"),
        max_length=20,
        required=False,
        help_text=_("For example: %, hours, €. Empty for a plain count."),
    )

    class Meta:
        icon = "order"
        label = _("Result")
        description = _("A figure before and after. It is drawn as a small graphic with its table.")
        template = "stories/blocks/result.html"
        preview_value = {
            "label": "Learners on a real order",
            "base": "of 47",
            "before": 9,
            "after": 64,
            "unit": "%",
        }


class VoiceBlock(blocks.StructBlock):
    """What one of the three sides says."""

    who = blocks.ChoiceBlock(label=_("Whose voice"), choices=vocabularies.choices("voice"))
    quote = blocks.TextBlock(label=_("What they say"), max_length=400)
    role = blocks.CharBlock(
        label=_("Role"), max_length=120, help_text=_("A role, never the name of a learner.")
    )

    class Meta:
        icon = "openquote"
        label = _("Voice")
        description = _("What one of the three sides says, in their own words.")
        template = "stories/blocks/voice.html"
        preview_value = {
            "who": "designer",
            "quote": "I stopped inventing exercises.",
            "role": "Teacher",
        }


class PartnerStream(blocks.StreamBlock):
    """Partners and their roles."""

    partner = PartnerBlock()

    class Meta:
        icon = "group"
        label = _("Partners")
        description = _("Who took part.")
        template = "stories/blocks/partner_stream.html"
        preview_value = None


class StepStream(blocks.StreamBlock):
    """What was done, step by step."""

    step = StepBlock()

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What was done, in order.")
        template = "stories/blocks/step_stream.html"
        preview_value = None


class ResultStream(blocks.StreamBlock):
    """Results in numbers."""

    result = ResultBlock()

    class Meta:
        icon = "order"
        label = _("Results")
        description = _("Figures before and after.")
        template = "stories/blocks/result_stream.html"
        preview_value = None


class VoiceStream(blocks.StreamBlock):
    """The three voices, each at most once."""

    voice = VoiceBlock()

    class Meta:
        icon = "openquote"
        label = _("Voices")
        description = _("Who designed it, who carried it out, and whom it was for.")
        template = "stories/blocks/voice_stream.html"
        preview_value = None

    def clean(self, value, **kwargs):
        cleaned = super().clean(value, **kwargs)
        counts = Counter(child.value["who"] for child in cleaned)
        errors = {
            position: StructBlockValidationError(
                {"who": ValidationError(_("This side has a voice already. Choose another one."))}
            )
            for position, child in enumerate(cleaned)
            if child.value["who"] and counts[child.value["who"]] > 1 and position > 0
        }
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


class FileStream(blocks.StreamBlock):
    """Files to download."""

    file = DocumentChooserBlock(
        label=_("File"),
        icon="doc-full",
        template="stories/blocks/file.html",
    )
    trust_what_was_read(file)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Files")
        description = _("Work sheets, agreements, forms.")
        template = "stories/blocks/file_stream.html"
        preview_value = None


class StoryPictureStream(blocks.StreamBlock):
    """The one picture of a story."""

    picture = PictureBlock()

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("At most one photograph. A story without one is complete.")
        template = "stories/blocks/picture_stream.html"
        preview_value = None
