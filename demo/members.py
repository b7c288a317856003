"""Demonstration accounts of organisations: who offers, who needs, who mediates.

The partner stands for all other organisations with which these have something to do.
"""

from django.conf import settings
from django.db import transaction

from accounts import services
from accounts.models import Role, RoleAssignment, User
from demo.organisations import Profile
from demo.people import address
from organisations.models import Membership, MembershipRole
from organisations.services import ensure_desk

# Account: the language of its menus and mails, and the organisations that it owns.
MEMBERS = {
    "school": ("lv", ["amber-bridge-technical-school"]),
    "company": ("lt", ["flax-field-weavers"]),
    "desk": ("pl", ["chamber-of-seven-trades"]),
    "partner": (
        "en",
        [
            "canal-bicycle-workshop",
            "hammer-valley-school",
            "hay-meadow-dairy",
            "seven-steps-technical-school",
            "two-cranes-joinery",
        ],
    ),
}
DESKS = ("desk",)
MODERATED = ("services", "needs")  # what the moderator reviews before it is public


@transaction.atomic
def ensure(password: str) -> None:
    """Makes the accounts that are missing; those that exist keep their password and organisations."""
    for name, (language, organisations) in MEMBERS.items():
        if User.objects.filter(email=address(name)).exists():
            continue
        user = User.objects.create_user(address(name), password, first_name=name.title())
        services.vouch_for_address(user)
        services.set_language(user, language)
        for organisation in organisations:
            Membership.objects.create(
                organisation=Profile(organisation).ensure_record(),
                user=user,
                role=MembershipRole.OWNER,
            )
        if name in DESKS:
            user.groups.add(ensure_desk())
    moderator = User.objects.filter(email=address("moderator")).first()
    if moderator and not moderator.roles.filter(role=Role.REVIEWER).exists():
        for code in settings.CONTENT_LANGUAGES:
            for section in MODERATED:
                RoleAssignment.objects.create(
                    user=moderator, role=Role.REVIEWER, language=code, section=section
                )


def member(name: str) -> User:
    """The account of that name; raises `User.DoesNotExist` before `ensure()` has run."""
    return User.objects.get(email=address(name))
