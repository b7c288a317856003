"""Write the marks that are served as files, and those that templates include.

    python deploy/marks/make_marks.py

Needs Chromium and playwright for the two pictures; the rest is text. tests/core/test_marks.py
says when the files no longer fit what core/marks.py draws.
"""

import sys
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from core import marks  # noqa: E402
from tests.services import browser_path  # noqa: E402

STATIC = ROOT / "portal" / "static" / "marks"
COMPONENTS = ROOT / "portal" / "templates" / "components"

OPEN_HALF = marks.Mark(kind="need", method=3)
SHARED = marks.Mark(kind="method", method=6)


def data_address(drawing: str) -> str:
    """A drawing as an address that holds it."""
    return "data:image/svg+xml," + quote(drawing.strip().replace('"', "'"), safe=" ='/:.-")


def texts() -> dict[Path, str]:
    """Every text file with what belongs in it."""
    return {
        STATIC / "favicon.svg": marks.favicon(),
        STATIC / "logo.svg": marks.logo("light", file=True),
        STATIC / "empty.svg": marks.stand_alone(OPEN_HALF),
        COMPONENTS / "favicon.html": (
            "{# The mark in the browser's tab, inside the page to save a request; no arguments. #}\n"
            f'<link rel="icon" href="{data_address(marks.favicon())}" type="image/svg+xml">\n'
        ),
        COMPONENTS / "logo.html": "{# The portal's mark; takes no arguments. #}\n"
        + marks.logo()
        + "\n",
        COMPONENTS / "mark_empty.html": "{# The open half mark; takes no arguments. #}\n"
        + marks.draw(OPEN_HALF)
        + "\n",
    }


def pictures() -> dict[Path, tuple[str, int, int]]:
    """Every picture with its drawing, width and height."""
    return {
        STATIC / "favicon-32.png": (marks.favicon(), 32, 32),
        STATIC / "share.png": (marks.share_picture(SHARED), 1200, 630),
    }


def main() -> None:
    from playwright.sync_api import sync_playwright

    for path, content in texts().items():
        path.write_text(content)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for path, (drawing, width, height) in pictures().items():
            page = browser.new_page(viewport={"width": width, "height": height})
            size = f'width="{width}" height="{height}"'
            start = drawing.index("width=")
            end = drawing.index(">", start)
            page.set_content(
                "<style>*{margin:0}svg{display:block}</style>"
                + drawing[:start]
                + size
                + drawing[end:]
            )
            page.screenshot(path=path)
        browser.close()


if __name__ == "__main__":
    main()
