from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("Organisations")

    def ready(self):
        from core import registry
        from organisations import listing, presentation, signals, tasks  # noqa: F401
        from organisations.models import OrganisationIndexPage, OrganisationPage

        registry.register(
            registry.Item(
                "organisation",
                OrganisationPage,
                "organisations",
                _("Organisation"),
                _("Organisations"),
                document=presentation.search_document,
                codes=lambda page: presentation.codes(page.record),
                mark=presentation.mark,
                facts=presentation.row_facts,
            )
        )
        registry.present(OrganisationIndexPage, context=listing.context)
        registry.present(OrganisationPage, context=presentation.profile, data=presentation.json_ld)
