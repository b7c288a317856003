"""Comments at fields, one press from the mail, and that what was shown is what goes live."""

import pytest
from django.urls import reverse
from wagtail.models import Comment
from wagtail_factories import ImageFactory

from core.models import OutboxEntry
from editorial import publishing, services
from editorial.addresses import edit_url
from editorial.models import SnippetComment
from editorial.reviewing import approve, comments
from editorial.reviewing.comparison import compare, in_place
from tests.editorial.conftest import change, edit_address, fresh, work
from tests.factories.accounts import person


def text(response) -> str:
    return response.content.decode()


def address(page):
    return reverse("editorial_review", args=[services.held_state(page).pk])


@pytest.fixture
def changed(public, people):
    """A public story with a change in review."""
    change(public, people["editor"], gap_needed="A price and a name that hold.")
    services.submit(public, people["editor"])
    return fresh(public)


def test_picture_is_shown_with_its_words(signed_in, people, public):
    image = ImageFactory(title="A bench in the yard")
    image.contextual_alt_text, image.decorative = "Two people measure a door.", False
    change(public, people["editor"], picture=[("picture", image)])
    services.submit(public, people["editor"])
    page = text(signed_in(people["reviewer"]).get(address(public)))
    assert "A bench in the yard (" in page  # with its file: another one may have the same title
    assert "Two people measure a door." in page


def test_comment_stands_at_its_field_in_wagtails_editor_and_for_the_author(
    signed_in, people, changed
):
    client, url = signed_in(people["reviewer"]), address(changed)
    form = {"comment": "1", "path": "gap_needed", "text": "Whose price?"}
    answer = client.post(url, form)
    assert answer.url == f"{url}#at-gap_needed"
    client.post(url, form)  # sent twice
    comment = Comment.objects.get(page=changed)
    assert (comment.contentpath, comment.user) == ("gap_needed", people["reviewer"])
    assert comment.has_valid_contentpath(changed)
    assert "Whose price?" in text(client.get(url))
    told = OutboxEntry.objects.filter(kind="notices.comment")
    assert [entry.payload["comment_id"] for entry in told] == [comment.pk]
    assert signed_in(person("editor", "lv")).post(url, {"resolve": comment.pk}).status_code == 302
    assert comments.open_on(changed)
    signed_in(people["editor"]).post(url, {"resolve": comment.pk})
    assert comments.open_on(changed) == []
    comment.refresh_from_db()
    assert comment.resolved_by == people["editor"]


def test_comment_that_says_nothing_or_stands_nowhere_is_refused(signed_in, people, changed):
    client, url = signed_in(people["reviewer"]), address(changed)
    answer = client.post(url, {"comment": "1", "path": "gap_needed", "text": " "})
    assert "Write your comment." in text(answer)
    for path in ("password", "steps.nowhere", ""):
        answer = client.post(url, {"comment": "1", "path": path, "text": "Here?"}, follow=True)
        assert "not in the text any more" in text(answer)
    assert client.post(url, {"resolve": "x" * 30}).status_code == 302
    assert not Comment.objects.exists()


def test_comment_stands_where_nothing_is_and_where_nothing_changed(signed_in, people, submitted):
    client = signed_in(people["reviewer"])
    for when in ("new", "changed"):
        url = address(submitted)
        for path in ("search_description", "picture", "voices"):
            answer = client.post(url, {"comment": "1", "path": path, "text": f"{when} {path}?"})
            page = text(client.get(url))
            assert f'id="{answer.url.partition("#")[2]}"' in page, (when, path)
            assert f"{when} {path}?" in page
        services.approve(submitted, people["reviewer"])
        change(submitted, people["editor"], gap_needed="A name.")
        services.submit(submitted, people["editor"])


