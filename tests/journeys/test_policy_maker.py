"""A policy maker follows a recommendation to its evidence and its answer.

1. opens the recommendations and narrows them to what was answered at the national level
2. reads where it stands and what the addressee answered, in their own words
3. follows a piece of evidence to its story, and comes back
4. opens the policy brief and finds the PDF
"""

import re

from playwright.sync_api import expect

from tests.journeys.running import wait_until

PATH = "/en/recommendations/one-short-agreement/"


def test_policy_maker_follows_a_recommendation_to_its_evidence_and_its_answer(visit, portal):
    page = visit("en")
    page.goto("/en/recommendations/")
    page.locator("input[name=status][value=answered]").check()
    page.locator("input[name=addressee][value=national]").check()
    page.get_by_role("button", name="Show these recommendations").click()
    expect(page.locator(".chips a")).to_have_count(3)
    page.locator(f".rows a[href='{PATH}']").click()

    expect(page.locator("[aria-current=step]")).to_contain_text("Answered")
    expect(page.locator("blockquote[lang=lt]")).to_contain_text("Privalomo pavyzdžio")
    page.locator(".evidence a[href*='/stories/']").first.click()
    expect(page.locator(".article h1")).to_be_visible()
    page.go_back()

    wait_until(lambda: "application/pdf" in portal.get(PATH), "the brief is made", 120)
    page.reload()
    page.get_by_role("link", name="On one page, to read and print").click()
    expect(page.locator(".brief h1")).to_be_visible()
    link = page.get_by_role("link", name=re.compile("As PDF")).first
    answer = page.request.get(link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF-")
    assert page.context.cookies() == []
