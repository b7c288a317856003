"""Looks after the public search: `manage.py search status|verify|reindex|dictionaries`."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from core.models import OutboxEntry
from search import documents
from search.meaning import vectors
from search.meaning.nearest import limit
from search.meaning.provider import provider
from search.meaning.space import learn_directions, space
from search.models import SearchDocument, SearchVector
from search.text import lemmas


class Command(BaseCommand):
    help = "Shows, compares, repairs or remakes what the public search finds."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="what there is, and what waits")
        verify = actions.add_parser("verify", help="compare with what is published, and repair")
        verify.add_argument(
            "--dry-run", action="store_true", help="compare only; fails if they differ"
        )
        actions.add_parser("reindex", help="write every document anew")
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
            self.stdout.write(f"repaired: {documents.repair()}")
            self.stdout.write(f"words forgotten: {documents.forget_words()}")
        elif found := documents.differences():
            for wanted in (*found.to_write, *found.to_remove):
                self.stdout.write(f"{wanted.language}  {wanted.translation_key}")
            raise CommandError(f"{len(found)} documents differ from what is published.")

    def reindex(self, **options):
        keys = [documents.key(page) for page in documents.live_items()]
        for wanted in keys:
            documents.index(wanted)
        self.stdout.write(f"written: {len(keys)}")
        self.verify()

    def dictionaries(self, languages=(), again=False, **options):
        languages = languages or settings.CONTENT_LANGUAGES
        for language in languages if again else lemmas.missing(languages):
            path = lemmas.build(language)
            size = (
                f"{path.stat().st_size / 1e6:.1f} MB" if path else "simplemma has no such language"
            )
            self.stdout.write(f"{language}: {size}")
