"""What the templates of document pages are given. Wagtail serves the pages; the clock is read here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cms.core.codes import qr_image
from cms.core.paging import pages_of, paginate
from cms.core.review_notice import review_notice

from .body import attachment_titles, present_body
from .enums import Genre
from .filters import LONGEST_WORDS, DocumentFilterSet
from .linking import addresses_of_citations
from .models import DocumentIndexPage, NoticePage, OfficialDocumentPage, PolicyPage
from .presenting import (
    document_facts,
    document_head,
    document_meta,
    document_table,
    enclosure_tiles,
    related,
    signature,
)
from .public import public_documents, successors_on
from .relations import editions_in_force, public_enclosures, relations_of
from .resting import rows_resting_on
from .standing import standing_of

DOCUMENTS_A_PAGE = 20
#: A longer title would fill a phone before the page begins; its genre stands for it.
LONGEST_CRUMB = 24


def index_context(page: DocumentIndexPage, request: HttpRequest) -> dict[str, Any]:
    """/wenjian/: the public documents below the page, newest first."""
    day = timezone.localdate()
    below = public_documents().descendant_of(page).order_by("-written_on", "-pk")
    filters = DocumentFilterSet(request.GET, below)
    found = paginate(request, filters.documents, size=DOCUMENTS_A_PAGE)
    replaced = set(successors_on(day).values_list("supersedes_id", flat=True))
    return {
        "title": page.title,
        "section": "documents",
        "table": document_table(found, lambda each: standing_of(each, day, is_replaced=each.pk in replaced), request),
        "pages": pages_of(request, found, unit="篇"),
        "facets": filters.facets(request),
        "applied": filters.applied(request),
        "clear_url": request.path,
        "words": request.GET.get("q", "").replace("\x00", " ")[:LONGEST_WORDS],
        "noindex": bool(request.GET),
        "breadcrumbs": [{"label": page.title}],
        "meta": {
            "column_name": page.title,
            "column_type": "政策文件",
            "column_keywords": "政策文件,通知,办法,方案,意见",
            "description": page.search_description or page.introduction,
            "canonical": settings.SITE_ADDRESS + request.path,
        },
    }


def notice_context(page: NoticePage, request: HttpRequest) -> dict[str, Any]:
    day = timezone.localdate()
    tiles = enclosure_tiles(public_enclosures(page), editions_in_force(day), request)
    return _document_context(page, request) | {"enclosures": tiles}


def policy_context(page: PolicyPage, request: HttpRequest) -> dict[str, Any]:
    return _document_context(page, request)


def _document_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    day = timezone.localdate()
    relations = relations_of(page)
    is_replaced = any(each.effective_on is None or each.effective_on <= day for each in relations.replaced_by)
    standing = standing_of(page, day, is_replaced=is_replaced)
    path = page.get_url(request) or ""
    body = present_body(page.body, _attachment_addresses(page), rows_resting_on(path, day))
    address = settings.SITE_ADDRESS + (path or request.path)
    return {
        "title": page.title,
        "section": "documents",
        "document": document_head(page, relations),
        "standing": standing,
        "review_notice": "" if standing.level == "stop" else review_notice(page.review_due_on, day, of="本文件"),
        "facts": document_facts(page, standing),
        "blocks": body.blocks,
        "contents": body.contents,
        "contents_open": False,
        # What a notice prints is signed by the notice.
        "signature": None if relations.enclosed_in else signature(page),
        "related": related(relations, request),
        "print_bar": {"qr_src": qr_image(address), "url": address},
        "breadcrumbs": _breadcrumbs(page, request),
        "meta": document_meta(page),
    }


def _attachment_addresses(page: Any) -> dict[str, str]:
    """Attachments that are policies of this site, by their titles."""
    titles = [title for title in attachment_titles(page.body) if title != page.title]
    found = addresses_of_citations([f"《{title}》" for title in titles]) if titles else {}
    return {title: found[f"《{title}》"] for title in titles}


def _breadcrumbs(page: OfficialDocumentPage, request: HttpRequest) -> list[dict[str, str]]:
    parent = page.get_parent() if page.depth and page.depth > 1 else None
    above = [{"label": parent.title, "url": parent.get_url(request) or ""}] if parent and parent.depth > 2 else []
    genre = page.get_genre_display() if page.genre != Genre.OTHER else "正文"
    return [*above, {"label": page.title if len(page.title) <= LONGEST_CRUMB else genre}]
