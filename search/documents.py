"""What search knows of an item: one document for each published item and language.

| field | what it holds |
|---|---|
| `translation_key`, `language` | which item, in which language: the key of the document |
| `kind` | the registered kind of the item (`core.registry`) |
| `page` | the page that it was made from |
| `title`, `summary`, `body` | plain text as it is shown; they weigh in this order |
| `url` | the address of the page in its own language |
| `facets` | codes by vocabulary, as lists, the kind among them: `{"country": ["LV"], "kind": ["story"]}` |
| `day` | the day on which it begins, or was first public |
| `latitude`, `longitude` | where it is |
| `organisation` | the record of the organisation that it is of |
| `published`, `updated` | when the item was first public in this language, when it last changed |
| `title_lemmas` … | one folded lemma for each word of the text, in order, so that a word is marked without a dictionary |
| `title_words` … | folded words that differ from their lemma, further lemmas, parts of compounds |
| `analysis` | the version of dictionary and folding that the lemmas were made with |
| `version` | a number that grows with every write (`search.versions`) |

A document is always made from the live state of the page, so that making it twice, late or in another
order leads to the same. Nothing else writes to the table, but what numbers its versions anew
(`search.meaning.vectors`, `search.elastic.comparison`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from wagtail.models import Page

from core import registry
from search import versions
from search.engine import Key, engine
from search.meaning.vectors import outdate
from search.models import SearchDocument, SearchWord
from search.text.analysis import LONGEST_WORD, analyse, fold, words
from search.text.lemmas import lemmas, parts, written_with
from vocabularies import towns

TEXTS = ("title", "summary", "body")
SHORTEST_SPELLING = 4
CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | dict.fromkeys(
    range(55296, 57344), "�"
)


@dataclass(frozen=True)
class Differences:
    """How rows and live pages differ: keys of documents to be written and to be removed."""

    to_write: tuple[Key, ...]
    to_remove: tuple[Key, ...]

    def __len__(self) -> int:
        return len(self.to_write) + len(self.to_remove)


def key(page: Page) -> Key:
    return Key(str(page.translation_key), page.locale.language_code)


def is_item(page: Page) -> bool:
    """Whether a page is of a registered kind."""
    return page.specific_class in [item.model for item in registry.items()]


def live_items() -> Iterator[Page]:
    """Every page that should have a document, in pieces of a few hundred."""
    for item in registry.items():
        pages = item.model.objects.filter(
            live=True, locale__language_code__in=settings.CONTENT_LANGUAGES
        )
        yield from pages.select_related("locale").order_by("pk").iterator(chunk_size=200)


@transaction.atomic
def index(wanted: Key) -> None:
    """Writes or removes the document of a key, whatever its page is like now.

    The key has its turn, and the page's row is locked, so that of two that do this at once the later
    one sees the later state.
    """
    versions.take(wanted)
    page = (
        Page.objects.select_for_update(of=("self",))
        .filter(translation_key=wanted.translation_key, locale__language_code=wanted.language)
        .first()
    )
    if page and page.live and is_item(page) and wanted.language in settings.CONTENT_LANGUAGES:
        write([page.specific])
    else:
        remove([wanted])


@transaction.atomic
def write(pages: Iterable[Page]) -> None:
    """Writes the documents of live pages and hands them to the engine."""
    rows = []
    for page in pages:
        wanted = key(page)
        said = fields(page)
        row, _created = SearchDocument.objects.update_or_create(
            translation_key=wanted.translation_key,
            language=wanted.language,
            defaults=said | analysed(said, wanted.language) | {"version": versions.take(wanted)},
        )
        rows.append(row)
        add_words(row)
        outdate(row)
    engine().index(rows)


@transaction.atomic
def remove(keys: Iterable[Key]) -> None:
    """Removes documents; those that are gone already are no error."""
    keys = list(keys)
    for gone in keys:
        forget(gone)
    engine().remove(keys)


def forget(gone: Key) -> None:
    """Removes the row alone, at once; the engine is told by the task that follows."""
    SearchDocument.objects.filter(
        translation_key=gone.translation_key, language=gone.language
    ).delete()


def fields(page: Page) -> dict:
    """What the page says of itself, as columns; characters that no database takes are left out."""
    said = page.search_document()
    town = towns.find(said.town, said.country) if said.town else None
    return {
        "kind": said.kind,
        "page_id": page.pk,
        "title": said.title.translate(CONTROLS),
        "summary": said.summary.translate(CONTROLS),
        "body": said.body.translate(CONTROLS),
        "url": said.url,
        "facets": {**said.facets, "kind": [said.kind]},
        "published": said.published,
        "updated": said.updated,
        "day": said.starts or (said.published and said.published.date()),
        "latitude": town and town.latitude,
        "longitude": town and town.longitude,
        "organisation": said.organisation,
    }


def analysed(said: dict, language: str) -> dict:
    """The columns that a document is found by, from its `fields`."""
    known, inside = lemmas(language), parts(language)
    columns = {"analysis": written_with(language)}
    for name in TEXTS:
        found = analyse(said[name], known, inside)
        columns[f"{name}_lemmas"] = " ".join(found.lemmas)
        columns[f"{name}_words"] = " ".join(found.words)
    return columns


def spellings(row: SearchDocument) -> set[str]:
    """The words of a document that may be offered as the nearest spelling."""
    found = {
        "".join(letter for letter in normalize("NFC", match.group()).lower() if letter.isalnum())
        for name in TEXTS
        for match in words(getattr(row, name))
    }
    return {
        word for word in found if SHORTEST_SPELLING <= len(word) <= LONGEST_WORD and word.isalpha()
    }


def add_words(row: SearchDocument) -> None:
    SearchWord.objects.bulk_create(
        [
            SearchWord(language=row.language, word=word, folded=fold(word))
            for word in sorted(
                spellings(row)
            )  # in one order, so that two writers never wait in a ring
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def forget_words() -> int:
    """Removes the words that no document has any more; returns how many."""
    forgotten = 0
    for language in SearchWord.objects.order_by().values_list("language", flat=True).distinct():
        present: set[str] = set()
        rows = SearchDocument.objects.filter(language=language).only("language", *TEXTS)
        for row in rows.iterator(chunk_size=200):
            present |= spellings(row)
        gone = [
            pk
            for pk, word in SearchWord.objects.filter(language=language).values_list("pk", "word")
            if word not in present
        ]
        for start in range(0, len(gone), 500):
            SearchWord.objects.filter(pk__in=gone[start : start + 500]).delete()
        forgotten += len(gone)
    return forgotten


def differences() -> Differences:
    """Compares every live item with its row."""
    rows = {
        Key(str(row.translation_key), row.language): row
        for row in SearchDocument.objects.defer(
            *(f"{name}_{part}" for name in TEXTS for part in ("lemmas", "words"))
        )
    }
    to_write = []
    for page in live_items():
        row = rows.pop(key(page), None)
        current = {**fields(page), "analysis": written_with(page.locale.language_code)}
        if row is None or any(getattr(row, name) != value for name, value in current.items()):
            to_write.append(key(page))
    return Differences(tuple(to_write), tuple(rows))


def repair() -> int:
    """Makes the documents equal to what is published; returns how many had to be changed."""
    found = differences()
    for wanted in (*found.to_write, *found.to_remove):
        index(wanted)
    return len(found) + engine().repair()


def elsewhere(page: Page) -> list[Key]:
    """Documents of a page and of those below it that name another address than the page has now."""
    found = SearchDocument.objects.filter(page__path__startswith=page.path)
    found = found.exclude(url=F("page__url_path")).order_by("pk")
    return [Key(str(one), code) for one, code in found.values_list("translation_key", "language")]


def outdated() -> list[Key]:
    """Documents that were analysed with another dictionary than there is now."""
    changed = Q()
    for language in settings.CONTENT_LANGUAGES:
        changed |= Q(language=language) & ~Q(analysis=written_with(language))
    found = SearchDocument.objects.filter(changed).order_by("pk")
    return [Key(str(one), code) for one, code in found.values_list("translation_key", "language")]
