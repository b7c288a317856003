"""Every page type of the library is gone through with Tab alone, on a desktop and a narrow window.

Whatever can be used is reached, in the order in which it is read; the focus is seen at every stop and
never behind something that stays in its place; nothing holds it; the skip link leads to the content.
"""

import pytest
from playwright.sync_api import Page

from tests.journeys import keyboard
from tests.journeys.conftest import DESKTOP, PHONE

PATHS = (
    "/en/guidelines/",
    "/en/guidelines/exercise-to-service/?for=provider",
    "/en/recommendations/",
    "/en/recommendations/one-short-agreement/",
    "/en/methods/",
    "/en/methods/assessment-together-at-the-workplace/",
    "/en/obstacles/we-have-no-time/",
    "/en/sheets/agreement-on-expectations/",
    "/en/organisations/",
    "/en/organisations/?view=map",
    "/en/organisations/ogre-wood-school/",
    "/en/events/",
    "/en/news/",
    "/en/projects/",
    "/en/projects/prof-in-wbl/",
    "/en/glossary/",
    "/en/stories/",
    "/en/stories/compare/?story=three-real-orders-in-one-term&story=two-pages-before-day-one",
)
MOST = 400  # stops on a page
AT_ONCE = 20  # presses before the page is asked whether it has been gone through

# Begins at the content. What is pressed next tells that the page has settled after the key before: then
# it is noted where the focus is. Closed parts are opened on the way, as Enter does it; menus are not.
TOUR = f"""() => {{
  const look = {keyboard.SIGHT};
  const name = (one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 160);
  const box = (one) => [...one.getClientRects()].find((box) => box.width > 1 && box.height > 1);
  const focusable = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";
  const alone = (one) => one.type !== "radio" || one.checked || !document.querySelector(
    `[name="${{one.name}}"]:checked`);
  const usable = (one) => one.tabIndex >= 0 && !one.disabled && box(one) && alone(one)
    && one.checkVisibility({{ visibilityProperty: true }});
  const stops = [], wrong = [];
  let last = null, place = null, held = 0;

  const note = () => {{
    const one = document.activeElement;
    if (one === stops[0] && last !== one) tour.done = true;
    if (tour.done) return;
    if (one === document.body || one.matches("#main, .skip-link")) last = place = null;
    // On a phone the search stands beneath the bar of which it is a part.
    if (last?.closest(".header .search")) place = null;
    if (one === document.body || one.id === "main") return;
    if (one === last) {{
      held += 1;  // the parts of a field for a date
      if (held > 5) {{ wrong.push(`held: ${{name(one)}}`); tour.done = true; }}
      return;
    }}
    held = 0;
    const {{ ring, seen }} = look(one);
    if (!ring) wrong.push(`no ring: ${{name(one)}}`);
    if (!seen) wrong.push(`not in sight: ${{name(one)}}`);
    const found = box(one) ?? one.getBoundingClientRect();
    const here = {{
      top: found.top + scrollY, bottom: found.bottom + scrollY, left: found.left, right: found.right,
    }};
    const after = !last || last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!after || (place && here.bottom <= place.top + 1 && here.left < place.right - 1)) {{
      wrong.push(`out of order: ${{name(one)}} after ${{name(last)}}`);
    }}
    stops.push(one);
    [last, place] = [one, here];
    if (one.matches("details:not([open], [data-disclosure]) > summary")) one.click();
  }};
  addEventListener("keydown", note, true);
  window.tour = {{
    done: false,
    wrong: () => [
      ...wrong,
      ...[...document.querySelectorAll(focusable)]
        .filter((one) => usable(one) && !stops.includes(one))
        .map((one) => `not reached: ${{name(one)}}`),
    ],
  }};
}}"""


def wrong_on(page: Page, path: str) -> list[str]:
    """What somebody meets who goes once round a page with Tab, beginning at its content."""
    assert page.goto(path).ok, path
    keyboard.skip(page)
    page.evaluate(TOUR)
    for _number in range(MOST // AT_ONCE):
        for _press in range(AT_ONCE):
            page.keyboard.down("Tab")
        if page.evaluate("tour.done"):
            break
    page.keyboard.up("Tab")
    return page.evaluate("tour.done ? tour.wrong() : [...tour.wrong(), 'it never ends']")


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def window(request):
    return request.param


def test_pages_of_the_library_are_gone_through_with_tab(visit, window):
    page = visit("en", window)
    found = {path: wrong_on(page, path) for path in PATHS}
    found["event"] = wrong_on(page, "/en/events/agreement-clinic/")
    register = page.get_by_role("link", name="Register").first.get_attribute("href")
    found["registration"] = wrong_on(page, register)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_steps_of_a_story_are_gone_through_with_tab(signed_in, window):
    page = signed_in("translator", viewport=window)
    found = {"1": wrong_on(page, "/en/account/stories/new/")}
    for label in ("Title", "Result in one sentence"):
        keyboard.write(page, page.get_by_label(label), f"{label}, {window['width']} px")
    keyboard.follow(page, page.get_by_role("button", name="Save and go on", exact=True))
    story = page.url.removesuffix("2/")
    found |= {step: wrong_on(page, f"{story}{step}/") for step in "2345"}
    assert {step: wrong for step, wrong in found.items() if wrong} == {}
