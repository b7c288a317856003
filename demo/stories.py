"""Demonstration stories; some are returned, and one has a translation that became stale."""

from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail_localize.models import TranslationSource

from core import items, markdown
from demo.items import Item
from demo.organisations import Profile
from demo.people import People
from editorial import services
from stories.models import StoryIndexPage, StoryPage

FIRST = "three-real-orders"
RICH = ("problem", "innovation", "resources", "failed", "transfer")
PLAIN = ("gap_learnt", "gap_applied", "gap_needed", "cost")
CODES = (
    "country",
    "region",
    "sector",
    "field",
    "narrow_field",
    "eqf_level",
    "organisation_size",
    "work_based_learning",
    "level_of_practice",
    "macro_needs",
    "licence",
    "confirmed_on",
    "contact_email",
    "contact_url",
)


class Story(Item):
    """A story, in the state that its facts tell."""

    section = "stories"
    index = StoryIndexPage
    model = StoryPage

    @classmethod
    def names(cls) -> list[str]:
        return sorted(super().names(), key=lambda name: name != FIRST)

    @property
    def key(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"demonstration/{self.name}")

    def values(self, code: str) -> dict:
        text, parts = self.text(code)
        facts = self.facts
        return {
            **{name: facts[name] for name in CODES},
            **{
                section: [str(items.shipped_key(section, name)) for name in facts.get(section, [])]
                for section in ("methods", "obstacles")
            },
            **{name: markdown.html(parts[name]) for name in RICH},
            **{name: " ".join(parts[name].split()) for name in PLAIN},
            **{
                name: text.get(name) or ""
                for name in (
                    "title",
                    "slug",
                    "result",
                    "results_note",
                    "contact_organisation",
                    "funding",
                )
            },
            "organisation": Profile(facts["organisation"]).ensure_record()
            if "organisation" in facts
            else None,
            "demonstration": True,
            "terms": facts.get("terms", []),
            "partners": self.stream(
                "partner",
                [
                    {**fact, **words}
                    for fact, words in zip(facts["partners"], text["partners"], strict=True)
                ],
            ),
            "results": self.stream(
                "result",
                [
                    {**fact, **words}
                    for fact, words in zip(facts["results"], text["results"], strict=True)
                ],
            ),
            "steps": self.stream(
                "step",
                [
                    {"title": title, "text": " ".join(step.split())}
                    for title, step in markdown.sections(parts["steps"], level=3)
                ],
            ),
            "voices": self.stream(
                "voice", [{"who": who, **said} for who, said in text["voices"].items()]
            ),
        }

    def stream(self, kind: str, values: list[dict]) -> list[dict]:
        """Values as raw stream data."""
        return [
            {
                "type": kind,
                "id": self.block_id(kind, number),
                "value": value,
            }
            for number, value in enumerate(values)
        ]

    def draft(self, people: People, **changed) -> StoryPage:
        change = self.facts.get("stale_change")
        if change:
            changed[change["field"]] = markdown.html(change["old"])
        return super().draft(people, **changed)

    def review(self, page: StoryPage, people: People) -> None:
        """Returned, or published with translations of which some were made before a change."""
        state, stale = self.facts["state"], self.facts.get("stale", [])
        services.submit(page, people.editor)
        if state == "returned":
            services.return_(page, people.reviewer, self.facts["return_comment"])
        if state != "published":
            return
        services.approve(page, people.reviewer)
        for code in stale:
            self.translate(page, code, people)
        if stale:
            self.renew(page, people)
        for code in self.languages:
            if code not in [self.source, *stale]:
                self.translate(page, code, people)

    def renew(self, page: StoryPage, people: People) -> None:
        """The source changes after it was translated."""
        field = self.facts["stale_change"]["field"]
        fresh = StoryPage.objects.get(pk=page.pk)
        setattr(fresh, field, self.values(self.source)[field])
        fresh.save_revision(user=people.editor)
        services.submit(fresh, people.editor)
        services.approve(fresh, people.reviewer)
        TranslationSource.update_or_create_from_instance(StoryPage.objects.get(pk=page.pk))
