"""What is offered and what is looked for: services of schools, needs of companies."""


def register() -> None:
    """Makes services and needs known to search, feeds, lists and the home page."""
    from django.utils.translation import gettext_lazy as _

    from core import registry
    from marketplace.listings import choosing, listing, pages, presentation
    from marketplace.listings.alerts import tasks as _tasks  # noqa: F401  (they register themselves)
    from marketplace.listings.models import (
        NeedIndexPage,
        NeedPage,
        ServiceIndexPage,
        ServicePage,
    )

    registry.register(
        registry.Item(
            "service",
            ServicePage,
            "services",
            _("Service"),
            _("Services"),
            document=presentation.service_document,
            codes=presentation.service_codes,
            newest=listing.newest(choosing.SERVICES),
            themes=listing.themes(choosing.SERVICES),
            mark=presentation.service_mark,
            facts=presentation.service_facts,
            of_organisation=_("Services it offers"),
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
            newest=listing.newest(choosing.NEEDS),
            themes=listing.themes(choosing.NEEDS),
            mark=presentation.need_mark,
            facts=presentation.need_facts,
            of_organisation=_("Needs it has"),
            ask=listing.ask,
        )
    )
    registry.present(ServiceIndexPage, context=listing.services)
    registry.present(ServicePage, context=pages.service, data=pages.service_data)
    registry.present(NeedIndexPage, context=listing.needs)
    registry.present(NeedPage, context=pages.need, data=pages.need_data)
