"""What other apps ask for on one's profile page."""

from collections.abc import Callable

from django.forms import Form

# Forms made with the posted data, or None, and `user`; each has a `template` and `save()`, and
# leaves as it is what was not sent.
parts: list[Callable[..., Form]] = []
