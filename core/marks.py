"""Draw the portal's marks: two pieces and the joint between them, cut by rule from data.

One field of 120 by 72 units holds two polygons that share a profile: the school at the start,
the company at the end. The method cuts the profile, the phase of the method sets the gap, the
field of education hatches the school's piece, and the kind of page says which pieces are there.
Values in, SVG text out; nothing here knows Django. No element carries a style attribute, so that
a strict content security policy lets every mark through.
"""

from dataclasses import dataclass
from typing import Final

WIDTH: Final = 120
HEIGHT: Final = 72

Point = tuple[float, float]

KINDS: Final = ("method", "story", "deal", "service", "need")

# Method -> profile, from the top edge to the bottom edge.
PROFILES: Final[dict[int, tuple[Point, ...]]] = {
    1: ((60, 0), (60, 72)),
    2: ((86, 0), (34, 72)),
    3: ((82, 0), (82, 36), (38, 36), (38, 72)),
    4: (
        *((44, 0), (44, 12), (76, 12), (76, 24), (44, 24), (44, 36)),
        *((76, 36), (76, 48), (44, 48), (44, 60), (76, 60), (76, 72)),
    ),
    5: ((60, 0), (60, 33), (14, 72)),
    6: ((40, 0), (40, 24), (90, 24), (90, 48), (40, 48), (40, 72)),
    7: ((80, 0), (80, 24), (30, 24), (30, 48), (80, 48), (80, 72)),
    8: ((100, 0), (72, 25), (84, 38), (36, 34), (48, 47), (20, 72)),
    9: ((46, 0), (46, 27), (84, 14), (84, 58), (46, 45), (46, 72)),
    10: ((48, 0), (48, 17), (88, 17), (88, 55), (48, 55), (48, 72)),
    11: ((36, 0), (88, 36), (36, 72)),
    12: ((60, 0), (60, 72)),
}
METHODS: Final = tuple(PROFILES)

# In method 5 a third piece, the learner's, lies under the other two, so that the company's piece
# ends elsewhere than the school's.
THIRD_PIECE: Final[tuple[Point, ...]] = ((60, 33), (106, 72), (14, 72))
COMPANY_PROFILES: Final = {**PROFILES, 5: ((60, 0), (60, 33), (106, 72))}
KEY: Final[tuple[Point, ...]] = ((34, 17), (60, 29), (86, 17), (86, 55), (60, 43), (34, 55))
PINS: Final[tuple[Point, ...]] = ((72, 28), (72, 44))
PIN_RADIUS: Final = 5.5

# Method -> phase: 1 commitment, 2 cooperation, 3 collaboration, 4 celebration.
PHASES: Final[dict[int, int]] = {
    **{1: 1, 2: 1},
    **{3: 2, 5: 2, 7: 2, 10: 2},
    **{4: 3, 6: 3, 8: 3, 9: 3, 11: 3},
    **{12: 4},
}
GAPS: Final[dict[int, float]] = {1: 11, 2: 6, 3: 2.5, 4: 2.5}

# Colours of marks that stand alone, outside the style sheet: in files, in print, on the board.
PALETTES: Final[dict[str, dict[str, str]]] = {
    "light": {
        **{"school": "#0b6b5c", "work": "#f0b02e", "learner": "#b5402a"},
        **{"ground": "#fff", "waiting": "#6f7e75"},
    },
    "board": {
        **{"school": "#f4f7ee", "work": "#f0b02e", "learner": "#e2674a"},
        **{"ground": "#12382f", "waiting": "#bcd0c3"},
    },
    "print": {
        **{"school": "#222", "work": "#c8c8c8", "learner": "#777"},
        **{"ground": "#fff", "waiting": "#222"},
    },
}
PAGE: Final = "page"

HATCH_WIDTH: Final = 1.3


