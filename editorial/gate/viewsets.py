"""Where operators set which kinds need no review."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from editorial.gate.forms import ReviewRuleForm
from editorial.gate.models import ReviewRule


class ReviewRuleViewSet(ModelViewSet):
    """The exceptions; the list is empty as long as everything is reviewed."""

    model = ReviewRule
    icon = "check"
    menu_label = _("Exceptions from review")
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "texts", "translations", "changed_by", "changed_at"]

    def get_form_class(self, for_update=False):
        return ReviewRuleForm


review_rules = ReviewRuleViewSet("review-rules")
