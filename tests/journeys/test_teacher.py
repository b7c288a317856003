"""A teacher finds a method from an obstacle and prints its checklist, with the keyboard alone.

1. opens the obstacles, and chooses the words that are said at the school: "We have no time"
2. goes from there to a method that helps
3. ticks two tasks; after a reload they are ticked still, and nothing was sent
4. prints: the sheet shows the tasks with their ticks, without menus
5. tells what there is of time and motive, and gets the methods ranked with a reason for each
"""

from playwright.sync_api import expect

from tests.journeys import keyboard
from tests.journeys.running import wait_until


def test_teacher_finds_a_method_from_an_obstacle_and_prints_it(visit, portal):
    wait_until(
        lambda: "we-have-no-time" in portal.get("/en/obstacles/"), "the manual is there", 120
    )
    page = visit("en")
    page.goto("/en/obstacles/")
    keyboard.skip(page)
    keyboard.follow(page, page.get_by_role("link", name="We have no time"))
    keyboard.skip(page)
    keyboard.follow(page, page.locator("main .row a[href*='/en/methods/']").first)
    expect(page.locator(".role-matrix")).to_be_visible()

    sent = []
    page.on("request", lambda request: request.method != "GET" and sent.append(request.url))
    boxes = page.locator("[data-ticks] input[type=checkbox]")
    keyboard.skip(page)
    for number in (0, 2):
        keyboard.press(page, boxes.nth(number), "Space")
    page.reload()
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_checked()
    assert sent == []
    assert page.context.cookies() == []

    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    keyboard.press(page, page.get_by_role("button", name="Print the sheet"))
    expect(page.locator("body[data-printed]")).to_be_attached()
    page.emulate_media(media="print")
    expect(page.locator(".role-matrix")).to_be_visible()
    expect(page.locator("header nav").first).to_be_hidden()
    page.emulate_media(media="screen")

    page.goto("/en/methods/")
    keyboard.skip(page)
    keyboard.press(page, page.get_by_label("Real work for learners"), "Space")
    keyboard.write(page, page.get_by_label("Staff hours"), "40")
    keyboard.write(page, page.get_by_label("Learners who take part"), "16")
    keyboard.choose(page, page.get_by_label("Experience together"), "Worked together once")
    keyboard.follow(page, page.get_by_role("button", name="Show what fits"))
    expect(page.locator(".row").first).to_contain_text("You look for: Real work for learners.")
