"""Where things are in the admin."""

from django.contrib.admin.utils import quote
from django.urls import reverse
from wagtail.models import Page


def edit_url(model, pk) -> str:
    """Where a page or reviewed snippet of a model is edited."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[quote(pk)])
