"""Blocks of the home page and of the settings per language."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

AUDIENCES = [
    ("teacher", _("Teacher or trainer")),
    ("company", _("Company and its mentors")),
    ("manager", _("Manager of a school or a company")),
    ("learner", _("Learner")),
    ("policy", _("Policy maker")),
]


class AddressBlock(blocks.CharBlock):
    """An address inside this language (`stories/`) or a full one (`https://…`)."""

    class Meta:
        icon = "link"
        label = _("Address")
        description = _("An address inside this language, or a full one.")
        template = "home/blocks/address.html"
        preview_value = "stories/"

    def clean(self, value):
        value = super().clean(value)
        inside = not value.startswith(("/", "\\")) and ":" not in value.split("?")[0]
        if value and not inside and not value.startswith(("https://", "http://", "mailto:")):
            raise ValidationError(
                _("Write an address such as stories/ for this site, or a full one with https://")
            )
        return value


class WayInBlock(blocks.StructBlock):
    """Where one kind of reader starts."""

    audience = blocks.ChoiceBlock(label=_("For whom"), choices=AUDIENCES)
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)
    link = AddressBlock(label=_("Address"), max_length=200)

    class Meta:
        icon = "user"
        label = _("Way in")
        description = _("Where one kind of reader starts.")
        template = "home/blocks/way_in.html"
        preview_value = {
            "audience": "teacher",
            "title": "You teach",
            "text": "Find what others have tried.",
            "link": "stories/",
        }


class WayInStream(blocks.StreamBlock):
    """The ways in, one for each kind of reader."""

    way_in = WayInBlock()

    class Meta:
        icon = "group"
        label = _("Ways in")
        description = _("One for each kind of reader.")
        template = "home/blocks/way_in_stream.html"
        preview_value = None


class ExampleStream(blocks.StreamBlock):
    """Real questions under the search field."""

    query = blocks.CharBlock(
        label=_("Question"),
        max_length=60,
        icon="search",
        template="home/blocks/query.html",
    )

    class Meta:
        icon = "search"
        label = _("Example questions")
        description = _("Three real questions that find something.")
        template = "home/blocks/example_stream.html"
        preview_value = None


class LinkBlock(blocks.StructBlock):
    """A link with its text."""

    title = blocks.CharBlock(label=_("Text of the link"), max_length=80)
    url = AddressBlock(label=_("Address"), max_length=200)

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A link with its text.")
        template = "home/blocks/link.html"
        preview_value = {"title": "Stories", "url": "stories/"}


class LinkStream(blocks.StreamBlock):
    """Links in order."""

    link = LinkBlock()

    class Meta:
        icon = "link"
        label = _("Links")
        description = _("Links in order.")
        template = "home/blocks/link_stream.html"
        preview_value = None


class ColumnBlock(blocks.StructBlock):
    """A column of the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    links = LinkStream(label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        description = _("A column of the footer.")
        template = "home/blocks/column.html"
        preview_value = {"title": "What is here", "links": []}


class ColumnStream(blocks.StreamBlock):
    """The columns of the footer."""

    column = ColumnBlock()

    class Meta:
        icon = "list-ul"
        label = _("Columns")
        description = _("The columns of the footer.")
        template = "home/blocks/column_stream.html"
        preview_value = None


class FundingBlock(blocks.StructBlock):
    """A funded project and the sentence its programme asks for."""

    programme = blocks.CharBlock(label=_("Programme"), max_length=100)
    number = blocks.CharBlock(label=_("Project number"), max_length=60, required=False)
    text = blocks.TextBlock(label=_("Statement"), max_length=600)

    class Meta:
        icon = "tag"
        label = _("Funding statement")
        description = _("A funded project and the sentence its programme asks for.")
        template = "home/blocks/funding.html"
        preview_value = {"programme": "Erasmus+", "number": "", "text": "Co-funded."}


class FundingStream(blocks.StreamBlock):
    """Funding statements; empty until an operator enters a project."""

    funding = FundingBlock()

    class Meta:
        icon = "tag"
        label = _("Funding statements")
        description = _("Empty until there is a funded project.")
        template = "home/blocks/funding_stream.html"
        preview_value = None
