"""Make the web fonts in portal/static/fonts from the two npm packages.

Run once whenever a package or the set of languages changes, and commit the result:

    npm pack @fontsource-variable/sofia-sans@5.3.0 @fontsource-variable/piazzolla@5.3.0
    for f in *.tgz; do mkdir "${f%.tgz}" && tar xzf "$f" -C "${f%.tgz}"; done
    python deploy/fonts/make_fonts.py fontsource-variable-sofia-sans-5.3.0/package \
        fontsource-variable-piazzolla-5.3.0/package

Sofia Sans keeps its weight axis from 400 to 800; Piazzolla becomes one weight, 500, because
stress inside it is set in Sofia Sans. Both lose their hinting and every letter that no EU
language and no Ukrainian text needs. The ranges are the `unicode-range` values of
portal/static/css/fonts.css: change both together.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parents[2] / "portal" / "static" / "fonts"

LATIN = (
    "U+0-FF,U+131,U+152-153,U+2C6,U+2DA,U+2DC,U+2010-2014,U+2018-201A,U+201C-201E,"
    "U+2020-2022,U+2026,U+2030,U+2039-203A,U+20AC,U+2116,U+2122,U+2212"
)
LATIN_EXT = "U+100-130,U+132-151,U+154-17F,U+218-21B,U+1E9E"
GREEK = "U+370-3FF"
CYRILLIC = "U+400-45F,U+490-491"

SHARED_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk"]

# name of the result: (package, names of its source files, characters)
RECIPES = {
    "sofia-sans-latin": ("sofia-sans", ["latin"], LATIN),
    "sofia-sans-latin-ext": ("sofia-sans", ["latin-ext"], LATIN_EXT),
    "sofia-sans-greek": ("sofia-sans", ["greek"], GREEK),
    "sofia-sans-cyrillic": ("sofia-sans", ["cyrillic"], CYRILLIC),
    "piazzolla-latin": ("piazzolla", ["latin", "latin-ext"], f"{LATIN},{LATIN_EXT}"),
    "piazzolla-greek": ("piazzolla", ["greek"], GREEK),
    "piazzolla-cyrillic": ("piazzolla", ["cyrillic"], CYRILLIC),
}
AXES = {"sofia-sans": {"wght": (400, 400, 800)}, "piazzolla": {"wght": 500}}
FEATURES = {"sofia-sans": [*SHARED_FEATURES, "tnum"], "piazzolla": SHARED_FEATURES}


def characters(ranges: str) -> list[int]:
    """Return the code points of a `unicode-range` value."""
    points: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points


def limited(source: Path, package: str) -> TTFont:
    """Open one source file and limit its weight axis."""
    font = TTFont(source)
    font.flavor = None
    return instancer.instantiateVariableFont(font, AXES[package])


def joined(fonts: list[TTFont]) -> TTFont:
    """Merge static fonts of one family into one."""
    if len(fonts) == 1:
        return fonts[0]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, font in enumerate(fonts):
            path = Path(folder) / f"{number}.ttf"
            font.save(path)
            paths.append(str(path))
        return merge.Merger().merge(paths)


def cut(font: TTFont, package: str, ranges: str) -> TTFont:
    """Keep only the characters and features that are asked for, without hinting."""
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = True
    options.layout_features = FEATURES[package]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters(ranges))
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sofia_sans", type=Path, help="unpacked package of Sofia Sans")
    parser.add_argument("piazzolla", type=Path, help="unpacked package of Piazzolla")
    arguments = parser.parse_args()
    packages = {"sofia-sans": arguments.sofia_sans, "piazzolla": arguments.piazzolla}
    for package, folder in packages.items():
        shutil.copyfile(folder / "LICENSE", TARGET / f"OFL-{package}.txt")
    for name, (package, parts, ranges) in RECIPES.items():
        sources = [
            packages[package] / "files" / f"{package}-{part}-wght-normal.woff2" for part in parts
        ]
        font = cut(joined([limited(source, package) for source in sources]), package, ranges)
        target = TARGET / f"{name}.woff2"
        font.save(target)
        print(f"{target.name}: {target.stat().st_size} bytes, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main()
