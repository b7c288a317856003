"""What a translation must keep of its source: markup, links, placeholders, plural forms, length.

Everything here is pure: strings in, messages out, in the active language.
"""

import re
from collections import Counter
from html.parser import HTMLParser

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS

ALONE = {"br"}
# %(name)s, %s, {{ name }}, {name}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif](?!\w)|\{\{\s*\w+\s*\}\}|\{\w*\}")
PLURAL = re.compile(r"\{\s*(\w+)\s*,\s*plural\s*,")
BRANCH = re.compile(r"(=\d+|zero|one|two|few|many|other)\s*\{")


class Tags(HTMLParser):
    """Reads markup, and remembers which tags, which links, and the first mistake."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.counted: Counter[str] = Counter()
        self.links: Counter[str] = Counter()
        self.mistake = ""
        self.feed(text)
        self.close()
        if self.open:
            self.wrong(_("The tag %(tag)s is not closed."), self.open[-1])

    def wrong(self, message: str, tag: str) -> None:
        self.mistake = self.mistake or message % {"tag": f"<{tag}>"}

    def handle_starttag(self, tag, attrs):
        link = dict(attrs).get("id") if tag == "a" else None
        if tag not in INLINE_TAGS or any(name != "id" or tag != "a" for name, _value in attrs):
            self.wrong(_("The tag %(tag)s cannot be used here."), tag)
        if link:
            self.links[link] += 1
        self.counted[tag] += 1
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in ALONE:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in ALONE:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong(_("The closing tag %(tag)s does not fit what was opened."), f"/{tag}")


def mistakes(source: str, text: str, language: str, limit: int | None = None) -> list[str]:
    """What is wrong with a translation as it is stored, as HTML of inline tags; empty if nothing is.

    `limit` is the number of characters that its field holds, `language` the code of the translation.

    >>> mistakes("<b>Oak</b> and ash", "<b>Tammi ja saarni", "fi")
    ['The tag <b> is not closed.']
    >>> mistakes('See <a id="a1">here</a>', "Katso", "fi")
    ['A link of the source is missing: a1']
    >>> mistakes("%(count)s oaks", "tammet", "fi")
    ['A placeholder of the source is missing: %(count)s']
    >>> mistakes("Oak", "Tammi", "fi", limit=4)
    ['Too long. Characters: 5, at most 4']
    """
    found = [*markup(source, text), *placeholders(source, text), *plural(source, text, language)]
    return found + length(text, limit)


def markup(source: str, text: str) -> list[str]:
    wanted, written = Tags(source), Tags(text)
    if written.mistake:
        return [written.mistake]
    found = []
    if missing := wanted.links - written.links:
        found.append(_("A link of the source is missing: %(links)s") % {"links": named(missing)})
    if extra := written.links - wanted.links:
        found.append(_("A link that the source does not have: %(links)s") % {"links": named(extra)})
    return found


def placeholders(source: str, text: str) -> list[str]:
    wanted, written = (Counter(PLACEHOLDER.findall(one)) for one in (source, text))
    found = []
    if missing := wanted - written:
        found.append(
            _("A placeholder of the source is missing: %(placeholders)s")
            % {"placeholders": named(missing)}
        )
    if extra := written - wanted:
        found.append(
            _("A placeholder that the source does not have: %(placeholders)s")
            % {"placeholders": named(extra)}
        )
    return found


def plural(source: str, text: str, language: str) -> list[str]:
    """Where the source counts in ICU's way, the translation has every form of its own language.

    >>> plural("{n, plural, one {oak} other {oaks}}", "{n, plural, one {ąžuolas} other {ąžuolų}}", "lt")
    ['A plural form of this language is missing: few, many']
    """
    if not (counted := PLURAL.findall(source)):
        return []
    if PLURAL.findall(text) != counted:
        return [_("The source has plural forms: keep the part that begins with “{…, plural,”.")]
    try:
        forms = {*Locale.parse(language.replace("-", "_")).plural_form.tags, "other"}
    except (UnknownLocaleError, ValueError):
        forms = {"other"}
    missing = sorted(forms - set(BRANCH.findall(text)))
    if not missing:
        return []
    return [
        _("A plural form of this language is missing: %(forms)s") % {"forms": ", ".join(missing)}
    ]


def length(text: str, limit: int | None) -> list[str]:
    """As it is stored, with `&amp;` for an ampersand: wagtail-localize puts titles so into a column."""
    size = len(text)
    if limit is None or size <= limit:
        return []
    return [_("Too long. Characters: {size}, at most {limit}").format(size=size, limit=limit)]


def readable(text: str) -> str:
    """What readers see of it, with its breaks of line."""
    reader = Words()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)


class Words(HTMLParser):
    """Text without its markup."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data):
        self.words.append(data)

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.words.append("\n")


def named(counted: Counter) -> str:
    return ", ".join(sorted(counted))
