"""Forms that visitors send without an account and without a cookie.

In the place of a CSRF cookie stand a signed time in the form, the browser's own word on where the
form was sent from, a field that only machines fill in, and a limit for each address. Whatever is
refused is an error of the form, so that the typed text is kept.
"""

import hashlib
import hmac
import ipaddress
import time
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

SALT = "core.anonymous"
LONGEST = 24 * 3600


class AnonymousForm(forms.Form):
    """A form for visitors: `MyForm(request)` to show it, `MyForm(request, request.POST)` when sent.

    The template puts `components/anonymous_fields.html` inside its `<form>`. `submission` is the
    same UUID however often one shown form is sent: keep it in a unique column, and sending twice
    does its work once.
    """

    purpose = "form"  # a stamp holds for forms of one purpose, and a limit counts them
    limit = 10  # valid forms from one address in `seconds`
    seconds = 3600

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        sent = self.data.get("stamp", "") if self.is_bound else ""
        self.submission = read_stamp(sent, self.purpose)

    @property
    def stamp(self) -> str:
        """The signed time and number of this form; a form shown again keeps its number."""
        return signer(self.purpose).sign(str(self.submission or uuid4()))

    def clean(self):
        cleaned = super().clean()
        if self.submission is None:
            raise ValidationError(
                _("This form was open for too long. Your text is kept: send it again."), "stamp"
            )
        if not from_here(self.request) or self.data.get("website"):
            raise ValidationError(
                _("This form can only be sent from its own page. Send it again here."), "origin"
            )
        if not self.errors and too_many(self.request, self.purpose, self.limit, self.seconds):
            raise ValidationError(
                _("Too many forms were sent from your network. Try again in an hour."), "limit"
            )
        return cleaned


def for_visitors(view):
    """Decorates a view of an `AnonymousForm`: no CSRF cookie, and no page kept by a cache."""
    return never_cache(csrf_exempt(view))


def signer(purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"{SALT}.{purpose}")


def read_stamp(stamp: str, purpose: str) -> UUID | None:
    """The number of a form from its signed time; None if it is forged or older than a day."""
    try:
        return UUID(signer(purpose).unsign(stamp, max_age=LONGEST))
    except (signing.BadSignature, ValueError):
        return None


def from_here(request) -> bool:
    """Whether the browser says that a page of this portal sent the request, or says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return True
    try:
        sender = urlsplit(origin).netloc
    except ValueError:  # no address at all
        return False
    return sender in {request.get_host(), urlsplit(settings.BASE_URL).netloc}


def too_many(request, purpose: str, limit: int, seconds: int, cache: str = "limits") -> bool:
    """Counts one more request from this address; True beyond `limit` in this span of `seconds`.

    Only a keyed digest of the address is kept, in a cache that all web processes share; `cache`
    names another one, `rates`, for what is asked often and is counted by each process alone.
    """
    return counted(f"anonymous:{purpose}", digest(network(request)), limit, seconds, cache)


def too_many_of(user, purpose: str, limit: int, seconds: int) -> bool:
    """Counts one more time that a person does something; True beyond `limit` in this span of `seconds`."""
    return counted(f"person:{purpose}", str(user.pk), limit, seconds, "limits")


def counted(what: str, who: str, limit: int, seconds: int, cache: str) -> bool:
    counts = caches[cache]
    span = int(time.time() // seconds)  # in the key: not every cache keeps its time when it counts
    key = f"{what}:{span}:{who}"
    counts.add(key, 0, seconds)
    try:
        return counts.incr(key) > limit
    except ValueError:  # it ran out in between
        return False


def visitor_address(request) -> str:
    """The address that the outermost of our own proxies has seen; without one, who is connected.

    Each proxy adds who was connected to it at the right. What stands further left is the visitor's
    own word.
    """
    count = settings.TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < count <= len(forwarded) and forwarded[-count]:
        return forwarded[-count]
    return request.META.get("REMOTE_ADDR", "")


def network(request) -> str:
    """The visitor's address; of IPv6 the network, of which one household has a whole one."""
    address = visitor_address(request)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def digest(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
