"""What is offered and what is looked for: services of schools, needs of companies."""


def register() -> None:
    """Makes services and needs known to search, feeds, lists and the home page."""
    from django.utils.translation import gettext_lazy as _

    from core import registry
    from marketplace.listings import presentation
    from marketplace.listings.models import NeedPage, ServicePage

    registry.register(
        registry.Item(
            "service",
            ServicePage,
            "services",
            _("Service"),
            _("Services"),
            document=presentation.service_document,
            codes=presentation.service_codes,
            mark=presentation.service_mark,
            facts=presentation.service_facts,
        )
    )
    registry.register(
        registry.Item(
            "need",
            NeedPage,
            "needs",
            _("Need"),
            _("Needs"),
            document=presentation.need_document,
            codes=presentation.need_codes,
            mark=presentation.need_mark,
            facts=presentation.need_facts,
        )
    )
