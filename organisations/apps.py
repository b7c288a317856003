from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("Organisations")

    def ready(self):
        from core import registry
        from organisations import listing, presentation, signals, tasks  # noqa: F401
        from organisations.models import OrganisationPage

        registry.register(
            registry.Item(
                "organisation",
                OrganisationPage,
                "organisations",
                _("Organisation"),
                _("Organisations"),
                mark=presentation.mark,
                facts=presentation.row_facts,
            )
        )
