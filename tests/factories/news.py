"""The smallest valid news and projects, each with its section."""

import factory

from news.models import NewsIndexPage, NewsPage, ProjectIndexPage, ProjectPage
from tests.factories.pages import PageFactory


class NewsIndexPageFactory(PageFactory):
    title = "News"
    slug = "news"

    class Meta:
        model = NewsIndexPage


class NewsPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Twelve methods {n}")
    slug = factory.Sequence(lambda n: f"twelve-methods-{n}")
    in_short = "The manual is complete."
    body = [{"type": "text", "value": "<p>Read it in your language.</p>"}]

    class Meta:
        model = NewsPage


class ProjectIndexPageFactory(PageFactory):
    title = "Projects and partners"
    slug = "projects"

    class Meta:
        model = ProjectIndexPage


class ProjectPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Project {n}")
    slug = factory.Sequence(lambda n: f"project-{n}")
    in_short = "Schools and companies plan together."
    about = "<p>It began with a question.</p>"
    partners = [
        {"type": "partner", "value": {"name": "North School", "country": "FI", "role": "Leads"}},
        {"type": "partner", "value": {"name": "", "country": "LV", "role": ""}},
    ]

    class Meta:
        model = ProjectPage
