"""The list of changes shows what readers would notice, and nothing else."""

import pytest
from django.utils.translation import override
from wagtail.blocks import StreamBlock

from core.blocks import TextStream
from editorial.differences import as_read, marked
from stories.blocks import ResultStream

FIGURES = {"label": "Learners", "base": "of 47", "before": "9", "after": "64", "unit": "%"}


def results(id="one", **changes):
    raw = [{"type": "result", "id": id, "value": FIGURES | changes}]
    return stream(ResultStream(), raw)


def text(html):
    return stream(TextStream(), [{"type": "text", "id": "one", "value": html}])


def stream(block: StreamBlock, raw: list):
    return block.to_python(raw)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Glue.</p>", '<p data-block-key="a1b2c">Glue.</p>'),
        ('<p data-block-key="a1b2c">Glue.</p>', '<p data-block-key="d3e4f">Glue.</p>'),
        ("Glue.\nWood.", "Glue.\r\nWood."),
        (["mobility", "quality"], ["quality", "mobility"]),
        ("", None),
        (results(), results(id="two")),
        (results(), results(after=64)),
        (text("<p>Glue.</p>"), text('<p data-block-key="a1b2c">Glue.</p>')),
    ],
)
def test_same(before, after):
    assert as_read(before) == as_read(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Glue.</p>", "<p>Glue!</p>"),
        ("<p>Glue.</p>", "<p><b>Glue.</b></p>"),
        ('<a href="https://a.example">here</a>', '<a href="https://b.example">here</a>'),
        (["mobility"], ["mobility", "quality"]),
        (0, None),
        ({"id": 1}, {"id": 2}),
        (results(), results(after=70)),
        (results(), results(unit="hours")),
        (results(), stream(ResultStream(), [])),
        (text("<p>Glue.</p>"), text("<p>Wood.</p>")),
    ],
)
def test_different(before, after):
    assert as_read(before) != as_read(after)


def test_order_of_blocks_is_seen():
    one, two = ({"type": "result", "id": n, "value": FIGURES | {"label": n}} for n in "ab")
    assert as_read(stream(ResultStream(), [one, two])) != as_read(
        stream(ResultStream(), [two, one])
    )


def test_changes_are_said_in_the_language_of_the_screen():
    with override("fi"):
        assert 'lang="fi"' in marked('<span class="addition">liima</span>')
