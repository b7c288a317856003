"""The desk's screens beside the usual forms: history, verification, merging, receivers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from organisations import campaigns, permissions, services
from organisations.admin_forms import MergeForm, VerificationForm, WithdrawForm
from organisations.changes import changes
from organisations.merging import merge
from organisations.models import Campaign, Organisation, Recipient, Verification


class RecordEditView(generic.EditView):
    """The record, changed by the rules that hold for its members too, and by none of them."""

    @cached_property
    def header_more_buttons(self):
        pk = [self.object.pk]
        return [
            *super().header_more_buttons,
            Button(
                _("Verification"),
                url=reverse("organisation:trust", args=pk),
                icon_name="check",
                priority=1,
            ),
            Button(
                _("Members"),
                url=reverse("organisations:record", args=[self.object.key]),
                icon_name="user",
                priority=2,
            ),
            Button(
                _("Merge a duplicate"),
                url=reverse("organisation:merge", args=pk),
                icon_name="link",
                priority=3,
            ),
        ]

    def form_valid(self, form):
        try:
            if permissions.role_of(self.request.user, self.object):
                raise services.Refused(
                    _(
                        "You are a member of this organisation. Ask a colleague at the desk to "
                        "change it, or change it on the public site."
                    )
                )
            return super().form_valid(form)
        except services.Changed as error:
            form.tell_change(error.current)
        except services.Refused as error:
            form.add_error(None, str(error))
        except ValidationError as error:  # the name was taken in this very moment
            form.add_error(None, error)
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one record, for those with a permission."""

    permission = ""
    page_title = ""
    header_icon = "group"
    model = Organisation

    def dispatch(self, request, *args, pk, **kwargs):
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.object = get_object_or_404(self.model, pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        name = self.model._meta.model_name
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(f"{name}:index"),
                "label": capfirst(self.model._meta.verbose_name_plural),
            },
            {"url": reverse(f"{name}:edit", args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(object=self.object, **kwargs)


class ChangesView(DeskView):
    """The history in words."""

    template_name = "organisations/admin/changes.html"
    permission = "organisations.view_organisation"
    page_title = gettext_lazy("History")
    header_icon = "history"

    def get_context_data(self, **kwargs):
        return super().get_context_data(changes=changes(self.object), **kwargs)


class TrustView(DeskView):
    """What was checked, and the form for the next check."""

    template_name = "organisations/admin/trust.html"
    permission = "organisations.add_verification"
    page_title = gettext_lazy("Verification")
    header_icon = "check"

    def get_context_data(self, **kwargs):
        rows = self.object.verifications.select_related("by")
        kwargs.setdefault("form", VerificationForm())
        kwargs.setdefault("withdraw_form", WithdrawForm())
        return super().get_context_data(
            verifications=rows,
            can_verify=permissions.can_verify(self.request.user, self.object),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = VerificationForm(request.POST, instance=Verification(organisation=self.object))
        if form.is_valid():
            try:
                services.verify(form.instance, request.user)
            except services.Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Verified."))
                return redirect("organisation:trust", self.object.pk)
        return self.render_to_response(self.get_context_data(form=form))


class WithdrawView(DeskView):
    """Ends a verification; it is shown by the screen of its organisation."""

    model = Verification
    permission = "organisations.add_verification"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = WithdrawForm(request.POST)
        try:
            if not form.is_valid():
                raise services.Refused(_("Say why."))
            services.withdraw(self.object, form.cleaned_data["reason"], request.user)
            messages.success(request, _("Withdrawn."))
        except (services.Refused, ValidationError) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return redirect("organisation:trust", self.object.organisation_id)


class MergeView(DeskView):
    """Two records of one organisation become one."""

    template_name = "organisations/admin/merge.html"
    permission = "organisations.change_organisation"
    page_title = gettext_lazy("Merge a duplicate")
    header_icon = "link"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", MergeForm(self.object))
        return super().get_context_data(
            can_merge=permissions.can_merge(self.request.user, self.object), **kwargs
        )

    def post(self, request, *args, **kwargs):
        form = MergeForm(self.object, request.POST)
        if form.is_valid():
            pair = [self.object, form.cleaned_data["other"]]
            keep, other = pair if form.cleaned_data["keep"] == "this" else pair[::-1]
            try:
                keep = merge(keep, other, request.user)
            except services.Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request,
                    _("“%(other)s” is a part of “%(keep)s” now.")
                    % {"other": other.name, "keep": keep.name},
                )
                return redirect("organisation:edit", keep.pk)
        return self.render_to_response(self.get_context_data(form=form))


class CampaignEditView(generic.EditView):
    """The campaign, with the way to its receivers."""

    @cached_property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            Button(
                _("Receivers"),
                url=reverse("campaign:receivers", args=[self.object.pk]),
                icon_name="mail",
                priority=1,
            ),
        ]


class ReceiversView(DeskView):
    """Who was invited and what came of it; the button that sends."""

    model = Campaign
    template_name = "organisations/admin/receivers.html"
    permission = "organisations.change_campaign"
    page_title = gettext_lazy("Receivers")
    header_icon = "mail"

    def get_context_data(self, **kwargs):
        numbers = dict(self.object.recipients.order_by().values_list("state").annotate(Count("pk")))
        return super().get_context_data(
            recipients=self.object.recipients.all()[:500],
            numbers=[(label, numbers.get(state, 0)) for state, label in Recipient.State.choices],
            waiting=numbers.get(Recipient.State.WAITING, 0),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        number = campaigns.send(self.object)
        messages.success(request, _("Mails on their way: %(number)s") % {"number": number})
        return redirect("campaign:receivers", self.object.pk)
