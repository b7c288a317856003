"""A company reads its half of the handbook in a narrow window and takes it away, by keyboard alone.

1. opens the guidelines and chooses its side
2. reads a chapter, goes on to the next one, and stays on its side
3. puts the checklist into the calendar; a day that does not exist is told at the field
4. downloads its half as one tagged PDF
"""

import io
import re
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys import keyboard
from tests.journeys.conftest import PHONE
from tests.journeys.running import wait_until

PATH = "/en/guidelines/?for=company"


def test_company_reads_its_half_of_the_handbook_and_downloads_it(visit, portal):
    wait_until(lambda: "first-week" in portal.get(PATH), "the handbook is there", 120)
    page = visit("en", PHONE)
    page.goto("/en/guidelines/")
    keyboard.skip(page)
    keyboard.follow(page, page.get_by_role("link", name=re.compile("^Companies")))
    keyboard.skip(page)
    keyboard.follow(page, page.get_by_role("link", name="Make the first week a good one"))
    expect(page.locator("h1")).to_contain_text("first week")
    keyboard.skip(page)
    keyboard.follow(page, page.locator("a[rel=next]"))
    assert "for=company" in page.url

    address = page.url.split("?")[0]
    page.goto(f"{address}?for=company&as=ics&start=2027-02-30")
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    keyboard.skip(page)
    keyboard.write(page, page.get_by_label("First day"), "2027-01-11")
    with page.expect_download() as download:
        keyboard.press(page, page.get_by_role("button", name="Into my calendar"))
    assert Path(download.value.path()).read_text().startswith("BEGIN:VCALENDAR")

    wait_until(lambda: "application/pdf" in portal.get(PATH), "the PDF is made", 180)
    page.goto(PATH)
    keyboard.skip(page)
    link = page.locator("a[type='application/pdf']").first
    keyboard.go(page, link)
    document = PdfReader(io.BytesIO(page.request.get(link.get_attribute("href")).body()))
    assert document.trailer["/Root"]["/Lang"].startswith("en")
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert page.context.cookies() == []
