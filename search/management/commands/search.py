"""Looks after the public search: `manage.py search status|verify|reindex|rollback|dictionaries`."""

from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from core.models import OutboxEntry
from search import documents
from search.elastic import comparison, destinations, indexes, queue, writing
from search.elastic import reindex as replacing
from search.elastic.client import client
from search.engine import Key
from search.meaning import vectors
from search.meaning.nearest import limit
from search.meaning.provider import provider
from search.meaning.space import learn_directions, space
from search.models import SearchDocument, SearchVector
from search.text import lemmas


@contextmanager
def clear_errors():
    """What goes wrong with Elasticsearch, as a message; what is searched is as it was."""
    from elasticsearch import ApiError, TransportError  # slow to load, see `search.elastic.client`

    try:
        yield
    except (ApiError, TransportError, writing.NotWritten) as error:
        raise CommandError(
            f"Elasticsearch: {error}. What was searched is searched still; run it again to go on."
        ) from error
    except (destinations.Busy, replacing.NotReady) as error:
        raise CommandError(str(error)) from error


class Command(BaseCommand):
    help = "Shows, compares, repairs or remakes what the public search finds."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="what there is, and what waits")
        verify = actions.add_parser("verify", help="compare with what is published, and repair")
        verify.add_argument(
            "--dry-run", action="store_true", help="compare only; fails if they differ"
        )
        again = actions.add_parser(
            "reindex", help="make the indexes of Elasticsearch anew while they are searched"
        )
        again.add_argument("languages", nargs="*", help="all content languages if none is named")
        again.add_argument(
            "--changed", action="store_true", help="only those made from other settings"
        )
        again.add_argument(
            "--rows",
            action="store_true",
            help="first write every document anew from what is published; without Elasticsearch always",
        )
        back = actions.add_parser(
            "rollback", help="search the indexes from before the last reindex"
        )
        back.add_argument("languages", nargs="*", help="all content languages if none is named")
        build = actions.add_parser("dictionaries", help="build the dictionaries of word forms")
        build.add_argument("languages", nargs="*", help="all content languages if none is named")
        build.add_argument("--again", action="store_true", help="also those that exist")
        learn = actions.add_parser(
            "directions", help="learn how the model's vectors are freed of their language"
        )
        learn.add_argument("--into", type=Path, help="a folder other than SEARCH_DIRECTIONS")

    def handle(self, *args, action, **options):
        getattr(self, action)(**options)

    def status(self, **options):
        counts = (
            SearchDocument.objects.order_by("language", "kind")
            .values_list("language", "kind")
            .annotate(Count("pk"))
        )
        for language, kind, number in counts:
            self.stdout.write(f"{language}  {kind}  {number}")
        waiting = OutboxEntry.objects.filter(kind__startswith="search.", done_at=None).count()
        self.stdout.write(f"waiting to be written: {waiting}")
        self.stdout.write(f"written with another dictionary: {len(documents.outdated())}")
        missing = ", ".join(lemmas.missing(settings.CONTENT_LANGUAGES)) or "none"
        self.stdout.write(f"dictionaries still to be built: {missing}")
        self.stdout.write(f"meaning: {self.meaning()}")
        if queue.chosen():
            self.indexes()

    def indexes(self):
        try:
            for language in settings.CONTENT_LANGUAGES:
                self.stdout.write(replacing.described(client(), language))
        except Exception as error:  # whatever the client meets; the rest of the status is told
            self.stdout.write(f"Elasticsearch does not answer: {error!r}")

    def meaning(self) -> str:
        """How far search by meaning is, in one line."""
        asked, here = provider(), space()
        if not asked:
            return "off; no model is chosen, or it is not installed"
        if not here:
            return f"{asked.model}: its directions are not learned yet"
        made = SearchVector.objects.filter(model=here.name).count()
        line = f"{here.name}: {made} vectors, {vectors.missing(here).count()} to be made"
        if made > limit():
            line += f"; the database engine searches up to {limit()}, so it finds by words alone"
        return line

    def directions(self, into=None, **options):
        asked = provider()
        if not asked:
            raise CommandError("No model is chosen, or it is not installed.")
        path = learn_directions(asked, into)
        self.stdout.write(f"{path}: {path.stat().st_size / 1e3:.0f} KB")

    def verify(self, dry_run=False, **options):
        if not dry_run:
            with clear_errors():
                self.stdout.write(f"repaired: {documents.repair()}")
            self.stdout.write(f"words forgotten: {documents.forget_words()}")
        elif found := self.differences():
            for wanted in found:
                self.stdout.write(f"{wanted.language}  {wanted.translation_key}")
            raise CommandError(f"{len(found)} documents differ from what is published.")

    def differences(self) -> list[Key]:
        """Of rows and what is published, and of the indexes and the rows."""
        rows = documents.differences()
        found = [*rows.to_write, *rows.to_remove]
        if queue.chosen():
            with clear_errors():
                for language in settings.CONTENT_LANGUAGES:
                    found += comparison.differences(client(), language)
        return list(dict.fromkeys(found))

    def reindex(self, languages=(), changed=False, rows=False, **options):
        languages = self.content_languages(languages)
        if rows or not queue.chosen():
            keys = [documents.key(page) for page in documents.live_items()]
            for wanted in keys:
                documents.index(wanted)
            self.stdout.write(f"written: {len(keys)}")
        if not queue.chosen():
            return self.verify()
        if changed:
            with clear_errors():
                outdated = indexes.outdated(client())
            languages = [code for code in languages if code in outdated]
            if not languages:
                return self.stdout.write("No settings have changed.")
        with clear_errors():
            replacing.reindex(client(), languages, self.stdout.write)

    def rollback(self, languages=(), **options):
        if not queue.chosen():
            raise CommandError(
                "The database searches its own rows; there is nothing to go back to."
            )
        with clear_errors():
            replacing.rollback(client(), self.content_languages(languages), self.stdout.write)

    def content_languages(self, languages) -> list[str]:
        if unknown := set(languages) - set(settings.CONTENT_LANGUAGES):
            raise CommandError(f"These are no content languages: {', '.join(sorted(unknown))}")
        return list(languages or settings.CONTENT_LANGUAGES)

    def dictionaries(self, languages=(), again=False, **options):
        languages = languages or settings.CONTENT_LANGUAGES
        for language in languages if again else lemmas.missing(languages):
            path = lemmas.build(language)
            size = (
                f"{path.stat().st_size / 1e6:.1f} MB" if path else "simplemma has no such language"
            )
            self.stdout.write(f"{language}: {size}")
