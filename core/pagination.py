"""The pages of a list: their numbers with addresses."""

from collections.abc import Callable

from django.core.paginator import Page


def numbers(current: Page, address: Callable[[int], str]) -> dict:
    """What `components/pagination.html` shows; `address(number)` is that of a page, gaps are None."""
    paginator, number = current.paginator, current.number
    items = [
        {"number": one, "url": address(one), "current": one == number}
        if isinstance(one, int)
        else None
        for one in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    ]
    return {
        "items": items if paginator.num_pages > 1 else [],
        "previous_url": address(number - 1) if current.has_previous() else "",
        "next_url": address(number + 1) if current.has_next() else "",
    }
