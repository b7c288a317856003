"""The panels of the dashboard, first what waits for the person."""

from django.conf import settings
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from accounts.models import Role
from accounts.permissions import scopes_of
from editorial import permissions
from editorial.models import Assignment
from editorial.work import dashboard, drafts
from editorial.work.assignments import given_by
from editorial.work.filters import WorkFilters

FILTERED = _("Nothing is like this. Remove a filter.")


class FilterPanel(Component):
    """How much there is of what, and the form that narrows it."""

    name = "work-filters"
    order = 5
    template_name = "editorial/work/filters.html"

    def __init__(self, form: WorkFilters, panels: list):
        self.form, self.panels = form, panels

    def get_context_data(self, parent_context):
        return {"form": self.form, "panels": self.panels}


class WorkPanel(Component):
    """A list of work; where it is empty, a sentence that says how it fills."""

    template_name = "editorial/work/work.html"

    def __init__(self, name: str, heading, rows: list, empty, order: int, texts: dict):
        self.name, self.heading, self.rows = name, heading, rows
        self.empty, self.order, self.texts = empty, order, texts

    def get_context_data(self, parent_context):
        return {
            "name": self.name,
            "heading": self.heading,
            "rows": self.rows,
            "empty": self.empty,
            "hidden": self.rows.total - len(self.rows),
            "csrf_token": parent_context.get("csrf_token"),
            "query": parent_context["request"].GET.urlencode(),
            **self.texts,
        }


class Work:
    """Whose work is shown, by which roles, narrowed by what."""

    def __init__(self, user, data):
        self.user = user
        self.languages: dict[str, list[str]] = {}
        for role, code in (
            (one.role, one.language) for one in scopes_of(user, *permissions.OFFICE)
        ):
            codes = self.languages.setdefault(role, [])
            if code not in codes:
                codes.append(code)
        everywhere = {code for codes in self.languages.values() for code in codes}
        self.form = WorkFilters(
            data, [code for code in settings.CONTENT_LANGUAGES if code in everywhere]
        )
        self.filters = self.form.filters()

    @cached_property
    def own(self) -> dict[str, dashboard.Rows]:
        return dashboard.own(self.user, self.filters)

    @cached_property
    def assigned(self) -> dict[bool, dashboard.Rows]:
        """What is theirs to translate, and what others have in the languages into which they give work."""
        held = Q(language__in=self.gives)
        if self.has(Role.TRANSLATOR):
            held |= Q(person=self.user)
        return dashboard.assigned(Assignment.objects.filter(held), self.user, self.filters)

    @cached_property
    def gives(self) -> list[str]:
        return given_by(self.user)

    def has(self, *roles) -> bool:
        return any(role in self.languages for role in roles)

    def of(self, *roles) -> list[str]:
        """The languages in which the person has one of some roles."""
        return list(dict.fromkeys(code for role in roles for code in self.languages.get(role, [])))


def for_user(user, data=None) -> list[Component]:
    """The panels that concern a person: by their roles, and by what is there.

    `data` is what they chose in the form of the filters. What has no day is left out where only what
    is due is asked for.
    """
    work = Work(user, data or {})
    makers = [assigned_panel, others_panel, ending_panel]
    if not work.filters.due:
        makers = [
            *(review_panel, returned_panel, drafts_panel, submitted_panel, assigned_panel),
            *(translation_panel, others_panel, ending_panel),
        ]
    made = [panel for panel in (make(work) for make in makers) if panel is not None]
    for panel in made:
        if not panel.rows:
            panel.order += 100  # below what there is
        if work.form.narrows:
            panel.empty = FILTERED
    return [FilterPanel(work.form, made), *made] if work.languages else made


def review_panel(work: Work):
    if not work.has(Role.REVIEWER, Role.APPROVER):
        return None
    return WorkPanel(
        "waiting",
        _("Waiting for your review"),
        dashboard.waiting_for(work.user, work.filters),
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


def returned_panel(work: Work):
    rows = work.own[dashboard.RETURNED]
    if not rows and not work.has(Role.EDITOR, Role.TRANSLATOR):
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


def drafts_panel(work: Work):
    if not permissions.writes(work.user):
        return None
    codes = None if work.user.is_superuser else work.of(*permissions.WRITERS)
    return WorkPanel(
        "drafts",
        _("Your drafts"),
        drafts.of(work.user, codes, work.filters),
        _(
            "You have no draft that is still to be submitted. What you write or change stays here until "
            "you submit it."
        ),
        25,
        {"action": _("Open the text"), "who": "", "since": _("Last change")},
    )


def submitted_panel(work: Work):
    rows = work.own[dashboard.IN_REVIEW]
    if not rows and not work.has(Role.EDITOR, Role.TRANSLATOR):
        return None
    return WorkPanel(
        "submitted",
        _("Yours in review"),
        rows,
        _("Nothing of yours is in review. Submit a draft for review with the button under it."),
        30,
        {"action": _("Open the text"), "who": "", "since": _("Waits since")},
    )


def assigned_panel(work: Work):
    if not work.has(Role.TRANSLATOR):
        return None
    return WorkPanel(
        "assigned",
        _("Assigned to you"),
        work.assigned[True],
        _("Nothing is assigned to you. Take what you like from the list below."),
        35,
        {
            "action": _("Translate"),
            "who": _("Assigned by"),
            "since": _("Assigned on"),
            "change": _("Set a day, hand over or give back"),
        },
    )


def translation_panel(work: Work):
    if not work.has(Role.TRANSLATOR):
        return None
    return WorkPanel(
        "translate",
        _("To translate into your languages"),
        dashboard.to_translate(work.of(Role.TRANSLATOR), work.filters),
        _("Everything that is public exists in your languages and is up to date."),
        40,
        {"action": _("Translate"), "who": "", "since": _("Since"), "take": _("Take it on")},
    )


def others_panel(work: Work):
    rows = work.assigned[False]
    if not rows and not (work.gives and work.has(Role.APPROVER)):
        return None
    return WorkPanel(
        "others",
        _("Assigned to others in your languages"),
        rows,
        _(
            "Nobody has a translation into your languages. Give work to translators under “Translations” "
            "in the menu."
        ),
        45,
        {
            "action": _("Open the text"),
            "who": _("Person"),
            "since": _("Assigned on"),
            "change": _("Change the day or the person"),
        },
    )


def ending_panel(work: Work):
    if not work.has(Role.EDITOR, Role.TRANSLATOR):
        return None
    return WorkPanel(
        "ending",
        _("Ends or needs a new translation soon"),
        dashboard.ending(work.of(Role.EDITOR), work.of(Role.TRANSLATOR), work.filters),
        _(
            "Nothing ends within 30 days, and no source of your translations is being changed. To end "
            "a text, set an expiry in the editor and submit it for review."
        ),
        50,
        {"action": _("Open the text"), "who": "", "since": ""},
    )
