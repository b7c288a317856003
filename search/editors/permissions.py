"""Who may see and change what of the search: editors for their languages, operators for all."""

from django.conf import settings
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import Role, User
from accounts.permissions import languages_of


def languages_for(user: User) -> list[str]:
    """The codes of the languages for which a person curates the search."""
    if not (user.is_authenticated and user.is_active):
        return []
    if user.is_superuser:
        return list(settings.CONTENT_LANGUAGES)
    held = languages_of(user, Role.EDITOR)
    return [code for code in settings.CONTENT_LANGUAGES if code in held]


class OfLanguagePolicy(ModelPermissionPolicy):
    """For rows with a `language`."""

    def user_has_permission(self, user, action):
        return bool(languages_for(user))

    def user_has_any_permission(self, user, actions):
        return self.user_has_permission(user, "")

    def user_has_permission_for_instance(self, user, action, instance):
        return instance.language in languages_for(user)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.user_has_permission_for_instance(user, "", instance)

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        return self.model.objects.filter(language__in=languages_for(user))
