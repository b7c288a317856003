"""What an app may ask of the review without knowing who carries it out."""

from django.dispatch import Signal

# Sent with `page` and `by`: its author sends the latest draft of a page into review. Whoever carries
# the review out raises `PermissionDenied`, with the reason in words, where the rules say no.
submitted = Signal()
