"""Who may do what to a page. Publishing is nobody's right: the finished review publishes."""

from wagtail.models import PagePermissionTester


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
