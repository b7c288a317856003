"""Everything in these tests is really committed, and gone afterwards; a mail server takes the mails."""

from tests.editorial.dying.conftest import db
from tests.editorial.dying.test_mail import server

__all__ = ["db", "server"]
