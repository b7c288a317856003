"""A school in Latvia and a company in Lithuania with a member each: for journeys."""

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.running import PASSWORD, ROOT, Portal

SERVICE, NEED = "Divpadsmit ķebļi", "Taburetės kavinės sodui"
SERVICE_SLUG, NEED_SLUG = "divpadsmit-kebli-uz-reizi", "taburetes-kavines-sodui-is-karto"
PEOPLE = ("joiner", "cook")


def load(portal: Portal) -> None:
    """Puts them into the database of a running portal; nothing happens where they are there."""
    run(portal, "from tests.journeys import dealing; dealing.make_people()")


def run(portal: Portal, command: str) -> str:
    """What a command of Python prints that works on the database of a running portal."""
    folder = Path(portal.mail).parent
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "EMBEDDINGS": "",
    }
    manage = [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity", "0", "-c", command]
    return subprocess.run(
        manage, check=True, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ).stdout


def make_people() -> None:
    """Makes them with the factories of the tests."""
    from accounts.models import User
    from tests.factories.organisations import MembershipFactory, OrganisationFactory

    if User.objects.filter(email=f"{PEOPLE[0]}@example.org").exists():
        return
    school = OrganisationFactory(name="Rēzekne Technical School", place="Rēzekne")
    company = OrganisationFactory(
        name="Café Lėja", kind="company", country="LT", place="Kaunas", postal_code="", staff=3
    )
    for name, organisation in zip(PEOPLE, (school, company), strict=True):
        member = MembershipFactory(
            organisation=organisation,
            user__email=f"{name}@example.org",
            user__first_name=name.title(),
        ).user
        member.set_password(PASSWORD)
        member.save()


def make_listings() -> None:
    """Makes a public service of the school and a public need of the company."""
    from marketplace.models import NeedIndexPage, ServiceIndexPage
    from organisations.models import Organisation
    from tests.factories import marketplace

    school, company = (
        Organisation.objects.get(memberships__user__email=f"{name}@example.org") for name in PEOPLE
    )
    service = marketplace.ServicePageFactory(
        parent=ServiceIndexPage.objects.get(locale__language_code="lv"),
        title=SERVICE,
        slug=SERVICE_SLUG,
        result="Divpadsmit ķebļi no oša, ko var sakraut.",
        organisation=school,
    )
    marketplace.CapacityWindowFactory(service_key=service.translation_key)
    marketplace.NeedPageFactory(
        parent=NeedIndexPage.objects.get(locale__language_code="lt"),
        title=NEED,
        slug=NEED_SLUG,
        outcome="Dvylika taburečių, kurias galima palikti lauke.",
        organisation=company,
    )
