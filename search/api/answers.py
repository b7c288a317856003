"""What the API answers, as plain data; `search.api.openapi` describes its shape."""

from dataclasses import asdict, replace

from core.languages import language
from core.page_context import absolute
from core.serving import reading_address
from search.engine import DEEPEST, Hit, Query, Results, engine
from search.facets import FACETS
from search.models import SearchDocument
from search.page.presentation import found, spelling
from search.questions import Question, places
from search.suggest.suggestions import suggest
from search.text.highlight import marked, snippet
from search.text.lemmas import every_form


def results(request, question: Question, per_page: int, reader: str) -> dict:
    """One page of what a question finds; at most six queries with the database as engine."""
    asked = replace(
        question.for_engine(request),
        offset=(question.page - 1) * per_page,
        limit=per_page,
        other_limit=0,
    )
    answer = engine().search(asked)
    documents = found(answer)
    hits = (
        answer.hits if answer.offset == asked.offset else ()
    )  # engines give the last page there is
    better = spelling(answer, question)
    return {
        "q": question.text,
        "page": question.page,
        "per_page": per_page,
        "total": answer.total,
        "all_words": answer.all_words,
        "by_words": answer.by_words and bool(answer.total),
        "simpler": answer.simpler,
        "spelling": better["text"] if better else None,
        "results": [
            result(hit, documents[hit.document], asked, reader)
            for hit in hits
            if hit.document in documents
        ],
        "facets": {
            "language": counted(answer.languages, languages(asked)),
            **facets(answer, reader),
        },
    }


def result(hit: Hit, document: SearchDocument, asked: Query, reader: str) -> dict:
    return {
        "title": document.title,
        "url": absolute(reading_address(document.url, reader)),
        "kind": document.kind,
        "language": document.language,
        "summary": document.summary,
        "highlight": highlight(document, asked),
        "score": round(hit.score, 6),
        "by_meaning": hit.by_meaning,
        "published": document.published and document.published.isoformat(),
        "demonstration": bool(document.facets.get("demonstration")),
    }


def highlight(document: SearchDocument, asked: Query) -> str:
    """The passage that shows most of what was sought: of the body, or else the summary or the title."""
    sought = places(asked.words, document.language)
    forms = every_form(document.language)
    passage = snippet(document.body, document.body_lemmas.split(), sought, forms)
    if passage:
        return passage
    summary = marked(document.summary, document.summary_lemmas.split(), sought, forms)
    title = marked(document.title, document.title_lemmas.split(), sought, forms)
    return next((text for text in (summary, title) if "<mark>" in text), summary or title)


def languages(asked: Query) -> list[tuple[str, str]]:
    """All languages with their own names, those that were asked for first."""
    return [(code, language(code).name) for code in (*asked.languages, *asked.other_languages)]


def facets(answer: Results, reader: str) -> dict[str, list[dict]]:
    return {
        name: counted(answer.facets.get(name, {}), facet.choices(reader))
        for name, facet in FACETS.items()
    }


def counted(counts, choices) -> list[dict]:
    """The codes that would find anything, with their labels, in the order of the vocabulary."""
    return [
        {"code": code, "label": str(label), "count": counts[code]}
        for code, label in choices
        if counts.get(code)
    ]


def other_pages(answer: dict) -> dict[str, int]:
    """The numbers of the pages before and after, as far as there are any."""
    page, per_page = answer["page"], answer["per_page"]
    last = max(1, -(-min(answer["total"], DEEPEST) // per_page))
    return {
        **({"previous": min(page - 1, last)} if page > 1 else {}),
        **({"next": page + 1} if page < last else {}),
    }


def suggestions(question: Question, limit: int, reader: str) -> dict:
    """Titles and terms that begin as was typed."""
    offered = suggest(question.text, reader, question.languages, limit)
    return {
        "q": question.text,
        "suggestions": [{**asdict(one), "url": absolute(one.url)} for one in offered],
    }
