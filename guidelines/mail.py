"""The reminder of a follow-up: HTML and plain text, in the receiver's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import mail
from guidelines.models import Proceeding, RecommendationPage


def follow_up(proceeding_id: int, user_id: int, day: str) -> bool:
    """Sends one reminder; False where the day was changed since, or nobody is there to get it.

    `day` is the follow-up's date in ISO 8601.
    """
    person = User.objects.filter(pk=user_id, is_active=True).first()
    proceeding = Proceeding.objects.filter(pk=proceeding_id, follow_up_on=day).first()
    if person is None or proceeding is None:
        return False
    page = (
        RecommendationPage.objects.live()
        .filter(translation_key=proceeding.translation_key)
        .best_for(person.language)
        .select_related("locale")
        .first()
    )
    if page is None:
        return False
    with translation.override(person.language):
        content = context(person, proceeding, page)
        mail.made_of("guidelines/mail/follow_up", person.email, person.language, content).send()
    return True


def context(person: User, proceeding: Proceeding, page: RecommendationPage) -> dict:
    """What the templates say, with full addresses."""
    subject = _("Follow-up today: %(title)s") % {"title": page.title}
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return {
        "person": person,
        "dashboard_url": base + reverse("wagtailadmin_home"),
        "subject": subject,
        "title": page.title,
        "text_code": page.locale.language_code,
        "sentence": page.recommendation,
        "status": proceeding.get_status_display(),
        "last": proceeding.moves.last(),
        "day": proceeding.follow_up_on,
        "move_url": base + reverse("guidelines_move", args=[page.pk]),
        "public_url": settings.BASE_URL.rstrip("/") + page.url_path,
    }
