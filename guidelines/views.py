"""The status of a recommendation in the admin: its history, and the next step."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from guidelines import permissions, services
from guidelines.forms import FollowUpForm, MoveForm
from guidelines.models import Move, Proceeding, RecommendationPage, Status
from guidelines.models.proceedings import TRANSITIONS


class FollowingView(WagtailAdminTemplateMixin, TemplateView):
    """All recommendations with status and follow-up, for those who may not edit their text too."""

    template_name = "guidelines/following.html"
    page_title = gettext_lazy("Recommendations")
    header_icon = "list-ol"

    def get_context_data(self, **kwargs):
        visible = RecommendationPage.objects.visible_to(self.request.user).live()
        firsts = {}
        for page in visible.select_related("locale").order_by("pk"):
            firsts.setdefault(page.translation_key, page)
        found = Proceeding.objects.filter(translation_key__in=firsts)
        proceedings = {proceeding.translation_key: proceeding for proceeding in found}
        rows = [
            {
                "page": page,
                "status": Status(proceeding.status if proceeding else Status.DRAFT).label,
                "follow_up_on": proceeding.follow_up_on if proceeding else None,
            }
            for key, page in firsts.items()
            for proceeding in [proceedings.get(key)]
        ]
        rows.sort(key=lambda row: (row["follow_up_on"] or datetime.date.max, row["page"].title))
        return super().get_context_data(rows=rows, **kwargs)


class MoveView(WagtailAdminTemplateMixin, TemplateView):
    """Shows what became of a recommendation and records the next step."""

    template_name = "guidelines/move.html"
    page_title = gettext_lazy("Status of the recommendation")
    header_icon = "list-ol"

    @cached_property
    def recommendation(self) -> RecommendationPage:
        visible = RecommendationPage.objects.visible_to(self.request.user)
        return get_object_or_404(visible.select_related("locale"), pk=self.kwargs["pk"])

    @cached_property
    def proceeding(self) -> Proceeding | None:
        key = self.recommendation.translation_key
        return Proceeding.objects.filter(translation_key=key).first()

    @cached_property
    def status(self) -> Status:
        return Status(self.proceeding.status) if self.proceeding else Status.DRAFT

    @cached_property
    def move_form(self) -> MoveForm:
        sent = self.request.POST if "move" in self.request.POST else None
        following = TRANSITIONS[self.status]
        return MoveForm(sent, initial={"to": following[0]} if following else None)

    @cached_property
    def follow_up_form(self) -> FollowUpForm:
        sent = self.request.POST if "follow_up" in self.request.POST else None
        day = self.proceeding.follow_up_on if self.proceeding else None
        return FollowUpForm(sent, initial={"follow_up_on": day}, prefix="day")

    def post(self, request, *args, **kwargs):
        if "take_back" in request.POST:
            return self.take_back()
        if "move" in request.POST:
            form, perform = self.move_form, self.move
        else:
            form, perform = self.follow_up_form, self.follow_up
        if form.is_valid():
            try:
                perform(form)
            except ValidationError as error:
                for name, said in error.message_dict.items():
                    form.add_error(name if name in form.fields else None, said)
            except PermissionDenied:
                messages.error(request, _("Your role does not allow this step. Ask a reviewer."))
            else:
                messages.success(request, _("It is recorded."))
                return redirect("guidelines_move", self.recommendation.pk)
        return self.get(request, *args, **kwargs)

    def move(self, form: MoveForm) -> None:
        said = form.cleaned_data
        services.move(
            self.recommendation,
            said["to"],
            self.request.user,
            said["on"],
            said["note"],
            office=said["office"],
            answer=form.answer(),
            follow_up_on=said["follow_up_on"],
        )

    def take_back(self):
        try:
            services.take_back(
                self.recommendation, self.request.user, self.request.POST["take_back"]
            )
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        except PermissionDenied:
            messages.error(self.request, _("Your role does not allow this step. Ask a reviewer."))
        else:
            messages.success(self.request, _("The last step is taken back."))
        return redirect("guidelines_move", self.recommendation.pk)

    def follow_up(self, form: FollowUpForm) -> None:
        services.follow_up(
            self.recommendation, form.cleaned_data["follow_up_on"], self.request.user
        )

    def get_context_data(self, **kwargs):
        following = TRANSITIONS[self.status]
        key, user = self.recommendation.translation_key, self.request.user
        moves = (
            Move.objects.filter(proceeding=self.proceeding)
            if self.proceeding
            else Move.objects.none()
        )
        return super().get_context_data(
            recommendation=self.recommendation,
            status=self.status,
            moves=list(moves.select_related("by", "answer")),
            move_form=self.move_form,
            follow_up_form=self.follow_up_form,
            can_move=any(permissions.can_move(user, key, to) for to in following),
            may_follow_up=self.proceeding and permissions.can_move(user, key, self.status),
            is_over=not following,
            **kwargs,
        )

    def get_page_subtitle(self):
        return self.recommendation.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("guidelines_following"), "label": _("Recommendations")},
            {"url": "", "label": self.recommendation.title},
        ]
