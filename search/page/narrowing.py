"""What narrows the results: fieldsets with counts, chips, order; and what leads on where nothing is left."""

from babel.dates import format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.facets import facet, option
from core.languages import language
from search.engine import Results
from search.facets import FACETS
from search.questions import RADII, Question

SORTS = {"best": _("best first"), "newest": _("newest first"), "nearest": _("nearest first")}


def context(results: Results, question: Question, reader: str) -> dict:
    """What the template needs to show and to change what narrows the results."""
    return {
        "facets": facets(results, question, reader),
        "chips": chips(question, reader),
        "clear_url": question.plain().address(),
        "sort_options": sorts(question),
        "asked": question,
        "languages_kept": () if question.languages == (question.own,) else question.languages,
        "radii": RADII,
        "place_is_unknown": bool(question.place and not question.near),
        "loosened": loosened(results, question),
    }


def facets(results: Results, question: Question, reader: str) -> list[dict]:
    """Languages and every facet with their counts; a facet whose only code all results have is left out."""
    found = [languages(results, question)]
    for name, one in FACETS.items():
        counts, chosen = results.facets.get(name, {}), question.filters.get(name, ())
        options = [
            option(code, label, counts.get(code, 0), code in chosen)
            for code, label in one.choices(reader)
            if code in counts or code in chosen
        ]
        if len(options) > 1 or chosen or any(each["count"] < results.total for each in options):
            found.append(facet(name, one.legend, options))
    return found


def languages(results: Results, question: Question) -> dict:
    """The chosen languages first, then those in which there is more."""
    others = {code for code in results.languages if code not in question.languages}
    order = [*question.languages, *sorted(others, key=lambda code: language(code).name)]
    options = [
        option(
            code,
            language(code).name,
            results.languages.get(code, 0),
            code in question.languages,
        )
        | {"lang": code}
        for code in order
    ]
    return facet("language", _("Languages you can read"), options)


def chips(question: Question, reader: str) -> list[dict]:
    """One removable chip for every choice."""
    found = []
    if question.languages != (question.own,):
        for code in question.languages:
            rest = tuple(one for one in question.languages if one != code) or (question.own,)
            found.append(chip(language(code).name, question.address(languages=rest), lang=code))
    for name, codes in question.filters.items():
        labels = dict(FACETS[name].choices(reader))
        for code in codes:
            rest = question.address(filters=question.switched(name, code))
            found.append(chip(labels[code], rest))
    if question.since or question.until:
        rest = question.address(since=None, until=None)
        found.append(chip(period(question, reader), rest))
    if question.near:
        label = gettext("%(place)s and %(number)s km around") % {
            "place": question.place,
            "number": question.kilometres,
        }
        sort = "best" if question.sort == "nearest" else question.sort
        found.append(chip(label, question.address(place="", sort=sort)))
    return found


def chip(label: str, remove_url: str, lang: str = "") -> dict:
    return {"label": label, "lang": lang, "remove_url": remove_url}


def period(question: Question, reader: str) -> str:
    """The chosen days in words."""
    since, until = (
        day and format_date(day, "medium", locale=reader.replace("-", "_"))
        for day in (question.since, question.until)
    )
    if since and until:
        return f"{since} – {until}"
    if since:
        return gettext("From %(day)s") % {"day": since}
    return gettext("Until %(day)s") % {"day": until}


def sorts(question: Question) -> list[dict]:
    """The orders that make sense for the question."""
    return [
        {"value": value, "label": label, "selected": value == question.sort}
        for value, label in SORTS.items()
        if value != "nearest" or question.near
    ]


def loosened(results: Results, question: Question) -> list[dict]:
    """Where nothing is left: each filter that may be left out, with what there would be then."""
    names = {name: facet.legend for name, facet in FACETS.items()}
    names |= {"date": _("Date"), "place": _("Place")}
    changes = {"date": {"since": None, "until": None}, "place": {"place": "", "sort": "best"}}
    found = []
    for name, count in results.without.items():
        rest = {key: codes for key, codes in question.filters.items() if key != name}
        url = question.address(**changes.get(name, {"filters": rest}))
        found.append({"label": names[name], "count": count, "url": url})
    return found
