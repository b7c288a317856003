"""What else the admin lists, one of each: by the beginning of its address, the value that stands there."""

import datetime

from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect

from accounts.models import Invitation
from editorial.notices.models import How, Kind, Notice
from imports.models import UploadedText
from moderation import pages, services
from search.models import Promotion, Synonym
from stories.tried import TriedToo
from tests.factories.events import EventIndexPageFactory, EventPageFactory
from tests.factories.organisations import CampaignFactory, NetworkMembershipFactory
from tests.factories.recommendations import (
    RecommendationIndexPageFactory,
    RecommendationPageFactory,
)
from vocabularies.models import RetiredTerm

TEXT = b"# One\n\nText.\n\n# Two\n\nText.\n"


def records(scene) -> dict[str, object]:
    """Made for the operator where each person sees but their own."""
    operator, now = scene.people["operator"], timezone.now()
    recommendations = RecommendationIndexPageFactory(parent=scene.home)
    events = EventIndexPageFactory(parent=scene.home)
    tried = TriedToo.objects.create(
        story_key=scene.pages.public.translation_key,
        organisation="School",
        country="LV",
        language="en",
        submitted_at=now,
    )
    notice = Notice.objects.create(
        person=operator, kind=Kind.REVIEW, title="Public", path="/admin/", how=How.NEVER
    )
    text = UploadedText.objects.create(
        user=operator, kind="story", language="en", name="a.md", content=TEXT
    )
    session = EditingSession.objects.create(
        user=operator, content_object=scene.pages.public, last_seen_at=now
    )
    month = datetime.timedelta(days=30)
    found = {
        "campaign/": CampaignFactory(),
        "networkmembership/": NetworkMembershipFactory(),
        "tried_too/": tried,
        "retired_terms/": RetiredTerm.objects.create(scheme="country", code="MT", reason="Test."),
        "invitations/": Invitation.objects.create(
            email="guest@example.org", language="en", expires_at=now + month
        ),
        "notices/": notice,
        "import/": text,
        "recommendations/": RecommendationPageFactory(parent=recommendations),
        "reported/": services.notify(
            scene.pages.public.translation_key,
            pages.KIND,
            pages.thing(scene.pages.public),
            "en",
            reason="other",
            text="Why?",
            email="guest@example.org",
        ).case,
        "redirects/": Redirect.objects.create(old_path="/old", redirect_link="/en/"),
        "editing-sessions/": session,
        "synonyms/": Synonym.objects.create(language="en", words="order\ncommission"),
        "promotions/": Promotion.objects.create(
            language="en", question="order", page=scene.pages.public
        ),
    }
    keys = {start: one.pk for start, one in found.items()}
    return keys | {"events/": EventPageFactory(parent=events).translation_key}
