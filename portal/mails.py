"""The mails of a portal in development, in the browser; see `portal.development_urls`."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from csp.constants import NONE, UNSAFE_INLINE
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SEPARATOR = b"-" * 79 + b"\n"  # between the mails of one file, as Django writes them
MOST = 200
SHOWN = ("From", "To", "Reply-To", "Subject", "Date", "List-Unsubscribe")


@dataclass(frozen=True)
class Mail:
    """A mail and its name in an address: the file, and its number in it."""

    name: str
    message: EmailMessage

    def part(self, kind: str) -> str:
        """The text of its first part of a kind, `plain` or `html`; empty where there is none."""
        found = self.message.get_body((kind,))
        return found.get_content() if found else ""

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, self.message[name]) for name in SHOWN if self.message[name]]


def files() -> list[Path]:
    """The files with mails, the newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)


def read(path: Path) -> list[Mail]:
    """The mails of a file, the newest first."""
    parts = [part for part in path.read_bytes().split(SEPARATOR) if part.strip()]
    return [
        Mail(f"{path.stem}.{number}", email.message_from_bytes(part, policy=email.policy.default))
        for number, part in reversed(list(enumerate(parts)))
    ]


def find(name: str) -> Mail:
    """A mail by its name; only what the folder really holds is opened."""
    for path in files():
        if name.rpartition(".")[0] == path.stem:
            for one in read(path):
                if one.name == name:
                    return one
    raise Http404


@require_safe
def mails(request):
    found = [one for path in files()[:MOST] for one in read(path)]
    return render(request, "portal/mails.html", {"mails": found[:MOST]})


@require_safe
def mail(request, name: str):
    return render(request, "portal/mail.html", {"mail": find(name)})


@require_safe
def html(request, name: str):
    """The HTML part alone. Mails carry inline styles; nothing else in them may run or be fetched."""
    answer = HttpResponse(find(name).html)
    answer._csp_config = {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "sandbox": ["allow-popups", "allow-top-navigation"],
    }
    return answer
