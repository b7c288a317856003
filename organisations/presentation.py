"""What an organisation says of itself: facts, trust, networks, search document, structured data.

Only what is public is read here: never members, notes, or the number of staff.
"""

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core import generation, items, registry
from core.marks import Mark, draw
from core.querysets import ItemQuerySet
from core.registry import SearchDocument
from core.text import plain
from vocabularies import label

VERIFIED = _("Verified")
MOST_OF_A_KIND = 12
TEXTS = ("about", "offers", "looks_for")


def profiles():
    """The published profiles."""
    return registry.item("organisation").model.objects.published()


def verifications():
    """The verifications that hold today."""
    return apps.get_model("organisations", "Verification").objects.current()


def codes(record) -> dict[str, list[str]]:
    """What search and lists know of a record, as codes of vocabularies."""
    single = {
        "partner_kind": record.kind,
        "country": record.country,
        "region": record.region,
        "sector": record.sector,
        "organisation_size": record.size,
        "demonstration": "yes" if record.is_demonstration else "",
    }
    found = {name: [code] for name, code in single.items() if code}
    several = {"field": record.fields, "narrow_field": record.narrow_fields}
    return found | {name: list(chosen) for name, chosen in several.items() if chosen}


def mark(codes: dict[str, list[str]]) -> SafeString:
    """The school's half of the joint for schools, the company's half for companies."""
    kinds = {"school": "service", "company": "need"}
    kind = kinds.get(next(iter(codes.get("partner_kind", [])), ""))
    return mark_safe(draw(Mark(kind=kind))) if kind else ""  # noqa: S308


def row_facts(codes: dict[str, list[str]], language: str) -> list[str]:
    """The one line of facts below an organisation in a list."""
    return [
        label(scheme, code, language)
        for scheme in ("partner_kind", "country", "field")
        for code in codes.get(scheme, [])[:2]
    ]


def facts(record, language: str) -> list[dict]:
    """The facts panel, in the reader's language."""

    def several(scheme: str, chosen: list[str]) -> str:
        return "; ".join(label(scheme, code, language) for code in chosen)

    rows = [
        (gettext("Kind of organisation"), label("partner_kind", record.kind, language)),
        (gettext("Size"), label("organisation_size", record.size, language)),
        (gettext("Town"), record.place),
        (gettext("Region"), label("region", record.region, language)),
        (gettext("Country"), label("country", record.country, language)),
        (gettext("Fields of education"), several("field", record.fields)),
        (gettext("Narrow fields"), several("narrow_field", record.narrow_fields)),
        (gettext("Sector"), label("sector", record.sector, language)),
        (gettext("Languages"), several("language", record.languages)),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]


def verified(organisations: list[int]) -> set[int]:
    """Which of the organisations are verified today; one query."""
    found = verifications().filter(organisation__in=organisations)
    return set(found.values_list("organisation", flat=True))


def trust(organisation: int) -> dict | None:
    """The newest verification that holds: `{on, desk, checked}` with codes; None if there is none."""
    found = verifications().filter(organisation=organisation).first()
    return found and {"on": found.on, "desk": found.desk, "checked": list(found.checked)}


def trust_sentence(found: dict | None) -> str:
    """Whether and how the organisation was verified, in the active language."""
    if found is None:
        return gettext("Not verified yet")
    checks = [label("verification_check", code) for code in found["checked"]]
    return gettext("Verified on %(date)s by %(desk)s: %(checked)s.") % {
        "date": date_format(found["on"], "DATE_FORMAT"),
        "desk": found["desk"],
        "checked": "; ".join(checks),
    }


