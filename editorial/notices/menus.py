"""Notices in the menu of the admin."""

from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from editorial.notices.models import Notice


class NoticesItem(MenuItem):
    """The way to one's notices; its label says how many are unread."""

    def render_component(self, request):
        component = super().render_component(request)
        unread = Notice.objects.unread().filter(person=request.user).count()
        if unread:
            component.label = _("Unread notices: %(count)s") % {"count": unread}
        return component
