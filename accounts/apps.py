from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self):
        from wagtail.admin.forms.account import NameEmailForm

        from accounts import signals, tasks  # noqa: F401  (they register themselves)

        # Not everybody has two names, and nobody should have to invent one to save their language.
        NameEmailForm.base_fields["last_name"].required = False
