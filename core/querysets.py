"""How the items of the portal are read."""

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation

from core.languages import reading_order


def preference(languages: list[str]) -> Case:
    """The rank of a page's language in `languages`, as a database expression; 0 is best."""
    return Case(
        *(
            When(locale__language_code=code, then=Value(rank))
            for rank, code in enumerate(languages)
        ),
        default=Value(len(languages)),
        output_field=IntegerField(),
    )


class ItemQuerySet(PageQuerySet):
    """Items as the public sees them: each once, in the best language."""

    def best_for(self, reader: str):
        """Each item once, in the best of its languages for a reader; annotated with `rank`."""
        return self.readable_in(list(reading_order(reader, tuple(settings.CONTENT_LANGUAGES))))

    def readable_in(self, languages: list[str]):
        """Each item once, in the first of `languages` in which it is published."""
        rank = preference(languages)
        readable = self.filter(locale__language_code__in=languages).annotate(rank=rank)
        if len(languages) == 1:
            return readable
        better = (
            self.model.objects.live()
            .filter(
                translation_key=OuterRef("translation_key"),
                locale__language_code__in=languages,
            )
            .annotate(rank=rank)
            .filter(rank__lt=OuterRef("rank"))
        )
        return readable.filter(~Exists(better))

    def sources(self):
        """Those that are no translations, which belong to their translators."""
        translated = Translation.objects.filter(
            source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id")
        )
        return self.filter(~Exists(translated.exclude(source__locale_id=OuterRef("locale_id"))))

    def languages_of(self, translation_keys) -> dict:
        """The languages in which each of the items is published: `{translation_key: ["en", "lv"]}`."""
        found: dict = {}
        rows = self.filter(translation_key__in=translation_keys).order_by("locale__language_code")
        for key, code in rows.values_list("translation_key", "locale__language_code"):
            found.setdefault(key, []).append(code)
        return found
