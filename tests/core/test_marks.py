"""Marks are drawn by rule, and the files made from them are up to date."""

import doctest
import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from core import marks
from core.marks import FIELDS, KINDS, METHODS, PALETTES, Mark, draw, phase_sign, shapes, stand_alone

ROOT = Path(__file__).resolve().parents[2]
EVERY_MARK = [
    Mark(kind=kind, method=method, field=field)
    for kind in KINDS
    for method in METHODS
    for field in (None, *FIELDS)
]


def maker():
    spec = importlib.util.spec_from_file_location(
        "make_marks", ROOT / "deploy" / "marks" / "make_marks.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_worked_examples_hold():
    assert doctest.testmod(marks).failed == 0


@pytest.mark.parametrize("palette", ["page", *PALETTES])
def test_every_mark_is_well_formed_and_needs_no_inline_style(palette):
    for mark in EVERY_MARK:
        drawing = draw(mark, palette)
        ElementTree.fromstring(drawing)
        assert "style" not in drawing
        assert " id=" not in drawing, "two of a kind on one page would share an id"


def test_marks_of_the_page_take_every_colour_from_the_style_sheet():
    for mark in EVERY_MARK:
        assert "#" not in draw(mark)


def test_each_method_has_a_joint_of_its_own():
    assert len({draw(Mark(method=method)) for method in METHODS}) == 12


def test_each_field_has_a_hatch_of_its_own():
    assert len({draw(Mark(kind="story", field=field)) for field in FIELDS}) == 11


def test_only_stories_are_hatched():
    assert "mark-hatch" in draw(Mark(kind="story", field="07"))
    assert "mark-hatch" not in draw(Mark(kind="deal", field="07"))


@pytest.mark.parametrize(
    ("method", "gap"), [(1, "11"), (2, "11"), (3, "6"), (5, "6"), (4, "2.5"), (12, "2.5")]
)
def test_the_phase_of_the_method_sets_the_gap(method, gap):
    assert re.search(rf'class="mark-gap"[^>]*stroke-width="{gap}"', draw(Mark(method=method)))


def test_a_phase_that_is_given_overrides_that_of_the_method():
    assert 'stroke-width="6"' in draw(Mark(method=1, phase=2))


def test_a_service_is_the_schools_half_and_a_need_the_companys():
    service, need = draw(Mark(kind="service")), draw(Mark(kind="need"))
    assert "mark-school" in service
    assert "mark-work" not in service
    assert "mark-work" in need
    assert "mark-school" not in need
    assert "mark-waiting" in service
    assert "mark-waiting" in need


@pytest.mark.parametrize("kind", ["deal", "method"])
@pytest.mark.parametrize("method", METHODS)
def test_both_pieces_share_the_profile(kind, method):
    drawing = draw(Mark(kind=kind, method=method))
    school = re.search(r'class="mark-school" d="M0 0 ([\d. ]+) 0 72Z"', drawing).group(1)
    work = re.search(r'class="mark-work" d="M120 0 ([\d. ]+) 120 72Z"', drawing).group(1)
    if method == 5:  # the third piece lies under both, so that they part below
        assert school.split()[:4] == work.split()[:4]
    else:
        assert school == work


def test_the_learner_is_in_the_methods_that_need_a_third():
    with_learner = {method for method in METHODS if "mark-learner" in draw(Mark(method=method))}
    assert with_learner == {5, 10, 12}


def test_a_palette_writes_its_own_colours():
    for name, colours in PALETTES.items():
        drawing = stand_alone(Mark(kind="story", field="07"), name)
        assert colours["school"] in drawing
        assert colours["work"] in drawing


@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_the_sign_of_a_phase_fills_as_many_fingers(phase):
    sign = phase_sign(phase)
    assert (sign.count("sign-filled"), sign.count("sign-open")) == (phase, 4 - phase)


@pytest.mark.parametrize(
    "wrong", [{"kind": "product"}, {"method": 13}, {"field": "11"}, {"phase": 0}]
)
def test_what_no_rule_covers_is_refused(wrong):
    with pytest.raises(ValueError, match=r"unknown kind|there is no"):
        Mark(**wrong)


def test_the_symbols_can_be_referred_to_by_method():
    file = ElementTree.fromstring(marks.symbols())
    assert [symbol.get("id") for symbol in file] == [f"method-{method}" for method in METHODS]


def test_the_shapes_stay_inside_the_field():
    for mark in EVERY_MARK:
        for points in re.findall(
            r'class="mark-(?:school|work|learner)"[^>]* d="M([\d. ]+)Z"', shapes(mark)
        ):
            numbers = [float(number) for number in points.split()]
            assert all(0 <= x <= marks.WIDTH for x in numbers[::2])
            assert all(0 <= y <= marks.HEIGHT for y in numbers[1::2])


def test_the_files_are_what_is_drawn():
    for path, content in maker().texts().items():
        assert path.read_text() == content, f"run deploy/marks/make_marks.py: {path.name} is old"
    for path in maker().pictures():
        assert path.stat().st_size > 0
