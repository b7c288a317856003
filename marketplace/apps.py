from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("Marketplace")

    def ready(self):
        from marketplace import listings, reporting
        from marketplace.agreements import hooks as _agreements  # noqa: F401  (they register themselves)
        from marketplace.deals import merging as _merging  # noqa: F401
        from marketplace.deals import tasks as _deals  # noqa: F401
        from marketplace.invitations import tasks as _invitations  # noqa: F401
        from marketplace.reviews import hooks as _reviews  # noqa: F401
        from marketplace.rooms import tasks as _rooms  # noqa: F401
        from marketplace.writing import signals as _signals  # noqa: F401
        from marketplace.writing import tasks as _tasks  # noqa: F401

        listings.register()
        reporting.register()
