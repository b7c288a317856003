"""Files that are made of content in the background and kept: a handbook or a brief as PDF.

An app registers a maker for a kind of document. A document's name is `kind/rest`, such as
`brief/<translation key>`; each name has one file in each language. `wanted()` promises the file of a
version of the content, `ready()` gives what is there. A request never makes a file.

Files of a private kind lie in the storage `private`, which has no address; `opened()` reads any.
"""

import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage, storages
from django.db import transaction
from django_tasks import task

from core import generation, outbox, pdf
from core.models import MadeDocument

# What a maker gives: the version of the content that it has read, and what makes the file of it,
# which is called only if there is no file of this version.
Made = tuple[str, Callable[[], bytes]]
_makers: dict[str, Callable[[str, str], Made | None]] = {}
_private: set[str] = set()


def maker(kind: str, private: bool = False):
    """Registers the function that makes documents of a kind: `make(rest, language)`.

    It gives the version that it has read with a function for the bytes of the file, or None where
    there is nothing to make. Files of a `private` kind have no public address.
    """
    if private:
        _private.add(kind)

    def register(function: Callable[[str, str], Made | None]):
        _makers[kind] = function
        return function

    return register


def is_private(name: str) -> bool:
    return name.partition("/")[0] in _private


def storage(name: str) -> Storage:
    """Where the files of a document lie."""
    return storages["private"] if is_private(name) else default_storage


def opened(made: MadeDocument) -> File:
    """The file of a document, open for reading."""
    return storage(made.name).open(made.file.name)


def version(*parts) -> str:
    """A short fingerprint of whatever the content of a document depends on.

    >>> version("2026-11-23", 4) == version("2026-11-23", 4) != version("2026-11-24", 4)
    True
    """
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@transaction.atomic
def wanted(name: str, language: str, version: str) -> None:
    """Promises a file of this version, unless it is there or promised already.

    An empty version asks to remove the file of what is not public any more.

    Raises `KeyError` for a kind that nobody registered.
    """
    _makers[name.partition("/")[0]]
    row = ready(name, language)
    if row is None and not version:
        return
    if row and row.version == version and (row.file or pdf.lacking()):
        return
    outbox.post_once("core.document", name=name, language=language, version=version)


def ready(name: str, language: str, version: str = "") -> MadeDocument | None:
    """What was made, or None; with a `version` only of that very version.

    Its `file` is empty where the worker cannot make any: then nothing is offered.
    """
    found = MadeDocument.objects.filter(name=name, language=language)
    return (found.filter(version=version) if version else found).first()


@outbox.handler("core.document")
def begin(name: str, language: str, version: str) -> None:
    """Hands the making to a task of its own: work of the outbox holds a transaction all the time."""
    make.enqueue(name, language, version)


@task(priority=-50)  # after mail and search, which people wait for
def make(name: str, language: str, version: str) -> None:
    """Makes a file of the content as it is now; the old file goes when the new one stands.

    What a dead worker leaves unmade is promised again by the next `wanted()`, so whoever has
    documents calls it from periodic work too.
    """
    if version and has_file(name, language, version):
        return
    kind, _slash, rest = name.partition("/")
    made = _makers[kind](rest, language)
    if made is None:
        forget(name, language)
        return
    found, write = made
    if has_file(name, language, found):
        return
    try:
        content = write()
    except pdf.Impossible:
        if not has_file(name, language):
            replace(name, language, found, "", 0)
        return
    path = f"documents-made/{name.replace('/', '-')}-{language}-{found[:12]}.pdf"
    path = storage(name).save(path, ContentFile(content))
    try:
        replace(name, language, found, path, len(content))
    except Exception:
        storage(name).delete(path)
        raise


def has_file(name: str, language: str, version: str = "") -> bool:
    row = ready(name, language, version)
    return bool(row and row.file)


@transaction.atomic
def replace(name: str, language: str, version: str, path: str, size: int) -> None:
    """Puts a stored file in the place of the one before; an empty `path` says that none can be made."""
    row = MadeDocument.objects.select_for_update().filter(name=name, language=language).first()
    old = row.file.name if row else ""
    MadeDocument.objects.update_or_create(
        name=name,
        language=language,
        defaults={"version": version, "file": path, "size": size},
    )
    if not is_private(name):
        generation.grow()
    if old and old != path:
        transaction.on_commit(lambda: storage(name).delete(old))


@transaction.atomic
def forget(name: str, language: str) -> None:
    """Removes the file of content that is not public any more."""
    row = MadeDocument.objects.filter(name=name, language=language).first()
    if row is None:
        return
    path = row.file.name
    row.delete()
    if not is_private(name):
        generation.grow()
    if path:
        transaction.on_commit(lambda: storage(name).delete(path))
