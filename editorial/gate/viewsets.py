"""Where operators set which kinds need which review."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from editorial.gate.forms import ReviewRuleForm
from editorial.gate.models import ReviewRule


class EveryKindPolicy(ModelPermissionPolicy):
    """Each kind has its row: nobody adds or deletes one."""

    def user_has_permission(self, user, action):
        return action in ("change", "view") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class ReviewRuleViewSet(ModelViewSet):
    """Every kind with its reviews; at first a second person decides about all of them."""

    model = ReviewRule
    icon = "check"
    menu_label = _("Reviews by kind of text")
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "texts", "translations", "changed_by", "changed_at"]
    list_per_page = 100

    @property
    def permission_policy(self):
        return EveryKindPolicy(ReviewRule)

    def get_form_class(self, for_update=False):
        return ReviewRuleForm


review_rules = ReviewRuleViewSet("review-rules")
