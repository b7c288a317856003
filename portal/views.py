"""The few views that belong to no app: start, pages, errors, health, robots, sitemap."""

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
    if found is None:
        return not_found(request)
    if found.redirect:
        query = request.META.get("QUERY_STRING", "")
        return redirect(found.redirect + (f"?{query}" if query else ""), permanent=True)
    request.versions = found.versions
    for hook in hooks.get_hooks("before_serve_page"):
        response = hook(found.page, request, [], {})
        if isinstance(response, HttpResponse):
            return response
    return found.page.serve(request)


def not_found(request, exception=None):
    """A 404 that offers what there is."""
    code = next(
        (code for code in settings.INTERFACE_LANGUAGES if request.path.startswith(f"/{code}/")),
        None,
    )
    with override(code or browser_language(request)):
        words = " ".join(request.path.strip("/").split("/")[-1:]).replace("-", " ")[:80]
        return render(request, "404.html", {"words": words}, status=404)


@require_safe
def robots(request):
    """Search engines may read everything that is public, except search itself."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: /{code}/search/" for code in settings.INTERFACE_LANGUAGES]
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
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        waiting = OutboxEntry.objects.filter(done_at=None).count()
    except Exception as error:
        return JsonResponse({"ready": False, "reason": type(error).__name__}, status=503)
    return JsonResponse(
        {"ready": not pending, "migrations": len(pending), "outbox": waiting},
        status=503 if pending else 200,
    )
