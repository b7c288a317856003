"""What fits whom: conditions that must hold, points, reasons, and what would make it better."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.matching import (
    MENDABLE,
    WEIGHTS,
    Better,
    Need,
    Service,
    Window,
    find_needs,
    find_services,
    match,
)
from marketplace.matching.conditions import NEAR_IN_MEANING, lacking, ready_in
from marketplace.matching_words import for_need, for_service

TODAY = date(2026, 9, 1)
RIGA, JELGAVA, VILNIUS = (56.95, 24.11), (56.65, 23.71), (54.69, 25.28)
AUTUMN = Window(date(2026, 10, 1), date(2026, 11, 30), hours_a_week=4, places=1)
NEED = Need(
    key="need",
    organisation=1,
    category="web_design",
    field="06",
    languages=("lt", "en"),
    ways=("remote",),
    deadline=date(2026, 12, 10),
    hours=60,
    most=500,
    at=VILNIUS,
    text="A new website",
)
SERVICE = Service(
    key="service",
    organisation=2,
    category="web_design",
    field="06",
    languages=("lv", "en"),
    ways=("school", "remote"),
    windows=(AUTUMN,),
    hours=60,
    team=4,
    lead_time=6,
    price_model="free",
    at=RIGA,
    text="Websites",
)

days = st.integers(0, 200).map(lambda number: TODAY + timedelta(days=number))
places = st.none() | st.sampled_from([RIGA, JELGAVA, VILNIUS])
codes = st.lists(st.sampled_from(["lv", "lt", "en"]), min_size=1, unique=True).map(tuple)
ways = st.lists(st.sampled_from(["school", "company", "remote"]), min_size=1, unique=True)
shared = {
    "organisation": st.integers(1, 4),
    "category": st.sampled_from(["web_design", "catering"]),
    "field": st.sampled_from(["", "06", "10"]),
    "languages": codes,
    "ways": ways.map(tuple),
    "at": places,
    "region": st.sampled_from(["", "LV00", "LT01"]),
    "radius": st.none() | st.integers(1, 400),
    "text": st.sampled_from(["", "Websites, menus", "Photos for websites", "Menus"]),
    "changed": st.integers(0, 3),
}
needs = st.builds(
    Need,
    key=st.uuids().map(str),
    kind=st.sampled_from(["project", "placement"]),
    deadline=days,
    starts=st.none() | days,
    hours=st.none() | st.integers(1, 300),
    most=st.sampled_from([None, 0, 0.5, 500, 2000]),
    closed=st.booleans(),
    **shared,
)
windows = st.builds(
    lambda starts, length, hours, left: Window(starts, starts + timedelta(length), hours, left),
    days,
    st.integers(0, 100),
    st.integers(1, 40),
    st.integers(0, 2),
)
services = st.builds(
    Service,
    key=st.uuids().map(str),
    windows=st.lists(windows, max_size=3).map(tuple),
    hours=st.integers(1, 300),
    team=st.integers(1, 12),
    lead_time=st.integers(0, 20),
    price_model=st.sampled_from(["free", "materials", "fixed", "quote"]),
    price=st.integers(1, 3000),
    rating=st.floats(1, 5),
    reviews=st.integers(0, 9),
    verified=st.booleans(),
    **shared,
)


# --- Conditions ---


def test_what_fits_says_why_and_the_points_are_those_of_its_reasons():
    found = match(NEED, SERVICE, TODAY)
    assert found.fits
    said = {reason.about: reason.value for reason in found.reasons}
    assert said["languages"] == ("en",)
    assert said["dates"] == (date(2026, 10, 1), date(2026, 10, 27))
    assert said["place"] == (("remote",), None)
    assert said["words"] == ("Websites",)
    assert found.score == sum(reason.points for reason in found.reasons) == 25 + 15 + 3 + 10 + 10


@pytest.mark.parametrize(
    ("need", "service", "condition"),
    [
        ({"closed": True}, {}, "open"),
        ({"deadline": TODAY - timedelta(1)}, {}, "open"),
        ({"organisation": 2}, {}, "others"),
        ({"category": "catering", "field": "10"}, {}, "subject"),
        ({}, {"windows": ()}, "dates"),
        ({}, {"windows": (replace(AUTUMN, places=0),)}, "dates"),
        ({}, {"windows": (replace(AUTUMN, hours_a_week=1),)}, "dates"),
        ({}, {"lead_time": 20}, "dates"),
        ({"starts": date(2026, 11, 20)}, {}, "dates"),
        ({"deadline": date(2026, 10, 20)}, {}, "dates"),
        ({}, {"ways": ("company",)}, "place"),
        ({"ways": ("company",)}, {"ways": ("company",), "radius": 200}, "place"),
        ({"ways": ("school",), "radius": 200}, {}, "place"),
        ({"ways": ("school",), "radius": 200, "at": None}, {}, "place"),
        ({"languages": ("lt", "pl")}, {}, "languages"),
    ],
)
def test_a_condition_that_does_not_hold_is_named(need, service, condition):
    assert lacking(NEED, SERVICE, TODAY) == ()
    assert condition in lacking(replace(NEED, **need), replace(SERVICE, **service), TODAY)


def test_a_placement_asks_for_no_window():
    service = replace(SERVICE, windows=())
    assert match(replace(NEED, kind="placement"), service, TODAY).fits


def test_distance_counts_where_people_travel():
    need = replace(NEED, ways=("company",), at=JELGAVA)
    service = replace(SERVICE, ways=("company",), radius=60)
    place = next(one for one in match(need, service, TODAY).reasons if one.about == "place")
    assert place.value == (("company",), 41)
    assert match(replace(need, at=None, region="LV009"), service, TODAY).lacking == ("place",)
    known = replace(service, region="LV009")
    assert match(replace(need, at=None, region="LV009"), known, TODAY).fits


def test_texts_that_mean_the_same_are_about_the_same_subject():
    need = replace(NEED, category="marketing", field="")
    assert match(need, SERVICE, TODAY).lacking == ("subject",)
    assert match(need, SERVICE, TODAY, alike=NEAR_IN_MEANING).fits


@given(needs, services, st.floats(0, 1))
def test_what_lacks_a_condition_is_never_among_the_matches(need, service, alike):
    missing = lacking(need, service, TODAY, alike)
    found = find_services(need, [service], TODAY, {service.key: alike})
    assert bool(found.matches) == (not missing)
    assert bool(found.nearly) == (len(missing) == 1 and missing[0] in MENDABLE)


@given(needs, services, st.floats(0, 1))
def test_both_directions_say_the_same(need, service, alike):
    there = find_services(need, [service], TODAY, {service.key: alike})
    back = find_needs(service, [need], TODAY, {need.key: alike})
    for one, other in ((there.matches, back.matches), (there.nearly, back.nearly)):
        assert [replace(found, key="") for found in one] == [
            replace(found, key="") for found in other
        ]


@given(needs, services)
def test_work_never_begins_too_early_nor_ends_after_the_deadline(need, service):
    reason = [one for one in match(need, service, TODAY).reasons if one.about == "dates"]
    for begins, delivered in (one.value for one in reason):
        assert TODAY <= begins <= delivered <= need.deadline
        assert begins >= (need.starts or TODAY)
        assert any(
            ready_in(need, service, window, TODAY) == (begins, delivered)
            for window in service.windows
        )


# --- Order ---


@given(needs, services, st.sampled_from(["lv", "lt", "en", "de"]), st.floats(0, 1))
def test_a_further_language_never_lowers(need, service, code, alike):
    more = replace(service, languages=(*{*service.languages, code},))
    before, after = (match(need, one, TODAY, alike) for one in (service, more))
    assert after.score >= before.score
    assert set(after.lacking) <= set(before.lacking)


@given(needs, services, st.floats(0, 1))
def test_points_stay_within_a_hundred(need, service, alike):
    assert sum(WEIGHTS.values()) == 100
    assert 0 <= match(need, service, TODAY, alike).score <= 100


@settings(max_examples=30)
@given(needs, st.lists(services, max_size=8, unique_by=lambda one: one.key), st.randoms())
def test_the_order_does_not_depend_on_how_services_come(need, offered, random):
    first = find_services(need, offered, TODAY)
    random.shuffle(offered)
    assert find_services(need, offered, TODAY) == first


@settings(max_examples=50, deadline=None)
@given(
    needs,
    st.lists(services, max_size=12, unique_by=lambda one: one.key),
    st.integers(0, 4),
)
def test_the_few_that_are_shown_are_the_first_of_all_by_all_points(need, offered, most):
    need, offered = replace(need, category="catering"), [*offered]
    whole = find_services(need, offered, TODAY)
    points = {one.key: match(need, one, TODAY) for one in offered}
    recent = {one.key: -one.changed for one in offered}
    for found in (whole.matches, whole.nearly):
        keys = [one.key for one in found]
        assert keys == sorted(keys, key=lambda key: (-points[key].score, recent[key], key))
    few = find_services(need, offered, TODAY, most=most, most_nearly=most)
    assert (few.matches, few.nearly) == (whole.matches[:most], whole.nearly[:most])
    assert few.total == whole.total


@settings(max_examples=50, deadline=None)
@given(
    needs,
    st.lists(services, max_size=12, unique_by=lambda one: one.key),
    st.integers(0, 4),
)
def test_texts_that_are_read_only_where_they_count_change_nothing(need, offered, most):
    need, offered = replace(need, category="catering"), [*offered]
    texts = {one.key: one.text for one in offered}
    read = []

    def whole(one):
        read.append(one.key)
        return replace(one, text=texts[one.key])

    bare = [replace(one, text="") for one in offered]
    found = find_services(need, bare, TODAY, most=most, most_nearly=most, whole=whole)
    assert found == find_services(need, offered, TODAY, most=most, most_nearly=most)
    assert {one.key for one in (*found.matches, *found.nearly)} <= set(read)
    assert most or not read


def test_equal_ones_stand_by_the_most_recent_then_by_key():
    offered = [
        replace(SERVICE, key="b", changed=1),
        replace(SERVICE, key="a", changed=1),
        replace(SERVICE, key="c", changed=2),
        replace(SERVICE, key="best", verified=True),
    ]
    found = find_services(NEED, offered, TODAY)
    assert [one.key for one in found.matches] == ["best", "c", "a", "b"]
    assert find_services(NEED, offered, TODAY, most=1).total == 4


def test_reviews_count_from_five_on_and_a_bad_mean_takes_no_points():
    def points(rating, reviews):
        return match(NEED, replace(SERVICE, rating=rating, reviews=reviews), TODAY).score

    plain = match(NEED, SERVICE, TODAY).score
    assert points(5, 4) == plain
    assert points(5, 5) == plain + WEIGHTS["reviews"]
    assert points(1.2, 5) == plain


@pytest.mark.parametrize(
    ("budget", "model", "asked", "points"),
    [
        (0, "free", None, 10),
        (0, "materials", None, 0),
        (0.5, "materials", None, 10),
        (0.5, "quote", None, 0),
        (500, "fixed", 500, 10),
        (500, "fixed", 501, 0),
        (500, "quote", None, 5),
        (None, "fixed", 9000, 5),
    ],
)
def test_a_price_counts_against_the_budget(budget, model, asked, points):
    service = replace(SERVICE, price_model=model, price=asked)
    found = match(replace(NEED, most=budget), service, TODAY)
    assert sum(one.points for one in found.reasons if one.about == "price") == points
    assert ("price" in [one.about for one in found.better]) == (not points)


# --- What would make it better ---


@pytest.mark.parametrize(
    ("need", "service", "first"),
    [
        ({"deadline": date(2026, 10, 15)}, {}, Better("deadline", 2)),
        ({}, {"windows": ()}, Better("window", (TODAY, NEED.deadline))),
        (
            {"ways": ("company",)},
            {"ways": ("company",), "radius": 200},
            Better("radius", (265, 200)),
        ),
        ({"ways": ("company",)}, {}, Better("ways", (("company",), ("school", "remote")))),
        ({"languages": ("lt",)}, {}, Better("language", (("lt",), ("lv", "en")))),
        ({"hours": 30, "most": None}, {"hours": 90}, Better("size", (30, 90))),
    ],
)
def test_what_would_make_it_better_is_said(need, service, first):
    found = match(replace(NEED, **need), replace(SERVICE, **service), TODAY)
    assert found.better[0] == first


def test_a_pair_that_fits_says_what_would_make_it_better_still():
    unknown = replace(SERVICE, text="CNC milling and drawings", price_model="quote")
    known = replace(SERVICE, text=NEED.text, verified=True, rating=4, reviews=5)
    for need, service, wanted in (
        (NEED, replace(known, windows=(Window(TODAY, date(2026, 11, 30), 4, 1),)), []),
        (NEED, known, [Better("sooner", AUTUMN.starts)]),
        (
            NEED,
            replace(known, verified=False),
            [Better("sooner", AUTUMN.starts), Better("verified", None)],
        ),
        (replace(NEED, kind="placement"), replace(known, reviews=3), [Better("reviews", (5, 3))]),
        (
            replace(NEED, field=""),
            unknown,
            [
                Better("skills", ("CNC", "milling", "drawings")),
                Better("field", "06"),
                Better("quote", None),
            ],
        ),
        (
            replace(NEED, most=None, kind="job"),
            replace(known, price_model="fixed", price=90),
            [Better("budget", None)],
        ),
    ):
        found = match(need, service, TODAY)
        assert found.fits
        assert list(found.better) == wanted


@given(needs, services, st.floats(0, 1))
def test_what_would_make_a_fitting_pair_better_is_short_and_can_be_said(need, service, alike):
    found = match(need, service, TODAY, alike)
    for told in (for_need(found, "en"), for_service(found, "en")):
        assert len(told["better"]) == len(found.better) <= 3
        assert all(told["better"])


@given(needs, services)
def test_a_proposed_deadline_or_radius_mends_what_was_missing(need, service):
    found = match(need, service, TODAY)
    for one in found.better:
        if one.about == "deadline":
            later = replace(need, deadline=need.deadline + timedelta(weeks=one.value))
            assert "dates" not in lacking(later, service, TODAY)
        if one.about == "radius":
            wide = replace(service, radius=max(service.radius or 0, one.value[0]))
            asked = replace(need, radius=max(need.radius or 0, one.value[0]))
            assert "place" not in lacking(asked, wide, TODAY)
