"""Alphabetical order by language, for short lists. Pure: no database or ICU library is needed.

Letters with marks sort with their plain letter unless the language counts them as letters of
their own, as Lithuanian does č, š and ž.
"""

import unicodedata

PLAIN = "abcdefghijklmnopqrstuvwxyz"

ALPHABETS = {
    "fi": PLAIN + "åäö",
    "lt": "abcčdefghijklmnopqrsštuvwxzž",  # y sorts with i
    "lv": "abcčdefgģhijkķlļmnņopqrsštuvwxzž",  # y sorts with i
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
}

SORTS_WITH = {("lt", "y"): "i", ("lv", "y"): "i"}


def sort_key(text: str, language: str) -> tuple:
    """A key that puts `text` where readers of `language` look for it.

    >>> sorted(["Šiauliai", "Suomija", "Čekija"], key=lambda name: sort_key(name, "lt"))
    ['Čekija', 'Suomija', 'Šiauliai']
    """
    alphabet = ALPHABETS.get(language, PLAIN)
    ranks = []
    for letter in unicodedata.normalize("NFC", text.casefold()):
        if letter not in alphabet:
            plain = unicodedata.normalize("NFD", letter)[0]
            letter = SORTS_WITH.get((language, plain), plain)
        # What is no letter at all, such as a space, comes first.
        ranks.append(alphabet.find(letter))
    return tuple(ranks), text
