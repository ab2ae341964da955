"""The page a person sees instead of a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .pdf import CannotPrint, CannotPrintNow

RETRY_SECONDS = 10


def refusal_page(request: HttpRequest, refusal: CannotPrint, *, back_url: str) -> HttpResponse:
    """Why the sheet cannot be printed, each reason with its cure (409), or that it cannot be now (503); and the way back."""
    is_passing = isinstance(refusal, CannotPrintNow)
    context = {
        "title": "现在还不能打印",
        "reasons": refusal.reasons,
        "retry_url": request.get_full_path() if is_passing else "",
        "back_url": back_url,
        "noindex": True,
    }
    response = render(request, "print/refusal.html", context, status=refusal.status)
    if is_passing:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response
