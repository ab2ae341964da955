"""A document in the shapes of the shared components."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from registries.guides import edition_label
from registries.lists.models import Edition

from .enums import Disclosure
from .models import Enclosure, NoticePage, OfficialDocumentPage
from .relations import Relations
from .standing import Standing


def document_head(page: OfficialDocumentPage, relations: Relations) -> dict[str, str]:
    """components/document_head.html: with the vermilion head where the document itself was issued; one that a notice
    prints says so instead."""
    notice = relations.enclosed_in[0] if relations.enclosed_in else None
    if notice is not None:
        return {"title": page.title, "note": f"（{notice.doc_no or notice.title}印发）"}
    issuers = issuers_of(page)
    head = f"{'　'.join(issuers)}{'　' if len(issuers) > 1 else ''}文件" if page.doc_no else ""
    return {"head": head, "number": page.doc_no, "title": page.title}


def document_facts(page: OfficialDocumentPage, standing: Standing) -> list[dict[str, Any]]:
    """components/document_facts.html: what the document states of itself, in the order of domain §4.2."""
    published_at = page.first_published_at
    return [
        {"label": "索引号", "value": page.index_no},
        {"label": "发文字号", "value": page.doc_no},
        {"label": "统一编号", "value": page.unified_no},
        {"label": "发文机关", "value": page.issuers},
        {"label": "发布机构", "value": page.publisher},
        {"label": "责任部门", "value": page.owner_department},
        {"label": "成文日期", "value": day_label(page.written_on)},
        {"label": "发布日期", "value": day_label(timezone.localdate(published_at)) if published_at else ""},
        {"label": "施行日期", "value": day_label(page.effective_on)},
        {"label": "有效期至", "value": day_label(page.expires_on)},
        {"label": "复核日期", "value": day_label(page.review_due_on)},
        {"label": "主题分类", "value": page.get_subject_display()},
        {"label": "体裁", "value": page.get_genre_display()},
        {"label": "所属分类", "value": page.category},
        {"label": "公开方式", "value": page.get_disclosure_display()},
        {"label": "公开时限", "value": page.get_disclosure_term_display()},
        {"label": "公开范围", "value": page.get_disclosure_audience_display()},
        {"label": "有效性", "state": standing.state},
        {"label": "关键词", "value": "、".join(page.keywords.split())},
        {"label": "审定", "value": page.approval if isinstance(page, NoticePage) else ""},
        {"label": "内容概述", "value": page.abstract},
    ]


def issuers_of(page: OfficialDocumentPage) -> list[str]:
    """One, or all of a joint document."""
    return [issuer.strip() for issuer in page.issuers.split("、") if issuer.strip()]


def signature(page: OfficialDocumentPage) -> dict[str, Any]:
    """Issuers one under the other, the day, and whether the document is open to all."""
    return {
        "issuers": issuers_of(page),
        "day": page.written_on,
        "is_open": page.disclosure == Disclosure.OPEN,
    }


def related(relations: Relations, request: HttpRequest) -> list[dict[str, Any]]:
    """Groups of components/link_list.html; empty ones are left out."""
    groups: list[tuple[str, Iterable[OfficialDocumentPage]]] = [
        ("代替本文件的文件", relations.replaced_by),
        ("本文件代替的文件", relations.replaces),
        ("印发本文件的通知", relations.enclosed_in),
        ("政策解读", relations.interpretations),
        ("解读的文件", relations.interprets),
    ]
    return [
        {"title": title, "links": [document_link(page, request) for page in pages]} for title, pages in groups if pages
    ]


def document_link(page: OfficialDocumentPage, request: HttpRequest) -> dict[str, Any]:
    return {"label": page.title, "url": page.get_url(request), "note": page.doc_no, "date": page.written_on}


def enclosure_tiles(
    enclosures: Sequence[Enclosure], editions: Mapping[str, Edition], request: HttpRequest
) -> list[dict[str, Any]]:
    """components/tile.html, numbered as in the notice; a list that is not in force yet is a name without an address."""
    tiles = []
    for number, enclosure in enumerate(enclosures, 1):
        edition = editions.get(enclosure.list_kind)
        tile = {"number": number, "label": enclosure.title, "note": "", "url": ""}
        if enclosure.policy is not None:
            tile |= {"note": enclosure.policy.get_genre_display(), "url": enclosure.policy.get_url(request)}
        elif enclosure.kind is not None and edition is not None:
            tile |= {"note": edition_label(edition), "url": reverse("registry", args=[enclosure.kind.slug])}
        elif enclosure.kind is not None:
            tile["note"] = "清单尚未公布"
        tiles.append(tile)
    return tiles


def document_table(documents: Iterable[OfficialDocumentPage], standings: Any, request: HttpRequest) -> dict[str, Any]:
    """components/list_table.html; `standings(page)` says how each stands."""
    labels = ("标题", "发文字号", "体裁", "成文日期", "有效性")
    rows = [
        {
            "cells": [
                {"kind": "title", "value": page.title, "url": page.get_url(request)},
                {"kind": "short", "label": labels[1], "value": page.doc_no or "—"},
                {"kind": "short", "label": labels[2], "value": page.get_genre_display()},
                {"kind": "short", "label": labels[3], "value": page.written_on.isoformat()},
                {"kind": "short", "label": labels[4], "state": standings(page).state},
            ]
        }
        for page in documents
    ]
    return {"columns": [{"label": label} for label in labels], "rows": rows}


def document_meta(page: OfficialDocumentPage) -> dict[str, Any]:
    """components/meta.html"""
    moment = page.first_published_at
    return {
        "column_name": "政策文件",
        "column_type": "政策文件",
        "article_title": page.title,
        "pub_date": timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else "",
        "content_source": page.publisher or page.issuers,
        "keywords": ",".join(page.keywords.split()),
        "description": page.search_description or page.abstract or page.title,
        "og_type": "article",
    }


def day_label(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
