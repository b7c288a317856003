"""Who may do what to a page. Publishing is nobody's right: the finished review publishes."""

from collections.abc import Iterable

from wagtail.models import Page, PagePermissionTester

from core.registry import Item


class ReviewedPagePermissionTester(PagePermissionTester):
    """Wagtail's tester without any way to publish or unpublish directly, for superusers too."""

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_set_view_restrictions(self):
        return False

    def can_unschedule(self):
        return self.user.is_active and self.user.is_superuser

    def can_unpublish(self):
        return False


def parents_for(user, language: str, items: Iterable[Item]) -> dict[str, Page]:
    """The section, or the home page, in which `user` may add a page of each of some kinds, by kind."""
    places = [
        (item, "/".join(["", language, item.section, ""]).replace("//", "/")) for item in items
    ]
    found = Page.objects.live().filter(url_path__in=[path for _item, path in places])
    parents = {
        page.url_path: page for page in found if page.permissions_for_user(user).can_add_subpage()
    }
    return {
        item.kind: parents[path]
        for item, path in places
        if path in parents and item.model.can_create_at(parents[path])
    }
