"""What stands beside the pages and is not for everybody: the confidential part of a need."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.views import private
from core.languages import language
from core.serving import reading_address
from marketplace.listings.confidential import details_for, may_read
from marketplace.listings.models import NeedPage
from organisations.views.frame import for_members


@private
@for_members
@require_safe
def details(request, need_key):
    """The confidential part of a need, for those who may read it; for others there is no such page."""
    reader = get_language()
    needs = NeedPage.objects.visible_to(request.user).filter(translation_key=need_key)
    need = needs.best_for(reader).select_related("locale").order_by("rank", "pk").first()
    if need is None or not may_read(request.user, need):
        raise Http404
    content = language(need.locale.language_code)
    return render(
        request,
        "marketplace/need_details.html",
        {
            "need": need,
            "need_url": reading_address(need.url_path, reader) if need.live else "",
            "need_language": content,
            "details": details_for(request.user, need),
        },
    )
