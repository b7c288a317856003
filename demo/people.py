"""Demonstration accounts: one for each role, for every language."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from accounts.models import Role, User
from accounts.services import assign

ACCOUNTS = {
    "editor": Role.EDITOR,
    "reviewer": Role.REVIEWER,
    "translator": Role.TRANSLATOR,
    "approver": Role.APPROVER,
    "moderator": Role.MODERATOR,
}


@dataclass(frozen=True)
class People:
    """Who does what in the demonstration."""

    editor: User
    reviewer: User
    translator: User
    approver: User
    moderator: User


def address(name: str) -> str:
    return f"{name}@example.org"


@transaction.atomic
def ensure(password: str) -> None:
    """Makes the accounts that are missing; those that exist keep their password and roles."""
    if not User.objects.filter(email=address("admin")).exists():
        User.objects.create_superuser(address("admin"), password, first_name="Admin")
    for name, role in ACCOUNTS.items():
        if User.objects.filter(email=address(name)).exists():
            continue
        user = User.objects.create_user(address(name), password, first_name=name.title())
        for code in settings.CONTENT_LANGUAGES:
            assign(user, role, code)


def cast() -> People:
    """The accounts in their roles; raises `User.DoesNotExist` before `ensure()` has run."""
    return People(**{name: User.objects.get(email=address(name)) for name in ACCOUNTS})
