"""Sending a page of 200 blocks into 23 more languages: `python -m bench.submit`.

Needs the PostgreSQL of DATABASE_URL; works in a scratch database. In one run: wagtail-localize's plain
submit of such a page, with the background tasks that it leaves; then the portal's own: the request of
a translator, and everything that the worker does until the last language is ready. Printed are seconds
and seconds of this process, and the portal's as a multiple of the plain one.
"""

from bench import scratch
from bench.scratch import LANGUAGES, taken

BLOCKS = 200


def page():
    steps = [
        {"type": "step", "value": {"title": f"Step {n}", "text": f"What was done as number {n}."}}
        for n in range(BLOCKS)
    ]
    return scratch.story(steps=steps)


def work() -> None:
    """What the worker does, until nothing is left."""
    from django.core.management import call_command

    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False)


def plain() -> None:
    """As wagtail-localize's own view does it, in the request."""
    from wagtail.models import Locale
    from wagtail_localize.operations import translate_object

    translate_object(page(), list(Locale.objects.exclude(language_code="en")))


def main() -> None:
    with scratch.portal():
        from django.test import Client
        from django.urls import reverse
        from wagtail.models import Locale

        from editorial.models import LanguageWork
        from tests.factories.accounts import person

        others = [code for code in LANGUAGES if code != "en"]
        client = Client()
        client.force_login(person("translator", *others))
        client.get("/admin/account/")
        work()
        before = taken(plain), taken(work)
        ours = page()
        work()
        locales = Locale.objects.filter(language_code__in=others).values_list("pk", flat=True)
        address = reverse("wagtail_localize:submit_page_translation", args=[ours.pk])
        request = taken(lambda: client.post(address, {"locales": list(locales)}))
        background = taken(work)
        done = LanguageWork.objects.filter(page=ours, state=LanguageWork.State.DONE).count()
        assert done == len(others), done
    for what, (clock, processor) in {
        "plain, in the request": before[0],
        "plain, background": before[1],
        "ours, in the request": request,
        "ours, background": background,
    }.items():
        print(f"{what:<24} {clock:6.2f} s, {processor:6.2f} s of this process")
    for index, what in enumerate(("by the clock", "of this process")):
        whole = request[index] + background[index]
        print(
            f"ours by plain {what:<16} request {request[index] / before[0][index]:5.2f} ×, "
            f"all {whole / (before[0][index] + before[1][index]):5.2f} ×"
        )


if __name__ == "__main__":
    main()
