"""Every page type, every screen of ours and every page form, checked by axe, without exceptions.

At two widths and in two schemes; screens of the admin also while things on them are open or refused.
`make accessibility` runs it: it takes as long as all other journeys together.
"""

import pytest
from playwright.sync_api import Page, expect

from bench import pages
from core.checks import our_pages
from tests.journeys import dealing, reviewing, writing
from tests.journeys.conftest import DESKTOP, PHONE, violations

pytestmark = pytest.mark.accessibility

PAGES = [
    "/en/",
    "/fi/",
    "/en/stories/",
    "/de/stories/?country=FI&language=de&language=en",
    "/en/stories/?country=FI&field=09",
    "/en/stories/three-real-orders-in-one-term/",
    "/lt/stories/never-alone-on-the-night-shift/",
    "/en/methods/?side=school&motive=real_work&hours=40&learners=16&experience=once",
    "/fi/methods/yksi-tehtava-monta-tiimia/",
    "/en/obstacles/we-have-no-time/",
    "/en/sheets/agreement-on-expectations/",
    "/en/guidelines/",
    "/de/guidelines/?as=document&for=company",
    "/en/guidelines/exercise-to-service/?for=provider",
    "/en/events/",
    "/en/events/agreement-clinic/",
    "/en/projects/",
    "/en/news/",
    "/lt/glossary/",
    "/en/stories/?view=map",
    "/en/recommendations/",
    "/en/recommendations/one-short-agreement/",
    "/lt/recommendations/viena-trumpa-sutartis/?as=brief",
    "/en/organisations/",
    "/fi/organisations/?view=map",
    "/lt/organisations/uogres-medzio-mokykla/",
    "/en/about/",
    "/pl/privacy/",
    "/en/translations/",
    "/en/report/notice/",
    "/en/report/figures/",
    "/en/search/?q=orders",
    "/en/search/?q=zzzz",
    "/de/search/?q=arbeit&language=de&language=en&kind=method&sort=newest",
    "/fi/search/?q=apprenticeship&kind=story&country=LV&place=Riga&since=2020-01-01",
    "/en/nothing-here/",
    "/en/account/signup/",
    "/pl/account/password/reset/",
]


def test_public_pages_have_no_violation_and_never_scroll_sideways(visit):
    page = visit("en", bypass_csp=True)
    found = {}
    for path in PAGES:
        page.goto(path)
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            if problems := violations(page):
                found[path, viewport["width"]] = problems
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], path
        page.emulate_media(color_scheme="dark")
        if problems := violations(page, *COLOURS):
            found[path, "dark"] = problems
        page.emulate_media(color_scheme="light")
    assert found == {}


def test_a_page_of_every_type_has_no_violation(visit):
    """Each rule once on a narrow light window, once on a wide dark one; the others are above."""
    narrow, wide = Screens(visit("en", PHONE)), Screens(visit("en", color_scheme="dark"))
    for path in pages.PAGES.values():
        if path in PAGES:
            continue
        for screens in (narrow, wide):
            assert screens.page.goto(path).ok, path
            screens.note(path, None)
            assert screens.fits(), path
    assert (narrow.found, wide.found) == ({}, {})


OFFICE = [  # lists and forms of ours that stand in the admin's menu
    "/admin/roles/",
    "/admin/roles/new/",
    "/admin/invitations/",
    "/admin/invitations/new/",
    "/admin/mistakes/",
    "/admin/reported/",
    "/admin/recommendations/",
    "/admin/import/",
    "/admin/new/",
    "/admin/review-rules/",
    "/admin/organisation/new/",
    "/admin/networkmembership/new/",
    "/admin/campaign/",
    "/admin/campaign/new/",
    "/admin/synonyms/",
    "/admin/synonyms/new/?language=en&words=order",
    "/admin/promotions/",
    "/admin/promotions/new/",
    "/admin/not-found/",
    "/admin/why/?question=order",
]
WIDTHS = [PHONE, DESKTOP]
COLOURS = ("color-contrast", "link-in-text-block")  # the rules that a dark scheme can break