def test_comment_in_a_block_stands_where_the_editor_can_show_it(signed_in, people, submitted):
    step = submitted.get_latest_revision_as_object().steps[0]
    path = f"steps.{step.id}.title"
    client, url = signed_in(people["reviewer"]), address(submitted)
    client.post(url, {"comment": "1", "path": path, "text": "Which step?"})
    assert Comment.objects.get().has_valid_contentpath(fresh(submitted))
    spot = next(
        spot
        for row in client.get(url).context["rows"].all
        for spot in row.blocks
        if spot.key == f"steps.{step.id}"
    )
    assert [one.text for one in spot.comments] == ["Which step?"]


def test_what_was_shown_is_what_goes_live(signed_in, people, changed):
    client, url = signed_in(people["reviewer"]), address(changed)
    seen = client.get(url).context["seen"]
    state = services.held_state(changed)
    answer = client.post(url, {"decision": "approve", "seen": "0" * 64}, follow=True)
    assert "has changed since it was submitted" in text(answer)
    assert fresh(changed).gap_needed != "A price and a name that hold."
    assert services.held_state(changed) != state
    client.post(address(changed), {"decision": "approve", "seen": seen})
    assert fresh(changed).gap_needed == "A price and a name that hold."


def test_emergency_is_told_to_who_could_bring_the_text_back(signed_in, people, changed):
    client, url = signed_in(people["reviewer"]), address(changed)
    said = "took this text off the portal at once"
    assert said not in text(client.get(url))
    publishing.withdraw(fresh(changed), people["reviewer"], "It names a learner.")
    for where in (url, approve.address(services.held_state(changed))):
        page = text(client.get(where))
        assert f"{people['reviewer']} {said}" in page
        assert "It names a learner." in page
    services.approve(changed, people["reviewer"])
    change(changed, people["editor"], gap_needed="A name.")
    services.submit(changed, people["editor"])
    assert said not in text(client.get(address(changed)))


def test_who_is_late_is_told_what_happened(signed_in, people, changed):
    url, second = address(changed), person("reviewer", "en")
    services.held_state(changed).workflow_state.cancel(user=people["editor"])
    answer = signed_in(second).post(url, {"decision": "approve"}, follow=True)
    assert "taken back from review before you decided" in text(answer)
    services.submit(changed, people["editor"])
    url = address(changed)
    services.approve(changed, people["reviewer"])
    answer = signed_in(second).post(
        url, {"decision": "return", "reject-comment": "No."}, follow=True
    )
    assert "decided already" in text(answer)
    assert f"It was approved by {people['reviewer']}" in text(answer)


@pytest.fixture
def navigation(people, signed_in):
    """The English navigation with a change in review."""
    from tests.factories.home import LanguageSettingsFactory

    settings = LanguageSettingsFactory(live=False)
    settings.save_revision(user=people["editor"])
    services.submit(settings, people["editor"])
    return settings


def test_comment_at_a_translation_stands_at_its_part(signed_in, people, translated):
    services.submit(translated, people["translator"])
    client, url = signed_in(people["approver"]), address(translated)
    client.post(url, {"comment": "1", "path": "gap_needed", "text": "Is that the term?"})
    services.return_(translated, people["approver"], "See there.")
    client, edit = signed_in(people["translator"]), edit_address(translated)
    parts = client.get(edit).context["parts"]
    assert {part.place.label for part in parts if part.comments} == {"What was needed"}
    client.post(edit, {"resolve": Comment.objects.get().pk})
    assert comments.open_on(translated) == []


def test_comment_at_a_snippet(signed_in, people, navigation):
    client, url = signed_in(people["reviewer"]), address(navigation)
    path = client.get(url).context["rows"].all[-1].own.of.parts[0].path
    client.post(url, {"comment": "1", "path": path, "text": "Which licence?"})
    assert SnippetComment.objects.get().user == people["reviewer"]
    assert "Which licence?" in text(client.get(url))
    services.return_(navigation, people["reviewer"], "See there.")
    edit = edit_url(type(navigation), navigation.pk)
    assert "Which licence?" in text(signed_in(people["admin"]).get(edit))
    services.submit(navigation, people["editor"])
    client, url = signed_in(people["reviewer"]), address(navigation)
    client.post(url, {"resolve": SnippetComment.objects.get().pk})
    assert comments.open_on(navigation) == []


