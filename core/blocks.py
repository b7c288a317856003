"""Blocks that two or more apps share."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A second-level heading of a page's text."""

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides the text. Says what the next part is about.")
        template = "core/blocks/heading.html"
        preview_value = "What was done"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists with links.")
        template = "core/blocks/text.html"
        preview_value = "<p>Teams of four bid for each order.</p>"

    def __init__(self, **kwargs):
        super().__init__(features=TEXT_FEATURES, **kwargs)


def trust_what_was_read(chooser: blocks.ChooserBlock) -> None:
    """An image or file that was read is there: checking a text asks for none of them again."""
    clean = chooser.clean
    chooser.clean = lambda value: clean(value) if value is None else value


class PictureBlock(ImageBlock):
    """A photograph with alternative text, or marked as decorative."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        trust_what_was_read(self.child_blocks["image"])

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A photograph, 3 : 2, without learners who can be recognised.")
        template = "core/blocks/picture.html"
        preview_value = None


class TextStream(blocks.StreamBlock):
    """The text of a plain page."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()

    class Meta:
        icon = "doc-full"
        label = _("Text of the page")
        description = _("Headings, text and pictures.")
        template = "core/blocks/text_stream.html"
        preview_value = None
