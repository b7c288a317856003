"""What is the same in every language follows the source by rule; text becomes work."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import Translation

from editorial import permissions, publishing, services, translations
from editorial.coverage import states
from editorial.publishing import LOG_ACTION
from editorial.synchronise import after_publishing
from editorial.work import dashboard
from tests.editorial.conftest import change, fresh, record, translate, work


@pytest.fixture
def renew(public, people):
    """Publishes a change of the source, through review, and lets the worker work."""

    def publish(**values):
        change(public, people["editor"], **values)
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        work()

    return publish


def is_stale(page) -> bool:
    """As the board says."""
    stale = states.in_state(Page.objects.filter(pk=page.pk), states.State.STALE)
    return stale.exists()


def test_codes_reach_the_public_translation(public_finnish, renew):
    renew(eqf_level="5", macro_needs=["quality_assurance"])
    page = fresh(public_finnish)
    assert page.eqf_level == "5"
    assert page.macro_needs == ["quality_assurance"]
    assert page.title == public_finnish.title
    assert page.live_revision.content["eqf_level"] == "5"
    assert not page.has_unpublished_changes
    assert PageLogEntry.objects.filter(page=page, action=LOG_ACTION).exists()


def test_nothing_is_published_where_nothing_differs(public_finnish, renew):
    renew(gap_needed="A price, a date and a name.")
    assert fresh(public_finnish).live_revision_id == public_finnish.live_revision_id


def test_changed_text_is_stale_and_becomes_work(public_finnish, renew):
    assert not is_stale(public_finnish)
    renew(gap_needed="A price, a date and a name.", eqf_level="5")
    page = fresh(public_finnish)
    for enabled in (True, False):  # a stopped one was made from the English text all the same
        Translation.objects.update(enabled=enabled)
        assert is_stale(page)
        readers = Page.objects.annotate(original=translations.changed_original())
        assert readers.get(pk=page.pk).original == "en"
        assert [row.kind for row in dashboard.begun(["fi"])] == ["stale"]
    assert translations.missing_fields(record(page)) == ["What was needed"]
    assert page.gap_needed == public_finnish.gap_needed


def test_changed_codes_alone_make_nothing_stale(public_finnish, renew):
    renew(eqf_level="5")
    page = fresh(public_finnish)
    assert not is_stale(page)


def with_values(stream, **values):
    """The stream with other values in its first block."""
    raw = list(stream.raw_data)
    raw[0] = {**raw[0], "value": {**raw[0]["value"], **values}}
    return stream.stream_block.to_python(raw)


def figures(page) -> dict:
    return {name: str(value) for name, value in page.results[0].value.items()}


class TestStreams:
    """Figures and codes inside the blocks of a text."""

    def test_figures_and_codes_reach_the_public_translation(self, public_finnish, renew, public):
        before = figures(public_finnish)
        renew(
            results=with_values(public.results, before=8, after=70),
            partners=with_values(public.partners, country="EE"),
            voices=with_values(public.voices, who="implementer"),
        )
        page = fresh(public_finnish)
        assert figures(page) == before | {"before": "8", "after": "70"}
        assert page.partners[0].value["country"] == "EE"
        assert page.voices[0].value["who"] == "implementer"
        assert page.voices[0].value["quote"] == "Suomeksi: Now I teach."
        assert PageLogEntry.objects.filter(page=page, action=LOG_ACTION).count() == 1

    def test_they_make_nothing_stale(self, public_finnish, renew, public):
        renew(results=with_values(public.results, after=70))
        page = fresh(public_finnish)
        assert not is_stale(page)

    def test_a_figure_never_stands_under_old_words(self, public_finnish, renew, public, people):
        before = figures(public_finnish)
        renew(results=with_values(public.results, after=12, unit="hours"))
        page = fresh(public_finnish)
        assert figures(page) == before
        assert is_stale(page)
        translate(page, people["translator"])
        services.submit(page, people["translator"])
        services.approve(page, people["approver"])
        work()
        assert figures(fresh(page)) == before | {"after": "12", "unit": "Suomeksi: hours"}

    def test_words_elsewhere_do_not_hold_a_figure_up(self, public_finnish, renew, public):
        renew(
            results=with_values(public.results, after=70),
            steps=with_values(public.steps, title="Thank"),
        )
        page = fresh(public_finnish)
        assert figures(page)["after"] == "70"
        assert page.steps[0].value["title"] == "Suomeksi: Ask"
        assert is_stale(page)

    def test_a_block_that_came_waits_for_its_translation(self, public_finnish, renew, public):
        first = public.results.raw_data[0]
        second = {"type": "result", "value": {**first["value"], "label": "Companies"}}
        renew(results=public.results.stream_block.to_python([first, second]))
        page = fresh(public_finnish)
        assert len(page.results) == 1
        assert is_stale(page)

    def test_draft_of_the_translation_stays_a_draft(self, public_finnish, renew, public, people):
        change(public_finnish, people["translator"], title="Luonnos")
        draft = fresh(public_finnish).latest_revision_id
        renew(results=with_values(public.results, after=70))
        page = fresh(public_finnish)
        assert figures(page)["after"] == "70"
        assert page.title == public_finnish.title
        assert page.latest_revision_id == draft


def test_renewed_translation_is_fresh_again(public_finnish, renew, people):
    renew(gap_needed="A price, a date and a name.")
    translate(public_finnish, people["translator"])
    services.submit(public_finnish, people["translator"])
    services.approve(public_finnish, people["approver"])
    page = fresh(public_finnish)
    assert not is_stale(page)
    assert page.gap_needed == "Suomeksi: A price, a date and a name."


def test_draft_of_the_translation_stays_a_draft(public_finnish, renew, people):
    change(public_finnish, people["translator"], title="Luonnos")
    draft = fresh(public_finnish).latest_revision_id
    renew(eqf_level="5")
    page = fresh(public_finnish)
    assert page.eqf_level == "5"
    assert page.title == public_finnish.title
    assert page.latest_revision_id == draft
    assert page.draft_title == "Luonnos"
    assert page.has_unpublished_changes


def test_running_review_is_not_disturbed_and_follows_when_approved(public_finnish, renew, people):
    translate(public_finnish, people["translator"], prefix="Uusi: ")
    services.submit(public_finnish, people["translator"])
    state = services.held_state(public_finnish)
    renew(eqf_level="5")
    again = services.held_state(public_finnish)
    assert again.pk == state.pk
    assert again.content_hash == state.content_hash
    assert fresh(public_finnish).eqf_level == "5"
    services.approve(public_finnish, people["approver"])
    work()
    page = fresh(public_finnish)
    assert page.title.startswith("Uusi: ")
    assert page.eqf_level == "5"


def test_doing_it_twice_changes_nothing(public_finnish, renew, public):
    renew(eqf_level="5")
    revision = fresh(public_finnish).live_revision_id
    after_publishing(fresh(public))
    assert fresh(public_finnish).live_revision_id == revision


def test_author_of_an_older_draft_does_not_become_free_to_approve(public_finnish, renew, people):
    change(public_finnish, people["approver"], title="Luonnos")
    renew(eqf_level="5")
    assert people["approver"].pk in permissions.authors(fresh(public_finnish))


def test_unpublished_translation_is_left_alone(translated, renew):
    renew(eqf_level="5")
    assert not fresh(translated).live


DAY = datetime.timedelta(days=1)


def test_public_translation_ends_when_its_source_does(public_finnish, renew):
    end = (timezone.now() + DAY).replace(microsecond=0)
    renew(expire_at=end)
    page = fresh(public_finnish)
    assert page.expire_at == end
    assert publishing.stands_behind(page.live_revision)
    later = end + DAY
    renew(expire_at=later)
    assert fresh(public_finnish).expire_at == later
    renew(expire_at=None)
    assert fresh(public_finnish).expire_at is None


def test_translation_on_its_way_ends_when_its_source_does(translated, renew, people):
    end = (timezone.now() + DAY).replace(microsecond=0)
    renew(expire_at=end)
    services.submit(translated, people["translator"])
    assert services.held_state(translated).revision.as_object().expire_at == end
    services.approve(translated, people["approver"])
    assert fresh(translated).expire_at == end


def test_stopped_translation_keeps_its_own_plan_and_end(public_finnish, renew, people):
    stopped = record(public_finnish)
    stopped.enabled = False
    stopped.save()
    start, end = timezone.now() + DAY, timezone.now() + 9 * DAY
    change(public_finnish, people["translator"], go_live_at=start, expire_at=end)
    services.submit(public_finnish, people["translator"])
    services.approve(public_finnish, people["approver"])
    plans = public_finnish.revisions.exclude(approved_go_live_at=None)
    (plan,) = plans.values_list("pk", "approved_go_live_at")
    renew(eqf_level="5", expire_at=start)
    page = fresh(public_finnish)
    assert page.eqf_level == "5"
    assert page.expire_at is None
    assert [*plans.values_list("pk", "approved_go_live_at")] == [plan]


def test_locked_translation_waits_until_the_lock_is_lifted(public_finnish, renew, people, client):
    page = public_finnish
    page.locked, page.locked_by = True, people["translator"]
    page.save(update_fields=["locked", "locked_by"])
    renew(eqf_level="5")
    for user in (people["admin"], None):
        record(page).save_target(user=user)
    page = fresh(page)
    assert page.live_revision_id == page.latest_revision_id == public_finnish.live_revision_id
    assert page.eqf_level == public_finnish.eqf_level
    client.force_login(people["admin"])
    client.post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
    work()
    assert fresh(page).eqf_level == "5"