class Screens:
    """What axe finds on the screens that a person opens, at two widths; some also in the dark.

    A screen is loaded once: then the window changes its width and the scheme its colours.
    """

    def __init__(self, page: Page):
        self.page, self.found = page, {}

    def open(self, *paths: str) -> None:
        for path in paths:
            self.page.goto(path, wait_until="networkidle")
            self.look(path)

    def look(self, name: str, within: str | None = None, *, dark: bool = False) -> None:
        """Looks at what is on the screen now, or at the part of it that has changed."""
        self.page.mouse.move(0, 0)  # no tooltip
        self.page.wait_for_load_state("load")
        for viewport in WIDTHS:
            self.page.set_viewport_size(viewport)
            self.note(f"{name}, {viewport['width']} px", within)
            assert self.fits(), name
        if dark:
            self.page.emulate_media(color_scheme="dark")
            self.note(f"{name}, dark", within, *COLOURS)
            self.page.emulate_media(color_scheme="light")

    def fits(self) -> bool:
        """Whether nobody must scroll sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def note(self, name: str, within: str | None, *rules: str) -> None:
        self.page.evaluate(STILL)
        if problems := violations(self.page, *rules, within=within):
            self.found[name] = problems


# Colours that are still changing from one scheme to the other belong to neither.
STILL = """for (const one of document.getAnimations()) {
  if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
}"""


def page_ids(page: Page) -> dict[str, int]:
    """The number of the oldest page of each type, which is no translation; a type without one fails."""
    found: dict[str, int] = {}
    wanted, seen = {model._meta.label for model in our_pages()}, 0
    while wanted - set(found):
        answer = page.request.get(f"/admin/api/main/pages/?order=id&limit=20&offset={seen}")
        items = answer.json()["items"]
        assert items, wanted - set(found)
        for item in items:
            found.setdefault(item["meta"]["type"], item["id"])
        seen += len(items)
    return {name: found[name] for name in sorted(wanted)}


def test_signing_in_has_no_violation(visit):
    screens = Screens(visit("fi"))
    screens.open("/admin/login/")
    screens.page.press("input[name=password]", "Enter")
    expect(screens.page.locator(".field-error").first).to_be_visible()
    screens.look("refused", dark=True)
    screens.page.fill("input[name=login]", "nobody@example.org")
    screens.page.click("button[name=by_mail]")
    expect(screens.page.locator("input[name=code]")).to_be_visible()
    screens.look("code", dark=True)
    assert screens.found == {}


def test_own_account_has_no_violation(signed_in):
    screens = Screens(signed_in("editor"))
    screens.open("/fi/account/email/", "/fi/account/password/change/", "/fi/account/")
    screens.page.click("main .account-form button")
    expect(screens.page.locator(".messages")).to_be_visible()
    screens.look("profile", dark=True)
    assert screens.found == {}


def test_screens_of_an_editor_have_no_violation(signed_in):
    screens = Screens(signed_in("editor"))
    screens.look("dashboard", dark=True)
    screens.open("/admin/nothing-here/", "/admin/snippets/home/languagesettings/")
    screens.page.locator("main td.title a", has_text="(en)").first.click()
    screens.look("navigation and footer")
    assert screens.found == {}


def test_form_of_a_new_story_has_no_violation_with_a_block_of_each_kind(portal, signed_in):
    dealing.load(portal)
    screens = Screens(signed_in("editor"))
    index = page_ids(screens.page)["stories.StoryIndexPage"]
    screens.page.goto(f"/admin/pages/add/stories/storypage/{index}/", wait_until="networkidle")
    for stream in ("picture", "partners", "steps", "results", "voices", "files"):
        writing.field(screens.page, stream).locator("button.c-sf-add-button").last.click()
    writing.submit(screens.page)
    expect(screens.page.locator(".error-message").first).to_be_visible()
    screens.look("refused")
    assert screens.found == {}


def test_the_form_of_every_page_type_has_no_violation(portal, signed_in):
    """At one width, so that there is time for all of them; the form of a story also below."""
    dealing.load(portal)
    screens = Screens(signed_in("editor", bypass_csp=True))
    for name, number in page_ids(screens.page).items():
        screens.page.goto(f"/admin/pages/{number}/edit/")
        expect(screens.page.locator("#page-edit-form")).to_be_attached()
        screens.note(name, None)
    assert screens.found == {}


def test_screens_of_the_desk_and_the_administrator_have_no_violation(signed_in):
    screens = Screens(signed_in("admin", bypass_csp=True))
    page = screens.page

    def look(path: str) -> None:
        page.goto(path)
        assert page.url.endswith(path)  # nobody was sent elsewhere
        screens.note(path, None)

    for path in OFFICE:
        look(path)
    look("/admin/organisation/")
    edit = page.locator("a[href*='/organisation/edit/']").first.get_attribute("href")
    for action in ("edit", "trust", "merge", "history"):
        look(edit.replace("/edit/", f"/{action}/"))
    look("/admin/events/")
    event = page.locator("main a[href^='/admin/events/']:not([href$='.csv'])").first
    look(event.get_attribute("href"))
    assert screens.found == {}


def test_form_of_a_story_has_no_violation_with_everything_open(signed_in):
    screens = Screens(signed_in("editor"))
    page = screens.page
    screens.open(page.locator("#returned-section td.title a").first.get_attribute("href"))
    for panel in ("status", "checks", "preview"):
        page.locator(f"[data-side-panel-toggle={panel}]").click()
        expect(page.locator(f"[data-side-panel={panel}]")).to_be_visible()
        screens.look(panel, within=".form-side")
    page.locator("[data-side-panel-toggle=preview]").click()
    writing.submit_button(page)
    screens.look("actions", within="footer")
    assert screens.found == {}


def test_form_of_a_new_language_has_no_violation(signed_in):
    screens = Screens(signed_in("admin"))
    screens.look("dashboard", dark=True)
    screens.open("/admin/pages/add/home/homepage/1/")
    assert screens.found == {}


def test_screens_of_a_reviewer_have_no_violation(signed_in):
    screens = Screens(signed_in("reviewer"))
    screens.look("dashboard", dark=True)
    reviewing.open_review(screens.page, "From sawdust to briquettes")
    screens.look("review", dark=True)
    screens.page.locator(reviewing.RETURN).click()
    expect(screens.page.locator(".error-message")).to_be_visible()
    screens.look("a return without a word")
    where, seen = screens.page.url, screens.page.locator("[name=seen]").first.input_value()
    screens.open(screens.page.locator("main a[href*='/timeline/']").first.get_attribute("href"))
    screens.open(f"{where}approve/{seen[:16]}/", f"{where}approve/0123456789abcdef/")
    screens.open("/admin/notices/")
    assert screens.found == {}


def test_board_of_translations_has_no_violation(signed_in):
    screens = Screens(signed_in("translator"))
    screens.open("/admin/coverage/", "/admin/exchange/", "/admin/coverage/?q=zzzz")
    screens.page.goto("/admin/coverage/?age=nonsense")
    screens.look("a filter that does not exist", dark=True)
    screens.page.click(".coverage-assign button:not([formaction])")
    expect(screens.page.locator(".coverage-assign .error-message").first).to_be_visible()
    screens.look("nothing chosen", dark=True)
    assert screens.found == {}


def test_own_work_and_what_is_to_come_have_no_violation(signed_in):
    screens = Screens(signed_in("translator"))
    page = screens.page
    page.goto("/admin/")
    page.locator("#translate-section form button").first.click()
    page.locator("#assigned-section a[href^='/admin/work/']").first.click()
    page.locator("[name=due]").fill("2001-01-01")
    page.locator("#main form button:not([name])").click()
    expect(page.locator(".error-message").first).to_be_visible()
    screens.look("an assignment with a day that is over", dark=True)
    page.locator("button[name=release]").click()
    screens.look("given back")
    screens.open("/admin/?due=overdue", "/admin/?kind=nonsense", "/admin/coming/?language=nonsense")
    assert screens.found == {}


def test_screens_of_a_translation_have_no_violation(signed_in):
    screens = Screens(signed_in("translator"))
    page = screens.page
    screens.look("dashboard", dark=True)
    page.locator("#translate-section td.title a[href*='/submit/page/']").first.click()
    screens.look("send into another language")

    page.goto("/admin/")
    page.locator("#translate-section td.title a[href$='/edit/']").first.click()
    changed = page.locator("[data-part][data-state=changed]")
    expect(changed).to_have_count(1)
    for summary in page.locator(".translating summary").all():
        summary.click()
    screens.look("translation", dark=True)
    changed.locator("textarea").fill("Wort für Wort.")
    page.keyboard.press("Control+Enter")
    expect(changed).to_have_count(0)
    page.locator("button[name=action-submit]").click()
    expect(page.locator("button[name=action-cancel-workflow]")).to_be_visible()
    screens.look("translation in review")

    approval = Screens(signed_in("approver"))
    approval.look("dashboard")
    approval.page.locator("#waiting-section td.title a").first.click()
    expect(approval.page.locator(".reviewing-part--both").first).to_be_visible()
    approval.look("source and translation", dark=True)
    page.locator("button[name=action-cancel-workflow]").click()
    expect(page.locator("button[name=action-submit]")).to_be_visible()
    assert (screens.found, approval.found) == ({}, {})
