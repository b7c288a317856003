"""A desk verifies an organisation, with the keyboard alone.

1. finds the record among the organisations and opens what was checked of it
2. ticks what it has checked, names its office and the day; its own note stays inside
3. a visitor reads on the profile what was checked, when and by which office
4. the desk withdraws it with a reason; the profile does not say it any more
5. the history of the record tells both, with who and when
"""

import re

from playwright.sync_api import expect

from tests.journeys import keyboard
from tests.journeys.conftest import violations
from tests.journeys.running import wait_until

PROFILE = "/en/organisations/ogre-wood-school/"
OFFICE = "Office at the harbour"
SECONDS = 120  # the demonstration is loaded by the worker, in its turn


def loaded(portal) -> bool:
    return "Ogre Wood School" in portal.get("/en/organisations/")


def test_desk_verifies_and_withdraws(signed_in, portal):
    wait_until(lambda: loaded(portal), "the organisation is there", SECONDS)
    desk = signed_in("admin", bypass_csp=True)
    desk.goto("/admin/organisation/?q=Ogre")
    keyboard.follow(desk, desk.get_by_role("link", name="Ogre Wood School", exact=True))
    keyboard.press(desk, desk.get_by_role("button", name="Actions"))
    keyboard.follow(desk, desk.get_by_role("link", name="Verification"))
    record = re.search(r"/trust/(\d+)/", desk.url)[1]
    assert violations(desk) == []
    form = desk.locator("form", has=desk.locator("#id_desk"))
    keyboard.tick(desk, form.get_by_label("It stands in a public register"))
    keyboard.write(desk, form.get_by_label("Desk"), OFFICE)
    keyboard.write(desk, form.get_by_label("Checked on"), "2026-11-02")
    keyboard.write(desk, form.get_by_label("Note"), "Asked the registrar.")
    keyboard.follow(desk, form.get_by_role("button", name="Verify"))
    expect(desk.get_by_role("heading", name=re.compile(OFFICE))).to_be_visible()

    said = portal.get(PROFILE)
    assert OFFICE in said
    assert "Asked the registrar." not in said

    checked = desk.locator("section", has=desk.get_by_role("heading", name=re.compile(OFFICE)))
    keyboard.write(desk, checked.get_by_label("Reason"), "The register was closed.")
    keyboard.follow(desk, checked.get_by_role("button", name="Withdraw"))
    expect(desk.get_by_text("The register was closed.")).to_be_visible()
    assert OFFICE not in portal.get(PROFILE)

    desk.goto(f"/admin/organisation/history/{record}/")
    expect(desk.get_by_text("The register was closed.")).to_be_visible()
    assert violations(desk) == []
