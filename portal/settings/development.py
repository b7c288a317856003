"""One machine, nothing prepared: SQLite, mail as files, readable errors."""

from .base import *

DEBUG = True
SECRET_KEY = env("SECRET_KEY", default="development-only-and-never-in-production")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
BASE_URL = env("BASE_URL", default=f"http://localhost:{env('PORT', default='8000')}")
WAGTAILADMIN_BASE_URL = BASE_URL
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
ROOT_URLCONF = "portal.development_urls"  # with /mails/, where they are read
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
DEMONSTRATION = env.bool("DEMONSTRATION", default=True)
LOGGING["handlers"]["console"]["level"] = env("LOG_LEVEL", default="WARNING")
