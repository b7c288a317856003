"""Words of a question beside which other words are sought that editors hold to be equal.

Pure Python: values in, values out. A question is a list of words that must all be found, each in one
of its forms. That a phrase may stand for a phrase is said in the same way, so that no engine has to
know of it: *(a and b) or c* is *(a or c) and (b or c)*.
"""

from collections.abc import Iterable, Sequence

Forms = tuple[str, ...]
Phrase = tuple[Forms, ...]

MOST_FORMS = 32  # of one word, those of what is equal included
MOST_TOGETHER = 12  # words that stand for one phrase and all that is equal to it


class Thesaurus:
    """Groups of equal words and phrases of one language."""

    def __init__(self, groups: Iterable[Sequence[Phrase]]):
        self.starts: dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
        for group in groups:
            for phrase in group:
                others = tuple(other for other in group if other != phrase)
                for form in phrase[0]:
                    self.starts.setdefault(form, []).append((phrase, others))

    def expanded(self, words: Sequence[Forms]) -> list[Forms]:
        """The words of a question with what is equal to them.

        >>> wbl = [(("wbl",),), (("work",), ("learning", "learn"))]
        >>> Thesaurus([wbl]).expanded([("good",), ("wbl",)])
        [('good',), ('wbl', 'work'), ('wbl', 'learning', 'learn')]
        >>> Thesaurus([wbl]).expanded([("work",), ("learn",)])
        [('work', 'wbl'), ('learn', 'wbl')]
        """
        found, place = [], 0
        while place < len(words):
            length, equal = self.at(words, place)
            found += either([tuple(words[place : place + length]), *equal])
            place += length
        return found

    def at(self, words: Sequence[Forms], place: int) -> tuple[int, list[Phrase]]:
        """How long the longest known phrase is that begins at a place, and what is equal to it."""
        begun = (one for form in words[place] for one in self.starts.get(form, ()))
        here = [(phrase, others) for phrase, others in begun if stands(phrase, words[place:])]
        longest = max((len(phrase) for phrase, _others in here), default=1)
        same = [others for phrase, others in here if len(phrase) == longest]
        return longest, list(dict.fromkeys(one for others in same for one in others))


def stands(phrase: Phrase, words: Sequence[Forms]) -> bool:
    """Whether words begin with a phrase, in whatever form."""
    return len(phrase) <= len(words) and all(
        set(mine) & set(yours) for mine, yours in zip(phrase, words, strict=False)
    )


def either(phrases: Sequence[Phrase]) -> list[Forms]:
    """Words that are all found where all words of any of the phrases are.

    What would need too many words is left out; the first phrase never is.

    >>> either([(("apprentice",),), (("trainee",),), (("young",), ("worker",))])
    [('apprentice', 'trainee', 'young'), ('apprentice', 'trainee', 'worker')]
    """
    found = list(phrases[0])
    for further in sorted(phrases[1:], key=len):
        if len(found) * len(further) <= max(MOST_TOGETHER, len(found)):
            found = [
                tuple(dict.fromkeys(one + other))[:MOST_FORMS] for one in found for other in further
            ]
    return found


NO_SYNONYMS = Thesaurus(())
