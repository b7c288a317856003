"""A page of every type that visitors see, with the demonstration's content.

For the benchmarks and for the journeys, which load what stands here and little more.
"""

from uuid import NAMESPACE_URL, uuid5

_event = "agreement-clinic"
_event_key = uuid5(NAMESPACE_URL, f"demonstration/events/{_event}")
_story = "three-real-orders-in-one-term"
_answers = "side=school&motive=real_work&hours=40&learners=16&experience=once"

PAGES = {
    "home": "/en/",
    "listing": "/en/stories/",
    "listing-map": "/en/stories/?view=map",
    "story": f"/en/stories/{_story}/",
    "story-elsewhere": f"/fi/stories/{_story}/?read=en",
    "compare": f"/en/stories/compare/?story={_story}&story=two-pages-before-day-one",
    "history": f"/en/stories/{_story}/?as=history",
    "search": "/en/search/?q=orders",
    "handbook": "/en/guidelines/",
    "chapter": "/en/guidelines/exercise-to-service/?for=provider",
    "handbook-whole": "/en/guidelines/?as=document",
    "recommendations": "/en/recommendations/",
    "recommendation": "/en/recommendations/one-short-agreement/",
    "brief": "/en/recommendations/one-short-agreement/?as=brief",
    "methods": "/en/methods/",
    "chooser": f"/en/methods/?{_answers}",
    "method": "/en/methods/job-dating/",
    "obstacles": "/en/obstacles/",
    "obstacle": "/en/obstacles/we-have-no-time/",
    "sheets": "/en/sheets/",
    "sheet": "/en/sheets/agreement-on-expectations/",
    "organisations": "/en/organisations/",
    "organisations-map": "/en/organisations/?view=map",
    "organisation": "/en/organisations/ogre-wood-school/",
    "network": "/en/organisations/baltic-workshop-network/",
    "events": "/en/events/",
    "events-archive": "/en/events/?past=1",
    "event": f"/en/events/{_event}/",
    "registration": f"/en/events/registration/{_event_key}/",
    "news": "/en/news/",
    "news-item": "/en/news/twelve-methods/",
    "projects": "/en/projects/",
    "project": "/en/projects/vetwork/",
    "glossary": "/en/glossary/",
    "plain": "/en/about/",
    "sign-in": "/en/account/login/",
    "sign-up": "/en/account/signup/",
}


def chosen(names: list[str]) -> dict[str, str]:
    """The pages of these names, all without one; a path may stand for a name."""
    return {name: PAGES.get(name, name) for name in names} or PAGES
