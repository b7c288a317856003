"""Settings that are safe for production. Every variable is described in the README."""

from pathlib import Path
from zoneinfo import available_timezones

import environ
from csp.constants import NONE, SELF

from core.languages import language_settings

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# ---- Core -------------------------------------------------------------------------------
DEMONSTRATION = False
DEBUG = False
SITE_NAME = env("SITE_NAME", default="Two Benches")
BASE_URL = env("BASE_URL", default="http://localhost:8000")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="contact@example.org")
ORGANISATION_TARGET = env.int("ORGANISATION_TARGET", default=100)
MARKETPLACE_PEER_REVIEW = env.bool("MARKETPLACE_PEER_REVIEW", default=False)
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "portal",
    "core",
    "vocabularies",
    "accounts",
    "editorial",
    "home",
    "stories",
    "methods",
    "guidelines",
    "organisations",
    "moderation",
    "events",
    "marketplace",
    "news",
    "imports",
    "search",
    "demo",
    "allauth",
    "allauth.account",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_tasks_db",
    "django_htmx",
    "simple_history",
    "django_prometheus",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.OpenToOtherSitesMiddleware",  # around what answers 304
    "django.middleware.http.ConditionalGetMiddleware",
    "portal.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.middleware.BadInputMiddleware",  # its answer is in the language of the address
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # whose change it was
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.portal",
            ]
        },
    }
]

# ---- Languages --------------------------------------------------------------------------
# A further interface language is one code here and a catalogue in locale/.
INTERFACE_LANGUAGES = ["en", "fi", "it", "lt", "lv", "pl", "pt", "de"]
CONTENT_LANGUAGES = INTERFACE_LANGUAGES
LANGUAGE_CODE = "en"
LANGUAGES = language_settings(INTERFACE_LANGUAGES, CONTENT_LANGUAGES)
WAGTAIL_CONTENT_LANGUAGES = language_settings(CONTENT_LANGUAGES)
WAGTAILADMIN_PERMITTED_LANGUAGES = language_settings(INTERFACE_LANGUAGES)
# What Wagtail leaves untranslated is ours too: `manage.py catalogues` compiles it to build/.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "build" / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "UTC"
# Machines add zones of their own, such as "localtime", which browsers refuse.
WAGTAIL_USER_TIME_ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone or zone == "UTC"
)

# ---- Data -------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a query takes the server longer than any query of the portal runs.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
# Pages are read with what each process keeps for itself; "limits" counts the forms of visitors,
# "rates" what each process answers to programs and to fields that ask while somebody types.
LOCAL_CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
RATES = LOCAL_CACHE | {"LOCATION": "rates", "OPTIONS": {"MAX_ENTRIES": 20_000}}
CACHES = {"default": LOCAL_CACHE, "limits": LOCAL_CACHE, "rates": RATES}

# ---- Background work --------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ---- Files ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "build" / "static")))
STATICFILES_FINDERS = [
    "portal.assets.JoinedFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # What only some may read: no web server knows this folder, a view that asks who reads gives it out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env("PRIVATE_ROOT", default=str(VAR_DIR / "private")),
            "base_url": None,
        },
    },
}
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# ---- Mail -------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 30  # a server that says nothing keeps no worker for ever
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))

# ---- Sign-in and security ---------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_profile"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without a password one signs in by mail
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "confirm_login_code": "accounts.forms.CodeForm",
    "add_email": "accounts.forms.EmailForm",
    "reset_password": "accounts.forms.ResetForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
}
TRUSTED_PROXY_COUNT = 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's live preview shows the page in a frame
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # it asks for DENY
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# ---- Wagtail ----------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USAGE_COUNT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.publishing.publish_reviewed"
WAGTAIL_MODERATION_ENABLED = True
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an address is changed where it is confirmed
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTOSAVE_INTERVAL = 1000
WAGTAIL_APPEND_SLASH = True
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "ol", "ul", "link", "document-link"]},
    }
}
WAGTAILIMAGES_IMAGE_FORM_BASE = "editorial.gate.forms.ImageForm"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "webp": "webp"}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "odp", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "editorial.gate.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
SEARCH_ENGINE = env("SEARCH_ENGINE", default="database")
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="http://localhost:9200")
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX", default="portal")  # of the names of indexes
SEARCH_DICTIONARIES = Path(env("SEARCH_DICTIONARIES", default=str(VAR_DIR / "lemmas")))
SEARCH_DIRECTIONS = Path(env("SEARCH_DIRECTIONS", default=str(VAR_DIR / "directions")))
# Texts become vectors in this process unless an operator names a service.
EMBEDDINGS = env("EMBEDDINGS", default="embedded")
EMBEDDINGS_URL = env("EMBEDDINGS_URL", default="")
EMBEDDINGS_MODEL = env("EMBEDDINGS_MODEL", default="")
EMBEDDINGS_PREFIX = env("EMBEDDINGS_PREFIX", default="")
EMBEDDINGS_KEY = env("EMBEDDINGS_KEY", default="")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# No text leaves this machine unless an operator names a class that translates.
MACHINE_TRANSLATION_PRICE = env("MACHINE_TRANSLATION_PRICE", default="")  # of a million characters
if env("MACHINE_TRANSLATOR", default=""):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": env("MACHINE_TRANSLATOR"),
        "OPTIONS": env.json("MACHINE_TRANSLATOR_OPTIONS", default={}),
    }
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False

# ---- Logging ----------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # Django's own handlers would say everything twice; WeasyPrint names each rule it does not know.
    # The client of Elasticsearch would tell of each search.
    "loggers": {
        "django": {"handlers": []},
        "weasyprint": {"level": "ERROR"},
        "elastic_transport": {"level": "WARNING"},
    },
}
