"""Where things are in the admin."""

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page

from editorial.publishing import identity


def edit_url(model, pk) -> str:
    """Where a page or reviewed snippet of a model is edited."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[quote(pk)])


def timeline_url(obj) -> str:
    """Where everything stands that happened to a page or reviewed snippet."""
    return reverse("editorial_timeline", args=identity(obj))


def timeline_at(base: type, pk) -> str:
    """The same of a page, or of a reviewed snippet of a model, by its key."""
    return reverse("editorial_timeline", args=[ContentType.objects.get_for_model(base).pk, pk])


def withdraw_url(obj) -> str:
    """Where a page or reviewed snippet is taken off the portal."""
    return reverse("editorial_withdraw", args=identity(obj))


def send_url(page_id: int, code: str) -> str:
    """Where a source version is sent into a language."""
    path = reverse("editorial_localize:submit_page_translation", args=[page_id])
    return f"{path}?select_locale={code}"


def assignment_url(assignment) -> str:
    """Where a translation that somebody has is handed over."""
    return reverse("editorial_assignment", args=[assignment.pk])


def numbered(request, number: int) -> str:
    """The page of a list with this number, narrowed as it is."""
    query = request.GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"
