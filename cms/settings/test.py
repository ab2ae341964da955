"""Tests: production's behaviour without https, with quick passwords and a database of their own."""

import os
import secrets
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-not-a-secret-but-long-enough-for-djangos-own-check")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.setdefault("SITE_ADDRESS", "http://testserver")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
# Never an office's own folder. Only named here: it comes into being with the first upload, and tests/conftest.py removes it.
os.environ["NINELISTS_VAR"] = str(Path(tempfile.gettempdir()) / f"ninelists-tests-{secrets.token_hex(8)}")

from .production import *

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pages")
}
PAGE_CACHE_SECONDS = 0
