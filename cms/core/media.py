"""/media/: renditions of images and nothing else.

Originals, documents, uploaded workbooks and print caches live in the same folder and have no address here; documents go
through Wagtail's view, which asks for permission. A web server in front must hold the same rule (docs/how-to/media.md).
"""

import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from registries.people.models import GridWorker

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
TYPES |= {".avif": "image/avif"}
HOUR = 3600  # seconds
YEAR = 365 * 24 * HOUR
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the folder `images/`, by its bare name. Names hold the content's random name and the filter, so a
    browser may keep them for a year; the photo of a grid worker, which is withdrawn with the assignment, for an hour."""
    content_type = TYPES.get(PurePosixPath(name).suffix.lower())
    path = f"images/{name}"
    if content_type is None or not _NAME.fullmatch(name) or not default_storage.exists(path):
        raise Http404
    photo_is_public = GridWorker.objects.photo_is_public(path, timezone.localdate())
    if photo_is_public is False and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    modified = int(default_storage.get_modified_time(path).timestamp())
    if not was_modified_since(request.headers.get("If-Modified-Since"), modified):
        return HttpResponseNotModified()
    response = FileResponse(default_storage.open(path), content_type=content_type)
    response["Last-Modified"] = http_date(modified)
    if photo_is_public is None:
        response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response["Cache-Control"] = f"private, max-age={HOUR}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
