"""How far the work on an item for several languages is, what failed and why, and machine drafts."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.models import Page

from accounts.models import Role
from accounts.permissions import languages_of
from core.languages import language
from editorial.addresses import edit_url
from editorial.machine.drafts import estimates
from editorial.machine.engines import engine
from editorial.machine.forms import MachineForm
from editorial.office import OfficeView
from editorial.sending import services
from editorial.sending.models import LanguageWork


class ProgressView(OfficeView, TemplateView):
    """For translators: every language that was asked for, with its state; and what is not ready again."""

    template_name = "editorial/sending/progress.html"
    page_title = gettext_lazy("Languages of a text")
    header_icon = "globe"

    def dispatch(self, request, *args, page_id, **kwargs):
        self.page = get_object_or_404(Page, pk=page_id)
        self.codes = languages_of(request.user, Role.TRANSLATOR)
        if not self.codes:
            raise PermissionDenied
        if not self.page.live and not LanguageWork.objects.filter(page=self.page).exists():
            raise Http404
        self.offered = estimates(self.page, self.codes)
        self.form = MachineForm(request.POST if "machine" in request.POST else None, self.offered)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if "machine" in request.POST:
            if not self.form.is_valid():
                return self.render_to_response(self.get_context_data())
            chosen = self.form.cleaned_data["language"]
            services.order(self.page, LanguageWork.Kind.MACHINE, chosen, request.user)
            messages.success(request, _("Machine drafts are being made."))
        elif number := services.go_on(self.page, request.user):
            messages.success(
                request,
                ngettext(
                    "%(number)s language is tried again.",
                    "%(number)s languages are tried again.",
                    number,
                )
                % {"number": number},
            )
        return redirect("editorial_sending", self.page.pk)

    def get_context_data(self, **kwargs):
        works = list(LanguageWork.objects.filter(page=self.page))
        drafts = dict(
            self.page.get_translations().values_list("locale__language_code", "pk") if works else []
        )
        groups = [
            self.group(kind, [one for one in works if one.kind == kind], drafts)
            for kind in LanguageWork.Kind
        ]
        chosen = engine()
        return super().get_context_data(
            page=self.page,
            groups=[one for one in groups if one["rows"]],
            waiting=any(one.state == LanguageWork.State.WAITING for one in works),
            left=any(
                one.state != LanguageWork.State.DONE and one.language in self.codes for one in works
            ),
            machine=chosen.name if chosen else "",
            offered=self.offered,
            form=self.form,
            **kwargs,
        )

    def group(self, kind: str, works: list[LanguageWork], drafts: dict[str, int]) -> dict:
        """One kind of work: how many of how many are ready, and each language."""
        return {
            "label": LanguageWork.Kind(kind).label,
            "kind": kind,
            "done": sum(one.state == LanguageWork.State.DONE for one in works),
            "rows": [
                {
                    "of": language(one.language),
                    "state": one.state,
                    "label": one.get_state_display(),
                    "reason": one.reason,
                    "url": (
                        edit_url(Page, drafts[one.language])
                        if one.language in drafts and one.language in self.codes
                        else ""
                    ),
                }
                for one in works
            ],
        }

    def get_page_subtitle(self):
        return self.page.title  # that of its draft is for those of its language
