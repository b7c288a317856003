"""A portal with a lot in it: any number of invented organisations, services and needs.

What they say is put together from a few sentences in each language and the labels of the vocabularies.
Number 7 is the same everywhere and always, so that nothing is made twice and more can be added later.
"""

import datetime
from collections.abc import Iterable
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

import vocabularies
from core.signals import item_changed
from demo import bulk
from demo.items import CONTENT
from marketplace.listings.capacity import CapacityWindow
from marketplace.listings.models import NeedIndexPage, NeedPage, ServiceIndexPage, ServicePage
from organisations.models import Organisation, OrganisationIndexPage, OrganisationPage

TOWNS = (
    "Riga LV lv,Kaunas LT lt,Tampere FI fi,Torino IT it,Porto PT pt,Gdynia PL pl,Bremen DE de,Tartu EE et,"
    "Jelgava LV lv,Vilnius LT lt,Turku FI fi,Bologna IT it,Braga PT pt,Lublin PL pl,Leipzig DE de"
)
TREES = "Birch Alder Linden Maple Rowan Aspen Hazel Willow Larch Cedar Juniper Chestnut".split()
SCHOOLS = ("Vocational School", "Crafts School", "Technical School", "Training Centre")
OTHERS = {
    "company": ("Workshop", "Bakery", "Print House", "Garden Centre"),
    "public_body": ("Town Library", "Care Office", "Museum", "Sports Office"),
}
# A school, then somebody who has needs.
KINDS = ("school", "company", "school", "public_body")
SUBJECTS = {
    "web_design": "06",
    "catering": "10",
    "wood": "07",
    "marketing": "04",
    "metal": "07",
    "graphic_design": "02",
    "garden": "08",
    "care": "09",
    "software": "06",
    "tourism": "10",
    "textile": "02",
    "electrical": "07",
}
WAYS = (["school"], ["school", "remote"], ["company"], ["remote"], ["school", "company"])
PRICES = ("free", "materials", "quote")
BUDGETS = ("none", "materials", "to_500", "to_2000", "open")
RICH = ("about", "client_gets", "learning_outcomes", "skills", "quality", "problem")


@cache
def texts() -> dict[str, dict]:
    """The sentences by language and kind."""
    written = (CONTENT / "large" / "texts.yaml").read_text(encoding="utf-8")
    return yaml.load(written, yaml.CSafeLoader)


