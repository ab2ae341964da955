"""/media/: renditions of images and nothing else.

Originals, documents, uploaded workbooks and print caches live in the same folder and have no address here; documents go
through Wagtail's view, which asks for permission. A web server in front must hold the same rule (docs/how-to/media.md).
"""

import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
TYPES |= {".avif": "image/avif"}
YEAR = 365 * 24 * 3600  # seconds
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the folder `images/`, by its bare name. Names hold the content's random name and the filter, so a
    browser may keep them for a year."""
    content_type = TYPES.get(PurePosixPath(name).suffix.lower())
    path = f"images/{name}"
    if content_type is None or not _NAME.fullmatch(name) or not default_storage.exists(path):
        raise Http404
    modified = int(default_storage.get_modified_time(path).timestamp())
    if not was_modified_since(request.headers.get("If-Modified-Since"), modified):
        return HttpResponseNotModified()
    response = FileResponse(default_storage.open(path), content_type=content_type)
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
