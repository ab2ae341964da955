"""What the templates of document pages are given. Wagtail serves the pages; the clock is read here."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from cms.core.codes import qr_image
from cms.core.days import chinese_day
from cms.core.paging import pages_of, paginate
from cms.core.review_notice import review_notice

from .body import attachment_titles, present_body
from .comparing import DocumentComparison, compare_bodies, successors
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
from .public import public_documents, public_policies, successors_on
from .relations import Relations, editions_in_force, public_enclosures, relations_of
from .resting import rows_resting_on
from .standing import standing_of

DOCUMENTS_A_PAGE = 20
#: Below the address of a policy: its articles beside those of the policy it replaces.
COMPARISON = "duizhao/"
CHANGES = (("added", "新增"), ("changed", "修改"), ("removed", "删去"))
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
    return document_context(page, request) | {"enclosures": tiles}


def policy_context(page: PolicyPage, request: HttpRequest) -> dict[str, Any]:
    from .corrections import corrections_of

    return document_context(page, request) | corrections_of(page, request)


def comparison_context(page: PolicyPage, request: HttpRequest) -> dict[str, Any]:
    """The policy beside the one it replaces, article by article. Http404 unless it replaces a policy that all may read."""
    old = public_policies().filter(pk=page.supersedes_id).first() if page.supersedes_id else None
    if old is None:
        raise Http404
    comparison = compare_bodies(old.body, page.body)
    address = page.get_url(request) or ""
    title = "条文对照"
    return {
        "title": f"{title}：{page.title}",
        "heading": title,
        "document_title": page.title,
        "section": "documents",
        "sides": [
            {"label": "原文件", "title": old.title, "url": old.get_url(request), "note": old.doc_no},
            {"label": "新文件", "title": page.title, "url": address, "note": _number_and_day(page)},
        ],
        "new_url": address,
        "comparison": comparison,
        "summary": summary_of(comparison),
        "breadcrumbs": [*breadcrumbs(page, request, is_last=False), {"label": title}],
        "meta": {
            "column_name": "政策文件",
            "column_type": "政策文件",
            "column_keywords": "条文对照,修改,政策文件",
            "description": f"《{page.title}》和它代替的文件逐条对照：{summary_of(comparison)}",
            "canonical": f"{settings.SITE_ADDRESS}{address}{COMPARISON}",
        },
    }


def _number_and_day(page: PolicyPage) -> str:
    day = f"{chinese_day(page.effective_on)}起施行" if page.effective_on else ""
    return "，".join(part for part in (page.doc_no, day) if part)


def summary_of(comparison: DocumentComparison) -> str:
    """新增1条，修改2条，删去1条；只改序号3条，不变20条。"""
    counts = comparison.counts
    said = [f"{word}{counts[kind]}条" for kind, word in CHANGES if counts[kind]]
    still = [f"只改序号{counts['renumbered']}条"] if counts["renumbered"] else []
    return f"{'，'.join(said) or '没有改动'}；{'，'.join([*still, f'不变{comparison.unchanged}条'])}。"


def document_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    day = timezone.localdate()
    relations = relations_of(page)
    is_replaced = any(each.effective_on is None or each.effective_on <= day for each in relations.replaced_by)
    standing = standing_of(page, day, is_replaced=is_replaced)
    path = page.get_url(request) or ""
    following = _following(page, relations, day) if is_replaced else None
    body = present_body(
        page.body,
        _attachment_addresses(page),
        rows_resting_on(path, day),
        successors(page.body, following.body, following.get_url(request) or "") if following else None,
    )
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
        "following_url": following.get_url(request) if following else "",
        "comparisons": _comparisons(page, relations, following, request),
        "print_bar": {"qr_src": qr_image(address), "url": address},
        "breadcrumbs": breadcrumbs(page, request),
        "meta": document_meta(page),
    }


def _following(page: Any, relations: Relations, day: date) -> PolicyPage | None:
    """The policy in force that replaces this one, with its text: one query."""
    if not isinstance(page, PolicyPage):
        return None
    replacing = public_policies().filter(pk__in=[each.pk for each in relations.replaced_by])
    found: PolicyPage | None = replacing.exclude(effective_on__gt=day).order_by("-written_on").first()
    return found


def _comparisons(
    page: Any, relations: Relations, following: PolicyPage | None, request: HttpRequest
) -> list[dict[str, str]]:
    """Links to where this policy and its neighbours stand beside each other."""
    if not isinstance(page, PolicyPage):
        return []
    links = []
    if following is not None:
        links.append({"label": "和新文件逐条对照", "url": f"{following.get_url(request)}{COMPARISON}"})
    if any(isinstance(each.specific_deferred, PolicyPage) for each in relations.replaces):
        links.append({"label": "和被代替的文件逐条对照", "url": f"{page.get_url(request)}{COMPARISON}"})
    return links


def _attachment_addresses(page: Any) -> dict[str, str]:
    """Attachments that are policies of this site, by their titles."""
    titles = [title for title in attachment_titles(page.body) if title != page.title]
    found = addresses_of_citations([f"《{title}》" for title in titles]) if titles else {}
    return {title: found[f"《{title}》"] for title in titles}


def breadcrumbs(page: OfficialDocumentPage, request: HttpRequest, *, is_last: bool = True) -> list[dict[str, str]]:
    parent = page.get_parent() if page.depth and page.depth > 1 else None
    above = [{"label": parent.title, "url": parent.get_url(request) or ""}] if parent and parent.depth > 2 else []
    genre = page.get_genre_display() if page.genre != Genre.OTHER else "正文"
    own = {"label": page.title if len(page.title) <= LONGEST_CRUMB else genre}
    return [*above, own if is_last else own | {"url": page.get_url(request) or ""}]
