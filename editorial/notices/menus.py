"""Notices in the menu of the admin."""

from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem

from editorial.notices.models import Notice


class NoticesItem(MenuItem):
    """The way to one's notices; its label begins with how many are unread."""

    def render_component(self, request):
        component = super().render_component(request)
        unread = Notice.objects.unread().filter(person=request.user).count()
        if unread:
            component.label = ngettext(
                "%(count)s unread notice", "%(count)s unread notices", unread
            ) % {"count": unread}
        return component
