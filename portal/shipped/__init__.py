"""What a portal has from its first minute: languages, sections, plain pages, groups, workflow.

Everything here is safe to repeat and never overwrites what people have changed since.
"""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from accounts.models import Role
from accounts.services import ensure_group
from core import markdown, outbox
from editorial.publishing import publish_by_rule
from editorial.services import ensure_workflow
from events.models import EventIndexPage
from guidelines.models import HandbookPage, RecommendationIndexPage
from home.models import GlossaryPage, HomePage, LanguageSettings, StandardPage
from marketplace.models import NeedIndexPage, ServiceIndexPage
from methods.models import MethodIndexPage, ObstacleIndexPage, SheetIndexPage
from news.models import NewsIndexPage, ProjectIndexPage
from organisations.models import OrganisationIndexPage
from organisations.services import ensure_desk
from portal.shipped import contents
from stories.models import StoryIndexPage

CONTENT = Path(settings.BASE_DIR) / "home" / "content"
# The sections of every language: the same English word in every address.
SECTIONS = (
    (
        StoryIndexPage,
        "stories",
        _("Stories"),
        _("What schools and companies did together, what changed in numbers, and what failed."),
    ),
    (
        MethodIndexPage,
        "methods",
        _("Methods"),
        _("Ways of working together, with tasks for school, company and student."),
    ),
    (
        ObstacleIndexPage,
        "obstacles",
        _("Obstacles"),
        _("What people say when it does not work yet, and what helped others."),
    ),
    (
        SheetIndexPage,
        "sheets",
        _("Sheets"),
        _("Forms and letters to change and fill in: agreement, invitation, feedback, assessment."),
    ),
    (
        GlossaryPage,
        "glossary",
        _("Glossary"),
        _("The words of the field in plain sentences, and what they are in other languages."),
    ),
    (
        RecommendationIndexPage,
        "recommendations",
        _("Recommendations"),
        _("What those who can change the rules should do, why, and what they answered."),
    ),
    (
        EventIndexPage,
        "events",
        _("Events"),
        _("Meetings, workshops and visits where schools and companies get to know each other."),
    ),
    (
        NewsIndexPage,
        "news",
        _("News"),
        _("What is new here and among those who take part."),
    ),
    (
        ProjectIndexPage,
        "projects",
        _("Projects and partners"),
        _("The European projects whose work goes on here, and who carried them out."),
    ),
    (
        ServiceIndexPage,
        "services",
        _("Services"),
        _(
            "What learners can do for a company, an authority or another school, with their trainers."
        ),
    ),
    (
        NeedIndexPage,
        "needs",
        _("Needs"),
        _("Tasks, placements and jobs for which companies and others look for learners."),
    ),
    (
        OrganisationIndexPage,
        "organisations",
        _("Organisations"),
        _("Schools, companies and networks: what they offer and what they look for."),
    ),
    (
        HandbookPage,
        "guidelines",
        _("Guidelines"),
        _("What to do in each phase, from the first contact to the certificate, for both sides."),
    ),
)
PLAIN_PAGES = ("about", "ordering", "accessibility", "privacy", "contact")


@transaction.atomic
def ensure_site() -> None:
    """Makes and publishes whatever is missing of the portal's own pages and settings."""
    root = Page.get_first_root_node()
    for code in settings.CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    homes = {code: ensure_home(root, code) for code in settings.CONTENT_LANGUAGES}
    ensure_default_site(homes[settings.LANGUAGE_CODE])
    for code, home in homes.items():
        ensure_sections(home, code)
        ensure_settings(code)
        for role in Role:
            ensure_group(role, code, home)
    ensure_desk()
    ensure_workflow(root)


def ensure_default_site(home: Page) -> None:
    """Points the default site at the home page and removes Wagtail's welcome page."""
    host = settings.BASE_URL.split("//")[-1].split("/")[0]
    name, _colon, port = host.partition(":")
    number = int(port) if port else (443 if settings.BASE_URL.startswith("https") else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": name,
            "port": number,
            "site_name": settings.SITE_NAME,
            "root_page": home,
        },
    )
    for page in Page.objects.filter(depth=2).exclude(slug__in=settings.CONTENT_LANGUAGES):
        if page.specific_class in (None, Page):
            page.delete()


