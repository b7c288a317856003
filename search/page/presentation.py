"""What the search page shows: rows, counts, ways on."""

from dataclasses import replace
from urllib.parse import quote
from uuid import UUID

from babel.dates import format_date
from babel.numbers import format_decimal
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from core import pagination, registry
from core.languages import language
from core.serving import reading_address
from search.editors import promotions
from search.engine import Hit, Query, Results, engine
from search.models import SearchDocument
from search.page import narrowing
from search.page.related import related
from search.questions import PER_PAGE, Question, places
from search.text.analysis import words
from search.text.highlight import marked, snippet
from search.text.lemmas import every_form


def context(request, question: Question, reader: str) -> dict:
    """The context of `search/search.html`; at most six queries beside the engine, eight where nothing is found."""
    shown = {
        "query": question.text,
        "content_language": language(reader),
        "breadcrumbs": [
            {"title": gettext("Home"), "url": f"/{reader}/", "lang": ""},
            {"title": gettext("Search"), "url": "", "lang": ""},
        ],
    }
    if not question.text:
        return shown | {"sections": sections_by_theme(request, reader)}
    asked = question.for_engine(request)
    results = engine().search(asked)
    items = promotions.recommended(request, question)
    documents = found(results, items)
    promoted, documents = promotions.taken_out(items, documents, question)
    nothing = not promoted and not (results.hits and results.by_words)
    if nothing:
        shown |= ways_on(question, asked, reader)
    if nothing and not results.hits:
        shown |= {
            "without_filters": without_filters(request, question, reader),
            "sections": sections(reader),
        }
    return shown | {
        "promoted": []
        if results.offset
        else [recommendation(one, asked, reader) for one in promoted],
        "results": rows(results.hits, documents, asked, reader),
        "others": rows(results.others, documents, asked, reader),
        "total": results.total,
        "all_words": results.all_words,
        "nothing": nothing,
        "by_words": results.by_words,
        "simpler": results.simpler,
        "summary_sentence": summary(results.total or len(promoted), question, reader),
        "pages": pages(results, question),
        "spelling": spelling(results, question),
        "other_languages": other_languages(results, question),
        "feed_url": f"{reverse('search-feed')}{question.address(sort='best')}",
        **narrowing.context(results, question, reader),
    }


def ways_on(question: Question, asked: Query, reader: str) -> dict:
    """What leads on where nothing has the words, even if something comes near to them."""
    return {
        "related": related(question, asked),
        "ways_to_ask": ways_to_ask(question, reader),
    }


def without_filters(request, question: Question, reader: str) -> int:
    """How many results there are if nothing is chosen; 0 where less than two things are."""
    if len(narrowing.chips(question, reader)) < 2:
        return 0
    asked = question.plain().for_engine(request)
    return engine().search(replace(asked, limit=1, other_limit=0, counted=())).total


def ways_to_ask(question: Question, reader: str) -> list[dict]:
    """Whom a reader can ask: the kinds of items that take questions, organisations, the portal."""
    found = [way for item in registry.items() if (way := item.ask(reader))]
    if "organisations" in registry.sections():
        title = gettext("Ask an organisation: its page says how to reach it")
        found.append({"title": title, "url": f"/{reader}/organisations/"})
    if settings.CONTACT_EMAIL:
        title = gettext("Write to us what you are looking for")
        url = f"mailto:{settings.CONTACT_EMAIL}?subject={quote(question.text)}"
        found.append({"title": title, "url": url})
    return found


def found(results: Results, items: tuple[UUID, ...] = ()) -> dict[int, SearchDocument]:
    """The documents of the hits, and all versions of some items, of kinds that there still are."""
    wanted = Q(pk__in=[hit.document for hit in (*results.hits, *results.others)])
    if items:
        wanted |= Q(translation_key__in=items)
    known = SearchDocument.objects.filter(kind__in=[item.kind for item in registry.items()])
    return {document.pk: document for document in known.filter(wanted)}


def recommendation(document: SearchDocument, asked: Query, reader: str) -> dict:
    """A line of the list that says why it stands first."""
    line = row(document, asked, reader)
    return line | {"facts": [gettext("Recommended by the editors"), *line["facts"]]}


