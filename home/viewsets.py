"""Where editors change navigation, footer and funding statements of a language."""

from functools import wraps

from django.shortcuts import get_object_or_404
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.models import Role
from accounts.permissions import languages_of
from home.models import LanguageSettings


class LanguageSettingsPolicy(ModelPermissionPolicy):
    """Editors change the settings of their languages; only the finished review publishes them.

    Nobody adds or deletes them: they exist for every language.
    """

    def languages(self, user) -> list[str]:
        if user.is_superuser:
            return list(LanguageSettings.objects.values_list("language", flat=True))
        return [*languages_of(user, Role.EDITOR), *languages_of(user, Role.REVIEWER)]

    def user_has_permission(self, user, action):
        if action not in ("change", "view") or not user.is_active:
            return False
        return user.is_superuser or bool(self.languages(user))

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and instance.language in self.languages(user)

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.user_has_any_permission(user, actions):
            return LanguageSettings.objects.none()
        return LanguageSettings.objects.filter(language__in=self.languages(user))


class LanguageSettingsViewSet(SnippetViewSet):
    """Navigation and footer."""

    model = LanguageSettings
    icon = "list-ul"
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False

    @property
    def permission_policy(self):
        return LanguageSettingsPolicy(LanguageSettings)

    def construct_view(self, view_class, **kwargs):
        """Every view of one row is for its language only; Wagtail's own ask about the model."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def of_language(request, *args, **arguments):
            if "pk" in arguments:
                key = str(arguments["pk"])
                own = self.permission_policy.instances_user_has_any_permission_for(
                    request.user, {"change"}
                )
                get_object_or_404(own, pk=key if key.isdecimal() and len(key) < 18 else None)
            return view(request, *args, **arguments)

        return of_language
