"""Translation memory: what has been approved for the same or a similar sentence.

Every translation that is public counts, whoever made it, also while somebody edits it. The same sentence is looked up exactly among
all of them. For similar ones the newest `CANDIDATES` of the two languages are read that are neither
much shorter nor much longer than what is to be translated, and compared word by word here: so the
cost has a bound, however much has been translated. Two queries.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from editorial.translating.checks import readable
from editorial.translating.models import EarlierWording

CANDIDATES = 3_000
AT_LEAST = 60  # percent
SHOWN = 2
COMPARED = 8  # candidates for each sentence, those with most words in common
COMMON = 400  # a word that stands in more candidates says nothing


@dataclass(frozen=True)
class Match:
    """A translation of the same or a similar sentence; `percent` of its words are the same."""

    percent: int
    source: str
    data: str

    @property
    def text(self) -> str:
        return readable(self.data)


def approved(translation: Translation) -> tuple:
    """The public wordings from and into the languages of `translation`: those that stand, those replaced.

    What somebody has replaced since is public until the next approval: the last wording before the
    live revision. All kinds that are translated are pages.
    """
    public = Page.objects.filter(
        translation_key=OuterRef("context__object_id"),
        locale_id=translation.target_locale_id,
        live=True,
    )
    languages = {
        "locale_id": translation.target_locale_id,
        "translation_of__locale_id": translation.source.locale_id,
    }
    since = public.filter(live_revision__created_at__gte=OuterRef("updated_at"))
    standing = StringTranslation.objects.filter(Exists(since), **languages, has_error=False)

    same = {name: OuterRef(OuterRef(name)) for name in ("translation_of", "context", "locale")}
    until = OuterRef("live_revision__created_at")
    later = EarlierWording.objects.filter(
        **same, written_at__gt=OuterRef(OuterRef("written_at")), written_at__lte=until
    )
    since = public.filter(
        ~Exists(StringTranslation.objects.filter(**same, updated_at__lte=until)),
        ~Exists(later),
        live_revision__created_at__gte=OuterRef("written_at"),
    )
    replaced = EarlierWording.objects.filter(Exists(since), **languages)
    original = F("translation_of__data")
    return (
        standing.annotate(original=original, at=F("updated_at")),
        replaced.annotate(original=original, at=F("written_at")),
    )


def newest(wordings) -> list[tuple[str, str]]:
    """The newest of some wordings, as source and translation."""
    standing, replaced = (one.values("original", "data", "at") for one in wordings)
    found = standing.union(replaced, all=True).order_by("-at", "original")[:CANDIDATES]
    return [(one["original"], one["data"]) for one in found]


def matches(translation: Translation, wanted: dict[int, str]) -> dict[int, list[Match]]:
    """The best matches for each string of `wanted` (its id: its text), the best one first."""
    if not wanted:
        return {}
    sizes = [len(text) for text in wanted.values()]
    public = approved(translation)
    same = newest(one.filter(translation_of_id__in=wanted) for one in public)
    similar = newest(
        one.alias(size=Length("translation_of__data"))
        .filter(size__gte=min(sizes) * 0.6, size__lte=max(sizes) * 1.7)
        .exclude(context__object_id=translation.source.object_id)
        for one in public
    )
    pairs = list(dict.fromkeys([*same, *similar]))
    index = Index(source for source, _data in pairs)
    return {
        pk: [Match(percent, *pairs[at]) for percent, at in index.best(text)]
        for pk, text in wanted.items()
    }


class Index:
    """Sentences by their words, so that each is compared with a few others only.

    >>> Index(["The oak is old.", "The ash is young."]).best("The oak is very old.")
    [(89, 0)]
    """

    def __init__(self, sentences: Iterable[str]):
        self.sentences = [words(one) for one in sentences]
        self.places = defaultdict(set)
        for at, sentence in enumerate(self.sentences):
            for word in sentence:
                self.places[word].add(at)

    def best(self, text: str) -> list[tuple[int, int]]:
        """Percentages and positions, the highest first; of equal ones the first."""
        wanted = words(text)
        shared: dict[int, int] = defaultdict(int)
        for word in set(wanted):
            places = self.places.get(word, ())
            for at in places if len(places) <= COMMON else ():
                shared[at] += 1
        nearest = sorted(shared, key=lambda at: (-shared[at], len(self.sentences[at]), at))
        found = [(percent(wanted, self.sentences[at]), at) for at in nearest[:COMPARED]]
        return sorted(
            (one for one in found if one[0] >= AT_LEAST), key=lambda one: (-one[0], one[1])
        )[:SHOWN]


def words(text: str) -> list[str]:
    return readable(text).casefold().translate(MARKS).split()


MARKS = str.maketrans(dict.fromkeys('.,;:!?()“”„"«»', " "))


def percent(one: list[str], other: list[str]) -> int:
    """How much of two sentences is the same, in whole percent; 100 only where every word is."""
    if one == other:
        return 100
    return min(99, round(100 * SequenceMatcher(None, one, other, autojunk=False).ratio()))
