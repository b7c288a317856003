"""Small pure functions: languages, markdown, text, positions."""

from decimal import Decimal

import pytest

from core import figures, languages, markdown, text
from stories import presentation


def test_language_names_itself_and_knows_its_direction():
    assert languages.language("lv").name == "Latviešu"
    assert languages.language("ar").dir == "rtl"


@pytest.mark.parametrize(
    ("reader", "available", "order"),
    [
        ("lt", ("it", "pl", "en"), ("en", "pl", "it")),
        ("fi", ("it", "fi", "de"), ("fi", "de", "it")),
        ("mt", ("it", "en"), ("en", "it")),
    ],
)
def test_reading_order_begins_with_the_readers_language_and_its_neighbours(
    reader, available, order
):
    assert languages.reading_order(reader, available) == order


def test_markdown_escapes_html_and_parts_are_found():
    assert "<script>" not in markdown.html("<script>alert(1)</script>")
    assert markdown.sections("## One\n\na\n\n## Two\n\nb") == [("One", "a"), ("Two", "b")]


def test_file_without_front_matter_is_named(tmp_path):
    path = tmp_path / "en.md"
    path.write_text("no front matter")
    with pytest.raises(ValueError, match=r"en\.md"):
        markdown.read(path)


def test_plain_text_keeps_words_apart():
    assert text.plain("<p>Two&nbsp;dates</p><p>theirs &amp; ours</p>") == "Two dates theirs & ours"


@pytest.mark.parametrize(
    ("before", "after", "unit", "places"),
    [(9, 64, "%", (14.8, 56.6)), (0, 2, "", (8.0, 71.3)), (0, 0, "h", (8.0, 8.0))],
)
def test_figures_lie_on_the_line_in_proportion(before, after, unit, places):
    assert presentation.positions(Decimal(before), Decimal(after), unit) == places


def test_figures_are_written_in_the_notation_of_the_language():
    assert figures.number(Decimal("1240.50"), "de") == "1.240,5"
    assert figures.with_unit(Decimal(9), "%", "fi") == "9\u00a0%"
