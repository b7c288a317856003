"""A member tells a story in five steps, sends it, answers the editor, and never publishes alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, Page, WorkflowState

from editorial import services as review
from editorial.refusals import NotYours
from stories import services, steps
from stories.models import StoryPage
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory
from tests.stories.conftest import FILLED, Writer, blocks, work

HOSTILE = "</textarea><script>alert(1)</script><b onclick=x>"


def test_five_steps_make_a_whole_draft_of_the_same_model(writer, member):
    writer.begin()
    writer.fill()
    draft = writer.draft
    assert steps.lacking(draft) == {}
    assert (draft.owner, draft.live, draft.slug) == (member, False, "real-orders")
    assert draft.region == "LV00A"
    assert draft.problem == (
        "<p>Everybody made the same box.</p><ul><li>in wood</li><li>in glue</li></ul>"
    )
    assert float(draft.results[0].value["before"]) == 9
    assert draft.steps[0].value["title"] == "Ask"
    assert Client().get("/en/stories/real-orders/").status_code == 404


def test_figures_with_a_comma_are_understood_where_a_comma_is_written(client, member):
    writer = Writer(client, "fi")
    writer.begin(language="fi")
    figures = {"label": "Learners", "before": "9", "after": "64,5", "unit": "%"}
    assert writer.save(4, **blocks("results", figures)).status_code == 302
    assert float(writer.draft.results[0].value["after"]) == 64.5
    assert "64,5" in client.get(writer.address(4)).content.decode()


def test_a_step_can_be_left_half_done_and_resumed_a_month_later(writer, client):
    writer.begin()
    response = writer.save(3, later="1", gap_needed="", problem="Only this.", **blocks("partners"))
    assert response.status_code == 302
    client.logout()
    StoryPage.objects.update(latest_revision_created_at=timezone.now() - timedelta(days=31))
    client.force_login(writer.story.owner)
    html = client.get(writer.address(3)).content.decode()
    assert "Only this." in html
    status = client.get(f"/en/account/stories/{writer.story.pk}/").content.decode()
    assert "What was needed" in status


def test_messages_stand_at_their_fields_and_typed_text_is_kept(writer):
    writer.begin()
    response = writer.save(
        3, gap_needed="", gap_learnt=HOSTILE, **blocks("steps", {"title": "", "text": "Half"})
    )
    html = response.content.decode()
    assert response.status_code == 422
    anchors = [mistake["anchor"] for mistake in response.context["mistakes"]]
    assert anchors == ["id_gap_needed", "id_steps-0-title"]
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    assert "Half" in html
    assert "<script>alert" not in html
    assert writer.draft.gap_learnt == ""


def test_html_in_every_text_field_stays_text(writer, client):
    writer.begin(title=HOSTILE, result=HOSTILE)
    text = dict.fromkeys(
        ["problem", "gap_learnt", "gap_applied", "gap_needed", "innovation"], HOSTILE
    )
    partner = {"name": HOSTILE, "kind": "school", "country": "LV", "role": HOSTILE}
    step = {"title": HOSTILE, "text": HOSTILE}
    assert writer.save(2).status_code == 302
    response = writer.save(3, **text, **blocks("partners", partner), **blocks("steps", step))
    assert response.status_code == 302
    html = client.get(f"/en/account/stories/{writer.story.pk}/preview/").content.decode()
    assert "<script>alert" not in html
    assert "<b onclick" not in html
    assert html.count("&lt;script&gt;") >= 5


def test_unknown_postal_code_and_region_of_another_country_are_told(writer):
    writer.begin()
    unknown = writer.save(2, postal_code="00000-0")
    other = writer.save(2, postal_code="", region="FI1C")
    assert [m["anchor"] for m in unknown.context["mistakes"]] == ["id_postal_code"]
    assert [m["anchor"] for m in other.context["mistakes"]] == ["id_region"]


def test_parts_are_added_and_left_out_without_script(writer, client):
    writer.begin()
    one = {"title": "Ask", "text": "Asked."}
    response = writer.save(3, add="steps", **blocks("steps", one))
    assert response.url.endswith("?more=steps#steps-new")
    page = client.get(response.url)
    formset = page.context["form"].formsets["steps"]
    assert len(formset.forms) == 2
    first = formset.forms[0]["block_id"].value()
    two = {"title": "Bid", "text": "Teams bid."}
    rows = blocks("steps", {"block_id": first, **one}, {"block_id": "forged", **two}, initial=1)
    writer.save(3, **rows)
    assert [child.id == first for child in writer.draft.steps] == [True, False]
    rows = blocks(
        "steps",
        {"block_id": first, **one, "DELETE": "on"},
        {"block_id": writer.draft.steps[1].id, **two},
        initial=2,
    )
    writer.save(3, **rows)
    assert [child.value["title"] for child in writer.draft.steps] == ["Bid"]


def test_each_side_has_one_voice_here_too(writer):
    writer.begin()
    voice = {"who": "designer", "quote": "One.", "role": "Trainer"}
    response = writer.save(4, **blocks("voices", voice, voice))
    assert [m["anchor"] for m in response.context["mistakes"]] == ["id_voices-1-who"]


def test_the_same_form_sent_twice_begins_one_story_and_saves_once(writer, client):
    token = client.get("/en/account/stories/new/").context["token"]
    first, second = (
        client.post("/en/account/stories/new/", FILLED[1] | {"token": token}) for _ in range(2)
    )
    assert first.url == second.url
    writer.story = StoryPage.objects.get()
    seen = writer.seen(2)
    writer.save(2, seen)
    revisions = writer.story.revisions.count()
    assert writer.save(2, seen).status_code == 302
    assert writer.story.revisions.count() == revisions


def test_a_second_tab_is_told_that_the_step_has_changed(writer):
    writer.begin()
    first_tab = second_tab = writer.seen(5)
    writer.save(5, first_tab, later="1", funding="From the first tab")
    told = writer.save(5, second_tab, later="1", funding="From the second tab")
    html = told.content.decode()
    assert told.status_code == 422
    assert "changed in another window" in html
    assert "From the second tab" in html
    assert writer.draft.funding == "From the first tab"
    again = writer.save(5, told.context["seen"], later="1", funding="From the second tab")
    assert again.status_code == 302
    assert writer.draft.funding == "From the second tab"


def test_text_survives_a_sign_in_that_ran_out(writer):
    writer.begin()
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "a" * 32
    typed = FILLED[5] | {"funding": "Typed for an hour", "csrfmiddlewaretoken": "b" * 32}
    signed_out = browser.post(writer.address(5), typed)
    assert "Typed for an hour" in signed_out.content.decode()
    assert "signed out" in signed_out.content.decode()
    browser.force_login(writer.story.owner)
    stale = browser.post(writer.address(5), typed)
    assert "Typed for an hour" in stale.content.decode()
    assert writer.draft.funding == ""
    fresh = typed | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value, "later": "1"}
    saved = browser.post(writer.address(5), fresh | {"seen": stale.context["seen"]})
    assert saved.status_code == 302
    assert writer.draft.funding == "Typed for an hour"


def test_a_form_from_another_site_is_refused(writer):
    writer.begin()
    response = writer.client.post(
        writer.address(5), FILLED[5], headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403


def test_strangers_find_nothing_and_visitors_are_asked_to_sign_in(writer):
    writer.begin()
    places = ["", "1/", "preview/"]
    root = f"/en/account/stories/{writer.story.pk}/"
    stranger, visitor = Client(), Client()
    stranger.force_login(person("editor", "en"))
    for place in places:
        assert writer.client.get(root + place).status_code == 200
        assert stranger.get(root + place).status_code == 404
        assert visitor.get(root + place).status_code == 302
    assert stranger.post(f"{root}delete/", {"sure": "1"}).status_code == 404
    assert StoryPage.objects.filter(pk=writer.story.pk).exists()


def test_a_translation_belongs_to_its_translator_and_not_to_these_steps(writer, reviewer):
    writer.fill()
    writer.send()
    review.approve(writer.story, reviewer)
    translator = person("translator", "fi")
    review.send_for_translation(Page.objects.get(pk=writer.story.pk), ["fi"], translator)
    assert not StoryPage.objects.written_by(translator).exists()


class TestSending:
    def test_an_unfinished_story_is_not_sent_and_what_lacks_is_linked(self, writer):
        writer.begin()
        response = writer.send()
        assert response.status_code == 422
        lacking = [one["step"].number for one in response.context["lacking"]]
        assert lacking == [2, 3, 4]
        assert f'href="{writer.address(2)}"' in response.content.decode()

    def test_it_needs_the_authors_word(self, writer):
        writer.fill()
        response = writer.send(no_learner="")
        anchors = [mistake["anchor"] for mistake in response.context["mistakes"]]
        assert anchors == ["id_no_learner"]
        assert not WorkflowState.objects.exists()

    def test_sent_twice_it_is_in_one_review_and_cannot_be_changed(self, writer, client):
        writer.fill()
        seen = writer.seen(5)
        assert writer.send(seen=seen).status_code == 302
        assert writer.send(seen=seen).status_code == 302
        assert WorkflowState.objects.count() == 1
        assert client.get(writer.address(1)).status_code == 302
        status = client.get(f"/en/account/stories/{writer.story.pk}/").content.decode()
        assert "In review since" in status

    def test_nothing_is_public_before_another_person_approves(self, writer, member, reviewer):
        writer.fill()
        writer.send()
        with pytest.raises(NotYours):
            review.approve(writer.story, member)
        assert Client().get("/en/stories/real-orders/").status_code == 404
        review.approve(writer.story, reviewer)
        page = Client().get("/en/stories/real-orders/")
        assert page.status_code == 200
        assert "Everybody made the same box." in page.content.decode()

    def test_a_member_who_reviews_cannot_approve_their_own(self, client, lists):
        both = person("reviewer", "en")
        client.force_login(both)
        writer = Writer(client)
        writer.fill()
        writer.send()
        with pytest.raises(NotYours):
            review.approve(writer.story, both)

    def test_the_question_reaches_the_author_who_answers_and_sends_again(
        self, writer, member, reviewer, client
    ):
        writer.fill()
        writer.send()
        review.return_(writer.story, reviewer, "Who counted the learners?")
        Comment.objects.create(
            page_id=writer.story.pk,
            user=reviewer,
            text="Which companies?",
            contentpath=f"steps.{writer.draft.steps[0].id}.text",
        )
        work()
        (message,) = [message for message in mail.outbox if message.to == [member.email]]
        root = f"http://testserver/en/account/stories/{writer.story.pk}/"
        for body in (message.body, message.alternatives[0].content):
            assert "Who counted the learners?" in body
            assert root in body
            assert "/admin/" not in body
        assert "Who counted the learners?" in client.get(root).content.decode()
        step = client.get(writer.address(3)).content.decode()
        assert "Which companies?" in step
        writer.save(4, results_note="The school office counted.")
        assert writer.send().status_code == 302
        review.approve(writer.story, reviewer)
        assert (
            "The school office counted."
            in Client().get("/en/stories/real-orders/").content.decode()
        )

    def test_what_is_public_is_changed_by_editors_only(self, writer, reviewer):
        writer.fill()
        writer.send()
        review.approve(writer.story, reviewer)
        with pytest.raises(services.NotNow):
            services.save_step(writer.story, writer.story.owner, {"result": "Other"}, "")
        with pytest.raises(services.NotNow):
            services.delete(writer.story, writer.story.owner)


def test_a_draft_is_deleted_only_on_purpose(writer, client):
    writer.begin()
    address = f"/en/account/stories/{writer.story.pk}/delete/"
    client.post(address)
    assert StoryPage.objects.filter(pk=writer.story.pk).exists()
    client.post(address, {"sure": "1"})
    assert not StoryPage.objects.filter(pk=writer.story.pk).exists()


def test_nobody_keeps_more_drafts_than_they_can_write(writer, member, monkeypatch):
    monkeypatch.setattr(services, "MOST_DRAFTS", 1)
    writer.begin()
    response = writer.begin(title="One more")
    assert response.status_code == 422
    assert "One more" in response.content.decode()
    assert StoryPage.objects.count() == 1


def test_addresses_of_the_section_are_no_storys(writer):
    writer.begin(title="Compare")
    assert writer.draft.slug == "story-compare"


def test_an_editors_formatting_is_kept_where_the_words_are_the_same(writer):
    writer.fill()
    draft = writer.draft
    draft.failed = "<p>The <b>glue</b> waited.</p>"
    draft.save_revision(clean=False)
    writer.save(4, failed="The glue waited.", cost="Nothing.")
    assert writer.draft.failed == "<p>The <b>glue</b> waited.</p>"
    assert writer.draft.cost == "Nothing."


def test_the_list_shows_own_stories_with_their_state(writer, client):
    writer.begin()
    StoryPageFactory(parent=writer.story.get_parent(), locale=writer.story.locale, title="Theirs")
    html = client.get("/en/account/stories/").content.decode()
    assert "Real orders" in html
    assert "Draft" in html
    assert "Theirs" not in html
