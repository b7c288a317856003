"""Headers of every answer, the API for all sites, and a plain 400 for input that no page can use."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDictKeyError

from search.api.problems import problem

# Wagtail's admin carries inline styles and scripts.
ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
LONGEST_QUERY = 8_000
# Screens whose form of filters tells a null byte at its field, and what their links hand it on to.
TELLING = {
    "wagtailadmin_home",
    "editorial_take",
    "editorial_assignment",
    "editorial_coming",
    "editorial_coverage",
    "editorial_coverage_table",
}
API = "/api/"
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """One fixed policy for the public site, a looser one for the admin; no unused features."""

    def process_response(self, request, response):
        if request.path.startswith("/admin/") or getattr(request, "is_preview", False):
            response._csp_update = ADMIN_POLICY
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return super().process_response(request, response)


class OpenToOtherSitesMiddleware:
    """Lets pages of any site read the API; it knows no cookies, and nothing can be written there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(API):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=PREFLIGHT)
        else:
            response = self.get_response(request)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response


class BadInputMiddleware:
    """Refuses what would break a database, a template or a view: null bytes, endless addresses, half forms."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        broken = "\x00" in request.path or ("%00" in query and not is_told(request.path_info))
        if broken or len(query) > LONGEST_QUERY:
            if request.path.startswith(API):
                return problem(400, "The address is too long or has a null byte.")
            return render(request, "400.html", status=400)
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Some of Wagtail's views fail where a field of their form is not sent at all."""
        if isinstance(exception, MultiValueDictKeyError):
            return render(request, "400.html", status=400)
        return None


def is_told(path: str) -> bool:
    """Whether what stands at a path tells by itself which filter has a null byte in it."""
    try:
        return resolve(path).url_name in TELLING
    except Resolver404:
        return False
