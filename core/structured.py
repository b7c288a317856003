"""Pages as schema.org data: what every kind says of itself."""


def data_of(page, kind: str, absolute) -> dict:
    """A thing of schema.org's type `kind`; `absolute(path)` makes a full address."""
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "url": absolute(page.url_path),
    }


def dates(page) -> dict:
    """When a text was published and changed; empty for one that never was."""
    if not page.first_published_at:
        return {}
    changed = page.last_published_at or page.first_published_at
    return {
        "datePublished": page.first_published_at.isoformat(),
        "dateModified": changed.isoformat(),
    }


def work(page, kind: str, absolute) -> dict:
    """A text, with its dates: an article, a report, instructions."""
    return data_of(page, kind, absolute) | {"headline": page.title} | dates(page)
