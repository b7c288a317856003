"""Production: TLS, a shared database, and a clear word at start where a variable is missing."""

from django.core.exceptions import ImproperlyConfigured

from .base import *


def required(name: str) -> str:
    value = env(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"Set the environment variable {name}; the README says what it is for."
        )
    return value


SECRET_KEY = required("SECRET_KEY")
required("DATABASE_URL")
required("EMAIL_URL")
BASE_URL = required("BASE_URL")
WAGTAILADMIN_BASE_URL = BASE_URL
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[BASE_URL.split("//")[-1].split("/")[0].split(":")[0]]
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
# Limits are per visitor, not per proxy, and the same for all web processes.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
LIMITS = env.cache("CACHE_URL", default="dbcache://form_limits?max_entries=100000")
CACHES = CACHES | {"limits": LIMITS | {"TIMEOUT": 3600}}  # seconds
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
