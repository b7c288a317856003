"""Whatever the order of the steps, nothing unreviewed becomes public.

Random sequences of what people, the clock and the worker do to a story and its translation. Beside the
portal, the test keeps a model of its own: what readers must see, and who had a hand in each draft. After
every step both must agree.

`EXAMPLES=500 .venv/bin/pytest tests/walk/test_random.py` looks longer.
"""

import datetime
import os
from contextlib import ExitStack

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.log_actions import registry
from wagtail.models import Revision
from wagtail_localize.models import Translation

from editorial import publishing, services
from editorial.exchange.services import exported, take_file
from editorial.gate.guards import reviewed_types
from editorial.gate.models import ReviewRule
from editorial.locks import lock_for
from editorial.models import FourEyesTaskState
from editorial.refusals import ContentChanged, ReviewRefused
from editorial.translating.parts import parts_of
from stories.models import StoryPage
from tests.editorial.conftest import change, edit_address, form_data, record, work
from tests.editorial.test_gate import AROUND
from tests.walk.office import ENGLISH, FINNISH, PLACES, SEEN, Item, begin

EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
STEPS = 30
# Finding the shortest sequence takes minutes: only where somebody looks for it.
PHASES = [Phase.generate, *([Phase.shrink] if "EXAMPLES" in os.environ else [])]
ITEMS = ("english", "finnish")
HOUR = datetime.timedelta(hours=1)
TIMES = {
    "no time": {},
    "later": {"go_live_at": 2},
    "past": {"go_live_at": -2},
    "ends": {"expire_at": 3},
}

RARELY = [
    "bring_back_a_file",
    "exception_from_review",
    "go_around",
    "lock",
    "plan_a_stopped_translation",
    "return_",
    "revert",
    "sync",
    "take_back",
    "withdraw",
    "worker",
]

texts = st.sampled_from(["One.", "Two.", "Three."])
items = st.sampled_from(ITEMS)
who = st.sampled_from(PLACES)


