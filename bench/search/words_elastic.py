"""Whether Elasticsearch finds words, asked as the portal asks it: `bench.search.words --elastic`."""

import os


def by_elasticsearch(language: str, asked: list[tuple[str, str]]) -> list[bool]:
    """Of pairs of a text and a question, which questions find their text, each a document of its own."""
    from search.elastic import indexes
    from search.elastic.client import client
    from search.text.analysis import analyse
    from search.text.lemmas import lemmas, parts

    name, elasticsearch = f"bench-words-{os.getpid()}-{language}", client()
    elasticsearch.indices.create(index=name, **indexes.body(language))
    try:
        lines = []
        for number, (written, _typed) in enumerate(asked):
            analysis = analyse(written, lemmas(language), parts(language))
            texts = {
                "title": [" ".join(analysis.lemmas), " ".join(analysis.words)],
                "title_stemmed": written,
            }
            lines += [{"index": {"_id": str(number)}}, texts]
        elasticsearch.bulk(index=name, operations=lines, refresh=True)
        searches = [
            line
            for number, (_written, typed) in enumerate(asked)
            for line in ({}, question(language, str(number), typed))
        ]
        answers = elasticsearch.msearch(index=name, searches=searches)["responses"]
        return [answer["hits"]["total"]["value"] > 0 for answer in answers]
    finally:
        elasticsearch.indices.delete(index=name)


def question(language: str, key: str, typed: str) -> dict:
    """What the portal asks for, of one document."""
    from search.elastic.queries import Asked
    from search.engine import Query
    from search.questions import sought

    query = Query(text=typed, languages=(language,), words={language: sought(typed, language)})
    return Asked(query).one(language, key)
