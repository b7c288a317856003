"""Nothing gets around the workflow, whoever asks for whatever address of the admin.

The addresses are found by walking Django's resolver. Each is asked for and posted to by every role,
in a transaction of its own that is rolled back.
"""

import itertools
import re
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.test import Client, TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, get_resolver
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import registry
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from editorial import publishing
from editorial.gate.guards import UNSEEN, is_reviewed, reviewed_types
from editorial.gate.media import SHOWN
from editorial.models import FourEyesTaskState
from tests.walk import scene as stage
from tests.walk.table import ARGUMENTS, NOTHING, TABLE

PREFIX = "admin/"
NO_SUCH_METHOD = 405
# They exist to fail, or answer whatever is asked with "not found".
NO_PAGES = ("test404/", "failwhale/", "^.*/$")
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def found(patterns=None, prefix: str = "") -> list[str]:
    """The routes below the admin, each once, as the resolver spells them."""
    routes: list[str] = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(one.pattern).removeprefix("^" if not prefix else "")
        if isinstance(one, URLPattern):
            if route.startswith(PREFIX):
                routes.append(route.removeprefix(PREFIX))
        elif PREFIX.startswith(route[: len(PREFIX)]):
            routes += found(one.url_patterns, route)
    return list(dict.fromkeys(routes))


def test_every_address_stands_in_the_table():
    addresses = {route for route in found() if route not in NO_PAGES}
    assert addresses - set(TABLE) == set(), "Say in tests/walk/table what is posted there."
    assert set(TABLE) - addresses - set(NO_PAGES) == set(), "These are no addresses any more."


def paths(route: str, values: dict, keys: dict) -> list[tuple[str, dict]]:
    """The addresses that a route stands for in the scene, with their arguments."""
    if "(" in route:
        return list(compared(route, values, keys))
    chosen = ARGUMENTS.get(route, {})
    if isinstance(chosen, list):
        return [one for own in chosen for one in spelled(route, own, values, keys)]
    return spelled(route, chosen, values, keys)


def spelled(route: str, own: dict, values: dict, keys: dict) -> list[tuple[str, dict]]:
    """Every combination of the values of its arguments."""
    names = [match["name"] for match in ARGUMENT.finditer(route)]
    starts = [start for start in keys if route.startswith(start)]
    start = max(starts, key=len, default="")
    choices = [
        own.get(name) or values.get(start + name) or values.get(name) or keys.get(start, [1])
        for name in names
    ]
    result = []
    for chosen in itertools.product(*choices):
        arguments = dict(zip(names, chosen, strict=True))
        path = ARGUMENT.sub(lambda match: str(arguments[match["name"]]), route)  # noqa: B023
        result.append(("/" + PREFIX + path.replace("^", ""), arguments))
    return result


def compared(route, values, keys):
    """The two addresses that compare revisions are regular expressions."""
    if route.startswith("pages/"):
        for pk in values["page_id"]:
            yield f"/{PREFIX}pages/{pk}/revisions/compare/live...latest/", {}
    else:
        start = route.split("(")[0]
        pk = keys["snippets/"][0]
        yield f"/{PREFIX}{start}{pk}/revisions/compare/live...latest/", {}


class Public:
    """What readers see of every reviewed kind that stands in the scene, its pictures and files too."""

    def __init__(self):
        self.fields = {}
        self.media = {
            model: (set(model.objects.values_list("pk", flat=True)), names_of(model, SHOWN))
            for model in (get_image_model(), get_document_model())
        }
        for model in reviewed_types():
            if model.objects.exists():
                everything = {field.name for field in model._meta.concrete_fields}
                self.fields[model] = names_of(model, everything - UNSEEN)

    def now(self) -> dict:
        rows = {
            (model, row[0]): row
            for model, names in self.fields.items()
            for row in model.objects.filter(live=True).values_list("pk", *names)
        }
        for model, (ids, names) in self.media.items():
            for one in model.objects.filter(pk__in=ids):
                rows[model, one.pk] = (content_of(one), *(getattr(one, name) for name in names))
        for model in (PageViewRestriction, CollectionViewRestriction):
            rows |= {(model, pk): True for pk in model.objects.values_list("pk", flat=True)}
        places = Page.objects.filter(live=True).values_list("pk", "url_path", "live")
        return rows | {(Page, pk): (path, live) for pk, path, live in places}


def names_of(model, names) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name in names]


def content_of(media) -> bytes | None:
    """The bytes that readers get, as the storage has them."""
    storage, name = media.file.storage, media.file.name
    return Path(storage.path(name)).read_bytes() if storage.exists(name) else None


def explained(key, person) -> bool:
    """Whether a finished review by this person, or a recorded withdrawal, stands behind a change."""
    model, pk = key
    if person is None or not is_reviewed(model):
        return False
    try:
        obj = model.objects.get(pk=pk)
    except ObjectDoesNotExist:
        return False
    obj = obj.specific if model is Page else obj
    if obj.live:
        return (
            FourEyesTaskState.objects.filter(
                revision=obj.live_revision_id, status="approved", finished_by=person
            )
            .exclude(authors=person)
            .exists()
        )
    entry = (
        registry.get_logs_for_instance(obj)
        .filter(action=publishing.WITHDRAW_ACTION, user=person)
        .last()
    )
    return bool(entry and entry.data.get("reason"))


