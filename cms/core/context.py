"""What every template may rely on, error pages included."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Site

from .display import DisplayMode, display_mode_of
from .models import SiteIdentity


def site_identity_for(request: HttpRequest) -> SiteIdentity:
    """The identity of the site asked for; an unsaved default where the database or the host name fails."""
    try:
        return SiteIdentity.for_request(request)
    except (DisallowedHost, Site.DoesNotExist, SiteIdentity.DoesNotExist, DatabaseError, AttributeError):
        return SiteIdentity()


def site(request: HttpRequest) -> dict[str, Any]:
    """`display_mode` and `display_modes`, `site_identity`, `site_address` (no slash at its end), `site_domain`,
    `canonical_url` (this page without its query), `day` (today's date here)."""
    return {
        "display_mode": display_mode_of(request),
        "display_modes": DisplayMode.choices,
        "site_identity": site_identity_for(request),
        "site_address": settings.SITE_ADDRESS,
        "site_domain": urlsplit(settings.SITE_ADDRESS).hostname,
        "canonical_url": settings.SITE_ADDRESS + request.path,
        "day": timezone.localdate(),
    }
