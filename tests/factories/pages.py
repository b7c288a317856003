"""Public content for tests, beside the gate: as `QuerySet.update()` may write it."""

import wagtail_factories
from wagtail.models import Page

from editorial import publishing


class PageFactory(wagtail_factories.PageFactory):
    """Makes a page; public unless `live=False`, without a review."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        live = kwargs.pop("live", True)
        page = super()._create(model_class, *args, live=False, **kwargs)
        if live:
            Page.objects.filter(pk=page.pk).update(live=True)
            page.live = True
        return page


def rewrite(obj) -> None:
    """Stores what was changed on a public object, as a review would have done."""
    with publishing.opened(obj):
        obj.save()


def publish(page):
    """Makes the page as it stands in memory public."""
    page.save_revision()
    publishing.publish_by_rule(page, "shipped")


def take_off(page):
    """Ends a public page."""
    publishing.take_off(page, "merged")


def delete(page):
    """Deletes a page and what is below it, public or not."""
    with publishing.opened(*page.get_descendants(inclusive=True)):
        Page.objects.get(pk=page.pk).delete()
