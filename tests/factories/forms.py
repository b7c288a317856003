"""What the admin's form of a page sends."""

from wagtail.test.utils.form_data import nested_form_data

COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def page_form(fields: dict) -> dict:
    """The fields of a page type with those of every page, which they may replace."""
    return nested_form_data(
        {
            "title": "Written in the form",
            "slug": "written-in-the-form",
            "search_description": "",
            "comments": COMMENTS,
            **fields,
        }
    )
