"""What must fit together in a service and in a need."""

from django.utils.translation import gettext_lazy as _

import vocabularies

SCHOOL = "school"
COMPANY = "company"  # the code of a place, and of a kind of organisation
FIXED = "fixed"


def service(page) -> dict:
    """What does not fit together in a service, by field."""
    found = {}
    if page.organisation_id:
        if page.organisation.merged_into_id:
            found["organisation"] = merged(page.organisation)
        elif page.organisation.kind != SCHOOL:
            found["organisation"] = _("Only schools and training centres offer services.")
    if page.narrow_field and not vocabularies.get("narrow_field").within(
        [page.narrow_field], [page.field]
    ):
        found["narrow_field"] = _(
            "This narrow field does not lie in the chosen field of education."
        )
    if page.team_smallest and page.team_largest and page.team_largest < page.team_smallest:
        found["team_largest"] = _("This number is smaller than the one before it.")
    if page.price_model == FIXED and not page.price:
        found["price"] = _("A fixed price needs a number.")
    if page.price and page.price_model and page.price_model != FIXED:
        found["price"] = _("Leave this empty, or choose the fixed price.")
    if page.radius and COMPANY not in (page.place or []):
        found["radius"] = _("A radius counts only for work at the company.")
    return found


def need(page) -> dict:
    """What does not fit together in a need, by field."""
    found = {}
    if page.organisation_id and page.organisation.merged_into_id:
        found["organisation"] = merged(page.organisation)
    if page.entered_by_desk_id and page.entered_by_desk_id == page.organisation_id:
        found["entered_by_desk"] = _("Leave this empty: the organisation itself is the desk.")
    if page.starts and page.deadline and page.deadline < page.starts:
        found["deadline"] = _("The deadline comes before the earliest start.")
    return found


def merged(organisation) -> str:
    return _("This record was merged into another one: %(name)s") % {
        "name": organisation.merged_into
    }
