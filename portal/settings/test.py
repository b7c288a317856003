"""For the tests: fast passwords, mail in memory, background work on demand."""

import os
import tempfile

from .base import *

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-media-")
STORAGES["private"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="portal-private-")
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
DEMONSTRATION = True
ELASTICSEARCH_PREFIX = f"test-{os.getpid()}"  # processes share the server, not the indexes
EMBEDDINGS = ""
LOGGING["root"]["level"] = "ERROR"
