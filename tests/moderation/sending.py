"""What people send in the tests of moderation."""

from uuid import uuid4

from moderation import services

DECISION = {
    "action": "take_down",
    "ground": "law",
    "rule": "DSGVO Artikel 6",
    "facts": "Der Text nennt die Adresse einer Schülerin.",
    "language": "de",
}


def notice(thing, **changes):
    said = {
        "reason": "personal",
        "text": "Čia yra adresas.",
        "name": "Skaitytoja",
        "email": "reader@example.org",
    }
    submission = changes.pop("submission", None) or uuid4()
    return services.notify(submission, "page", thing, "lt", **(said | changes))


def decide(case, by, token=None, **changes):
    return services.decide(case.pk, by, token or uuid4(), **(DECISION | changes))
