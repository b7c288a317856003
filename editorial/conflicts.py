"""Two people at one text: nobody replaces what another has saved without having been asked.

Wagtail's editor asks, but only in the browser, and only once it has noticed: it looks every ten
seconds and at each autosave. Whoever is quicker than that is asked here, before anything is stored.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.edit import EditView

from editorial import services

# Sent by static/editorial/conflicts.js after the question of Wagtail's editor was answered with yes.
CONFIRMED = "replace-newer-version"
SAVES = ("save", "submit", "restart_workflow")


class AskingEditView(EditView):
    """Wagtail's editor of a page; it shows the form again where saving would replace a newer draft."""

    @property
    def replaces_newer(self) -> bool:
        """Whether somebody else has saved since this form was opened."""
        return self.is_out_of_date and self.latest_revision.user_id != self.request.user.pk

    def form_valid(self, form):
        asked = CONFIRMED in self.request.POST or self.expects_json_response
        if asked or self.action_name not in SAVES or not self.replaces_newer:
            return super().form_valid(form)
        person = get_user_display_name(self.latest_revision.user) or _("Somebody")
        messages.error(
            self.request,
            _(
                "%(person)s has saved a newer version of this text. What you wrote is not saved yet "
                "and not lost: it stands in this form. Compare the two; if you save or submit all "
                "the same, you are asked once more."
            )
            % {"person": person},
            buttons=[
                messages.button(self.get_edit_url(), _("Open the newer version"), new_window=True)
            ],
        )
        # The form stays as old as it is, so that neither autosave nor the next click goes through.
        self.latest_revision_created_at = self.request.POST.get("loaded_revision_created_at", "")
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())


def one_after_the_other(request, page):
    """Saves a draft while its row is held; None inside the run, so that it goes through."""
    if getattr(request, "_held_for_saving", False):
        return None
    request._held_for_saving = True
    with transaction.atomic():
        services.held(page)
        return AskingEditView.as_view()(request, **request.resolver_match.kwargs)
