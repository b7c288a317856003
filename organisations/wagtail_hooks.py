from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from organisations.merging import LOG_ACTION
from organisations.viewsets import OrganisationChooserViewSet, OrganisationsGroup


@hooks.register("register_admin_viewset")
def register_organisations():
    return OrganisationsGroup()


@hooks.register("register_admin_viewset")
def register_chooser():
    return OrganisationChooserViewSet("organisation_chooser")


@hooks.register("register_log_actions")
def register_merge(actions):
    actions.register_action(LOG_ACTION, _("Merge"), _("Took over a duplicate record"))
