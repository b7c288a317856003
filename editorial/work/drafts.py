"""What a person has begun or changed and not sent into review yet."""

from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState, get_default_page_content_type
from wagtail_localize.models import Translation

from accounts.models import User
from core.languages import language
from editorial.addresses import edit_url, timeline_at
from editorial.work.dashboard import IN_REVIEW, RETURNED, Row, Rows, counted
from editorial.work.filters import ALL, Filters


def of(user: User, codes: list[str] | None, filters: Filters = ALL) -> Rows:
    """Drafts of pages that `user` wrote or owns, in some languages or in all. One query.

    What was changed last comes first. Left out is what stands in another list: what is in review or
    was returned to `user`, what waits for its day, and translations.
    """
    pages = Page.objects.filter(
        Q(latest_revision__user=user) | Q(owner=user),
        # Not what only was taken off the portal or has ended.
        Q(last_published_at=None) | Q(latest_revision_created_at__gt=F("last_published_at")),
        has_unpublished_changes=True,
        latest_revision__approved_go_live_at=None,
    )
    if codes is not None:
        pages = pages.filter(locale__language_code__in=codes)
    held = WorkflowState.objects.filter(
        Q(status=IN_REVIEW) | Q(status=RETURNED, requested_by=user),
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    translated = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale_id=OuterRef("locale_id"),
        enabled=True,
    )
    found, total = counted(
        pages.exclude(Exists(held))
        .exclude(Exists(translated))
        .select_related("locale")
        .order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk"),
        filters.where(kind="content_type", language="locale__language_code", due=""),
    )
    return Rows([draft_row(page) for page in found], total)


def draft_row(page: Page) -> Row:
    return Row(
        title=page.draft_title,
        of=language(page.locale.language_code),
        url=edit_url(Page, page.pk),
        since=page.latest_revision_created_at,
        timeline=timeline_at(Page, page.pk),
    )
