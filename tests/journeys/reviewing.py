"""What a reviewer does in the admin, as the steps of several journeys."""

import re
from email.message import EmailMessage

from playwright.sync_api import APIResponse, Page, expect

APPROVE = "button[name=decision][value=approve]"
RETURN = "button[name=decision][value=return]"


def open_review(page: Page, title: str) -> None:
    """From the dashboard to the review of a text."""
    page.goto("/admin/")
    page.locator("#waiting-section td.title a", has_text=title).first.click()
    expect(page.locator("h1")).to_contain_text(title)


def approve(page: Page) -> None:
    """Approves the text that is open, and waits until the portal has decided."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.locator(APPROVE).click()
    assert answer.value.status == 302


def return_(page: Page, comment: str) -> None:
    """Returns the text that is open to its author, and waits until the portal has decided."""
    page.fill("[name=reject-comment]", comment)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.locator(RETURN).click()
    assert answer.value.status == 302


def address(letter: EmailMessage) -> str:
    """Where the review is that a mail calls to."""
    plain = letter.get_body(("plain",)).get_content()
    return re.search(r"/admin/review/\d+/", plain)[0]


def send_approval(page: Page, path: str) -> APIResponse:
    """Approves without the screen, as somebody may try who knows how its form is sent."""
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    return page.request.post(path, form={"decision": "approve"}, headers={"X-CSRFToken": token})
