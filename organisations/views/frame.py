"""What the pages of members share: who may come, the way from home, errors told at their fields."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from organisations import permissions
from organisations.models import Organisation


def for_members(view):
    """For signed-in people only; nothing of it is kept by a cache."""
    return never_cache(login_required(view))


def trail(*last: tuple[str, str]) -> list[dict]:
    """The way from home to a page of this app: titles with addresses, the last one without."""
    crumbs = [
        (gettext("Home"), f"/{get_language()}/"),
        (gettext("Your organisations"), reverse("organisations:own")),
        *last,
    ]
    return [
        {"title": title, "url": url if number < len(crumbs) else "", "lang": ""}
        for number, (title, url) in enumerate(crumbs, 1)
    ]


def page(request, template: str, title: str, *last: tuple[str, str], status=200, **shown):
    """A page of this app with its title and the way to it."""
    crumbs = trail(*last, *([(title, "")] if title != gettext("Your organisations") else []))
    return render(
        request,
        f"organisations/{template}.html",
        {"title": title, "breadcrumbs": crumbs, **shown},
        status=status,
    )


def back(request) -> str:
    """Where a person goes on who came from a page that needs an organisation; only inside the portal."""
    url = request.GET.get("next", "")
    return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, None) else ""


def saved(form, save) -> bool:
    """Whether `save()` worked; what was wrong is told at the fields of the form."""
    try:
        with transaction.atomic():
            save()
    except ValidationError as error:
        for name, found in error.error_dict.items():
            form.add_error(name if name in form.fields else None, found)
    except IntegrityError:  # the same name was registered in this very moment
        form.add_error("name", gettext("This organisation was registered a moment ago."))
    return not form.errors


def mine(request, key) -> tuple[Organisation, str]:
    """An organisation that the person may see, with their role in it; else a 404."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), key=key)
    return organisation, permissions.role_of(request.user, organisation)
