"""The site's addresses, and one for each page of refusal that no plain request reaches."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from cms.core import errors

handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error

FAILURES = {
    "400": errors.bad_request,
    "403": errors.permission_denied,
    "csrf": errors.csrf_failure,
    "429": errors.locked_out,
    "500": errors.server_error,
}


def fail(request: HttpRequest, way: str) -> HttpResponse:
    return FAILURES[way](request)


urlpatterns = [path("_fail/<str:way>/", fail), path("", include("cms.urls"))]
