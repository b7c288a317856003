"""One stylesheet and one script reach the browser, joined here from one file per component."""

import datetime
import os
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

STATIC = Path(__file__).parent / "static"
JOINED = {"css/site.css": "css", "js/site.js": "js"}


def join(folder: str) -> str:
    """The files of a folder in the order of its `order.txt`."""
    names = (STATIC / folder / "order.txt").read_text().split()
    return "\n".join((STATIC / folder / name).read_text().strip() for name in names) + "\n"


class JoinedStorage(Storage):
    """The joined files, made when they are read."""

    prefix = ""

    def _open(self, name, mode="rb"):
        return ContentFile(join(JOINED[name]).encode(), name)

    def exists(self, name):
        return name in JOINED

    def path(self, name):
        """A joined file on disk, for the development server."""
        from django.conf import settings  # settings name this module's finder

        target = Path(settings.VAR_DIR) / "joined" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = join(JOINED[name])
        if not target.exists() or target.read_text() != content:
            part = target.with_suffix(f".{os.getpid()}")
            part.write_text(content)
            part.replace(target)
        return str(target)

    def get_modified_time(self, name):
        latest = max(path.stat().st_mtime for path in (STATIC / JOINED[name]).iterdir())
        return datetime.datetime.fromtimestamp(latest, tz=datetime.UTC)


class JoinedFinder(BaseFinder):
    """Lets `collectstatic` and the development server find the joined files."""

    storage = JoinedStorage()

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = self.storage.path(path) if path in JOINED else None
        return ([found] if found else []) if find_all else found

    def list(self, ignore_patterns):
        for name in JOINED:
            yield name, self.storage
