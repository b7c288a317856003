"""The few views that belong to no app: start, pages, errors, health, robots, sitemap."""

import threading

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_supported_language_variant, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe
from wagtail import hooks

from core import serving
from core.models import OutboxEntry
from search.page.nearby import near


@require_safe
def start(request):
    """Sends a visitor to the home page in the language that their browser asks for."""
    response = HttpResponseRedirect(f"/{browser_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def browser_language(request) -> str:
    """The first interface language that the browser accepts, or the default."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            break
        try:
            found = get_supported_language_variant(code)
        except LookupError:
            continue
        if found in settings.INTERFACE_LANGUAGES:
            return found
    return settings.LANGUAGE_CODE


def serve(request, path: str = ""):
    """A public page, in the reader's language or, said honestly, in another one."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    found = serving.find(path, get_language(), request.GET.get("read", ""))
    target = found.redirect if found else serving.moved(path, get_language())
    if target:
        query = request.META.get("QUERY_STRING", "")
        return redirect(target + (f"?{query}" if query else ""), permanent=True)
    if found is None:
        return not_found(request)
    request.versions = found.versions
    for hook in hooks.get_hooks("before_serve_page"):
        response = hook(found.page, request, [], {})
        if isinstance(response, HttpResponse):
            return response
    return found.page.serve(request)


def not_found(request, exception=None):
    """A 404 that offers what there is: pages with a similar address, search, the sections."""
    if request.path.startswith("/admin/"):
        return render(request, "wagtailadmin/404.html", status=404)
    code = next(
        (code for code in settings.INTERFACE_LANGUAGES if request.path.startswith(f"/{code}/")),
        None,
    )
    with override(code or browser_language(request)):
        words = request.path.strip("/").rpartition("/")[2].replace("-", " ")[:80]
        offers = near(words, code) if code else []
        return render(request, "404.html", {"words": words, "near": offers}, status=404)


@require_safe
def robots(request):
    """Search engines may read everything that is public, except search and forms."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    for code in settings.INTERFACE_LANGUAGES:
        lines += [f"Disallow: /{code}/search/", f"Disallow: /{code}/report/"]
    lines += [f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request):
    """The process can do its work: the database answers and is migrated."""
    try:
        unapplied = 0 if _migrated.is_set() else unapplied_migrations()
        waiting = OutboxEntry.objects.filter(done_at=None).count()
    except Exception as error:
        return JsonResponse({"ready": False, "reason": type(error).__name__}, status=503)
    return JsonResponse(
        {"ready": not unapplied, "migrations": unapplied, "outbox": waiting},
        status=503 if unapplied else 200,
    )


# Whether this process has seen all its migrations applied; newer ones come with a new process.
_migrated = threading.Event()


def unapplied_migrations() -> int:
    """How many migrations of this process's code the database lacks; reads them all from disk."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        _migrated.set()
    return len(plan)
