"""The parts of a chapter: text, tables, an example, words to use, and a checklist with its dates."""

from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

import vocabularies
from core.blocks import TEXT_FEATURES, HeadingBlock, PictureBlock, TextBlock


class TableBlock(blocks.StructBlock):
    """A small table with a head."""

    columns = blocks.ListBlock(
        blocks.CharBlock(label=_("Head"), max_length=120),
        label=_("Heads of the columns"),
        min_num=2,
        max_num=6,
    )
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(label=_("Cell"), max_length=400, required=False)),
        label=_("Rows"),
        min_num=1,
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Heads of columns and rows. The first cell names its row.")
        template = "guidelines/blocks/table.html"
        preview_value = {
            "columns": ["Learning outcome", "Task"],
            "rows": [["Reads a drawing", "Cuts a part by its drawing"]],
        }

    def get_context(self, value, parent_context=None):
        """Each cell with the head of its column, which stands beside it on a phone."""
        columns = list(value["columns"])
        rows = [list(zip_longest(columns, row, fillvalue="")) for row in value["rows"]]
        return {**super().get_context(value, parent_context), "rows": rows}

    def clean(self, value):
        value = super().clean(value)
        columns = len(value["columns"])
        if any(len(row) != columns for row in value["rows"]):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "rows": ValidationError(_("Every row needs one cell for each column."))
                }
            )
        return value


class ExampleBlock(blocks.StructBlock):
    """A case, told with its dates and figures."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "pick"
        label = _("Example")
        description = _(
            "One case in a box. Stories and methods of the chapter are linked below it."
        )
        template = "guidelines/blocks/example.html"
        preview_value = {
            "title": "A bakery and a school",
            "text": "<p>A bakery with 14 staff took two learners for six weeks.</p>",
        }


class WordingBlock(blocks.RichTextBlock):
    """Words that readers can take over: a letter, a question, a sentence to say."""

    class Meta:
        icon = "openquote"
        label = _("Words to use")
        description = _("A letter, a question or a sentence that readers can take over.")
        template = "guidelines/blocks/wording.html"
        preview_value = "<p>Which of your tasks could a learner do alone after a week?</p>"

    def __init__(self, **kwargs):
        super().__init__(features=TEXT_FEATURES, **kwargs)


class ChapterStream(blocks.StreamBlock):
    """The text of a chapter. `level` in the context is the rank of its headings, h2 if not given."""

    heading = HeadingBlock()
    text = TextBlock()
    table = TableBlock()
    example = ExampleBlock()
    wording = WordingBlock()
    picture = PictureBlock()

    class Meta:
        icon = "doc-full"
        label = _("Text of the chapter")
        description = _("Headings, text, tables, an example and words to use.")
        template = "guidelines/blocks/chapter_stream.html"
        preview_value = None


class ChecklistItemBlock(blocks.StructBlock):
    """One thing to do, who does it and when."""

    text = blocks.CharBlock(
        label=_("What to do"),
        max_length=200,
        help_text=_("One thing that can be ticked off. For example: Ask ten companies."),
    )
    who = blocks.ChoiceBlock(label=_("Who"), choices=vocabularies.choices("method_role"))
    weeks = blocks.IntegerBlock(
        label=_("Weeks from the first day"),
        min_value=-104,
        max_value=104,
        help_text=_(
            "Before the first day with a minus: −8 is eight weeks before. 0 is the first day."
        ),
    )

    class Meta:
        icon = "tick"
        label = _("Thing to do")
        description = _("What is done, by whom, and how many weeks before or after the first day.")
        template = "guidelines/blocks/checklist_item.html"
        preview_value = {"text": "Ask ten companies.", "who": "school", "weeks": -8}


class ChecklistStream(blocks.StreamBlock):
    """What is to be done, in the order of time."""

    item = ChecklistItemBlock()

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        description = _("What is done, in the order of time.")
        template = "guidelines/blocks/checklist_stream.html"
        preview_value = None
