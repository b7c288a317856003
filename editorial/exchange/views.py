"""Translations taken away as files and brought back, in the admin."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation

from accounts.models import Role
from accounts.permissions import languages_of
from editorial.exchange import services
from editorial.exchange.formats import ENDINGS, FORMATS, NAMES
from editorial.work import dashboard


class UploadForm(forms.Form):
    """The file that comes back."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=format_lazy(
            gettext_lazy(
                "A file that was exported here ({formats}), or a ZIP file with several. At most 5 MB "
                "for each file, 20 MB for a ZIP file. A ZIP file is read for two seconds; the report "
                "names the files that were not reached."
            ),
            formats=NAMES,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": f"{ENDINGS}, .zip"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        packed = file.name.lower().endswith(".zip")
        # Before a byte of it is read.
        if file.size > (services.LARGEST_ARCHIVE if packed else services.LARGEST_FILE):
            raise ValidationError(
                _("The ZIP file is larger than 20 MB.") if packed else services.too_large()
            )
        return file


def translator(user) -> list[str]:
    codes = languages_of(user, Role.TRANSLATOR)
    if not codes:
        raise PermissionDenied
    return codes


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request):
    """What can be taken away, the form that brings it back, and the report of what became of it."""
    codes = translator(request.user)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    reports = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        reports = services.take(file.name, file.read(), request.user)
    begun = dashboard.begun(codes, free=False) if not reports else dashboard.Rows()
    context = {
        "form": form,
        "reports": reports,
        "begun": begun,
        "more": begun.total > len(begun),
        "formats": FORMATS,
        "board_url": reverse("editorial_coverage") + "?language=mine",
    }
    return TemplateResponse(request, "editorial/exchange/exchange.html", context)


@require_safe
def download(request, translation_id: int, kind: str = "po"):
    """One translation as a file."""
    translation = get_object_or_404(
        Translation.objects.select_related(
            "source__locale", "target_locale", "source__specific_content_type"
        ),
        pk=translation_id,
        enabled=True,
    )
    if kind not in FORMATS or not services.can_exchange(request.user, translation):
        raise Http404
    name, content = services.exported(translation, kind)
    return attachment(name, content, FORMATS[kind].type)


@require_POST
def download_selection(request):
    """The chosen items of the board in one language, as a ZIP file."""
    translator(request.user)
    back = redirect(get_valid_next_url_from_request(request) or "editorial_coverage")
    kind, language = request.POST.get("format", ""), request.POST.get("language", "")
    try:
        keys = [UUID(one) for one in request.POST.getlist("item")]
    except ValueError:
        keys = []
    if not keys or kind not in FORMATS:
        messages.error(request, _("Choose at least one item in the table."))
        return back
    content = services.archive_of(keys, language, kind, request.user)
    if content is None:
        messages.error(
            request,
            _(
                "Nothing of it can be taken away in this language: it has to be begun, and you have "
                "to be its translator."
            ),
        )
        return back
    return attachment(f"translations-{language}.zip", content, "application/zip")


def attachment(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def upload_for(request, translation_id: int):
    """The upload in wagtail-localize's editor: the same checks, and only of this translation."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not services.can_exchange(request.user, translation):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        for error in form.errors.get("file", []):
            messages.error(request, error)
    else:
        file = form.cleaned_data["file"]
        report = services.take_file(file.name, file.read(), request.user, only=translation)
        tell(request, report)
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def tell(request, report: services.Report) -> None:
    """A report as messages: there is no room for a table."""
    said = [
        _("Line %(line)s: %(reason)s") % {"line": one.line, "reason": one.text}
        if one.line
        else one.text
        for one in report.refused or report.skipped
    ]
    if report.refused:
        messages.error(request, " ".join([_("Nothing was taken."), *said[:5]]))
        return
    messages.success(request, _("Taken: %(count)s") % {"count": report.taken})
    if said:
        messages.warning(request, " ".join([_("Not taken:"), *said[:5]]))
