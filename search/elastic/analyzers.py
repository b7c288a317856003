"""How Elasticsearch takes apart the texts of each language, beside our own lemmas.

The chain is elision → lower case → normalization → stop words → stemmer → folding that keeps the
original, as far as Elasticsearch has the parts for a language; the lemma fields serve all languages.
"""

# Language: stemmer, stop words, and what stands before or instead.
STEMMERS = {
    "bg": "bulgarian",
    "cs": "czech",
    "da": "danish",
    "de": "light_german",
    "el": "greek",
    "en": "english",
    "es": "light_spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "light_french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "light_italian",
    "lt": "lithuanian",
    "lv": "latvian",
    "nb": "norwegian",
    "nl": "dutch",
    "pt": "light_portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
STOP_WORDS = {
    "bg": "_bulgarian_",
    "cs": "_czech_",
    "da": "_danish_",
    "de": "_german_",
    "el": "_greek_",
    "en": "_english_",
    "es": "_spanish_",
    "et": "_estonian_",
    "fi": "_finnish_",
    "fr": "_french_",
    "ga": "_irish_",
    "hu": "_hungarian_",
    "it": "_italian_",
    "lt": "_lithuanian_",
    "lv": "_latvian_",
    "nb": "_norwegian_",
    "nl": "_dutch_",
    "pt": "_portuguese_",
    "ro": "_romanian_",
    "sv": "_swedish_",
}
ELISIONS = {
    "fr": "l m t qu n s j d c jusqu quoiqu lorsqu puisqu".split(),
    "ga": "d m b".split(),
    "it": (
        "c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d quest bell"
    ).split(),
}
LOWER_CASE = {"el": "greek", "ga": "irish"}
NORMALIZATION = {"de": "german_normalization"}
# Romanian is written with a comma below; older keyboards had the cedilla only.
CHARACTERS = {"ro": ["ş => ș", "ţ => ț", "Ş => Ș", "Ţ => Ț"]}


def analysis(language: str) -> dict:
    """The `analysis` of an index's settings, with the analyzers `lemmas` and `stemmed`.

    >>> analysis("it-CH")["analyzer"]["stemmed"]["filter"]
    ['elision', 'lower', 'stop', 'stemmer', 'fold']
    >>> analysis("mt")["analyzer"]["stemmed"]["filter"]
    ['lower', 'fold']
    """
    code = language.lower().split("-")[0]
    filters = {
        "elision": elision(code),
        "lower": lower(code),
        "normalization": {"type": NORMALIZATION[code]} if code in NORMALIZATION else None,
        "stop": {"type": "stop", "stopwords": STOP_WORDS[code]} if code in STOP_WORDS else None,
        "stemmer": {"type": "stemmer", "language": STEMMERS[code]} if code in STEMMERS else None,
        "fold": {"type": "asciifolding", "preserve_original": True},
    }
    filters = {name: made for name, made in filters.items() if made}
    stemmed = {"type": "custom", "tokenizer": "standard", "filter": list(filters)}
    made = {"filter": filters, "analyzer": {"lemmas": {"type": "whitespace"}, "stemmed": stemmed}}
    if code in CHARACTERS:
        made["char_filter"] = {"letters": {"type": "mapping", "mappings": CHARACTERS[code]}}
        stemmed["char_filter"] = ["letters"]
    return made


def elision(code: str) -> dict | None:
    if code not in ELISIONS:
        return None
    return {"type": "elision", "articles": ELISIONS[code], "articles_case": True}


def lower(code: str) -> dict:
    return {"type": "lowercase"} | ({"language": LOWER_CASE[code]} if code in LOWER_CASE else {})
