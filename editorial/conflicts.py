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
from editorial.addresses import edit_url

# Sent by static/editorial/conflicts.js after the question of Wagtail's editor was answered with yes.
CONFIRMED = "replace-newer-version"


class Asking:
    """Before an edit view of Wagtail's: shows the form again where saving would replace a newer draft."""

    @property
    def replaces_newer(self) -> bool:
        """Whether somebody else has saved since this form was opened."""
        return self.is_out_of_date and self.latest_revision.user_id != self.request.user.pk

    def form_valid(self, form):
        asked = CONFIRMED in self.request.POST or self.expects_json_response
        if asked or not self.replaces_newer:
            return super().form_valid(form)
        person = get_user_display_name(self.latest_revision.user) or _("Somebody")
        newer = edit_url(type(form.instance), form.instance.pk)
        messages.error(
            self.request,
            _(
                "%(person)s has saved a newer version of this text. What you wrote is not saved yet "
                "and not lost: it stands in this form. Compare the two; if you save or submit all "
                "the same, you are asked once more."
            )
            % {"person": person},
            buttons=[messages.button(newer, _("Open the newer version"), new_window=True)],
        )
        # The form stays as old as it is, so that neither autosave nor the next click goes through.
        self.latest_revision_created_at = self.request.POST.get("loaded_revision_created_at", "")
        self.form, self.has_unsaved_changes = form, True
        return self.render_to_response(self.get_context_data())


class AskingEditView(Asking, EditView):
    """Wagtail's editor of a page."""


def asking(view):
    """The same for an edit view of a snippet, as its viewset gives it."""
    view_class = type(view.view_class.__name__, (Asking, view.view_class), {})
    return view_class.as_view(**view.view_initkwargs)


def held_once(request, obj, view):
    """What `view` answers while the row of `obj` is held.

    Hooks can answer a request but not wrap a view, so they run it again with this; None inside that
    run, so that it goes through.
    """
    if getattr(request, "_row_is_held", False):
        return None
    request._row_is_held = True
    with transaction.atomic():
        services.held(obj)
        return view()
