"""A mail says where an answer is read."""

from core.mail import unread


def test_an_address_that_nobody_reads_says_so_by_its_name(settings):
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@portal.example.org>"
    assert unread("Please answer there") == "Please answer there <no-reply@portal.example.org>"
