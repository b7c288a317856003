"""The repeated parts of the manual: tasks per role and phase, and the parts of a template."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

import vocabularies
from core.blocks import HeadingBlock, TextBlock


class TaskBlock(blocks.StructBlock):
    """One thing that one side does in one phase."""

    phase = blocks.ChoiceBlock(label=_("Phase"), choices=vocabularies.choices("method_phase"))
    role = blocks.ChoiceBlock(label=_("Who"), choices=vocabularies.choices("method_role"))
    text = blocks.CharBlock(
        label=_("What to do"),
        max_length=150,
        help_text=_("One task that can be ticked off. For example: Ask ten companies."),
    )

    class Meta:
        icon = "tick"
        label = _("Task")
        description = _("One thing that one side does before, during or after.")
        template = "methods/blocks/task.html"
        preview_value = {"phase": "before", "role": "school", "text": "Ask ten companies."}


class TaskStream(blocks.StreamBlock):
    """Who does what, in the order in which it is done."""

    task = TaskBlock()

    class Meta:
        icon = "list-ul"
        label = _("Tasks")
        description = _("Who does what before, during and after.")
        template = "methods/blocks/task_stream.html"
        preview_value = None


class FieldBlock(blocks.CharBlock):
    """A line to fill in."""

    class Meta:
        icon = "edit"
        label = _("Line to fill in")
        description = _("What is asked for; the sheet leaves room for the answer.")
        template = "methods/blocks/field.html"
        preview_value = "School, contact, telephone"


class GridBlock(blocks.StructBlock):
    """A table to fill in: its heads, and the first cell of each row."""

    columns = blocks.ListBlock(
        blocks.CharBlock(label=_("Head"), max_length=120),
        label=_("Heads of the columns"),
        min_num=2,
        max_num=6,
    )
    rows = blocks.ListBlock(
        blocks.CharBlock(label=_("First cell"), max_length=250), label=_("Rows"), min_num=1
    )

    class Meta:
        icon = "table"
        label = _("Table to fill in")
        description = _("The heads of the columns and the first cell of each row.")
        template = "methods/blocks/grid.html"
        preview_value = {"columns": ["Date", "Hours"], "rows": ["First visit", "Second visit"]}


class TemplateStream(blocks.StreamBlock):
    """A sheet to download and fill in."""

    heading = HeadingBlock()
    text = TextBlock()
    field = FieldBlock(max_length=250)
    grid = GridBlock()

    class Meta:
        icon = "doc-full"
        label = _("Sheet")
        description = _("Headings, text, lines and tables to fill in.")
        template = "methods/blocks/template_stream.html"
        preview_value = None