class Office(RuleBasedStateMachine):
    """The steps; `begin()` is what every sequence begins with."""

    begun: tuple

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        patch = self.stack.enter_context(pytest.MonkeyPatch.context())
        self.passed, now = datetime.timedelta(), timezone.now
        patch.setattr("django.utils.timezone.now", lambda: now() + self.passed)
        self.people, self.clients, pks = self.begun
        self.items = {
            name: Item(pk, FINNISH if name == "finnish" else ENGLISH) for name, pk in pks.items()
        }
        for item in self.items.values():
            item.public = item.readers_see()
        self.reviewed = True  # no exception from review
        self.ends = {None}  # of the English story, as far as approved

    def teardown(self):
        transaction.set_rollback(True)
        self.stack.close()

    @rule(what=st.sampled_from(RARELY), name=items, by=who, way=st.sampled_from(sorted(AROUND)))
    def rarely(self, what, **arguments):
        """One of the steps that are not taken every day."""
        getattr(self, what)(**arguments)

    # ---- What people do -----------------------------------------------------------------------

    def post(self, name: str, address: str, form: dict, **headers) -> None:
        with transaction.atomic():
            self.clients[name].post(address, form, **headers)

    def by(self, name: str, item: Item, step) -> None:
        """Does a step and notes who had a hand in what it changed."""
        before, was_in_review = item.stamp(), item.submitted
        try:
            with transaction.atomic():
                step()
        except ReviewRefused:
            pass
        state = services.held_state(item.page)
        if item.stamp() != before:
            item.hands.add(name)
        if state is None or state.pk != was_in_review:
            item.submitted = state and state.pk
            if state:
                item.hands.add(name)
                item.shown = item.draft()
            self.notice_automatic_approval(item)

    def notice_automatic_approval(self, item: Item) -> None:
        """With an exception from review, what is submitted is public at once, or planned."""
        done = FourEyesTaskState.objects.exclude(rule="").order_by("pk").last()
        if done is None or done.pk == getattr(self, "last_rule", None):
            return
        assert not self.reviewed, "approved by a rule that nobody has switched on"
        self.last_rule = done.pk
        self.goes_public(item, item.draft(), item.page.get_latest_revision_as_object().go_live_at)

    def goes_public(self, item: Item, text: tuple, when) -> None:
        item.hands = set()
        if item is self.items["english"]:
            self.ends.add(text[-1])
        if when and when > timezone.now():
            item.planned = when, text
        else:
            item.public, item.planned, item.taken_off = text, None, False

    @rule(
        by=who,
        text=texts,
        time=st.sampled_from(list(TIMES)),
        button=st.sampled_from(["", "action-publish", "action-submit", "autosave", "older"]),
    )
    def edit(self, by, text, time, button):
        """With every button of the editor, and as its autosave does."""
        item = self.items["english"]
        by = item.person(by)
        form = form_data(item.page, result=text)
        for field_name in ("go_live_at", "expire_at"):
            form.pop(field_name, None)
        for field_name, hours in TIMES[time].items():
            moment = timezone.localtime(timezone.now() + hours * HOUR)
            form[field_name] = moment.strftime("%Y-%m-%d %H:%M")
        headers = {}
        if button == "autosave":
            form["overwrite_revision_id"] = item.page.latest_revision_id
            headers["headers"] = {"accept": "application/json"}
        elif button == "older":
            form["revision"] = item.page.revisions.earliest("pk").pk
        elif button:
            form[button] = "1"
        self.by(by, item, lambda: self.post(by, edit_address(item.page), form, **headers))

    @rule(by=who, text=texts, path=st.sampled_from(["title", "result"]))
    def translate(self, by, text, path):
        item = self.items["finnish"]
        by = item.person(by)
        translation = record(item.page)
        part = next(one for one in parts_of(translation) if one.segment.context.path == path)
        address = reverse("editorial_save_part", args=[translation.pk, part.id])
        form = {"text": text, "base": part.base}
        self.by(by, item, lambda: self.post(by, address, form))

    def bring_back_a_file(self, by, **_):
        item = self.items["finnish"]
        by = item.person(by)
        translation = record(item.page)
        name, content = exported(translation, "po")
        content = content.replace(b"Suomeksi: ", b"Tiedostosta: ")
        user = self.people[by]
        self.by(by, item, lambda: take_file(name, content, user, only=translation))

    @rule(name=items, by=who)
    def submit(self, name, by):
        item = self.items[name]
        by = item.person(by)
        self.by(by, item, lambda: services.submit(item.page, self.people[by]))

    def take_back(self, name, by, **_):
        item = self.items[name]
        by = item.person(by)
        form = {"action-cancel-workflow": "1"}
        self.by(by, item, lambda: self.post(by, edit_address(item.page), form))

    def revert(self, name, by, **_):
        """By code, as commands and an API do it: even during a review."""
        item = self.items[name]
        by = item.person(by)
        first = item.page.revisions.earliest("pk")
        action = RevertToPageRevisionAction(item.page, first, user=self.people[by])
        self.by(by, item, lambda: action.execute(skip_permission_checks=True))

    def lock(self, name, by, **_):
        page = self.items[name].page
        page.locked, page.locked_by = not page.locked, self.people[self.items[name].person(by)]
        page.save(update_fields=["locked", "locked_by"])

    def sync(self, by, **_):
        item = self.items["finnish"]
        by = item.person(by)
        source = record(item.page).source
        form = {"publish_translations": "on"}
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        self.by(by, item, lambda: self.post(by, address, form))
        user = self.people[by]
        locked, before = lock_for(user, item.page), item.stamp()
        self.by(by, item, lambda: record(item.page).save_target(user=user, publish=True))
        assert not locked or item.stamp() == before

    def plan_a_stopped_translation(self, by, **_):
        """It opens in Wagtail's form, which has times."""
        item = self.items["finnish"]
        by = item.person(by)
        soon = timezone.now() + 2 * HOUR
        records = Translation.objects.filter(pk=record(item.page).pk)
        records.update(enabled=False)
        self.by(by, item, lambda: change(item.page, self.people[by], go_live_at=soon))
        self.by(by, item, lambda: services.submit(item.page, self.people[by]))
        records.update(enabled=True)

    # ---- What decides -------------------------------------------------------------------------

    @rule(name=items, order=st.permutations(PLACES))
    def approve(self, name, order):
        """Everyone tries, one after the other."""
        for place in order:
            self.decide(self.items[name], place)

    def decide(self, item: Item, place: str) -> None:
        by, page = item.person(place), item.page
        plan = page.get_latest_revision_as_object().go_live_at
        try:
            services.approve(page, self.people[by])
        except ContentChanged:
            # The review has begun again, with what is there now.
            item.submitted, item.shown = services.held_state(page).pk, item.draft()
        except ReviewRefused:
            may = by in item.deciders and by not in item.hands
            if item.submitted and may and not self.stricter(item):
                raise
        else:
            assert item.submitted, "approved what nobody has submitted"
            assert by in item.deciders, "approved by somebody without the role"
            assert by not in item.hands, "approved their own change"
            item.submitted = None
            self.goes_public(item, item.shown, plan)

    def stricter(self, item: Item) -> bool:
        """Where the portal may refuse more: it asks who wrote anything since the public version.

        Who wrote the public version itself does not decide when it is submitted once more.
        """
        again = item.page.live_revision_id == item.page.latest_revision_id
        return again or item.taken_off or item.public is None or item.planned is not None

    def return_(self, name, by, **_):
        item = self.items[name]
        by = item.person(by)
        try:
            services.return_(item.page, self.people[by], "Say who counted.")
        except ReviewRefused:
            return
        assert by in item.deciders
        assert by not in item.hands
        item.submitted = None

    def withdraw(self, name, by, **_):
        item = self.items[name]
        by = item.person(by)
        try:
            publishing.withdraw(item.page, self.people[by], "It names a learner.")
        except ReviewRefused:
            return
        assert by in (*item.deciders, "operator")
        self.was_taken_off(item, "emergency")

    def exception_from_review(self, **_):
        self.reviewed = not self.reviewed
        kind = reviewed_types()[StoryPage]
        texts = ReviewRule.Review.PERSON if self.reviewed else ReviewRule.Review.NONE
        ReviewRule.objects.filter(content_type=kind).update(texts=texts)

    # ---- What happens by itself ---------------------------------------------------------------

    @precondition(lambda self: self.passed < 100 * HOUR)
    @rule(hours=st.sampled_from([1, 4]))
    def time_passes(self, hours):
        self.passed += hours * HOUR
        call_command("publish_scheduled", verbosity=0)
        for item in self.items.values():
            ends = item.public and item.public[SEEN.index("expire_at")]
            if ends and ends < timezone.now():
                self.was_taken_off(item, "approved expiry")
            if item.planned and item.planned[0] < timezone.now():
                item.public, item.planned, item.taken_off = item.planned[1], None, False

    def worker(self, **_):
        """A public translation ends when its source does, but for one that is locked."""
        work()
        english, finnish = self.items.values()
        if now := finnish.readers_see():
            locked, ends = finnish.page.locked, now[-1]
            assert ends == finnish.public[-1] or (ends in self.ends and not locked)
            assert locked or not english.public or ends == english.public[-1]
            finnish.public = (*finnish.public[:-1], ends)

    def go_around(self, name, way, **_):
        """Tried, looked at, and taken back."""
        with transaction.atomic():
            try:
                with transaction.atomic():
                    AROUND[way](self.items[name].page)
            except Exception:
                pass
            self.readers_see_what_was_approved()
            transaction.set_rollback(True)

    # ---- What must hold -----------------------------------------------------------------------

    @invariant()
    def readers_see_what_was_approved(self):
        """And a review by somebody else, or a rule, stands behind each text that is public or planned."""
        rows = StoryPage.objects.filter(pk__in=[item.pk for item in self.items.values()])
        now = {row[0]: row[1:] for row in rows.values_list("pk", "live", "live_revision_id", *SEEN)}
        planned = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in now])
        planned = {int(one.object_id): one for one in planned.exclude(approved_go_live_at=None)}
        for name, item in self.items.items():
            live, revision, *text = now.get(item.pk, (False, None))  # a deleted draft
            assert (tuple(text) if live else None) == item.public, name
            assert (item.pk in planned) == bool(item.planned), name
            behind = {revision, item.pk in planned and planned[item.pk].pk} - {None, False}
            for one in behind - item.checked:
                self.check_record(Revision.objects.get(pk=one))
            item.checked = behind

    def check_record(self, revision):
        record = publishing.stands_behind(revision)
        assert record
        if isinstance(record, FourEyesTaskState) and not record.rule:
            assert record.finished_by_id
            assert record.finished_by not in record.authors.all()

    def was_taken_off(self, item: Item, rule: str) -> None:
        """Nothing vanishes without a record of the rule and, where a person did it, the reason."""
        entries = registry.get_logs_for_instance(item.page)
        data = entries.filter(action=publishing.WITHDRAW_ACTION).latest("pk").data
        assert data["rule"] == rule
        assert rule == "approved expiry" or data["reason"]
        item.public, item.taken_off = None, True
        if rule != "approved expiry":
            item.planned = None


@pytest.mark.django_db
def test_no_order_of_steps_gets_around_the_review():
    Office.begun = begin()
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
