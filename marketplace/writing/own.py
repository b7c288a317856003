"""What is a person's on the marketplace, with where each listing stands: for lists and dashboards."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from core.drafts import Standing, standing
from marketplace.listings.models import NeedPage, ServicePage

MOST = 200


@dataclass(frozen=True)
class Own:
    """A listing of the person's organisations.

    `badges` are pairs of a state of `components/badge.html` and its words; `url` is where its members
    see how it stands.
    """

    page: ServicePage | NeedPage
    title: str
    language: str
    organisation: str
    standing: Standing
    badges: list[tuple[str, str]]
    url: str

    @property
    def waits_for_member(self) -> bool:
        """Whether somebody of the organisation has to go on: a draft, or one that was returned."""
        return self.standing.code in (Standing.DRAFT, Standing.RETURNED)


def services(user) -> list[Own]:
    """The services of a person's organisations, the last changed one first; three queries."""
    return found(ServicePage, user)


def needs(user) -> list[Own]:
    """The needs of a person's organisations, and those that their desk has entered; three queries."""
    return found(NeedPage, user)


def found(model, user) -> list[Own]:
    pages = with_states(model.objects.written_by(user))
    return [of(page) for page in pages.order_by("-latest_revision_created_at", "-pk")[:MOST]]


def with_states(pages):
    """Listings with all that says how they stand, so that it is read once.

    Wagtail's own `prefetch_workflow_states` looks for those of a plain `Page`.
    """
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    return pages.select_related("locale", "organisation__merged_into").prefetch_related(
        Prefetch("_specific_workflow_states", states, to_attr="_current_workflow_states")
    )


def of(page) -> Own:
    """A page as its members see it in their list."""
    where = standing(page)
    return Own(
        page=page,
        title=page.draft_title or page.title,
        language=page.locale.language_code,
        organisation=page.record.name,
        standing=where,
        badges=badges(page, where),
        url=page.author_path,
    )


def badges(page, where: Standing) -> list[tuple[str, str]]:
    """What readers see of it, and how its draft stands where that is something else."""
    found = []
    if page.live:
        is_closed = getattr(page, "closed_on", None)
        found.append(("sent", _("Closed")) if is_closed else ("published", _("Public")))
    elif page.first_published_at:
        found.append(("missing", _("Taken off")))
    if where.code != Standing.PUBLIC:
        found.append((where.badge, where.label))
    return found


def to_approve(user) -> list[Own]:
    """Listings in review that another member of the organisation has sent; empty unless allowed.

    Whether the person may approve one is asked on its page: they may have saved a part of it.
    """
    if not settings.MARKETPLACE_PEER_REVIEW:
        return []
    return [
        one
        for one in [*services(user), *needs(user)]
        if one.standing.code == Standing.IN_REVIEW
        and one.page.current_workflow_state.requested_by_id != user.pk
    ]
