"""Notices in the menu of the admin."""

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem

from accounts import backends
from editorial.notices.models import Notice


def install() -> None:
    """Each screen says how many notices are unread; the number is read with the person."""
    mine = Notice.objects.unread().filter(person=OuterRef("pk")).order_by().values("person")
    backends.read_along["unread_notices"] = Subquery(
        mine.annotate(number=Count("pk")).values("number")
    )


class NoticesItem(MenuItem):
    """The way to one's notices; its label begins with how many are unread."""

    def render_component(self, request):
        component = super().render_component(request)
        unread = getattr(request.user, "unread_notices", None)
        if unread:
            component.label = ngettext(
                "%(count)s unread notice", "%(count)s unread notices", unread
            ) % {"count": unread}
        return component
