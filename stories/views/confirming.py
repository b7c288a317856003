"""The contact of a story says that it is still true, or what has changed."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.anonymous import for_visitors
from core.languages import language
from core.serving import reading_address
from stories import confirming, services
from stories.forms import StillTrueForm
from stories.models import StoryPage


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request, token: str):
    """The page behind the link of the reminder. Looking at it changes nothing."""
    letter = confirming.read(token)
    reader = get_language()
    pages = StoryPage.objects.live().best_for(reader).select_related("locale")
    story = letter and pages.filter(translation_key=letter.story_key).first()
    if letter and (story is None or story.contact_email != letter.email):
        raise Http404
    form = StillTrueForm(request, request.POST or None)
    done = ""
    if story and request.method == "POST" and form.is_valid():
        if form.cleaned_data["answer"] == form.YES:
            services.confirm(letter.story_key, timezone.localdate(), letter.email)
            done = _("Thank you. The page now says that you confirmed it today.")
        else:
            services.tell_change(story, letter.email, form.cleaned_data["changed"], form.submission)
            done = _(
                "Thank you. The editors have your words and write to you if they have questions."
            )
    return render(
        request,
        "stories/still_true.html",
        {
            "form": form,
            "story": story,
            "story_url": story and reading_address(story.url_path, reader),
            "content_lang": story and language(story.locale.language_code),
            "done": done,
            "breadcrumbs": [],
        },
        status=422 if form.errors else (200 if story else 410),
    )
