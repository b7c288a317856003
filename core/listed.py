"""Rows of other tables, read in the query of the row that they belong to."""

from django.db.models import Aggregate, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONArray
from wagtail.models import Page

# What is asked of a page that others lie below.
PAGE = ("id", "path", "depth", "numchild", "url_path", "title", "draft_title", "locale_id")


class Listed(Aggregate):
    """All values as one JSON list, in no order."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


def listed(queryset: QuerySet, by: str, *names: str) -> Subquery:
    """Some fields of the rows that a subquery finds, as a list of lists; None where it finds none.

    `by` is the field in which `queryset` names the row outside.
    """
    found = queryset.order_by().values(by).annotate(listed=Listed(JSONArray(*names)))
    return Subquery(found.values("listed"), output_field=JSONField())


def page(queryset: QuerySet[Page]) -> Subquery:
    """The page that a subquery finds, as a list for `row(Page, PAGE, …)`; None where it finds none."""
    return Subquery(queryset.values(found=JSONArray(*PAGE))[:1], output_field=JSONField())


def row(model, names: tuple[str, ...], values: list):
    """The row of a model of which these columns are known; others are read when they are asked for."""
    known = dict(zip(names, values, strict=True))
    columns = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    return model.from_db("default", columns, [known[column] for column in columns])
