"""Taking a translation on, handing it over, giving it back; and what is to come."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages

from core.languages import language
from editorial.addresses import assignment_url
from editorial.models import Assignment
from editorial.office import OfficeView
from editorial.permissions import roles_of
from editorial.refusals import ReviewRefused
from editorial.work import assignments, coming, dashboard
from editorial.work.forms import AssignmentForm, ComingFilters, TakeForm


@require_POST
def take(request):
    """A translator takes on what is nobody's, and is told where somebody was faster."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        raise Http404
    item, code = form.cleaned_data["item"], form.cleaned_data["language"]
    try:
        taken = assignments.claim(item, code, request.user)
    except ReviewRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("It is yours now, under “Assigned to you”. Set a day if you like."),
            buttons=[messages.button(assignment_url(taken), _("Set a day"))],
        )
    return home(request)


def home(request):
    """Back to the work, narrowed as it was."""
    query = request.GET.urlencode()
    return redirect(f"{reverse('wagtailadmin_home')}{'?' if query else ''}{query}")


class AssignmentView(OfficeView, FormView):
    """One translation: who has it until when, and another person or day for it."""

    template_name = "editorial/work/assignment.html"
    page_title = gettext_lazy("Assignment")
    header_icon = "user"

    def dispatch(self, request, *args, pk, **kwargs):
        self.assignment = get_object_or_404(Assignment.objects.select_related("person"), pk=pk)
        if not assignments.can_change(request.user, self.assignment):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> dashboard.Row | None:
        """The work itself; None while it is in review."""
        held = Assignment.objects.filter(pk=self.assignment.pk)
        mine = dashboard.assigned(held, self.request.user)
        return next(iter([*mine[True], *mine[False]]), None)

    def get_form(self, form_class=None):
        data = self.request.POST if self.request.method == "POST" else None
        return AssignmentForm(data, self.assignment)

    def post(self, request, *args, **kwargs):
        if "release" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            assignments.release(self.assignment, request.user)
        except ReviewRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("This translation is nobody's now. Others can take it on."))
        return home(request)

    def form_valid(self, form):
        data = form.cleaned_data
        self.assignment.person_id = data["seen"]
        try:
            assignments.hand_over(self.assignment, data["person"], self.request.user, data["due"])
        except ReviewRefused as refusal:
            self.assignment.refresh_from_db()
            form.add_error("person", ValidationError(str(refusal)))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved. It is work for %(person)s.") % data)
        return home(self.request)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            assignment=self.assignment,
            row=self.row,
            of=language(self.assignment.language),
            **kwargs,
        )

    def get_page_subtitle(self):
        return self.row.title if self.row else ""


class ComingView(OfficeView, TemplateView):
    """What is to come, for people with a role for a whole language and for operators."""

    template_name = "editorial/work/coming.html"
    page_title = gettext_lazy("What is to come")
    header_icon = "calendar"

    def dispatch(self, request, *args, **kwargs):
        held = {code for _role, code in roles_of(request.user)}
        mine = set(settings.CONTENT_LANGUAGES) if request.user.is_superuser else held
        self.codes = [code for code in settings.CONTENT_LANGUAGES if code in mine]
        if not self.codes:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        form = ComingFilters(self.request.GET, self.codes)
        found = coming.events(self.request.user, form.wanted(self.codes))
        return super().get_context_data(
            form=form, events=found, now=timezone.now(), full=len(found) >= coming.MOST, **kwargs
        )
