"""What search keeps: one row for each published item and language, and the words in them."""

from django.db import models
from wagtail.models import Page

from search.editors.models import Promotion, SearchMiss, Synonym
from search.elastic.models import IndexState

__all__ = [
    "IndexState",
    "Promotion",
    "SearchDocument",
    "SearchMiss",
    "SearchVector",
    "SearchWord",
    "Synonym",
]


class SearchDocument(models.Model):
    """One published item in one language, in the same shape for every kind; see `search.documents`.

    The row is what all engines work from. The database engine keeps its index beside the row by
    itself (a generated column on PostgreSQL, triggers on SQLite: migration 0002).
    """

    translation_key = models.UUIDField()
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=50)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    # What is sorted and counted by stands before the long texts, where SQLite reads it fastest.
    published = models.DateTimeField(null=True)
    updated = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    organisation = models.BigIntegerField(null=True)

    url = models.TextField()
    facets = models.JSONField(default=dict)
    title = models.TextField()
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    # One folded lemma for each word of the text, and what else the text is found by.
    title_lemmas = models.TextField(blank=True)
    title_words = models.TextField(blank=True)
    summary_lemmas = models.TextField(blank=True)
    summary_words = models.TextField(blank=True)
    body_lemmas = models.TextField(blank=True)
    body_words = models.TextField(blank=True)
    analysis = models.CharField(max_length=40, blank=True)

    # Grows with every write, for engines elsewhere; see `search.versions`.
    version = models.BigIntegerField(db_default=0)

    wagtail_reference_index_ignore = True  # a document is no use of its page

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "language"], name="one_document_per_item_and_language"
            )
        ]
        indexes = [models.Index(fields=["language", "kind"], name="search_language_kind")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class SearchWord(models.Model):
    """A word that stands in a document of a language, for the nearest spelling."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=64)
    folded = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word"], name="one_row_per_language_and_word"
            )
        ]
        indexes = [models.Index(fields=["language", "folded"], name="search_word_folded")]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"


class SearchVector(models.Model):
    """What a document means, as a vector of the space that `model` names; see `search.meaning.vectors`.

    `source` stands for the text that it was made from, empty if that has changed since. `stamp` is
    another with every writing, so that the sum of all tells whether anything was written.
    """

    document = models.OneToOneField(
        SearchDocument, on_delete=models.CASCADE, primary_key=True, related_name="meaning"
    )
    model = models.CharField(max_length=100)
    source = models.CharField(max_length=32, blank=True)
    stamp = models.PositiveIntegerField()
    vector = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["model", "stamp"], name="search_vector_stamp")]

    def __str__(self) -> str:
        return f"{self.document_id} ({self.model})"
