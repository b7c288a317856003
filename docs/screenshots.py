"""The pictures of these pages, taken again: `python -m docs.screenshots [name…]`.

Starts a portal with demonstration content, as the journeys do, and puts WebP files into `docs/pictures/`.
Needs what the journeys need.
"""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import reviewing
from tests.journeys.conftest import ARGUMENTS, sign_in
from tests.journeys.running import running
from tests.services import browser_path

FOLDER = Path(__file__).parent / "pictures"
SIZE = {"width": 1280, "height": 860}
IN_REVIEW = "From sawdust to briquettes"


def translation(page: Page) -> None:
    page.locator("#translate-section td.title a[href$='/edit/']").first.click()
    page.locator("[data-part][data-state=changed]").scroll_into_view_if_needed()


def timeline(page: Page) -> None:
    reviewing.open_review(page, IN_REVIEW)
    page.goto(page.locator("main a[href*='/timeline/']").first.get_attribute("href"))


# The name of a picture: whose screen it is, and the way there from the first thing after signing in.
PICTURES: dict[str, tuple[str, Callable[[Page], object]]] = {
    "work": ("editor", lambda page: page.goto("/admin/")),
    "review": ("reviewer", lambda page: reviewing.open_review(page, IN_REVIEW)),
    "timeline": ("reviewer", timeline),
    "translation": ("translator", translation),
    "coverage": ("translator", lambda page: page.goto("/admin/coverage/")),
    "exchange": ("translator", lambda page: page.goto("/admin/exchange/")),
}


def take(browser: Browser, address: str, name: str) -> None:
    """Takes one picture, of what is in sight, in English."""
    who, walk = PICTURES[name]
    context = browser.new_context(base_url=address, locale="en", viewport=SIZE)
    page = context.new_page()
    sign_in(page, who)
    walk(page)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(FOLDER / f"{name}.webp", quality=80, method=6)
    context.close()


def main(names: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        for name in names or PICTURES:
            take(browser, portal.url, name)


if __name__ == "__main__":
    main(sys.argv[1:])
