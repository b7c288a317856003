"""The panels of the dashboard, first what waits for the person."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from accounts.models import Role
from accounts.permissions import roles_of
from editorial import dashboard


class WorkPanel(Component):
    """A list of work; where it is empty, a sentence that says how it fills."""

    template_name = "editorial/panels/work.html"

    def __init__(self, name: str, heading, rows: list, empty, order: int, texts: dict):
        self.name, self.heading, self.rows = name, heading, rows
        self.empty, self.order, self.texts = empty, order, texts

    def get_context_data(self, parent_context):
        return {
            "name": self.name,
            "heading": self.heading,
            "rows": self.rows,
            "empty": self.empty,
            "full": len(self.rows) >= dashboard.ROWS,
            **self.texts,
        }


def for_user(user) -> list[WorkPanel]:
    """The panels that concern a person: by their roles, and by what is there."""
    roles = {role for role, _language in roles_of(user)}
    made = [
        panel
        for panel in (review_panel(user, roles), returned_panel(user, roles))
        if panel is not None
    ]
    made += [
        panel
        for panel in (
            submitted_panel(user, roles),
            assigned_panel(user, roles),
            translation_panel(user, roles),
        )
        if panel is not None
    ]
    return made


def review_panel(user, roles):
    if not roles & {Role.REVIEWER, Role.APPROVER}:
        return None
    return WorkPanel(
        "waiting",
        _("Waiting for your review"),
        dashboard.waiting_for(user),
        _(
            "Nothing waits for you. When somebody submits a text in your languages, it appears here "
            "and you get a mail."
        ),
        10,
        {
            "action": _("See what changed and decide"),
            "who": _("Submitted by"),
            "since": _("Waits since"),
        },
    )


def returned_panel(user, roles):
    rows = dashboard.returned_to(user)
    if not rows and not roles & {Role.EDITOR, Role.TRANSLATOR}:
        return None
    return WorkPanel(
        "returned",
        _("Returned to you"),
        rows,
        _(
            "Nothing was returned. If a reviewer asks for changes, you find their comment here and at the text."
        ),
        20,
        {"action": _("Open the text"), "who": _("Returned by"), "since": _("Returned")},
    )


def submitted_panel(user, roles):
    rows = dashboard.in_review_of(user)
    if not rows and not roles & {Role.EDITOR, Role.TRANSLATOR}:
        return None
    return WorkPanel(
        "submitted",
        _("Yours in review"),
        rows,
        _("Nothing of yours is in review. Submit a draft for review with the button under it."),
        30,
        {"action": _("Open the text"), "who": "", "since": _("Waits since")},
    )


def assigned_panel(user, roles):
    if Role.TRANSLATOR not in roles:
        return None
    return WorkPanel(
        "assigned",
        _("Assigned to you"),
        dashboard.assigned_to(user),
        _("Nothing is assigned to you. Take what you like from the list below."),
        35,
        {"action": _("Translate"), "who": _("Assigned by"), "since": _("Assigned on")},
    )


def translation_panel(user, roles):
    if Role.TRANSLATOR not in roles:
        return None
    return WorkPanel(
        "translate",
        _("To translate into your languages"),
        dashboard.to_translate(user),
        _("Everything that is public exists in your languages and is up to date."),
        40,
        {"action": _("Translate"), "who": "", "since": _("Since")},
    )