class Writes:
    """Notices whether a request wrote anything, so that only then all rows are compared."""

    seen = False

    def __call__(self, execute, sql, params, many, context):
        self.seen = self.seen or sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
        return execute(sql, params, many, context)


class Walk:
    """One person's way; what is wrong is collected in `faults`."""

    def __init__(self, who: str, person, public: Public):
        self.who, self.person, self.public = who, person, public
        self.client = Client()
        if person:
            self.client.force_login(person)
        self.cookies = self.client.cookies.output(header="")
        self.before = public.now()
        self.hidden = [
            stage.SECRET[code]
            for code in stage.LANGUAGES
            if not who.endswith(code) and who != "operator"
        ]
        self.faults: list[str] = []
        self.allowed = 0
        self.found: set[str] = set()  # the paths at which there is something, shown or refused

    def go(self, path: str, forms: list[dict]) -> None:
        """Asks for an address and sends forms there, by other methods where it has neither of these."""
        status = self.ask(path)
        for form in forms:
            if {status, self.ask(path, form)} == {NO_SUCH_METHOD}:
                self.ask(path, form, "put")
                self.ask(path, form, "delete")

    def ask(self, path: str, form: dict | None = None, method: str = "") -> int:
        """The status of the answer, or 500."""
        method = method or ("get" if form is None else "post")
        status = 500
        with transaction.atomic():
            said = f"{self.who}: {method} {path} {short(form)}"
            writes = Writes()
            self.client.cookies.load(self.cookies)  # whoever was signed out is in again
            try:
                with (
                    connection.execute_wrapper(writes),
                    transaction.atomic(),
                    TestCase.captureOnCommitCallbacks(execute=True),
                ):
                    answer = getattr(self.client, method)(path, *sent(method, form or {}))
                    text = b"".join(answer) if answer.streaming else answer.content
            except Exception as error:  # whatever it is, it is a 500 to the person
                self.faults.append(f"{said}: {type(error).__name__}: {error}"[:300])
            else:
                status = answer.status_code
                self.judge(path, said, answer, text.decode(errors="replace"))
                if writes.seen:
                    self.compare(said)
            transaction.set_rollback(True)
        return status

    def judge(self, path: str, said: str, answer, text: str) -> None:
        is_refused = self.who == "operator" and answer.status_code not in (404, NO_SUCH_METHOD)
        if answer.status_code == 200 or is_refused:
            self.found.add(path)
        if answer.status_code >= 500:
            self.faults.append(f"{said}: {answer.status_code}")
        if any(secret in text for secret in self.hidden):
            self.faults.append(f"{said}: shows a draft")

    def compare(self, said: str) -> None:
        now = self.public.now()
        changed = [key for key in {*now, *self.before} if now.get(key) != self.before.get(key)]
        for key in changed:
            if explained(key, self.person):
                self.allowed += 1
            else:
                self.faults.append(f"{said}: {key[0].__name__} {key[1]} changed in public")


def sent(method: str, form: dict) -> tuple:
    """A form as the test client takes it for a method."""
    if method in ("put", "delete"):
        return encode_multipart(BOUNDARY, form), MULTIPART_CONTENT
    return (form,)


def short(form) -> str:
    return "" if form is None else str([name for name in form if "action" in name or len(form) < 4])


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Built once for all people, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        built = stage.build()
        built.values, built.keys = stage.arguments(built), stage.keys(built)
        built.public = Public()
        yield built
        transaction.set_rollback(True)


# What each person may change in public in this scene; nobody else anything.
MAY = {"reviewer en", "operator"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", stage.NAMES)
def test_nobody_gets_around_the_workflow(scene, who):
    walk = Walk(who, scene.people[who], scene.public)
    for route, forms in TABLE.items():
        for path, arguments in places(route, scene):
            walk.go(path, forms(scene, arguments) if forms else [{}])
    assert not walk.faults, "\n".join([f"{len(walk.faults)} faults:", *walk.faults])
    assert (walk.allowed > 0) == (who in MAY), "Whoever may, can; and nobody else."
    if who == "operator":
        lost = missing(scene, walk) ^ set(NOTHING)
        assert not lost, "\n".join(["Does anybody find something there?", *sorted(lost)])


def places(route: str, scene):
    """The addresses of a route, with the things that were chosen for an action."""
    for path, arguments in paths(route, scene.values, scene.keys):
        ids = scene.chosen.get(arguments.get("model_name"), []) if route.startswith("bulk/") else []
        yield path + "".join(f"{'&' if n else '?'}id={pk}" for n, pk in enumerate(ids)), arguments


def missing(scene, walk: Walk) -> set[str]:
    """The routes at which the operator found nothing and nobody else is shown anything."""
    people = {who: person for who, person in scene.people.items() if person != walk.person}
    others = [Walk(who, person, scene.public) for who, person in people.items()]
    left = set()
    for route in TABLE:
        mine = [path for path, _arguments in places(route, scene)]
        for one in [walk, *others]:
            if one is not walk:
                one.ask(mine[0])
            if not one.found.isdisjoint(mine):
                break
        else:
            left.add(route)
    return left
