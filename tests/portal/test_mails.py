"""Mails of a portal in development are read in the browser, and nowhere else."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection


@pytest.fixture
def sent(tmp_path, settings):
    settings.EMAIL_FILE_PATH = tmp_path
    message = EmailMultiAlternatives("Ääni <1>", "Plain – text", "a@example.org", ["b@example.org"])
    message.attach_alternative("<p style='color:red'>Böxes</p>", "text/html")
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    connection.send_messages([message, message])


@pytest.mark.django_db
def test_they_are_listed_and_shown(client, sent, settings):
    settings.ROOT_URLCONF = "portal.development_urls"
    answer = client.get("/mails/")
    mails = answer.context["mails"]
    assert len(mails) == 2
    assert "Ääni &lt;1&gt;" in answer.content.decode()
    answer = client.get(f"/mails/{mails[0].name}/")
    assert "Plain – text" in answer.content.decode()
    answer = client.get(f"/mails/{mails[0].name}/html/")
    assert "<p style='color:red'>Böxes</p>" in answer.content.decode()
    assert "script" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    for name in ("x", "..%2f..%2fetc", f"{mails[0].name}9"):
        assert client.get(f"/mails/{name}/", follow=True).status_code == 404


@pytest.mark.django_db
def test_elsewhere_there_is_no_such_address(client, sent):
    assert client.get("/mails/", follow=True).status_code == 404
