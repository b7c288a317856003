"""The screens of the search in the admin beside the usual lists and forms."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView

from core.languages import language
from search.editors import misses
from search.editors.forms import LanguageForm, WhyForm
from search.editors.permissions import languages_for
from search.editors.preview import preview
from search.editors.why import MOST, explain


class OwnMixin:
    """Finds a row among those of the person's languages."""

    def get_object(self, queryset=None):
        own = self.model.objects.filter(language__in=languages_for(self.request.user))
        return get_object_or_404(own, pk=self.kwargs["pk"])


class OwnIndexView(IndexView):
    """The rows of the person's languages."""

    def get_base_queryset(self):
        return self.model.objects.filter(language__in=languages_for(self.request.user))


class PromotionIndexView(OwnIndexView):
    """With the titles of their pages."""

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("page")


class BeganView(CreateView):
    """A form that may begin with what stands in the address."""

    def get_initial(self):
        known = {name: self.request.GET[name] for name in self.began if name in self.request.GET}
        return super().get_initial() | known


class OwnEditView(OwnMixin, EditView):
    """Changes a row of the person's languages."""


class OwnDeleteView(OwnMixin, DeleteView):
    """Deletes one."""


class OwnHistoryView(OwnMixin, HistoryView):
    """Who changed one."""


class OwnUsageView(OwnMixin, UsageView):
    """Nothing refers to one."""


class TryMixin:
    """A second button shows the effect and saves nothing."""

    template_name = "search/editors/synonym.html"
    tried = None

    def form_valid(self, form):
        if "preview" not in self.request.POST:
            return super().form_valid(form)
        self.form = form
        self.tried = preview(form.instance, form.cleaned_data["question"])
        return self.render_to_response(self.get_context_data(form=form))

    def get_error_message(self):
        return None if "preview" in self.request.POST else super().get_error_message()

    def get_context_data(self, **kwargs):
        return super().get_context_data(tried=self.tried, **kwargs)


class SynonymCreateView(TryMixin, BeganView):
    began = ("language", "words")


class SynonymEditView(TryMixin, OwnEditView):
    pass


class PromotionCreateView(BeganView):
    began = ("language", "question")


class CuratedView(WagtailAdminTemplateMixin, TemplateView):
    """A screen for whoever curates the search of a language."""

    def dispatch(self, request, *args, **kwargs):
        self.codes = languages_for(request.user)
        if not self.codes:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class NotFoundView(CuratedView):
    """What readers searched in a language and did not find."""

    template_name = "search/editors/not_found.html"
    page_title = _("Searched and not found")
    header_icon = "search"

    def get_context_data(self, **kwargs):
        form = LanguageForm(self.request.GET, self.codes)
        code = form.chosen
        rows = misses.frequent(code)
        for row in rows:
            words = row["words"]
            row["synonym_url"] = address("synonyms:add", language=code, words=words)
            row["promotion_url"] = address("promotions:add", language=code, question=words)
        return super().get_context_data(
            form=LanguageForm({"language": code}, self.codes),
            of=language(code),
            rows=rows,
            fewest=misses.FEWEST,
            days=misses.DAYS,
            **kwargs,
        )


def address(name: str, **began) -> str:
    return f"{reverse(name)}?{urlencode(began)}"


class WhyView(CuratedView):
    """Why a question finds an item, or not."""

    template_name = "search/editors/why.html"
    page_title = _("Why is this (not) found?")
    header_icon = "help"

    def get_context_data(self, **kwargs):
        sent = self.request.GET if "question" in self.request.GET else None
        form = WhyForm(sent, self.codes)
        context = super().get_context_data(form=form, media=form.media, most=MOST, **kwargs)
        if sent is not None and form.is_valid():
            context["asked"] = form.asked
            context["of"] = language(form.cleaned_data["language"])
            context["why"] = explain(self.request, form.asked, form.cleaned_data["page"])
        return context
