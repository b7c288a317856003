"""Members write the public profile; nothing of it is public before somebody else approves it."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from editorial import services as review
from editorial.refusals import NotYours
from organisations.merging import merge
from organisations.models import OrganisationPage
from tests.factories.accounts import person
from tests.factories.organisations import OrganisationFactory
from tests.stories.conftest import work

pytestmark = pytest.mark.django_db
TEXT = {
    "title": "Ogre Wood School",
    "sentence": "It trains joiners.",
    "offers": "A workshop.\n\n- benches\n- saws",
    "looks_for": "",
    "about": "",
}


@pytest.fixture
def reviewer(sections):
    review.ensure_workflow(Page.get_first_root_node())
    return person("reviewer", "en", "fi")


class Writer:
    """A member at the form of the profile, as a browser sends it."""

    def __init__(self, user, record, code: str = ""):
        self.client = Client()
        self.client.force_login(user)
        self.record = f"/en/account/organisations/{record.key}/"
        self.form = f"{self.record}profile/" + (f"{code}/" if code else "")
        self.seen = ""

    def open(self):
        answer = self.client.get(self.form)
        self.seen = answer.context["seen"]
        return answer

    def send(self, **changes):
        return self.client.post(self.form, TEXT | {"seen": self.seen} | changes)

    def reads(self) -> str:
        return self.client.get(self.record).content.decode()


@pytest.fixture
def public(school, add):
    """The published profile of the school, at `/en/organisations/wood/`."""
    return add(organisation=school.record, slug="wood", title="Ogre Wood School", sentence="Old.")


def draft(page) -> OrganisationPage:
    return OrganisationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def text(path: str) -> str:
    return Client().get(path).content.decode()


def test_a_first_profile_goes_to_the_editors_once_and_is_public_when_approved(school, reviewer):
    writer = Writer(school.owner, school.record)
    assert writer.open().context["form"].initial["title"] == "Ogre Wood School"
    for _time in range(2):
        assert writer.send(language="fi").status_code == 302
    page = OrganisationPage.objects.get()
    assert (page.locale.language_code, page.live, page.owner) == ("fi", False, school.owner)
    assert WorkflowState.objects.count() == 1
    assert (
        "The profile has been waiting for review since"
        in Writer(school.contact, school.record).reads()
    )
    assert Client().get("/fi/organisations/ogre-wood-school/").status_code == 404
    with pytest.raises(NotYours):
        review.approve(page, school.owner)
    review.approve(page, reviewer)
    html = text("/fi/organisations/ogre-wood-school/")
    assert "<p>A workshop.</p><ul><li>benches</li><li>saws</li></ul>" in html


def test_who_may_write_and_in_which_language(school, reviewer, public):
    found = {}
    for role in ("owner", "editor", "contact", "stranger", "desk"):
        writer = Writer(getattr(school, role), school.record, "en")
        found[role] = (writer.client.get(writer.form).status_code, writer.send().status_code)
    nobody = (404, 404)
    assert found["owner"] == (200, 302)
    assert found["editor"][0] == 200
    assert found["contact"] == found["stranger"] == found["desk"] == nobody
    assert Client().get(Writer(school.owner, school.record, "en").form).status_code == 302
    writer = Writer(school.owner, school.record, "fi")
    assert (writer.client.get(writer.form).status_code, writer.send().status_code) == nobody
    assert Writer(school.owner, school.record).client.get(writer.record).status_code == 200
    assert OrganisationPage.objects.get().revisions.count() == 1


def test_a_translation_is_its_translators(school, reviewer, public):
    translator = person("translator", "fi")
    (target,) = review.send_for_translation(public, ["fi"], translator)
    OrganisationPage.objects.filter(pk=target.pk).update(live=True)
    writer = Writer(school.owner, school.record, "fi")
    assert writer.client.get(writer.form).status_code == 404
    html = writer.reads()
    assert reverse("organisations:profile", args=[school.record.key, "en"]) in html
    assert reverse("organisations:profile", args=[school.record.key, "fi"]) not in html
    assert not target.specific.is_written_by(school.stranger)
    with pytest.raises(NotYours):
        review.submit(target, school.owner)


def test_readers_see_the_old_text_until_the_change_is_approved(school, reviewer, public):
    writer = Writer(school.editor, school.record, "en")
    writer.open()
    assert writer.send().status_code == 302
    assert "Old." in text("/en/organisations/wood/")
    assert "Your change has been waiting for review since" in writer.reads()
    waiting = writer.client.get(writer.form).content.decode()
    assert "It trains joiners." in waiting
    assert "<textarea" not in waiting
    review.approve(public, reviewer)
    assert "It trains joiners." in text("/en/organisations/wood/")
    writer.open()
    unchanged = writer.send()
    assert "Nothing is different from what readers see." in unchanged.content.decode()
    assert WorkflowState.objects.filter(status="in_progress").count() == 0


def test_a_returned_change_shows_its_reason_and_is_sent_again(school, reviewer, public):
    writer = Writer(school.owner, school.record, "en")
    writer.open()
    writer.send()
    review.return_(public, reviewer, "How many <benches>?")
    for page in (writer.reads(), Writer(school.contact, school.record).reads()):
        assert "How many &lt;benches&gt;?" in page
    work()
    (message,) = [message for message in mail.outbox if message.to == [school.owner.email]]
    assert writer.form in message.body
    assert "How many &lt;benches&gt;?" in writer.open().content.decode()
    assert writer.send(offers="20 benches.").status_code == 302
    review.approve(public, reviewer)
    assert "20 benches." in text("/en/organisations/wood/")


def test_of_two_people_the_second_is_told_and_nothing_is_replaced(school, reviewer, public):
    first, second = (Writer(user, school.record, "en") for user in (school.owner, school.editor))
    first.open()
    second.open()
    first.send(offers="From the first.")
    told = second.send(offers="From the second.")
    html = told.content.decode()
    assert told.status_code == 422
    assert "It waits for its review" in html
    assert "From the second." in html
    review.return_(public, reviewer, "Say more.")
    told = second.send(offers="From the second.")
    assert "This text was changed after you opened it." in told.content.decode()
    assert draft(public).offers == "<p>From the first.</p>"
    second.seen = told.context["seen"]
    assert second.send(offers="From the second.").status_code == 302
    assert public.revisions.count() == 2


def test_of_two_first_profiles_the_second_is_told(school, reviewer):
    first, second = (Writer(user, school.record) for user in (school.owner, school.editor))
    first.open()
    second.open()
    first.send(language="en")
    for code, told in (("en", "It waits for its review"), ("fi", "was changed after you opened")):
        answer = second.send(language=code, sentence="Mine.")
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert "Mine." in answer.content.decode()
    assert OrganisationPage.objects.count() == 1


def test_what_cannot_be_sent_is_told_and_html_stays_text(school, reviewer, public):
    writer = Writer(school.owner, school.record, "en")
    writer.open()
    hostile = "</textarea><script>alert(1)</script>"
    answer = writer.send(sentence="", offers=hostile, title="x" * 256)
    assert list(answer.context["form"].errors) == ["title", "sentence"]
    assert "<script>alert" not in answer.content.decode()
    OrganisationPage.objects.update(locked=True)
    assert "Somebody has locked this text." in writer.send().content.decode()
    assert not public.revisions.exists()
    OrganisationPage.objects.update(locked=False)
    assert writer.send(sentence=hostile, offers=hostile).status_code == 302
    review.approve(public, reviewer)
    assert "<script>alert" not in text("/en/organisations/wood/")


def test_what_an_editor_has_formatted_is_kept_where_its_words_are(school, reviewer, public):
    OrganisationPage.objects.update(about="<p>See <a href='/x/'>here</a>.</p>", offers="<p>x</p>")
    writer = Writer(school.owner, school.record, "en")
    assert writer.open().content.decode().count("links, headings and bold letters") == 1
    writer.send(about="See here.")
    assert draft(public).about == "<p>See <a href='/x/'>here</a>.</p>"


def test_text_survives_a_sign_in_that_ran_out(school, reviewer, public):
    writer = Writer(school.owner, school.record, "en")
    writer.open()
    writer.client.logout()
    html = writer.send(offers="Typed for an hour").content.decode()
    assert "Typed for an hour" in html
    assert "signed out" in html
    junk = writer.form.replace("/en/account", "/fi/account").replace("profile/en", "profile/zz-zz")
    assert writer.client.post(junk, TEXT).status_code == 422
    answer = writer.client.post(writer.form, TEXT, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_merged_record_is_written_about_in_the_one_that_stays(school, reviewer, add):
    other = OrganisationFactory()
    page = add(organisation=other, slug="moves", title="Moves")
    page.save_revision()
    merge(school.record, other, school.desk)
    writer = Writer(school.owner, school.record, "en")
    writer.open()
    assert writer.send().status_code == 302
    review.approve(page, reviewer)
    page.refresh_from_db()
    assert (page.organisation, page.sentence) == (school.record, TEXT["sentence"])
