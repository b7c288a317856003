"""Marks show why something was found, and let nothing through."""

import pytest

from search.text.analysis import analyse
from search.text.highlight import SNIPPET, marked, snippet


def marks(text: str, *sought: str, cut=marked) -> str:
    places = {word: number for number, word in enumerate(sought)}
    return cut(text, analyse(text).lemmas, places)


def test_other_forms_are_marked_by_their_lemma():
    assert marked("Įmonėms ir mokyklai", ["imone", "ir", "mokykla"], {"imone": 0}) == (
        "<mark>Įmonėms</mark> ir mokyklai"
    )


@pytest.mark.parametrize("cut", [marked, snippet])
def test_hostile_text_is_escaped(cut):
    html = marks('<script>alert("robot")</script> & <mark>', "robot", cut=cut)
    assert "<script" not in html
    assert html.count("<mark>") == 1
    assert (
        "&lt;script&gt;alert(&quot;<mark>robot</mark>&quot;)&lt;/script&gt; &amp; &lt;mark&gt;"
        in html
    )


def test_marking_works_without_lemmas():
    assert marked("Two robots", [], {"robots": 0}) == "Two <mark>robots</mark>"


def test_snippet_is_the_passage_with_most_of_the_words():
    text = (
        "A robot. " + "Filler words here. " * 40 + "The robot and the cell. " + "More words. " * 40
    )
    found = marks(text, "robot", "cell", cut=snippet)
    assert found.startswith("… The <mark>robot</mark> and the <mark>cell</mark>.")
    assert found.endswith(" …")


def test_snippet_is_short_even_without_spaces():
    found = marks("x" * 5_000 + " robot " + "y" * 5_000, "robot", cut=snippet)
    assert len(found) < 2 * SNIPPET
    assert "<mark>robot</mark>" in found


def test_snippet_is_empty_where_nothing_was_found():
    assert marks("Words alone", "robot", cut=snippet) == ""


def test_whole_short_text_is_its_snippet():
    assert marks("A robot here.", "robot", cut=snippet) == "A <mark>robot</mark> here."
