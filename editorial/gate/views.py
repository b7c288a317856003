"""The emergency brake: one person takes a text off the portal, with a reason."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages

from editorial import permissions, publishing
from editorial.addresses import edit_url
from editorial.gate.forms import WithdrawForm
from editorial.office import OfficeView, reviewed_or_404
from editorial.refusals import ReviewRefused


class WithdrawView(OfficeView, FormView):
    """Asks for the reason, and takes the text off."""

    form_class = WithdrawForm
    template_name = "editorial/gate/withdraw.html"
    page_title = gettext_lazy("Take off the portal")
    header_icon = "download"

    def dispatch(self, request, *args, kind, pk, **kwargs):
        self.object = reviewed_or_404(kind, pk)
        if not permissions.can_withdraw(request.user, self.object):
            raise PermissionDenied
        if not self.object.live:
            messages.info(request, _("This text is not public."))
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            publishing.withdraw(self.object, self.request.user, form.cleaned_data["reason"])
        except ReviewRefused as refusal:
            messages.warning(self.request, str(refusal))
        else:
            messages.success(
                self.request, _("“%(title)s” was taken off the portal.") % {"title": self.object}
            )
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs):
        can_edit = permissions.can_edit(self.request.user, self.object)
        return super().get_context_data(
            object=self.object,
            edit_url=edit_url(type(self.object), self.object.pk) if can_edit else "",
            **kwargs,
        )

    def get_page_subtitle(self):
        return str(self.object)
