"""Marks in a text what was sought in it, and cuts out the passage that shows most of it."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.text.analysis import fold, words

SNIPPET = 220
LEAD_IN = 60
MOST_MARKS = 200
# A word is looked up in all its forms only if it has the first letters of a sought one in it.
ALIKE = 3

# Where a found word begins and ends, and which word of the question it answers.
Span = tuple[int, int, int]
# All forms of a word, such as the parts of a compound.
Forms = Callable[[str], Sequence[str]]


def no_forms(word: str) -> tuple[str, ...]:
    return ()


def spans(
    text: str, lemmas: Sequence[str], sought: Mapping[str, int], forms: Forms = no_forms
) -> list[Span]:
    """The words of the text that were sought, in any of their forms.

    `lemmas` are those of the text's words in order, as the document keeps them; `forms` tells of a
    word what else it is found by.
    """
    found = []
    alike = {form[:ALIKE] for form in sought}
    for number, match in enumerate(words(text)):
        lemma, folded = lemmas[number] if number < len(lemmas) else "", fold(match.group())
        place = sought.get(folded, sought.get(lemma))
        if place is None and forms is not no_forms and any(part in folded for part in alike):
            place = next((sought[one] for one in forms(match.group()) if one in sought), None)
        if place is not None:
            found.append((match.start(), match.end(), place))
            if len(found) == MOST_MARKS:
                break
    return found


def marked(
    text: str, lemmas: Sequence[str], sought: Mapping[str, int], forms: Forms = no_forms
) -> SafeString:
    """The whole text as HTML with the sought words in `mark`.

    >>> marked("Robots & <people>", ["robot", "people"], {"robot": 0})
    '<mark>Robots</mark> &amp; &lt;people&gt;'
    """
    return with_marks(text, spans(text, lemmas, sought, forms), 0, len(text))


def snippet(
    text: str, lemmas: Sequence[str], sought: Mapping[str, int], forms: Forms = no_forms
) -> SafeString:
    """The passage with most of the sought words, marked; empty if there is none of them."""
    found = spans(text, lemmas, sought, forms)
    if not found:
        return mark_safe("")
    first = max(range(len(found)), key=lambda number: (answered(found, number), -number))
    start = sentence_start(text, found[first][0])
    end = word_end(text, start + SNIPPET)
    inside = [span for span in found if start <= span[0] and span[1] <= end]
    passage = with_marks(text, inside, start, end)
    before, after = "… " if start else "", " …" if end < len(text.rstrip()) else ""
    return mark_safe(f"{before}{passage}{after}")  # noqa: S308 (escaped piece by piece)


def answered(found: list[Span], first: int) -> int:
    """How many words of the question stand within a passage that begins with this one."""
    reach = found[first][0] + SNIPPET - LEAD_IN
    return len({place for start, _end, place in found[first:] if start <= reach})


def sentence_start(text: str, place: int) -> int:
    """Where to begin, so that a little is read before the first marked word."""
    if place <= LEAD_IN:
        return 0
    earliest = place - LEAD_IN
    for end in (". ", "! ", "? ", "\n"):
        if (stop := text.rfind(end, earliest, place)) >= 0:
            return stop + len(end)
    space = text.find(" ", earliest, place)
    return space + 1 if space >= 0 else place


def word_end(text: str, place: int) -> int:
    """The end of the last whole word before a place."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - LEAD_IN, place)
    return space if space >= 0 else place


def with_marks(text: str, found: list[Span], start: int, end: int) -> SafeString:
    parts, place = [], start
    for begin, finish, _word in found:
        parts += [escape(text[place:begin]), "<mark>", escape(text[begin:finish]), "</mark>"]
        place = finish
    parts.append(escape(text[place:end]))
    return mark_safe("".join(parts))  # noqa: S308 (escaped piece by piece)
