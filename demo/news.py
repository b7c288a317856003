"""Demonstration news. Days count from the day of loading."""

from core import markdown
from demo.items import Item
from news.models import NewsIndexPage, NewsPage


class News(Item):
    """A piece of news, so many days old."""

    section = "news"
    index = NewsIndexPage
    model = NewsPage

    def values(self, code: str) -> dict:
        text, body = markdown.read(self.folder / f"{code}.md")
        return {
            "title": text["title"],
            "slug": text["slug"],
            "in_short": text["summary"],
            "body": [
                {"type": "text", "id": self.block_id("text", 0), "value": markdown.html(body)}
            ],
            "demonstration": True,
        }
