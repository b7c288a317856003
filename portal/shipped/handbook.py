"""Chapters of the handbook: the fields of their pages, from text files."""

from demo.stories import Story
from guidelines import texts
from portal.shipped.texts import block_id, keys


def chapter(name: str, said: dict, text: dict, body: str) -> dict:
    return {
        "number": said["number"],
        "phase": said["phase"],
        "audiences": said["audiences"],
        "purpose": text["summary"],
        "body": texts.blocks(body, name),
        "checklist": [
            {
                "type": "item",
                "id": block_id(name, "checklist", number),
                "value": {"text": sentence, "who": item["who"], "weeks": item["weeks"]},
            }
            for number, (item, sentence) in enumerate(
                zip(said["checklist"], text["checklist"], strict=True)
            )
        ],
        "methods": keys("methods", said["methods"]),
        # Where the demonstration is not loaded they lead nowhere and are not shown.
        "stories": [str(Story(story).key) for story in said.get("stories") or []],
        "sheets": keys("sheets", said.get("sheets") or []),
    }
