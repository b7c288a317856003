"""Mails: after commit, to the right person, in their language, as HTML and as text."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from core.models import OutboxEntry
from editorial import services
from editorial.notices.models import How, Kind, MailChoice
from editorial.refusals import NotYours
from tests.editorial.conftest import change, fresh, speaks, work
from tests.factories.accounts import person


@pytest.fixture(autouse=True)
def base(settings):
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = "https://portal.example.org"


def html(message) -> str:
    return message.alternatives[0].content


def sent_to(user):
    return [message for message in mail.outbox if message.to == [user.email]]


class TestSubmitted:
    def test_nothing_is_sent_inside_the_request(self, submitted):
        assert mail.outbox == []
        assert OutboxEntry.objects.filter(kind="notices.submitted").count() == 1

    def test_reviewers_of_the_language_hear_of_it(self, submitted, people):
        other = person("reviewer", "lv")
        work()
        (message,) = sent_to(people["reviewer"])
        state = services.held_state(submitted)
        link = "https://portal.example.org" + reverse("editorial_review", args=[state.pk])
        assert submitted.title in message.subject
        for body in (message.body, html(message)):
            assert str(people["editor"]) in body
            assert link in body
        assert '<html lang="en"' in html(message)
        assert not sent_to(other)
        assert not sent_to(people["editor"])
        assert not sent_to(people["admin"])

    def test_it_speaks_the_receivers_language(self, draft, people):
        speaks(people["reviewer"], "fi")
        services.submit(draft, people["editor"])
        work()
        (message,) = sent_to(people["reviewer"])
        assert '<html lang="fi"' in html(message)
        assert message.extra_headers["Content-Language"] == "fi"

    def test_authors_with_the_role_are_left_out(self, public, people):
        mail.outbox.clear()
        change(public, people["reviewer"], cost="Nothing.")
        second = person("reviewer", "en")
        services.submit(public, people["editor"])
        work()
        assert sent_to(second)
        assert not [m for m in sent_to(people["reviewer"]) if "Waiting" in m.subject]

    def test_late_mail_about_a_decided_review_is_not_sent(self, submitted, people):
        services.approve(submitted, people["reviewer"])
        work()
        assert not sent_to(people["reviewer"])

    def test_switched_off_means_off(self, draft, people):
        MailChoice.objects.create(person=people["reviewer"], kind=Kind.REVIEW, how=How.NEVER)
        services.submit(draft, people["editor"])
        work()
        assert not sent_to(people["reviewer"])
        assert people["reviewer"].notices.count() == 1

    def test_approvers_hear_of_translations(self, translated, people):
        services.submit(translated, people["translator"])
        work()
        assert sent_to(people["approver"])

    def test_names_cannot_break_out_of_the_html(self, draft, people):
        change(draft, people["editor"], title="<b>Bold</b>\nand long")
        services.submit(draft, people["editor"])
        work()
        (message,) = sent_to(people["reviewer"])
        assert "<b>Bold" not in html(message)
        assert "<b>Bold</b> and long" in message.subject


class TestDecided:
    def test_return_carries_the_comment(self, submitted, people):
        services.return_(submitted, people["reviewer"], "Say <who> counted.")
        work()
        (message,) = sent_to(people["editor"])
        assert "Say <who> counted." in message.body
        assert "Say &lt;who&gt; counted." in html(message)
        assert reverse("wagtailadmin_pages:edit", args=[submitted.pk]) in message.body

    def test_approval_carries_the_public_address(self, submitted, people):
        services.approve(submitted, people["reviewer"], comment="Well told.")
        work()
        (message,) = sent_to(people["editor"])
        address = "https://portal.example.org" + fresh(submitted).url_path
        assert address in message.body
        assert f'href="{address}"' in html(message)
        assert "Well told." in message.body

    def test_refused_approval_sends_nothing(self, submitted, people):
        with pytest.raises(NotYours):
            services.approve(submitted, people["admin"])
        work()
        assert not sent_to(people["editor"])


def test_wagtails_own_mails_are_out():
    for signal, sender in [
        (task_submitted, TaskState),
        (workflow_submitted, WorkflowState),
        (workflow_rejected, WorkflowState),
        (workflow_approved, WorkflowState),
    ]:
        receivers = signal._live_receivers(sender)[0]
        assert {receiver.__module__ for receiver in receivers} == {"editorial.signals"}
