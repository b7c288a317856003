"""Five people bring a story into a second language, keep it true, and take it off the portal.

1. an editor submits an English story; a reviewer, called by a mail, approves it
2. an approver gives its Finnish translation to a translator on the board, with a day
3. who finds it with its day in the work assigned to them, translates and submits it; the approver approves
4. the editor changes the original, the reviewer approves: Finnish readers keep their text, and are told
5. an operator takes the original off in an emergency: its history says who, when and why; the
   translation, which nobody decided about, stays
"""

import re

from playwright.sync_api import expect

from tests.journeys import reviewing, translating, writing
from tests.journeys.running import wait_until

TITLE, FINNISH = "Forty lanterns for the tow path", "Neljäkymmentä lyhtyä hinauspolulle"
SLUG = "neljakymmenta-lyhtya"
CHANGED = "Learners repaired 44 lanterns. The lock keeper counted them again in June."
REASON = "A learner can be recognised in the picture."
SECONDS = 20


def called(portal, name: str, about: str, count: int = 1) -> None:
    wait_until(lambda: len(portal.letters(name, about)) >= count, f"{name} gets a mail", SECONDS)


def test_five_people_in_two_languages(signed_in, visit, portal, tmp_path):
    editor, reviewer, admin = signed_in("editor"), signed_in("reviewer"), signed_in("admin")
    translator, approver, visitor = signed_in("translator"), signed_in("approver"), visit("fi")
    story = f"/en/stories/{writing.submitted_copy(editor, TITLE)}/"
    called(portal, "reviewer", TITLE)
    reviewer.goto(reviewing.address(portal.letters("reviewer", TITLE)[0]))
    reviewing.approve(reviewer)
    assert TITLE in portal.get(story)

    approver.goto(f"/admin/coverage/?q={TITLE.replace(' ', '+')}")
    approver.locator("main input[name=item]").check()
    approver.select_option(".coverage-assign select[name=language]", "fi")
    person = approver.locator("select[name=person] option", has_text="Translator").first
    approver.select_option("select[name=person]", person.get_attribute("value"))
    approver.fill("input[name=due]", "2099-05-01")
    approver.locator(".coverage-assign button:not([formaction])").click()
    expect(approver.locator("main tbody time[datetime^='2099-05-01']").first).to_be_visible()

    translator.goto("/admin/")
    work = translator.locator("#assigned-section tr", has_text=TITLE)
    expect(work.locator("time[datetime^='2099-05-01']")).to_be_visible()
    number = re.search(r"/pages/(\d+)/", writing.edit_link(translator, TITLE))[1]
    translator.goto(f"/admin/localize/submit/page/{number}/?select_locale=fi")
    translator.locator("main form [type=submit]").last.click()
    translating.type_part(translator, TITLE, FINNISH)
    translating.type_part(translator, story.split("/")[-2], SLUG)
    translating.upload_the_rest(translator, tmp_path)
    translating.submit(translator)
    called(portal, "approver", FINNISH)
    reviewing.open_review(approver, FINNISH)
    reviewing.approve(approver)
    wait_until(lambda: FINNISH in portal.get(f"/fi/stories/{SLUG}/"), "it is public", SECONDS)
    visitor.goto(f"/fi/stories/{SLUG}/")
    expect(visitor.locator(".article-notice")).to_have_count(0)

    editor.goto(f"/admin/pages/{number}/edit/")
    editor.fill("#id_result", CHANGED)
    writing.submit(editor)
    called(portal, "reviewer", TITLE, 2)
    reviewing.open_review(reviewer, TITLE)
    expect(reviewer.locator(".editorial-changes ins").first).to_be_visible()
    reviewing.approve(reviewer)
    assert CHANGED in portal.get(story)

    def told() -> bool:
        visitor.goto(f"/fi/stories/{SLUG}/")
        return visitor.locator(".article-notice a[hreflang=en]").count() == 1

    wait_until(told, "Finnish readers are told", SECONDS)
    expect(visitor.locator("h1")).to_have_text(FINNISH)

    admin.goto(f"/admin/pages/{number}/edit/")
    admin.locator(".w-slim-header [data-w-dropdown-target=toggle]").last.click()
    admin.locator("a[href*='/take-off/']:visible").click()
    admin.fill("textarea[name=reason]", REASON)
    with admin.expect_navigation():
        admin.locator("main form [type=submit]").click()
    instead = portal.get(story)  # leads to the version that is left
    assert FINNISH in instead
    assert CHANGED not in instead
    editor.goto(f"/admin/pages/{number}/history/")
    expect(editor.locator("main")).to_contain_text(REASON)
