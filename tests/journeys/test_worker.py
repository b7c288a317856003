"""The worker dies while a review is decided: nothing is lost, and nothing is done twice.

1. an editor submits a story; then the machine loses its worker
2. the reviewer approves: the page, the list, the feed and the sitemap have it at once
3. the search does not have it yet, and leads on; the author's mail waits
4. the worker starts again: within seconds the story is found, and the author has one mail
"""

from tests.journeys import reviewing, writing
from tests.journeys.running import killed, wait_until

SECONDS = 15  # most of them for a process that starts on a busy machine


def test_what_is_approved_without_a_worker_is_public_and_caught_up_later(signed_in, portal):
    title = "Ladders for the bell tower"
    slug = writing.submitted_copy(signed_in("editor"), title)
    reviewer = signed_in("reviewer")
    search = "/en/search/?q=ladders+bell+tower"
    # Once in a minute the periodic work looks for what is missing; it is not what is tried here.
    with killed(portal.periodic):
        with killed(portal.worker):
            reviewing.open_review(reviewer, title)
            reviewing.approve(reviewer)
            assert title in portal.get(f"/en/stories/{slug}/")
            for path in ("/en/stories/", "/en/stories/feed/", "/sitemap-en-1.xml"):
                assert slug in portal.get(path), path
            found = portal.get(search)
            assert slug not in found
            assert 'href="/en/stories/"' in found
            assert portal.letters("editor", title) == []
            assert portal.outbox() > 0

        wait_until(lambda: slug in portal.get(search), "the search finds it", SECONDS)
        wait_until(lambda: portal.letters("editor", title), "the author hears", SECONDS)
        wait_until(lambda: portal.outbox() == 0, "nothing is left to do", SECONDS)
    assert len(portal.letters("editor", title)) == 1
