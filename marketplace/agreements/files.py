"""Files of agreements by addresses that are signed for one person and expire."""

from django.core import signing
from django.urls import reverse

from accounts.models import User
from core.documents import opened
from marketplace.agreements import documents
from marketplace.agreements.documents import KINDS

SALT = "marketplace.agreements.file"
AN_HOUR = 3600


def address(kind: str, sha256: str, user) -> str:
    """An address at which this person gets the PDF for an hour."""
    token = signing.dumps([kind, sha256, user.pk], salt=SALT)
    return reverse("marketplace:document", args=[token])


def read(token: str):
    """`(file, name)` of a token that holds and whose person may still see the deal; None otherwise."""
    try:
        kind, sha256, user_id = signing.loads(token, salt=SALT, max_age=AN_HOUR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    document = KINDS[kind].objects.visible_to(user).whole().readable().filter(sha256=sha256).first()
    made = document and documents.ready(document)
    if made is None:
        return None
    return opened(made), f"{kind}-{document.number}-{sha256[:8]}.pdf"