@dataclass(frozen=True)
class Mark:
    """What a mark is drawn from.

    `kind` is one of KINDS, `method` a number from 1 to 12, `field` a broad field of ISCED-F
    ("00" to "10") and hatches stories alone; `phase` (1 to 4) is the method's own unless given.
    """

    kind: str = "method"
    method: int = 6
    field: str | None = None
    phase: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of mark: {self.kind!r}")
        if self.method not in PROFILES:
            raise ValueError(f"there is no method {self.method!r}")
        if self.field and self.field not in HATCHES:
            raise ValueError(f"there is no hatch for the field {self.field!r}")
        if self.phase is not None and self.phase not in GAPS:
            raise ValueError(f"there is no phase {self.phase!r}")

    @property
    def gap(self) -> float:
        """The width of the gap in units."""
        return GAPS[self.phase or PHASES[self.method]]


def draw(mark: Mark, palette: str = PAGE, *, css_class: str = "mark") -> str:
    """Draw a mark as an SVG element of 120 by 72 units, decorative beside its text.

    With the palette "page" the shapes carry class names alone and the style sheet colours them,
    in light, dark, print and on the board; the palettes of PALETTES write fixed colours.

    >>> print(draw(Mark(kind="deal", method=1)))  # doctest: +NORMALIZE_WHITESPACE
    <svg class="mark" viewBox="0 0 120 72" width="120" height="72" aria-hidden="true"
    focusable="false"><path class="mark-school" d="M0 0 60 0 60 72 0 72Z"/><path
    class="mark-work" d="M120 0 60 0 60 72 120 72Z"/><path class="mark-gap" fill="none"
    stroke-width="11" d="M60 0 60 72"/></svg>
    """
    return (
        f'<svg class="{css_class}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" aria-hidden="true" focusable="false">{shapes(mark, palette)}</svg>'
    )


def shapes(mark: Mark, palette: str = PAGE) -> str:
    """Return the shapes of a mark without the element around them."""
    profile, company = PROFILES[mark.method], COMPANY_PROFILES[mark.method]
    if mark.kind == "service":
        return _half(profile, 0, "school", palette) + _waiting(profile, WIDTH, palette)
    if mark.kind == "need":
        return _half(company, WIDTH, "work", palette) + _waiting(company, 0, palette)
    parts = [_half(profile, 0, "school", palette)]
    if mark.kind == "story" and mark.field:
        parts.append(_hatch(mark.field, palette))
    # The company's piece covers what the hatch drew beyond the profile: no clipping is needed.
    parts.append(_half(company, WIDTH, "work", palette))
    if mark.method == 5:
        parts.append(_path(THIRD_PIECE, "learner", palette))
        seam = f"M60 0 60 33M{_points(((14, 72), (60, 33), (106, 72)))}"
    else:
        seam = f"M{_points(profile)}"
    ends = _square(profile)
    parts.append(f'<path {_stroke("gap", palette)} stroke-width="{mark.gap:g}"{ends} d="{seam}"/>')
    if mark.method == 12:
        parts.append(_path(KEY, "learner", palette, outline=GAPS[4]))
    if mark.method == 10:
        parts.extend(_pin(point, palette) for point in PINS)
    return "".join(parts)


def phase_sign(phase: int, palette: str = PAGE) -> str:
    """Draw the small sign of a phase: one to four filled fingers of four.

    >>> phase_sign(2).count("sign-filled")
    2
    """
    if phase not in GAPS:
        raise ValueError(f"there is no phase {phase!r}")
    fingers = []
    for number in range(4):
        filled = number < phase
        if palette == PAGE:
            paint = f'class="{"sign-filled" if filled else "sign-open"}"'
        else:
            colours = PALETTES[palette]
            fill = colours["school"] if filled else "none"
            line = colours["school"] if filled else colours["waiting"]
            paint = f'fill="{fill}" stroke="{line}"'
        fingers.append(
            f'<rect {paint} x="{number * 8 + 0.75:g}" y=".75" width="6.5" height="14.5"/>'
        )
    return (
        '<svg class="sign" viewBox="0 0 32 16" width="32" height="16" aria-hidden="true"'
        f' focusable="false">{"".join(fingers)}</svg>'
    )