def profile(page, request) -> dict:
    """What a profile shows beside its fields; kept, with what other apps add."""
    reader, record = get_language(), page.record

    def build() -> dict:
        return {
            "trust": trust(record.pk),
            **networks(record, reader),
            "own": own(record, reader),
            "parts": registry.profile_parts(record, reader),
        }

    kept = generation.kept(
        request, ("organisation", record.pk, reader, timezone.localdate()), build
    )
    return kept | {
        "record": record,
        "facts": facts(record, reader),
        "trust_sentence": trust_sentence(kept["trust"]),
        "mark": page.mark,
    }


def own(record, reader: str) -> list[dict]:
    """What the organisation has published, the newest first, as `{kind, title, rows}`; one query.

    Of each kind that the registry lists on profiles, `MOST_OF_A_KIND` at most.
    """
    kinds = {one.model: one for one in registry.items() if one.of_organisation}
    theirs = Q(organisation=record) | Q(organisation__merged_into=record)
    wanted = Q(pk__in=[])
    for model in kinds:
        wanted |= Q(pk__in=model.objects.live().filter(theirs).values("pk"))
    names = [model._meta.model_name for model in kinds]
    place = Window(
        RowNumber(),
        partition_by=F("content_type"),
        order_by=[F("first_published_at").desc(nulls_last=True), F("pk").desc()],
    )
    pages = ItemQuerySet(Page).live().filter(wanted).best_for(reader).annotate(place=place)
    pages = pages.filter(place__lte=MOST_OF_A_KIND).select_related(
        "locale", *(f"{name}__organisation__merged_into" for name in names)
    )
    rows: dict = {kind.kind: [] for kind in kinds.values()}
    for page in pages.order_by("place"):
        model = next(model for model in kinds if hasattr(page, model._meta.model_name))
        rows[kinds[model].kind].append(items.row(getattr(page, model._meta.model_name), reader))
    return [
        {"kind": kind.kind, "title": kind.of_organisation, "rows": rows[kind.kind]}
        for kind in kinds.values()
        if rows[kind.kind]
    ]


def networks(record, reader: str) -> dict:
    """The networks that it belongs to and, of a network, its members, as rows; one query.

    Those without a published profile stay private.
    """
    links = apps.get_model("organisations", "NetworkMembership").objects
    above = links.filter(network=OuterRef("organisation"), member=record)
    below = links.filter(member=OuterRef("organisation"), network=record)
    pages = profiles().best_for(reader).annotate(above=Exists(above), below=Exists(below))
    pages = pages.filter(Q(above=True) | Q(below=True)).select_related("locale")
    found: dict[str, list[dict]] = {"networks": [], "members": []}
    for page in pages.order_by("title", "pk"):
        row = items.row(page, reader)
        if page.above:
            found["networks"].append(row)
        if page.below and record.is_network:
            found["members"].append(row)
    return found


def linked(reader: str, *which: Q) -> list[dict]:
    """The published profiles of other organisations, as rows; those without a profile stay private."""
    pages = profiles().best_for(reader).filter(*which).select_related("locale")
    return [items.row(page, reader) for page in pages.order_by("title", "pk")]


def search_document(page) -> SearchDocument:
    """Name and sentence weigh most; what it offers and looks for can be found."""
    record = page.record
    texts = [*(plain(str(getattr(page, name))) for name in TEXTS), record.place]
    return SearchDocument.of(
        page,
        "organisation",
        texts,
        codes(record),
        town=record.place,
        country=record.country,
        organisation=record.pk,
    )


def json_ld(page, absolute) -> dict:
    """schema.org `Organization`."""
    record = page.record
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": page.title,
        "description": page.summary,
        "url": absolute(page.url_path),
        "sameAs": record.website,
        "email": record.contact_email,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": record.place,
            "postalCode": record.postal_code,
            "addressCountry": record.country,
        },
        "knowsLanguage": list(record.languages),
        "knowsAbout": [
            label(scheme, code, page.locale.language_code)
            for scheme, chosen in (
                ("field", record.fields),
                ("narrow_field", record.narrow_fields),
            )
            for code in chosen
        ],
    }
    return {name: value for name, value in data.items() if value}
