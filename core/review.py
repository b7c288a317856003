"""What an app may ask of the review without knowing who carries it out."""

from typing import Protocol, runtime_checkable

from django.dispatch import Signal

# Sent with `page` and `by`: its author sends the latest draft of a page into review. Whoever carries
# the review out raises `PermissionDenied`, with the reason in words, where the rules say no.
submitted = Signal()

# Sent with `page`, `by` and `revision`, the number of the revision that this person was shown: another
# member approves what was sent into review. Refused like `submitted`.
approved = Signal()

# Sent with `page`, `by`, `revision` and `comment`: they return it to its author instead, and say why.
returned = Signal()

# Sent with `page`, `by` and `rule`: a public page ends, by a rule that whoever carries the review out knows.
# `reason` may say more than the rule.
withdrawn = Signal()

# Sent with `page`, `by` and `rule`: what was withdrawn by this rule, and by nothing since, is public again as it was.
restored = Signal()


@runtime_checkable
class WrittenByMembers(Protocol):
    """A page that members write on the public site, without a role in the review."""

    def is_written_by(self, user) -> bool:
        """Whether an active person writes this page now and may send it into review."""
        ...


@runtime_checkable
class ApprovedByPeers(Protocol):
    """A page that members may approve for each other, beside those who have a role in the review."""

    def is_approved_by(self, user) -> bool:
        """Whether a person may approve it, had they no hand in it."""
        ...