def rows(hits: tuple[Hit, ...], documents: dict, asked: Query, reader: str) -> list[dict]:
    """The found documents that still exist, as lines of a list."""
    return [
        row(documents[hit.document], asked, reader, by_meaning=hit.by_meaning)
        for hit in hits
        if hit.document in documents
    ]


def row(document: SearchDocument, asked: Query, reader: str, *, by_meaning: bool = False) -> dict:
    """A document as a line of the list; marked texts are safe HTML."""
    sought = places(asked.words, document.language)
    content = language(document.language)
    item = registry.item(document.kind)
    forms = every_form(document.language)
    title = marked(document.title, document.title_lemmas.split(), sought, forms)
    result = marked(document.summary, document.summary_lemmas.split(), sought, forms) or title
    shown = "<mark>" in title + result  # why it was found; a passage would often repeat it
    return {
        "title": title,
        "result": result,
        "snippet": ""
        if shown
        else snippet(document.body, document.body_lemmas.split(), sought, forms),
        "url": reading_address(document.url, reader),
        "lang": content.code,
        "dir": content.dir,
        "language_name": "" if content.code == reader else content.name,
        "facts": [
            str(item.name),
            *item.facts(document.facets, reader),
            *dated(document, reader),
            *([gettext("Found by its meaning")] if by_meaning else []),
        ],
        "mark": item.mark(document.facets),
        "demonstration": bool(document.facets.get("demonstration")),
    }


def dated(document: SearchDocument, reader: str) -> list[str]:
    """When an item was first public; what takes place tells its own days."""
    if document.published is None or "starts" in document.facets:
        return []
    return [format_date(document.published, "medium", locale=reader.replace("-", "_"))]


def summary(total: int, question: Question, reader: str) -> str:
    """One sentence that says what is shown."""
    number = format_decimal(total, locale=reader.replace("-", "_"))
    return ngettext(
        "%(number)s result for “%(query)s”", "%(number)s results for “%(query)s”", total
    ) % {"number": number, "query": question.text}


def pages(results: Results, question: Question) -> dict:
    """Page numbers with addresses; gaps are None."""
    current = Paginator(range(results.total), PER_PAGE).get_page(results.offset // PER_PAGE + 1)
    return pagination.numbers(current, lambda page: question.address(page=page))


def spelling(results: Results, question: Question) -> dict | None:
    """The question with its unknown words in the nearest spelling, if not all words were found.

    None if a word would be left that does not exist; what has digits is no matter of spelling.
    """
    if results.total and results.all_words:
        return None
    typed = list(dict.fromkeys(match.group() for match in words(question.text)))
    better = engine().spelling(typed, question.languages[0])
    left = {word for word in typed if word.isalpha() and word not in better}
    if not better or not question.unknown.isdisjoint(left):
        return None
    text, place = "", 0
    for match in words(question.text):
        text += question.text[place : match.start()] + better.get(match.group(), match.group())
        place = match.end()
    text += question.text[place:]
    return {
        "text": text,
        "url": question.address(text=text),
        "lang": question.languages[0],
    }


def other_languages(results: Results, question: Question) -> list[dict]:
    """Languages that were not chosen and have items that the chosen ones lack."""
    return [
        {
            "code": code,
            "name": language(code).name,
            "count": count,
            "url": question.address(languages=(*question.languages, code)),
        }
        for code, count in sorted(
            results.languages.items(), key=lambda pair: language(pair[0]).name
        )
        if code not in question.languages
    ]


def sections(reader: str) -> list[dict]:
    """Where everything of a kind can be looked through."""
    return [
        {"title": one.name_plural, "url": f"/{reader}/{one.section}/"}
        for one in registry.items()
        if one.section
    ]


def sections_by_theme(request, reader: str) -> list[dict]:
    """The same with the themes of each kind."""
    themes = [one.themes(request, reader) for one in registry.items() if one.section]
    return [
        {**one, "themes": of_kind} for one, of_kind in zip(sections(reader), themes, strict=True)
    ]
