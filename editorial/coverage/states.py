"""Which items there are to translate, and in which state each is in each language.

The one place that says what is missing, in translation, in review, public and stale: the board, the
dashboard and the public totals ask here.
"""

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, WorkflowState, get_default_page_content_type
from wagtail_localize.models import TranslationSource

from core import registry
from editorial.translations import is_stale


class State(TextChoices):
    """Where an item stands in a language."""

    MISSING = "missing", _("Missing")
    TRANSLATING = "translating", _("In translation")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    STALE = "stale", _("Stale")


# What can be given to a translator.
WORK = (State.MISSING, State.TRANSLATING, State.STALE)


def sources() -> QuerySet[Page]:
    """The public source versions of all items: each item once.

    Where several versions were written and none was translated, the oldest page stands for all.
    """
    records = TranslationSource.objects.filter(object_id=OuterRef("translation_key"))
    older = Page.objects.live().filter(
        translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
    )
    recorded = Exists(records.filter(locale_id=OuterRef("locale_id")))
    return (
        Page.objects.live()
        .type(*(item.model for item in registry.items()))
        .filter(recorded | (~Exists(records) & ~Exists(older)))
    )


def in_review() -> Exists:
    """Whether a page is in review."""
    return Exists(running().filter(object_id=Cast(OuterRef("pk"), CharField())))


def among_reviewed() -> ExpressionWrapper:
    """The same for a query that counts pages by it: PostgreSQL looks at all reviews once, not at each."""
    pages = running().annotate(number=Cast("object_id", IntegerField())).values("number")
    return ExpressionWrapper(Q(pk__in=pages), output_field=BooleanField())


def running() -> QuerySet[WorkflowState]:
    """The reviews of pages that go on."""
    return WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )


def in_state(pages: QuerySet[Page], state: str) -> QuerySet[Page]:
    """Those of `pages` that are in a state; `missing` has no pages."""
    if state == State.IN_REVIEW:
        return pages.filter(in_review())
    rest = pages.filter(~in_review(), live=state != State.TRANSLATING)
    if state == State.STALE:
        return rest.filter(is_stale())
    return rest.filter(~is_stale()) if state == State.PUBLISHED else rest


def having(items: QuerySet[Page], state: str, codes: list[str]) -> QuerySet[Page]:
    """Those of `items` that are in a state in at least one of some languages."""
    if state == State.MISSING:
        version = Page.objects.filter(
            translation_key=OuterRef(OuterRef("translation_key")), locale_id=OuterRef("pk")
        )
        lacking = Locale.objects.filter(~Exists(version), language_code__in=codes)
        return items.filter(Exists(lacking))
    pages = in_state(Page.objects.filter(locale__language_code__in=codes), state)
    return items.filter(translation_key__in=pages.order_by().values("translation_key"))


def state_of(live: bool, in_review: bool, changed: bool) -> State:
    """The state of a version that exists."""
    if in_review:
        return State.IN_REVIEW
    if not live:
        return State.TRANSLATING
    return State.STALE if changed else State.PUBLISHED
