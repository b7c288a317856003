"""From the mail to the approval with one press: shows what would become public, and asks."""

from django.utils.translation import gettext_lazy

from editorial.fingerprints import digest
from editorial.reviewing import approve
from editorial.views.review import ReviewView


class ApproveView(ReviewView):
    """The same review with one button. Asking for the page changes nothing; a stale address says so."""

    template_name = "editorial/reviewing/approve.html"
    page_title = gettext_lazy("Approve and publish")
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        if self.is_stale or not self.in_review:
            return self.get(request, *args, **kwargs)
        return self.decide("approve")

    @property
    def is_stale(self) -> bool:
        """Whether the text in review is not the one that the mail was about."""
        about = approve.is_about(self.state, self.kwargs["seen"])
        return not (about and digest(self.state.revision) == self.state.content_hash)

    def get_context_data(self, **kwargs):
        ended = not self.in_review
        return super().get_context_data(
            is_stale=self.is_stale or (ended and bool(self.newer)),
            newer=self.newer if ended else self.state if self.is_stale else None,
            **kwargs,
        )