def logo(palette: str = PAGE, *, file: bool = False) -> str:
    """Draw the portal's own mark, 88 by 60 units: a short tenon in its mortise."""
    profile = ((40, 0), (40, 19), (61, 19), (61, 41), (40, 41), (40, 60))
    return _small(88, 60, profile, palette, "logo", file=file)


def favicon(palette: str = "light") -> str:
    """Draw the square mark for a browser's tab: a file of its own, with fixed colours."""
    profile = ((32, 0), (32, 20), (50, 20), (50, 44), (32, 44), (32, 64))
    return _small(64, 64, profile, palette, "", gap=5, file=True)


def stand_alone(mark: Mark, palette: str = "light") -> str:
    """Draw a mark as a file of its own, with fixed colours."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}">{shapes(mark, palette)}</svg>\n'
    )


def symbols() -> str:
    """Return one file of symbols, `method-1` to `method-12`, for `<use href="…#method-4">`."""
    content = "".join(
        f'<symbol id="method-{number}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{shapes(Mark(method=number), 'light')}</symbol>"
        for number in METHODS
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>\n'


def share_picture(mark: Mark) -> str:
    """Draw the picture for shared links, 1200 by 630 units: the mark on the board.

    It shows no words, because the words of a shared link are its title and description.
    """
    board = PALETTES["board"]["ground"]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630">'
        f'<rect width="1200" height="630" fill="{board}"/>'
        f'<svg x="150" y="45" width="900" height="540" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{shapes(mark, 'board')}</svg></svg>\n"
    )


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:g} {y:g}" for x, y in points)


def _fill(role: str, palette: str) -> str:
    if palette == PAGE:
        return f'class="mark-{role}"'
    return f'fill="{PALETTES[palette][role]}"'


def _stroke(role: str, palette: str) -> str:
    """Paint a line: "gap" and "hatch" in the ground's colour, "hole" in the school's."""
    if palette == PAGE:
        return f'class="mark-{role}" fill="none"'
    colours = {"gap": "ground", "hatch": "ground", "hole": "school", "waiting": "waiting"}
    return f'fill="none" stroke="{PALETTES[palette][colours[role]]}"'


def _square(profile: tuple[Point, ...]) -> str:
    """A profile that meets the edge at a slant needs square ends, or the corner stays filled."""
    slanted = profile[0][0] != profile[1][0] or profile[-1][0] != profile[-2][0]
    return ' stroke-linecap="square"' if slanted else ""


def _path(points: tuple[Point, ...], role: str, palette: str, outline: float = 0) -> str:
    line = ""
    if outline:
        # With classes the style sheet gives the line the ground's colour.
        colour = "" if palette == PAGE else f' stroke="{PALETTES[palette]["ground"]}"'
        line = f'{colour} stroke-width="{outline:g}"'
    return f'<path {_fill(role, palette)}{line} d="M{_points(points)}Z"/>'


def _half(profile: tuple[Point, ...], edge: float, role: str, palette: str) -> str:
    """One piece: from its outer edge along the profile and back."""
    return _path(((edge, 0), *profile, (edge, HEIGHT)), role, palette)


def _waiting(profile: tuple[Point, ...], edge: float, palette: str) -> str:
    """The dashed outline of the piece that is still missing, inside the field."""
    inner = 1 if edge == 0 else WIDTH - 1
    step = 4 if edge else -4
    outline = ((profile[0][0] + step, 1), (inner, 1), (inner, 71), (profile[-1][0] + step, 71))
    return (
        f'<path {_stroke("waiting", palette)} stroke-width="1.5" stroke-dasharray="5 3.5"'
        f' d="M{_points(outline)}"/>'
    )


def _pin(centre: Point, palette: str) -> str:
    x, y = centre
    colour = "" if palette == PAGE else f' stroke="{PALETTES[palette]["ground"]}"'
    return (
        f'<circle {_fill("learner", palette)}{colour} stroke-width="2" cx="{x:g}" cy="{y:g}"'
        f' r="{PIN_RADIUS:g}"/>'
    )


def _small(
    width: int,
    height: int,
    profile: tuple[Point, ...],
    palette: str,
    css_class: str,
    *,
    gap: float = 4,
    file: bool = False,
) -> str:
    school = _path(((0, 0), *profile, (0, height)), "school", palette)
    work = _path(((width, 0), *profile, (width, height)), "work", palette)
    seam = f'<path {_stroke("gap", palette)} stroke-width="{gap:g}" d="M{_points(profile)}"/>'
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    if file:
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{school}{work}{seam}</svg>\n'
    return (
        f'<svg class="{css_class}" {size} aria-hidden="true" focusable="false">'
        f"{school}{work}{seam}</svg>"
    )


def _rows(first: float, step: float, start: float = 0) -> str:
    """Straight lines from start to end, one below the other."""
    count = int((HEIGHT - first) // step) + 1
    return "".join(f"M{start:g} {first + step * row:g}H{WIDTH}" for row in range(count))


def _columns(first: float, step: float, start: float) -> str:
    count = int((WIDTH - first) // step) + 1
    return "".join(f"M{first + step * column:g} {start:g}V{HEIGHT}" for column in range(count))


def _zigzag(first: float, step: float, wave: str) -> str:
    """Rows of one repeated relative curve that is 12 units long."""
    count = int((HEIGHT + 4 - first) // step) + 1
    return "".join(f"M-3 {first + step * row:g}{wave}" for row in range(count))


def _dots(step: float, width: float, role: str = "hatch") -> tuple[str, str, str]:
    """Round dots as dashes of no length with round ends."""
    path = _rows(step / 2, step, step / 2)
    return (
        role,
        f'stroke-width="{width:g}" stroke-linecap="round" stroke-dasharray="0 {step:g}"',
        path,
    )


_LINE = f'stroke-width="{HATCH_WIDTH:g}"'
_WAVE = "q3-5 6 0t6 0" + " 6 0" * 19
_CHEVRON = "l4-4" + " 4 4 4-4" * 15

# Field of ISCED-F -> layers of (role, attributes, path). Parallel lines are one broad dashed line.
HATCHES: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "00": (_dots(8, 2.4),),
    "01": (("hatch", 'stroke-width="72" stroke-dasharray="1.3 4.7"', "M3 36H120"),),
    "02": (("hatch", _LINE, _zigzag(4, 8, _WAVE)),),
    "03": (_dots(8, 5.8), _dots(8, 3.2, "hole")),
    "04": (("hatch", 'stroke-width="120" stroke-dasharray="1.3 4.7"', "M60 3V72"),),
    "05": (_dots(12, 9.2), _dots(12, 6.6, "hole"), _dots(12, 2.6)),
    "06": (
        ("hatch", 'stroke-width="72" stroke-dasharray="1.3 6.7"', "M4 36H120"),
        ("hatch", 'stroke-width="120" stroke-dasharray="1.3 6.7"', "M60 3.4V72"),
    ),
    "07": (("hatch", 'stroke-width="200" stroke-dasharray="1.3 3.7"', "M0 0 96 96"),),
    "08": (
        ("hatch", f'{_LINE} stroke-dasharray="7 5"', _rows(3, 8)),
        ("hatch", f'{_LINE} stroke-dasharray="7 5"', _rows(7, 8, -6)),
    ),
    "09": (
        ("hatch", f'{_LINE} stroke-dasharray="5 4"', _rows(4.5, 9, 2)),
        ("hatch", f'{_LINE} stroke-dasharray="5 4"', _columns(4.5, 9, 2)),
    ),
    "10": (("hatch", _LINE, _zigzag(6, 6, _CHEVRON)),),
}


FIELDS: Final = tuple(HATCHES)


def _hatch(field: str, palette: str) -> str:
    return "".join(
        f'<path {_stroke(role, palette)} {attributes} d="{path}"/>'
        for role, attributes, path in HATCHES[field]
    )
