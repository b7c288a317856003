"""Fields that every app uses instead of Wagtail's own."""

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Wagtail's StreamField without block definitions in migrations: blocks change freely."""

    def __init__(self, block_types=(), use_json_field=None, block_lookup=None, **kwargs):
        super().__init__(block_types, use_json_field, block_lookup, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
