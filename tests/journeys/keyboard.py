"""What people do who have a keyboard and no mouse, as the steps of several journeys.

Controls are reached with Tab, by the name that a screen reader says. At every stop on the way the
focus has to be seen: with a ring, inside the window, and not behind something else.
"""

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.running import wait_until

LONGEST_WAY = 150  # stops; the review shows a whole page with its links
MOST_OPTIONS = 60
# The admin's fields for days open a calendar a moment after one comes, and it stays if one has left by then.
CALENDAR, OPENS = 'autocomplete="off"', 300  # milliseconds

# Whether a ring shows that `one` has the focus, and whether any of it can be seen.
SIGHT = """(one) => {
  const style = one.ownerDocument.defaultView.getComputedStyle(one);
  const lines = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const parts = [.1, .3, .5, .7, .9];
  const shows = (x, y) => {
    const top = one.getRootNode().elementFromPoint(x, y);
    return top && (one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top));
  };
  return {
    ring: lines || style.boxShadow !== "none",
    seen: [...one.getClientRects()].some((box) => box.width > 1 && box.height > 1
      && parts.some((across) => parts.some((down) =>
        shows(box.left + across * box.width, box.top + down * box.height)))),
  };
}"""
# The element that has the focus, in frames and components too, and whether it is the wanted one.
STOP = f"""(wanted) => {{
  let one = document.activeElement;
  while (one?.contentDocument || one?.shadowRoot?.activeElement) {{
    one = (one.contentDocument || one.shadowRoot).activeElement;
  }}
  if (!one || one === one.ownerDocument.body) return {{ what: "" }};
  return {{ what: one.outerHTML.slice(0, 200), here: one === wanted, ...({SIGHT})(one) }};
}}"""


def stop(page: Page, wanted: Locator | None = None) -> dict:
    """Where the focus is; fails where that cannot be seen, after the page has moved there."""

    def shown() -> bool:
        found.clear()
        found.update(wanted.evaluate(STOP) if wanted else page.evaluate(STOP))
        return not found["what"] or (found["ring"] and found["seen"])

    found: dict = {}
    if not shown():
        wait_until(shown, f"the focus is seen: {found}", 10)
    return found


def go(page: Page, target: Locator, key: str = "Tab") -> None:
    """Presses Tab until the focus is on `target`, where it is not there already."""
    stops = []
    while not (found := stop(page, target)).get("here"):
        stops.append(found["what"])
        if CALENDAR in found["what"]:
            page.wait_for_timeout(OPENS)
        assert len(stops) <= LONGEST_WAY, f"{target} is not reached: {stops}"
        page.keyboard.press(key)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Goes to a control and presses a key on it."""
    go(page, target)
    page.keyboard.press(key)


def follow(page: Page, target: Locator) -> None:
    """Goes to a link or a button and presses Enter, which leads to another page."""
    go(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, target: Locator, text: str) -> None:
    """Types into a field in the place of what was there."""
    go(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    expect(target).to_have_value(text)


def choose(page: Page, target: Locator, option: str) -> None:
    """Chooses from a list: types how the option begins, and goes on with the arrow if need be."""

    def chosen() -> bool:
        return target.evaluate("one => one.selectedOptions[0].label").startswith(option)

    go(page, target)
    if not chosen():
        page.keyboard.type(option)
    for _number in range(MOST_OPTIONS):
        if chosen():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"There is no option {option}.")


def tick(page: Page, target: Locator) -> None:
    press(page, target, "Space")
    expect(target).to_be_checked()


def attach(page: Page, target: Locator, file: FilePayload) -> None:
    """Opens the window in which a file is chosen, and gives it the file."""
    page.on("filechooser", lambda _chooser: None)  # told in time that no window is to be shown
    go(page, target)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)


def skip(page: Page) -> None:
    """Jumps over the menus, from the first stop of a page to its content."""
    page.keyboard.press("Tab")
    assert "skip-link" in stop(page)["what"]
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
