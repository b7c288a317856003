"""What narrows a list, as `components/facet.html` draws it: a fieldset of values with their counts."""

SHORT_LIST = 6


def option(value: str, label: str, count: int, checked: bool) -> dict:
    """A value with the number of items that it would give."""
    return {"value": value, "label": label, "count": count, "checked": checked}


def facet(key: str, legend, options: list[dict]) -> dict:
    """A fieldset: the first values open, the rest behind a disclosure unless one is chosen."""
    cut = len(options) if any(one["checked"] for one in options[SHORT_LIST:]) else SHORT_LIST
    return {"key": key, "legend": legend, "options": options[:cut], "more": options[cut:]}
