from wagtail.snippets.models import register_snippet

from home.viewsets import LanguageSettingsViewSet

register_snippet(LanguageSettingsViewSet)