def turn(values: Iterable, number: int, step: int = 1):
    """The value whose turn it is; `step` is how many numbers have the same one."""
    values = list(values)
    return values[number // step % len(values)]


def key(kind: str, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"demonstration/large/{kind}/{number}")


def name(number: int) -> str:
    """What an organisation is called; the number at its end keeps the names apart."""
    kind = turn(KINDS, number)
    trades = SCHOOLS if kind == "school" else OTHERS[kind]
    return f"{turn(TREES, number)} {turn(trades, number, len(TREES))} {number + 1}"


def record(number: int) -> Organisation:
    """An organisation that is not stored yet; raises `ValidationError` where a fact is wrong."""
    town, country, language = turn(TOWNS.split(","), number).split()
    made = Organisation(
        key=key("organisation", number),
        name=name(number),
        kind=turn(KINDS, number),
        staff=3 + number * 17 % 300,
        country=country,
        place=town,
        fields=[turn(SUBJECTS.values(), number)],
        languages=[language, "en"],
        is_demonstration=True,
    )
    made.full_clean()
    return made


def records(number: int) -> list[Organisation]:
    """So many organisations, those made that are missing; of merged ones those that were kept."""
    keys = [key("organisation", one) for one in range(number)]
    known = set(Organisation.objects.filter(key__in=keys).values_list("key", flat=True))
    for one, wanted in enumerate(keys):
        if wanted not in known:
            record(one).save()
    found = Organisation.objects.filter(key__in=keys).select_related("merged_into")
    by_key = {one.key: one.merged_into or one for one in found}
    return [by_key[one] for one in keys]


def profile(number: int, owner: Organisation) -> dict:
    return {"organisation": owner}


def service(number: int, owner: Organisation) -> dict:
    category = turn(SUBJECTS, number)
    return {
        "organisation": owner,
        "category": category,
        "field": SUBJECTS[category],
        "eqf_level": turn("345", number),
        "team_smallest": 2,
        "team_largest": 3 + number % 8,
        "hours": 20 + number * 7 % 200,
        "lead_time": 1 + number % 6,
        "place": turn(WAYS, number, 2),
        "radius": 80 if "company" in turn(WAYS, number, 2) else None,
        "price_model": turn(PRICES, number, 3),
        "languages": owner.languages,
        "demonstration": True,
    }


def need(number: int, owner: Organisation) -> dict:
    category = turn(SUBJECTS, number)
    return {
        "organisation": owner,
        "need_kind": "placement" if number % 5 == 4 else "project",
        "category": category,
        "field": SUBJECTS[category],
        "place": turn(WAYS, number, 3),
        "budget": turn(BUDGETS, number),
        "hours": 20 + number * 11 % 200,
        "deadline": timezone.localdate() + datetime.timedelta(days=30 + number * 7 % 150),
        "languages": owner.languages,
        "demonstration": True,
    }


def says(code: str, kind: str, values: dict) -> dict:
    """The texts of a kind in a language, with what its values are called there."""
    owner = values["organisation"]
    words = {
        "name": owner.name,
        "town": owner.place,
        "category": vocabularies.label("service_category", values.get("category", ""), code),
        "field": vocabularies.label("field", values.get("field") or owner.fields[0], code),
    }
    found = {one: text.format(**words) for one, text in texts()[code][kind].items()}
    return {one: f"<p>{text}</p>" if one in RICH else text for one, text in found.items()}


@transaction.atomic
def load(organisations: int, services: int, needs: int) -> dict[str, int]:
    """Makes what is missing; how many of each kind were made."""
    owners = records(organisations)
    schools = [one for one in owners if one.kind == "school"]
    others = [one for one in owners if one.kind != "school"]
    made = {
        "organisation": pages("organisation", owners, OrganisationIndexPage, OrganisationPage),
        "service": pages("service", cycle(schools, services), ServiceIndexPage, ServicePage),
        "need": pages("need", cycle(others, needs), NeedIndexPage, NeedPage),
    }
    starts = timezone.localdate() + datetime.timedelta(days=7)
    CapacityWindow.objects.bulk_create(
        CapacityWindow(
            service_key=key("service", number),
            starts=starts + datetime.timedelta(weeks=number % 6),
            ends=starts + datetime.timedelta(weeks=number % 6 + 12),
            hours_a_week=2 + number % 6,
            places=1 + number % 3,
        )
        for number in made["service"]
    )
    return {kind: len(numbers) for kind, numbers in made.items()}


def cycle(owners: list[Organisation], number: int) -> list[Organisation]:
    return [turn(owners, one) for one in range(number)] if owners else []


def pages(kind: str, owners: list[Organisation], index: type[Page], model: type[Page]) -> list[int]:
    """A page for each owner and language that has the list, where there is none; the numbers that were made."""
    codes = [one for one in texts() if one in settings.CONTENT_LANGUAGES]
    parents = index.objects.filter(locale__language_code__in=codes).order_by("pk")
    lists = {one.locale.language_code: one for one in parents.select_related("locale").reverse()}
    if not lists:
        return []
    keys = [key(kind, number) for number in range(len(owners))]
    known = set(
        model.objects.filter(translation_key__in=keys).values_list("translation_key", flat=True)
    )
    missing = [number for number, one in enumerate(keys) if one not in known]
    values_of = {"organisation": profile, "service": service, "need": need}[kind]
    for code, parent in lists.items():
        made = []
        for number in missing:
            values = values_of(number, owners[number])
            said = says(code, kind, values)
            title = said.pop("title", owners[number].name)
            public = timezone.now() - datetime.timedelta(days=1 + number % 200)
            made.append(
                model(
                    **values,
                    **said,
                    title=title,
                    slug=f"{slugify(title)[:80]}-{number + 1}",
                    translation_key=keys[number],
                    first_published_at=public,
                    last_published_at=public,
                    live=True,
                )
            )
        bulk.place(parent, made)
        bulk.insert(made)
        for page in made:
            item_changed.send(sender=model, instance=page)
    return missing
