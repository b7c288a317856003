"""People in their roles."""

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from accounts.models import Role, RoleAssignment, User
from accounts.services import ensure_group, group_name


class UserFactory(DjangoModelFactory):
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("secret")

    class Meta:
        model = User

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        """`roles=[("editor", "fi")]`; groups get their permissions on the language's tree."""
        from home.models import HomePage

        for role, language in extracted or []:
            if not Group.objects.filter(name=group_name(Role(role), language)).exists():
                home = HomePage.objects.filter(slug=language).first()
                ensure_group(Role(role), language, home)
            RoleAssignment.objects.create(user=self, role=role, language=language)


def person(role: str = "", *languages: str, **fields) -> User:
    """A person with one role for some languages: `person("editor", "fi")`."""
    return UserFactory(roles=[(role, language) for language in languages], **fields)
