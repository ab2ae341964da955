"""How a visitor wants to read: standard, large text, eye-care, high contrast. Kept in a cookie, without JavaScript."""

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

COOKIE = "xianshi"
YEAR = 365 * 24 * 3600  # seconds


class DisplayMode(models.TextChoices):
    STANDARD = "standard", "标准"
    LARGE = "large", "大字"
    EYECARE = "eyecare", "护眼"
    CONTRAST = "contrast", "高对比"


def display_mode_of(request: HttpRequest) -> str:
    """One of DisplayMode, whatever the cookie says."""
    mode = request.COOKIES.get(COOKIE, "")
    return mode if mode in DisplayMode.values else DisplayMode.STANDARD.value


@never_cache
@require_GET
def display_mode(request: HttpRequest) -> HttpResponse:
    """`/xianshi/?mode=large&next=/banshi/`: set the mode and go back.

    A plain GET: it changes nothing but the visitor's own cookie, and a form with a token would keep every page out of
    the cache. An unknown mode means standard; an address elsewhere means the front page.
    """
    mode = request.GET.get("mode", "")
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if mode in DisplayMode.values and mode != DisplayMode.STANDARD:
        response.set_cookie(COOKIE, mode, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
