"""Where the desk works on organisations, networks and campaigns in the admin."""

import django_filters
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import ModelPermissionPolicy

import vocabularies
from organisations import admin_views
from organisations.admin_forms import CampaignForm, DeskRecordForm
from organisations.models import Campaign, NetworkMembership, Organisation


class OrganisationFilterSet(WagtailFilterSet):
    """By kind, country and trust."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=vocabularies.choices("partner_kind")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=vocabularies.choices("country")
    )
    is_verified = django_filters.BooleanFilter(label=_("Verified"))

    class Meta:
        model = Organisation
        fields = ["kind", "country", "is_verified"]


class OrganisationIndexView(IndexView):
    """The records that were not merged into another one."""

    def get_base_queryset(self):
        return super().get_base_queryset().current().with_verification()


class KeptPolicy(ModelPermissionPolicy):
    """Nobody deletes a record: a duplicate is merged, and the history stays."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class OrganisationViewSet(ModelViewSet):
    """The records."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    index_view_class = OrganisationIndexView
    edit_view_class = admin_views.RecordEditView
    history_view_class = admin_views.ChangesView
    filterset_class = OrganisationFilterSet
    search_fields = ["name", "place"]
    search_backend_name = None
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "name",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        "place",
        Column("get_country_display", label=_("Country"), sort_key="country"),
        BooleanColumn("is_verified", label=_("Verified"), sort_key="is_verified"),
    ]

    @property
    def permission_policy(self):
        return KeptPolicy(self.model)

    def get_form_class(self, for_update=False):
        return DeskRecordForm

    @property
    def history_view(self):
        return admin_views.ChangesView.as_view()

    @property
    def history_results_view(self):
        return self.history_view

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("trust/<int:pk>/", admin_views.TrustView.as_view(), name="trust"),
            path("withdraw/<int:pk>/", admin_views.WithdrawView.as_view(), name="withdraw"),
            path("merge/<int:pk>/", admin_views.MergeView.as_view(), name="merge"),
        ]


class NetworkMembershipViewSet(ModelViewSet):
    """Which organisation belongs to which network."""

    model = NetworkMembership
    icon = "site"
    menu_label = _("Networks")
    form_fields = ["network", "member", "since"]
    list_display = ["network", "member", "since"]
    copy_view_enabled = False
    list_per_page = 50


class CampaignViewSet(ModelViewSet):
    """Invitation campaigns."""

    model = Campaign
    icon = "mail"
    menu_label = _("Invitations")
    edit_view_class = admin_views.CampaignEditView
    list_display = ["name", "language", "created_at"]
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return CampaignForm

    def get_urlpatterns(self):
        receivers = admin_views.ReceiversView.as_view()
        return [
            *super().get_urlpatterns(),
            path("receivers/<int:pk>/", receivers, name="receivers"),
        ]


class OrganisationsGroup(ModelViewSetGroup):
    """The menu of the desk."""

    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 250
    items = (
        OrganisationViewSet("organisation"),
        NetworkMembershipViewSet("networkmembership"),
        CampaignViewSet("campaign"),
    )


class CurrentOnly:
    """Merged records cannot be chosen."""

    def get_object_list(self):
        return super().get_object_list().current()


class OrganisationChooseView(CurrentOnly, ChooseView):
    """All records to choose from."""


class OrganisationResultsView(CurrentOnly, ChooseResultsView):
    """Those with a word in them."""


class OrganisationChooserViewSet(ChooserViewSet):
    """Chooses a record in a form of the admin."""

    model = Organisation
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Open this organisation")
    choose_view_class = OrganisationChooseView
    choose_results_view_class = OrganisationResultsView
