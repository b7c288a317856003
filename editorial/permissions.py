"""Who may decide about a text. Roles decide, never groups or superuser status."""

from django.db.models import QuerySet
from wagtail.models import Page

from accounts.models import Role, User
from accounts.permissions import has_role, holders, scopes_of
from accounts.permissions import roles_of as all_roles_of
from core.review import ApprovedByPeers, WrittenByMembers
from editorial import translations

# Who has pages to edit: those of their language.
WRITERS = (Role.EDITOR, Role.TRANSLATOR)
# Moderators deal with what was reported, not with drafts.
OFFICE = tuple(role for role in Role if role != Role.MODERATOR)


def roles_of(user: User) -> list[tuple[str, str]]:
    """The roles of the office that a person holds for everything, as `(role, language)`."""
    return [held for held in all_roles_of(user) if held[0] in OFFICE]


def language_of(obj) -> str:
    """The code of the language that a page or a reviewed snippet is written in."""
    locale = getattr(obj, "locale", None)
    return locale.language_code if locale else getattr(obj, "language", "")


def reviewing_role(obj) -> Role:
    """A translation is approved by a second speaker, everything else by a reviewer."""
    return Role.APPROVER if translations.record(obj) else Role.REVIEWER


def scope_of(obj) -> dict[str, str]:
    """What a scope can ask of a text: its section, which its address names, and its country.

    Empty where it has none; whoever has the role for a section or a country decides about it then no
    more.
    """
    parts = obj.url_path.strip("/").split("/") if isinstance(obj, Page) else []
    section = parts[1] if len(parts) > 1 else ""
    return {"section": section, "country": getattr(obj, "country", "") or ""}


def authors(obj, requested_by: int | None = None, recorded: QuerySet | None = None) -> set[int]:
    """The ids of those who had a hand in what differs from the public version.

    They are who saved a revision since the live one, who wrote a string of a translation since
    then, who submitted it, and whom `recorded` finds, a query of one id a row. One query.
    """
    live = getattr(obj, "live_revision", None)
    revisions = obj.revisions.order_by()
    if live:
        revisions = revisions.filter(created_at__gt=live.created_at)
    others = [] if recorded is None else [recorded]
    translation = translations.record(obj)
    if translation:
        others += translations.translators(translation, live.created_at if live else None)
    found = revisions.values_list("user").union(*others)
    return {pk for pk in [requested_by, *(pk for (pk,) in found)] if pk}


def can_decide(user: User, obj, state) -> bool:
    """Whether `user` may approve or return `obj`, which `state` (a FourEyesTaskState) holds in review."""
    if user is None or not user.is_active or user.pk is None:
        return False
    decides = is_in_scope(user, state) or is_peer(user, obj, state)
    return decides and user.pk not in state.everyone_involved(obj)


def is_in_scope(user: User, state) -> bool:
    """Whether `user` has the role that decides about the text of a review."""
    return has_role(user, state.role, state.language, state.section, state.country)


def is_peer(user: User, obj, state) -> bool:
    """Whether `user` may decide as another member, where a kind allows that; never about translations."""
    if state.translation or not issubclass(state.model or object, ApprovedByPeers):
        return False
    return (obj.specific if isinstance(obj, Page) else obj).is_approved_by(user)


def deciders(obj, state) -> QuerySet[User]:
    """The people who may decide about `obj`, which `state` holds in review."""
    found = holders(state.role, state.language, state.section, state.country)
    return found.exclude(pk__in=state.everyone_involved(obj))


def has_any_role(user: User, obj) -> bool:
    """Whether `user` works in the language of a text with a role that counts for it."""
    language, scope = language_of(obj), scope_of(obj)
    return any(has_role(user, role, language, **scope) for role in OFFICE)


def works_on(user: User, state) -> bool:
    """Whether `user` has a role that counts for the text of a review, as it was submitted."""
    scope = {"section": state.section, "country": state.country}
    return any(has_role(user, role, state.language, **scope) for role in OFFICE)


def can_withdraw(user: User, obj) -> bool:
    """Whether `user` may take `obj` off the portal at once: who decides about it, and operators."""
    if user is None or not user.is_active:
        return False
    role, language = reviewing_role(obj), language_of(obj)
    return user.is_superuser or has_role(user, role, language, **scope_of(obj))


def can_edit(user: User, obj) -> bool:
    """Whether `user` may change and submit `obj`."""
    if isinstance(obj, Page):
        return obj.permissions_for_user(user).can_edit()
    policy = obj.snippet_viewset.permission_policy
    return policy.user_has_permission_for_instance(user, "change", obj)


def writes(user: User) -> bool:
    """Whether `user` may open pages of any language in their editor."""
    return user.is_superuser or bool(scopes_of(user, *WRITERS))


def can_open(user: User, language: str) -> bool:
    """The same of one language. Roles say so, without a query for each page."""
    return user.is_superuser or any(has_role(user, role, language) for role in WRITERS)


def can_submit(user: User, obj) -> bool:
    """Whether `user` may send `obj` into review: an editor of it, or a member what they told."""
    return can_edit(user, obj) or is_members_own(user, obj)


def is_members_own(user: User, obj) -> bool:
    """Whether `user` writes it as a member; translations are their editors'."""
    return (
        isinstance(obj, WrittenByMembers)
        and user.is_active
        and obj.is_written_by(user)
        and translations.record(obj) is None
    )


def can_translate_into(user: User, language: str) -> bool:
    """Whether `user` may send a text into a language and take new source text into it."""
    return has_role(user, Role.TRANSLATOR, language)