def text_of(name: str, code: str) -> tuple[dict, str]:
    """A shipped text in a language, or in the default language where it is not written yet."""
    path = CONTENT / name / f"{code}.md"
    if not path.exists():
        path = CONTENT / name / f"{settings.LANGUAGE_CODE}.md"
    return markdown.read(path)


def stream(kind: str, values: list) -> list[dict]:
    """Values as the raw data of a stream with one kind of block.

    Blocks inside blocks get an id here: the editor's form tells them apart by it.
    """
    return [{"type": kind, "id": str(uuid4()), "value": value} for value in values]


def ensure_child(parent: Page, page: Page) -> Page:
    """Adds a page under its parent and publishes it, unless it is there, renamed or not."""
    same = Q(translation_key=page.translation_key, locale=page.locale) | Q(slug=page.slug)
    existing = parent.get_children().filter(same).first()
    if existing is not None:
        return existing
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(clean=False)
    publish_by_rule(page, "shipped")
    return page


def ensure_home(root: Page, code: str) -> Page:
    text, _body = text_of("home", code)
    school, work, join = text["headline"]
    page = HomePage(
        title=text["title"],
        slug=code,
        locale=Locale.objects.get(language_code=code),
        translation_key=key("home"),
        headline_school=school,
        headline_work=work,
        headline_join=join,
        lead=text["lead"],
        loop_intro=text["loop_intro"],
        examples=stream("query", text["examples"]),
        ways_in=stream("way_in", text["ways_in"]),
    )
    return ensure_child(root, page)


def key(name: str):
    """The translation key that all languages of a shipped page share."""
    return uuid5(NAMESPACE_URL, f"portal/{name}")


def ensure_sections(home: Page, code: str) -> None:
    """The sections and plain pages of one language."""
    locale = home.locale
    for model, slug, title, introduction in SECTIONS:
        with override(code):
            page = model(
                title=str(title),
                slug=slug,
                locale=locale,
                translation_key=key(slug),
                introduction=str(introduction),
            )
        if ensure_child(home, page) is page and slug in contents.SECTIONS:
            outbox.post("shipped.contents", section=slug, code=code)
    for name in PLAIN_PAGES:
        text, body = text_of(name, code)
        ensure_child(
            home,
            StandardPage(
                title=text["title"],
                slug=text["slug"],
                locale=locale,
                translation_key=key(name),
                lead=text["summary"],
                body=blocks(fill(body)),
            ),
        )


def fill(text: str) -> str:
    """Puts the portal's name and address in the place of the tokens in a shipped text."""
    return text.replace("{{ site_name }}", settings.SITE_NAME).replace(
        "{{ contact_email }}", settings.CONTACT_EMAIL
    )


def blocks(body: str) -> list[dict]:
    """The parts of a text as headings and paragraphs."""
    found = []
    for title, text in markdown.sections(body):
        if title:
            found.append({"type": "heading", "value": title})
        if text:
            found.append({"type": "text", "value": markdown.html(text)})
    return found


def ensure_settings(code: str) -> None:
    """Navigation and footer of one language."""
    if LanguageSettings.objects.filter(language=code).exists():
        return
    text, _body = text_of("footer", code)
    with override(code):
        navigation = [
            {"title": str(_("Stories")), "url": "stories/"},
            {"title": str(_("Methods")), "url": "methods/"},
            {"title": str(_("Guidelines")), "url": "guidelines/"},
            {"title": str(_("Services")), "url": "services/"},
            {"title": str(_("Needs")), "url": "needs/"},
            {"title": str(_("Organisations")), "url": "organisations/"},
            {"title": str(_("Events")), "url": "events/"},
        ]
    row = LanguageSettings.objects.create(
        language=code,
        live=False,
        licence_note=text["licence_note"],
        navigation=stream("link", navigation),
        footer=stream(
            "column",
            [
                {"title": column["title"], "links": stream("link", column["links"])}
                for column in text["columns"]
            ],
        ),
        funding=stream("funding", text.get("funding") or []),
    )
    row.save_revision()
    publish_by_rule(row, "shipped")
