"""A policy maker follows a recommendation to its evidence and its answer, with the keyboard alone.

1. opens the recommendations and narrows them to what was answered at the national level
2. reads where it stands and what the addressee answered, in their own words
3. follows a piece of evidence to its story, and comes back
4. opens the policy brief and finds the PDF
"""

import re

from playwright.sync_api import expect

from tests.journeys import keyboard
from tests.journeys.running import wait_until

PATH = "/en/recommendations/one-short-agreement/"


def test_policy_maker_follows_a_recommendation_to_its_evidence_and_its_answer(visit, portal):
    page = visit("en")
    page.goto("/en/recommendations/")
    keyboard.skip(page)
    keyboard.tick(page, page.get_by_label("National level"))
    keyboard.tick(page, page.get_by_label("Answered"))
    keyboard.follow(page, page.get_by_role("button", name="Show these recommendations"))
    expect(page.locator(".chips a")).to_have_count(3)
    keyboard.skip(page)
    keyboard.follow(page, page.locator(f".rows a[href='{PATH}']"))

    expect(page.locator(".course-step[aria-current=step]")).to_contain_text("Answered")
    expect(page.locator("blockquote[lang=lt]")).to_contain_text("Privalomo pavyzdžio")
    keyboard.skip(page)
    keyboard.follow(page, page.get_by_role("link", name="Two pages before day one"))
    expect(page.locator(".article h1")).to_be_visible()
    page.go_back()
    expect(page.locator(".evidence")).to_be_visible()

    wait_until(lambda: "application/pdf" in portal.get(PATH), "the brief is made", 120)
    page.goto(PATH)
    keyboard.skip(page)
    keyboard.follow(page, page.get_by_role("link", name="On one page, to read and print"))
    expect(page.locator(".brief h1")).to_be_visible()
    link = page.get_by_role("link", name=re.compile("As PDF")).first
    keyboard.go(page, link)
    answer = page.request.get(link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF-")
    assert page.context.cookies() == []
