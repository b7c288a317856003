"""The pages of a service and of a need, and what they say as structured data."""

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from core import generation, items, structured
from core.dates import day
from core.figures import with_unit
from core.serving import reading_address
from core.text import plain
from marketplace import matches
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.presentation import days_left
from organisations import presentation as organisations
from organisations.models import Organisation
from vocabularies import get, label

SIMILAR = 4
SCHEMA = "https://schema.org/"


def service(page, request) -> dict:
    """What the page of a service shows beside its fields."""
    reader = get_language()
    free = list(CapacityWindow.objects.of(page.translation_key).coming())
    windows = windows_of(free, reader)
    return {
        "facts": service_facts(page, reader),
        "windows": windows,
        "next_window": next((one for one in windows if one["left"]), None),
        "methods_rows": items.rows(request, "method", page.methods, reader),
        "mark": page.mark,
        **around(page, request, reader),
        **matches.beside_service(page, request, free),
    }


def need(page, request) -> dict:
    """What the page of a need shows beside its fields; never its confidential part."""
    reader = get_language()
    return {
        "facts": need_facts(page, reader),
        "days_left": days_left(page.days_left) if page.is_open else "",
        "until": day(page.deadline, reader) if page.deadline else "",
        "open_url": f"/{reader}/needs/?service_category={page.category}",
        "closed_on": day(page.closed_on, reader) if page.closed_on else "",
        "mark": page.mark,
        **around(page, request, reader),
        **matches.beside_need(page, request),
    }


def around(page, request, reader: str) -> dict:
    """Whose it is, and what is like it; kept until something changes, verifications for the day."""

    def build() -> dict:
        return {
            "whose": whose(page.record, reader),
            "similar": similar(page, reader) if hasattr(page, "deadline") else [],
        }

    key = ("marketplace page", page.pk, reader, timezone.localdate())
    return generation.kept(request, key, build)


def whose(record, reader: str) -> dict:
    """An organisation by its name, with its public profile and whether it is verified; one query."""
    profiles = (
        organisations.profiles()
        .best_for(reader)
        .filter(Q(organisation=OuterRef("pk")) | Q(organisation__merged_into=OuterRef("pk")))
    )
    path = Subquery(profiles.order_by("rank", "pk").values("url_path")[:1])
    found = (
        Organisation.objects.filter(pk=record.pk).with_verification().annotate(profile=path).get()
    )
    return {
        "name": found.name,
        "url": reading_address(found.profile, reader) if found.profile else "",
        "verified": found.is_verified,
    }


def similar(page, reader: str) -> list[dict]:
    """Others of its category, those of its field first, then the newest."""
    others = type(page).objects.published().best_for(reader).filter(category=page.category)
    others = others.exclude(translation_key=page.translation_key)
    if hasattr(page, "deadline"):
        today = timezone.localdate()
        others = others.filter(closed_on=None, deadline__gte=today)
    found = others.select_related("locale", "organisation__merged_into")
    newest = list(found.order_by("-first_published_at", "-pk")[: SIMILAR * 5])
    newest.sort(key=lambda one: one.field != page.field)
    return [items.row(one, reader) for one in newest[:SIMILAR]]


def windows_of(free: list[CapacityWindow], reader: str) -> list[dict]:
    """The times in which the learners can work, with the places that are left, true now."""
    return [
        {
            "starts": day(window.starts, reader),
            "ends": day(window.ends, reader),
            "hours": hours_a_week(window.hours_a_week, reader),
            "left": window.left,
            "places": places_left(window),
        }
        for window in free[:20]
    ]


def places_left(window: CapacityWindow) -> str:
    """How many orders a time still takes, in words."""
    if not window.left:
        return gettext("All places are taken.")
    return ngettext(
        "%(left)s of %(places)s place is free.",
        "%(left)s of %(places)s places are free.",
        window.left,
    ) % {"left": window.left, "places": window.places}


def hours_a_week(number: int, reader: str) -> str:
    return ngettext("%(number)s hour a week", "%(number)s hours a week", number) % {
        "number": number
    }


def team(page) -> str:
    """How many learners do it; empty in a draft that does not say so."""
    if not page.team_smallest or not page.team_largest:
        return ""
    if page.team_smallest == page.team_largest:
        return ngettext("%(number)s learner", "%(number)s learners", page.team_largest) % {
            "number": page.team_largest
        }
    return gettext("%(least)s to %(most)s learners") % {
        "least": page.team_smallest,
        "most": page.team_largest,
    }


def weeks(number: int) -> str:
    return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": number}


def several(scheme: str, codes: list[str], reader: str) -> str:
    return "; ".join(label(scheme, code, reader) for code in codes)


def place(page, reader: str) -> str:
    """Where it can be done, with the radius."""
    where = several("service_place", page.place, reader)
    if not page.radius:
        return where
    return gettext("%(places)s, up to %(distance)s from %(town)s") % {
        "places": where,
        "distance": with_unit(page.radius, "km", reader),
        "town": page.record.place,
    }


