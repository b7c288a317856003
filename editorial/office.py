"""What the screens of the office have in common."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from editorial.gate.guards import is_reviewed


class OfficeView(WagtailAdminTemplateMixin):
    """A screen that stands at the end of the way to it."""

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]


def reviewed_or_404(kind: int, pk: str):
    """The page or reviewed snippet of an address; who may see it is the caller's question."""
    model = get_object_or_404(ContentType, pk=kind).model_class()
    if (
        model is None
        or not is_reviewed(model)
        or not (pk.isascii() and pk.isdigit())
        or len(pk) > 18
    ):
        raise Http404
    found = get_object_or_404(model, pk=pk)
    found = found.specific if isinstance(found, Page) else found
    if not is_reviewed(type(found)):
        raise Http404
    return found