# ---- The comparison -----------------------------------------------------------------------


def states(public, people, rf, blocks) -> list[tuple]:
    before = fresh(public)
    change(public, people["editor"], steps=blocks)
    after = fresh(public).get_latest_revision_as_object()
    fields = {one.name: one for one in compare(before, after, rf.get("/"))}
    return [(block.number, str(block.state), len(block.parts)) for block in fields["steps"].blocks]


def test_blocks_that_moved_came_and_went(public, people, rf):
    one = {"type": "step", "id": "a", "value": {"title": "Ask", "text": "All."}}
    two = {"type": "step", "id": "b", "value": {"title": "Wait", "text": "A week."}}
    three = {"type": "step", "id": "c", "value": {"title": "Write", "text": "It down."}}
    block = public.steps.stream_block
    change(public, people["editor"], steps=block.to_python([one, two, three]))
    services.submit(public, people["editor"])
    services.approve(public, people["reviewer"])
    other = two | {"value": {"title": "Wait", "text": "A month."}}
    found = states(public, people, rf, block.to_python([three, one, other]))
    assert sorted(found) == [(1, "moved", 2), (2, "same", 2), (3, "changed", 2)]
    found = states(public, people, rf, block.to_python([one, three | {"id": "z"}]))
    assert found == [(1, "same", 2), (0, "removed", 2), (2, "same", 2)]


def test_what_nobody_would_say_was_moved():
    assert in_place([0, 1, 3]) == {0, 1, 3}
    assert len(in_place([2, 0, 1])) == 2
    assert in_place([]) == set()


# ---- One press from the mail --------------------------------------------------------------


def quick(page):
    state = services.held_state(page)
    return reverse("editorial_approve", args=[state.pk, state.content_hash[:16]])


def test_mail_leads_to_a_page_that_shows_what_one_press_would_approve(
    client, signed_in, people, changed, mailoutbox
):
    work()
    sent = next(one for one in mailoutbox if one.to == [people["reviewer"].email])
    assert quick(changed) in sent.body
    assert quick(changed) in sent.alternatives[0][0]
    url = quick(changed)
    assert client.get(url).url.endswith(f"?next={url}")  # sign in first
    client = signed_in(people["reviewer"])
    answer = client.get(url)
    assert "A price and a " in text(answer)
    for method in (client.get, client.head, client.options, client.put, client.delete):
        method(url)
    assert services.held_state(changed), "Only a press of the button decides."
    answer = client.post(url, {"seen": answer.context["seen"]}, follow=True)
    assert "is approved and public" in text(answer)
    assert fresh(changed).gap_needed == "A price and a name that hold."


def test_stale_link_says_so_and_changes_nothing(signed_in, people, changed):
    url, client = quick(changed), signed_in(people["reviewer"])
    wrong = url.replace(url.split("/")[-2], "0" * 16)
    for method in (client.get, client.post):
        assert "not the text that the mail was about" in text(method(wrong, follow=True))
    services.return_(changed, people["reviewer"], "Say who counted.")
    change(changed, people["editor"], gap_needed="Something else.")
    services.submit(changed, people["editor"])
    for method in (client.get, client.post):
        answer = text(method(url, follow=True))
        assert f"It was returned by {people['reviewer']}" in answer
        assert reverse("editorial_review", args=[services.held_state(changed).pk]) in answer
    assert services.held_state(changed)
    services.approve(changed, people["reviewer"])


def test_nobody_else_can_use_the_link(signed_in, people, changed):
    for who in (people["editor"], people["admin"], person("reviewer", "lv")):
        client = signed_in(who)
        assert 'name="seen"' not in text(client.get(quick(changed), follow=True))
        client.post(quick(changed), {"seen": services.held_state(changed).content_hash})
        assert services.held_state(changed)
