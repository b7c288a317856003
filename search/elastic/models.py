"""What is known of a language's indexes besides their names, for all processes alike."""

from django.db import models


class IndexState(models.Model):
    """Which indexes of a language are written beside the one that is searched; see `search.elastic.reindex`.

    `filling` names the index that is being filled, `after` the last key that is in it, `written` how
    many documents that are. `previous` says that the last index is kept for a rollback.
    """

    language = models.CharField(max_length=12, primary_key=True)
    filling = models.CharField(max_length=255, blank=True)
    after = models.UUIDField(null=True)
    written = models.PositiveIntegerField(default=0)
    previous = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.language
