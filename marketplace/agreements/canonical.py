"""The exact text of a document as one string, and its SHA-256: what two sides accept."""

import hashlib
import re
import unicodedata

SHA256 = re.compile(r"[0-9a-f]{64}")
INDENT = "  "


def normal(text: str) -> str:
    r"""Text as it is hashed: composed letters, lines that end in one way, one line end at the end.

    >>> normal("one \r\ntwo\r\n\n")
    'one\ntwo\n'
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def canonical(head: str, texts: dict[str, list[dict]]) -> str:
    r"""The clauses of all languages as text; no two contents have the same.

    Only the head and headings begin a line: what people wrote is indented, so that it cannot pass for
    a clause. `texts` maps a language to clauses `{title, text, said}`.

    >>> clause = {"title": "Parties", "text": ["Two."], "said": [{"label": "A", "text": "x\ny"}]}
    >>> print(canonical("deal 1", {"en": [clause]}))
    deal 1
    1 [en] Parties
      Two.
      A:
        x
        y
    <BLANKLINE>
    """
    lines = [head]
    for number in range(max(map(len, texts.values()), default=0)):
        for language, clauses in texts.items():
            clause = clauses[number]
            lines.append(f"{number + 1} [{language}] {one_line(clause['title'])}")
            lines += [INDENT + one_line(paragraph) for paragraph in clause["text"]]
            for row in clause["said"]:
                written = f" [{row['language']}]" if row.get("language") else ""
                lines.append(f"{INDENT}{one_line(row['label'])}{written}:")
                lines += [INDENT * 2 + line for line in normal(row["text"]).split("\n")[:-1]]
    return normal("\n".join(lines))


def one_line(text: str) -> str:
    return " ".join(str(text).split())


def digest(text: str) -> str:
    """The SHA-256 of a text, in 64 hexadecimal digits.

    >>> digest("agreed\\n")[:8]
    'adc515a7'
    """
    return hashlib.sha256(normal(text).encode()).hexdigest()


def digest_of(pasted: str) -> str:
    """The hash that somebody pasted, or the hash of the whole text that they pasted.

    >>> digest_of(" ADC515A7 " + "0" * 56)[:8] == digest_of("agreed")[:8]
    True
    """
    bare = "".join(pasted.split()).lower()
    return bare if SHA256.fullmatch(bare) else digest(pasted)


def in_groups(sha256: str) -> str:
    """A hash as people compare it: groups of eight.

    >>> in_groups("adc515a700000000")
    'adc515a7 00000000'
    """
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))
