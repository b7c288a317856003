"""A member tells of trying what a story tells."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.member_forms import form_of_member
from core.serving import reading_address
from stories import permissions, services
from stories.forms import TriedTooForm
from stories.models import StoryPage
from stories.tried import TriedToo
from stories.views.forms import crumbs


@form_of_member
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, key):
    """The report of one member about one story: new, waiting, refused with its reason, or public."""
    reader = get_language()
    pages = StoryPage.objects.live().filter(translation_key=key)
    story = get_object_or_404(pages.best_for(reader).select_related("locale"))
    found = None
    if request.user.is_authenticated:
        found = TriedToo.objects.written_by(request.user).filter(story_key=key).first()
    form = TriedTooForm(
        request.POST or None, instance=found or TriedToo(), initial={"language": reader}
    )
    refusal = request.not_saved
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            services.report(request.user, story, form.cleaned_data)
        except services.Refused as reason:
            refusal = str(reason)
        else:
            messages.success(request, _("Thank you. A reviewer reads it before it is public."))
            return redirect("stories-mine")
    return render(
        request,
        "stories/account/tried.html",
        {
            "form": form,
            "story": story,
            "story_url": reading_address(story.url_path, reader),
            "report": found,
            "can_change": found is None or permissions.can_change_report(request.user, found),
            "refusal": refusal,
            "sign_in_again": refusal and not request.user.is_authenticated,
            "sign_in_url": reverse("stories-mine"),
            "breadcrumbs": crumbs((_("We tried this too"), "")),
        },
        status=422 if form.is_bound else 200,
    )
