"""A company reads its half of the handbook on a phone, and takes it away.

1. opens the guidelines and chooses its side
2. reads a chapter, goes on to the next one, and stays on its side
3. puts the checklist into the calendar; a day that does not exist is told at the field
4. downloads its half as one tagged PDF
"""

import io

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.conftest import PHONE
from tests.journeys.running import wait_until

PATH = "/en/guidelines/?for=company"


def test_company_reads_its_half_of_the_handbook_and_downloads_it(visit, portal):
    wait_until(lambda: "first-week" in portal.get(PATH), "the handbook is there", 120)
    page = visit("en", PHONE)
    page.goto("/en/guidelines/")
    page.locator("a[href$='for=company']").first.click()
    page.locator(".chapters a", has_text="first week").first.click()
    expect(page.locator("h1")).to_contain_text("first week")
    page.locator("a[rel=next]").click()
    assert "for=company" in page.url

    address = page.url.split("?")[0]
    page.goto(f"{address}?for=company&as=ics&start=2027-02-30")
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    answer = page.request.get(f"{address}?as=ics&start=2027-01-11")
    assert answer.text().startswith("BEGIN:VCALENDAR")

    wait_until(lambda: "application/pdf" in portal.get(PATH), "the PDF is made", 180)
    page.goto(PATH)
    link = page.locator("a[type='application/pdf']").first
    document = PdfReader(io.BytesIO(page.request.get(link.get_attribute("href")).body()))
    assert document.trailer["/Root"]["/Lang"].startswith("en")
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert page.context.cookies() == []
