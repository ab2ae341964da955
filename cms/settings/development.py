"""Demo with the debugger, unhashed static files and the component gallery."""

from .demo import *

DEBUG = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PAGE_CACHE_SECONDS = 0
