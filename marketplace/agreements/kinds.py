"""What the work of an agreement is, by the kind of the need: a project is delivered, a job is not."""

from django.utils.translation import gettext

PLACED = ("placement", "apprenticeship")


def work(kind: str) -> str:
    """Who does what for whom, in the language that is active."""
    if kind in PLACED:
        return gettext(
            "Learners of the provider work at the client and learn there. The client gives them work from "
            "which they learn. “Delivered” means that their time there is over, “accepted” that the client "
            "confirms it, or says in writing what is missing."
        )
    if kind == "job":
        return gettext(
            "The provider helps the client to find people for a job among those whom it trains or has "
            "trained. Whoever gets the job signs a contract of employment with the client: this agreement "
            "is none. “Delivered” means that the provider has named people, “accepted” that the client "
            "confirms it."
        )
    return gettext(
        "Learners of the provider do this work for the client. The provider checks the "
        "result before it is delivered. The client looks at it and accepts it, or says in "
        "writing what is missing."
    )
