"""The board in the admin, its table as a file, and the totals for everyone."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from accounts.models import Role
from core import generation, pagination
from core.languages import language
from core.tables import table
from editorial.addresses import numbered, timeline_at
from editorial.coverage import board, listing
from editorial.coverage.forms import AssignForm, BoardFilters
from editorial.exchange.formats import FORMATS
from editorial.permissions import roles_of
from editorial.refusals import ReviewRefused
from editorial.work import assignments, dashboard

PER_PAGE = 50


def roles_or_refusal(user) -> list[tuple[str, str]]:
    """The roles of a person as `(role, language)`; raises where there is none, but for operators."""
    roles = roles_of(user)
    if not (roles or user.is_superuser):
        raise PermissionDenied
    return roles


@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request):
    """Items and languages, and the form that gives chosen translations to somebody."""
    roles = roles_or_refusal(request.user)
    mine = {code for _role, code in roles}
    filters = BoardFilters(request.GET, sorted(mine), listing.organisations())
    codes = assignments.given_by(request.user)
    sent = request.POST if request.method == "POST" else None
    assign = AssignForm(sent, codes, assignments.translators(codes)) if codes else None
    if request.method == "POST" and give(request, assign):
        return redirect(request.get_full_path())
    found = listing.find(filters.wanted())
    page = Paginator(found.items, PER_PAGE).get_page(request.GET.get("page"))
    shown = Page.objects.select_related("locale").in_bulk([pk for pk, _key in page])
    translates = {code for role, code in roles if role == Role.TRANSLATOR}

    def link(source: int, page: int | None, code: str) -> str:
        url = dashboard.work_url(request.user, source, page, code)
        return url or (timeline_at(Page, page) if page and code in mine else "")

    context = {
        "filters": filters,
        "assign": assign,
        "totals": board.totals(found.keys, filters.codes(), found.stale),
        "states": [(state, state.label) for state in board.ORDER],
        "rows": board.rows(
            [shown[pk] for pk, _key in page if pk in shown], filters.codes(), link=link
        ),
        "chosen": assign.sent if assign else [],
        "translates": translates,
        "formats": FORMATS,
        "count": len(found.items),
        "pages": pagination.numbers(page, lambda number: numbered(request, number)),
        "table_url": reverse("editorial_coverage_table") + f"?{request.GET.urlencode()}",
    }
    return TemplateResponse(request, "editorial/coverage/board.html", context)


def give(request, form: AssignForm | None) -> bool:
    """Assigns what was chosen; False where the form has to be shown again."""
    if form is None:
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, _("Nothing was assigned. What is wrong stands at the fields."))
        return False
    data, person = form.cleaned_data, form.people[form.cleaned_data["person"]]
    try:
        given = assignments.assign(form.keys, data["language"], person, data["due"], request.user)
    except ReviewRefused as refusal:
        form.add_error("person", str(refusal))
        return False
    left = len(set(form.keys)) - len(given)
    if given:
        messages.success(
            request,
            ngettext(
                "%(count)s translation was assigned to %(person)s.",
                "%(count)s translations were assigned to %(person)s.",
                len(given),
            )
            % {"count": len(given), "person": person},
        )
    if left:
        messages.warning(
            request,
            ngettext(
                "%(count)s item was left out: there is nothing to translate in it now.",
                "%(count)s items were left out: there is nothing to translate in them now.",
                left,
            )
            % {"count": left},
        )
    return True


@require_safe
def coverage_table(request):
    """Everything that the filters find, as a file."""
    roles = roles_or_refusal(request.user)
    own = sorted({code for _role, code in roles})
    filters = BoardFilters(request.GET, own, listing.organisations())
    codes = filters.codes()
    found = listing.find(filters.wanted()).items
    pages = Page.objects.select_related("locale").in_bulk([pk for pk, _key in found])
    head = [_("Item"), _("Kind"), _("Source language"), _("Source changed")]
    lines = [[*head, *(language(code).name for code in codes)]]
    for row in board.rows([pages[pk] for pk, _key in found if pk in pages], codes, assigned=False):
        changed = row.changed.date().isoformat() if row.changed else ""
        cells = [_("Source") if cell.source else cell.label for cell in row.cells]
        lines.append([row.title, row.kind, row.of.name, changed, *cells])
    return table("translations.csv", lines)


@require_safe
def public(request):
    """How much of the portal there is in each language, for everyone; kept until something changes."""
    reader = get_language()
    rows = generation.kept(
        request, "coverage", lambda: board.public_totals(settings.CONTENT_LANGUAGES)
    )
    context = {
        "breadcrumbs": [
            {"title": _("Home"), "url": f"/{reader}/", "lang": ""},
            {"title": _("Translations"), "url": "", "lang": ""},
        ],
        "rows": rows,
        "items": rows[0]["items"] if rows else 0,
    }
    return render(request, "editorial/coverage/public.html", context)
