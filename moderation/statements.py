"""The statement of reasons (Digital Services Act, article 17), in the language of whoever reads it.

What the law asks of every statement is in the portal's words; facts and rule are the moderator's own,
marked with their language.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import dates
from core.languages import language
from core.page_context import absolute
from moderation import links
from moderation.models import Action, Case, Decision, Ground


@dataclass(frozen=True)
class Line:
    """A heading and what stands below it; `lang` where somebody wrote it in a certain language."""

    heading: str
    text: str
    lang: str = ""
    dir: str = ""


def outcome(decision: Decision) -> str:
    """What was decided, in a sentence, in the active language."""
    if decision.stage == Decision.Stage.APPEAL:
        first = decision.case.decisions.get(stage=Decision.Stage.FIRST)
        if first.action == decision.action:
            return _("The first decision stands.") + " " + plain_outcome(decision.action)
    return plain_outcome(decision.action)


def plain_outcome(action: str) -> str:
    return {
        Action.NONE: _("The content stays on the portal as it is."),
        Action.CHANGE: _("The content stays on the portal. Its author was asked to change it."),
        Action.TAKE_DOWN: _("The content was taken off the portal."),
        Action.WARN: _("The content was taken off the portal, and its author was warned."),
    }[Action(action)]


def lines(decision: Decision, can_appeal: bool) -> list[Line]:
    """The whole statement, in the active language."""
    case, words = decision.case, language(decision.language)
    own = {"lang": words.code, "dir": words.dir}
    found = [Line(_("Decision"), outcome(decision))]
    found.append(Line(_("Facts and reasons"), decision.facts, **own))
    if decision.ground:
        grounds = {
            Ground.LAW: _("The content is against this law:"),
            Ground.TERMS: _("The content is against this rule of the portal:"),
        }
        found.append(Line(_("Ground"), grounds[Ground(decision.ground)]))
        found.append(Line("", decision.rule, **own))
    found += [
        Line(
            _("How it was decided"),
            _(
                "The decision follows from a notice that somebody sent to us. A person decided. "
                "No automated means were used to find the content or to decide."
            ),
        ),
        Line(
            _("Where it holds"),
            _("On this portal, in all its languages, for readers in all countries."),
        ),
        Line(_("What you can do"), redress(case, decision, can_appeal)),
    ]
    return found


def redress(case: Case, decision: Decision, can_appeal: bool) -> str:
    """What is open to whoever disagrees."""
    elsewhere = _(
        "You can also turn to a dispute settlement body that is certified in the European Union, or "
        "to a court."
    )
    if decision.stage == Decision.Stage.APPEAL or not can_appeal:
        return elsewhere
    day = dates.day(links.last_day(decision.made_at), get_language())
    own = _(
        "If you think that this is wrong, you can appeal until %(day)s. It costs nothing, and "
        "another person decides."
    ) % {"day": day}
    return f"{own} {elsewhere}"


def subject_of(case: Case) -> dict:
    """The thing of a case, for a page or a mail."""
    content = language(case.language)
    return {
        "title": case.title,
        "title_lang": content.code,
        "title_dir": content.dir,
        "thing_url": absolute(case.url) if not case.is_down else "",
        "number": case.number,
        "site_name": settings.SITE_NAME,
    }
