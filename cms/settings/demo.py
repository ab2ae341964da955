"""What `make run` serves: production's behaviour on this machine alone, with SQLite and a secret of its own."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

_base = Path(__file__).resolve().parents[2]
_var = Path(os.environ.get("NINELISTS_VAR", _base / "var"))
_var.mkdir(parents=True, exist_ok=True)
_secret = _var / "secret_key"
if "SECRET_KEY" not in os.environ:
    if not _secret.exists():
        _secret.touch(mode=0o600)
        _secret.write_text(get_random_secret_key())
    os.environ["SECRET_KEY"] = _secret.read_text()
_port = os.environ.get("PORT", "8000")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
os.environ.setdefault("SITE_ADDRESS", f"http://127.0.0.1:{_port}")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_var / 'demo.sqlite3'}")

from .production import *  # noqa: E402

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
