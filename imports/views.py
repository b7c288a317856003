"""Two steps in the admin: send a file, say where its parts go."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core import registry
from core.languages import language
from imports import reading, services
from imports.forms import PlacesForm, UploadForm
from imports.models import UploadedText


class UploadView(WagtailAdminTemplateMixin, FormView):
    """The file, and what it becomes."""

    template_name = "imports/upload.html"
    page_title = gettext_lazy("Import a text")
    header_icon = "upload"
    form_class = UploadForm

    def dispatch(self, request, *args, **kwargs):
        if not services.possible(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        kind, code = form.cleaned_data["place"].split("/")
        upload = UploadedText.objects.create(
            user=self.request.user,
            kind=kind,
            language=code,
            name=form.cleaned_data["file"].name[-255:],
            content=form.content,
        )
        return redirect("imports_places", upload.pk)


class PlacesView(WagtailAdminTemplateMixin, FormView):
    """What was read, where it goes, and what cannot be taken over."""

    template_name = "imports/places.html"
    page_title = gettext_lazy("Where does it go?")
    header_icon = "upload"
    form_class = PlacesForm

    def dispatch(self, request, *args, pk, **kwargs):
        self.upload = UploadedText.objects.filter(pk=pk, user=request.user).first()
        if self.upload is None:
            return self.forgotten()
        self.found = reading.read(self.upload.name, bytes(self.upload.content))
        return super().dispatch(request, *args, **kwargs)

    def forgotten(self):
        messages.info(
            self.request, _("A draft was made of this file, or it was forgotten after a day.")
        )
        return redirect("imports_upload")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "kind": self.upload.kind,
            "code": self.upload.language,
            "found": self.found,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "found": self.found,
            "upload": self.upload,
            "kind_name": registry.item(self.upload.kind).name,
            "text_language": language(self.upload.language),
        }

    @transaction.atomic
    def form_valid(self, form):
        # Deleted first: of two that send the form at once, the second one waits here and finds none.
        if not UploadedText.objects.filter(pk=self.upload.pk).delete()[0]:
            return self.forgotten()
        try:
            page, left = services.make_draft(
                self.upload.kind,
                self.upload.language,
                self.found,
                form.cleaned_data["title"],
                form.targets(),
                form.alternatives(),
                self.request.user,
            )
        except PermissionError as error:
            raise PermissionDenied from error
        messages.success(self.request, _("A draft was made. Read it through before you submit it."))
        if left := [*left, *self.found.left_out]:
            listed = format_html_join("", "<li>{}</li>", ((text,) for text in left))
            words = _("Not taken over, copy what you need:")
            messages.warning(self.request, format_html("{} <ul>{}</ul>", words, listed))
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@require_GET
def picture(request, pk: int, number: int) -> HttpResponse:
    """A picture of a person's own upload, to look at while they describe it."""
    upload = get_object_or_404(UploadedText, pk=pk, user=request.user)
    pictures = reading.read(upload.name, bytes(upload.content)).pictures
    if number >= len(pictures):
        return HttpResponse(status=404)
    ending = pictures[number].name.rsplit(".", 1)[-1]
    kind = "jpeg" if ending == "jpg" else ending
    return HttpResponse(pictures[number].content, content_type=f"image/{kind}")