def price(page, reader: str) -> str:
    model = label("price_model", page.price_model, reader)
    if not page.price:
        return model
    return f"{model}: {with_unit(page.price, '€', reader)}"


def service_facts(page, reader: str) -> list[dict]:
    """The facts panel of a service, in the reader's language."""
    content = page.locale.language_code
    texts = content if content != reader else ""
    record = page.record
    rows = [
        (gettext("Where the school is"), where(record, reader), ""),
        (gettext("Category"), label("service_category", page.category, reader), ""),
        (gettext("Team"), team(page), ""),
        (gettext("Programme"), page.programme, texts),
        (gettext("EQF level"), label("eqf_level", page.eqf_level, reader), ""),
        (gettext("Field of education"), field(page, reader), ""),
        (gettext("Supervised by"), page.supervision, texts),
        (gettext("Hours of the learners"), with_unit(page.hours, "h", reader), ""),
        (gettext("Lead time"), weeks(page.lead_time) if page.lead_time else "", ""),
        (gettext("Where it can be done"), place(page, reader), ""),
        (gettext("Price"), price(page, reader), ""),
        (gettext("Note on the price"), page.price_note, texts),
        (gettext("Languages"), several("language", page.languages, reader), ""),
        (
            gettext("Licence of the result"),
            label("licence", page.result_licence, reader)
            if page.result_licence
            else gettext("As agreed"),
            "",
        ),
        (gettext("Liability"), page.liability, texts),
    ]
    return [
        {"term": term, "value": value, "lang": language} for term, value, language in rows if value
    ]


def need_facts(page, reader: str) -> list[dict]:
    """The facts panel of a need, in the reader's language."""
    desk = page.entered_by_desk.name if page.entered_by_desk_id else ""
    rows = [
        (gettext("Kind of need"), label("need_kind", page.need_kind, reader)),
        (gettext("Where the organisation is"), where(page.record, reader)),
        (gettext("Entered by"), desk),
        (gettext("Category"), label("service_category", page.category, reader)),
        (gettext("Field of education"), label("field", page.field, reader)),
        (gettext("Earliest start"), day(page.starts, reader) if page.starts else ""),
        (gettext("Deadline"), day(page.deadline, reader) if page.deadline else ""),
        (gettext("Hours of work"), with_unit(page.hours, "h", reader) if page.hours else ""),
        (gettext("Where it can be done"), place(page, reader)),
        (gettext("Budget"), label("budget_band", page.budget, reader)),
        (gettext("Languages"), several("language", page.languages, reader)),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]


def where(record, reader: str) -> str:
    return ", ".join(filter(None, [record.place, label("country", record.country, reader)]))


def field(page, reader: str) -> str:
    names = (label("field", page.field, reader), label("narrow_field", page.narrow_field, reader))
    return "; ".join(filter(None, names))


def organisation(record, role: str = "Organization") -> dict:
    """Whose it is, as schema.org data: what everybody can read on the profile."""
    address = {
        "@type": "PostalAddress",
        "addressLocality": record.place,
        "addressCountry": record.country,
    }
    return {"@type": role, "name": record.name, "address": address}


def service_data(page, absolute) -> dict:
    """schema.org `Service` with its `Offer`."""
    content = page.locale.language_code
    url = absolute(page.url_path)
    offer = {
        "@type": "Offer",
        "url": url,
        "availability": f"{SCHEMA}InStock",
        "deliveryLeadTime": {
            "@type": "QuantitativeValue",
            "value": page.lead_time,
            "unitCode": "WEE",
        },
    }
    if page.price_model == "free":
        offer |= {"price": 0, "priceCurrency": "EUR"}
    elif page.price:
        offer |= {"price": page.price, "priceCurrency": "EUR"}
    data = structured.data_of(page, "Service", absolute) | {
        "serviceType": label("service_category", page.category, content),
        "provider": organisation(page.record, "EducationalOrganization"),
        "areaServed": label("country", page.record.country, content),
        "availableLanguage": list(page.languages),
        "serviceOutput": plain(str(page.deliverables)) or page.result,
        "offers": offer,
    }
    if page.result_licence:
        data["license"] = get("licence").url(page.result_licence)
    return data


def need_data(page, absolute) -> dict:
    """schema.org `Demand`: what is looked for, by whom and until when."""
    content = page.locale.language_code
    state = "InStock" if page.is_open else "SoldOut"
    data = structured.data_of(page, "Demand", absolute) | {
        "availability": f"{SCHEMA}{state}",
        "businessFunction": "http://purl.org/goodrelations/v1#Buy",
        "seller": organisation(page.record),
        "itemOffered": {
            "@type": "Service",
            "name": page.title,
            "serviceType": label("service_category", page.category, content),
            "areaServed": label("country", page.record.country, content),
            "availableLanguage": list(page.languages),
        },
    }
    if page.deadline:
        data["availabilityEnds"] = page.deadline.isoformat()
    if page.starts:
        data["availabilityStarts"] = page.starts.isoformat()
    return data
