"""The search in the menu of the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from core.languages import language
from search.editors import views
from search.editors.forms import PromotionForm, SynonymForm
from search.editors.models import Promotion, Synonym
from search.editors.permissions import OfLanguagePolicy, languages_for

LANGUAGE = Column("language", label=_("Language"), accessor=lambda one: language(one.language).name)


class OfLanguageViewSet(ModelViewSet):
    """Rows of the person's languages."""

    index_view_class = views.OwnIndexView
    edit_view_class = views.OwnEditView
    delete_view_class = views.OwnDeleteView
    history_view_class = views.OwnHistoryView
    usage_view_class = views.OwnUsageView
    copy_view_enabled = False
    list_filter = ["language"]
    list_per_page = 50
    search_backend_name = None

    @property
    def permission_policy(self):
        return OfLanguagePolicy(self.model)


class SynonymViewSet(OfLanguageViewSet):
    """Equal words."""

    model = Synonym
    icon = "list-ul"
    menu_label = _("Equal words")
    add_view_class = views.SynonymCreateView
    edit_view_class = views.SynonymEditView
    list_display = ["__str__", LANGUAGE, BooleanColumn("active", label=_("In use"))]
    search_fields = ["words"]

    def get_form_class(self, for_update=False):
        return SynonymForm


class PromotionViewSet(OfLanguageViewSet):
    """Recommended results."""

    model = Promotion
    icon = "pick"
    menu_label = _("Recommended results")
    index_view_class = views.PromotionIndexView
    add_view_class = views.PromotionCreateView
    list_display = ["question", LANGUAGE, "page", "since", "until"]
    search_fields = ["question"]

    def get_form_class(self, for_update=False):
        return PromotionForm


class CuratorsItem(MenuItem):
    """Shown to those who curate the search of a language."""

    def is_shown(self, request):
        return bool(languages_for(request.user))


class ScreenViewSet(ViewSet):
    """One screen."""

    menu_item_class = CuratorsItem
    view: type

    def get_urlpatterns(self):
        return [path("", self.view.as_view(), name="index")]


class NotFoundViewSet(ScreenViewSet):
    icon = "search"
    menu_label = _("Not found")
    view = views.NotFoundView


class WhyViewSet(ScreenViewSet):
    icon = "help"
    menu_label = _("Why is this found?")
    view = views.WhyView


class SearchGroup(ViewSetGroup):
    """Everything that editors do about the search of readers."""

    menu_label = _("Public search")
    menu_icon = "search"
    menu_order = 255
    items = (
        SynonymViewSet("synonyms"),
        PromotionViewSet("promotions"),
        NotFoundViewSet("not-found"),
        WhyViewSet("why"),
    )
