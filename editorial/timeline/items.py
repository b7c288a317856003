"""The item of a timeline and its versions, as far as a person may see them."""

from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from accounts.models import User
from core.languages import Language, language
from editorial import permissions, publishing
from editorial.addresses import timeline_url


@dataclass(frozen=True)
class Version:
    """The item in one language: a page, or a snippet, which has but one."""

    obj: object
    of: Language

    @property
    def url(self) -> str:
        return timeline_url(self.obj)


@dataclass(frozen=True)
class Item:
    """An item by its model and, for a page, its translation key; `versions` are those that are seen."""

    model: type
    kind: int
    key: UUID | None
    versions: tuple[Version, ...]

    @property
    def ids(self) -> list[str]:
        return [str(version.obj.pk) for version in self.versions]

    def version(self, pk) -> Version | None:
        return next((one for one in self.versions if str(one.obj.pk) == str(pk)), None)

    def only(self, code: str) -> "Item":
        """The same with the versions in one language."""
        left = tuple(one for one in self.versions if one.of.code == code)
        return Item(self.model, self.kind, self.key, left)


def item_of(obj, user: User) -> Item | None:
    """The item that `obj` is a version of, with the versions that `user` may see; None if not `obj`.

    A version is seen by whoever has a role in its language that counts for its section and country, by
    operators, and by who may edit it.
    """
    key = obj.translation_key if isinstance(obj, Page) else None
    found = [obj]
    if key:
        others = type(obj).objects.filter(translation_key=key).exclude(pk=obj.pk)
        found += others.select_related("locale").order_by("locale__language_code")
    seen = [
        one
        for one in found
        if user.is_superuser
        or permissions.has_any_role(user, one)
        or (one == obj and permissions.can_edit(user, one))
    ]
    if obj not in seen:
        return None
    versions = tuple(Version(one, language(permissions.language_of(one))) for one in seen)
    return Item(type(obj), publishing.identity(obj)[0], key, versions)
