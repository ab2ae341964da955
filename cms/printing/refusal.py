"""The page a person sees instead of a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .pdf import CannotPrint


def refusal_page(request: HttpRequest, refusal: CannotPrint, *, back_url: str) -> HttpResponse:
    """Why the sheet cannot be printed, each reason with its cure (409), and the way back."""
    context = {"title": "现在还不能打印", "reasons": refusal.reasons, "back_url": back_url, "noindex": True}
    return render(request, "print/refusal.html", context, status=409)
