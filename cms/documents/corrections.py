"""What was corrected in a policy in public, and what it said before."""

from copy import copy
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from cms.core.days import chinese_day

from .body import present_body
from .comparing import compare_bodies, provisions_of, successors
from .former_texts import FormerText
from .models import PolicyPage
from .views import breadcrumbs, document_context, summary_of

#: Below the address of a policy: its former texts, by their numbers.
FORMER_TEXTS = "wenben/"


def corrections_of(page: PolicyPage, request: HttpRequest) -> dict[str, Any]:
    """For the page of the policy: each correction, newest first, and the articles of former texts that the text of today
    does not have, so that links to them still arrive. One query; nothing of texts that are withheld."""
    address = page.get_url(request) or ""
    texts = list(page.former_texts.order_by("-number")) if page.pk else []
    return {
        "corrections": [_entry(each, address) for each in texts],
        "vanished": _vanished(page, [each for each in texts if not each.is_withheld], address),
    }


def former_text_context(page: PolicyPage, request: HttpRequest, number: int) -> dict[str, Any]:
    """The policy as it read before its `number`th correction. Http404 unless that text is public."""
    text = _public_text(page, number)
    old = copy(page)
    old.title, old.body = text.title, text.blocks
    address = page.get_url(request) or ""
    body = present_body(old.body, successors=successors(old.body, page.body, address))
    context = document_context(old, request)
    return context | {
        "title": f"{text.title}（勘误前的文本，{_period(text)}）",
        "blocks": body.blocks,
        "contents": body.contents,
        "former": {"period": _period(text), "note": text.note, "url": address, "comparison_url": _comparison(text, address)},
        "successor_words": "现在的文本里",
        "review_notice": "",
        "related": [],
        "comparisons": [],
        "noindex": True,
        "breadcrumbs": [*breadcrumbs(page, request, is_last=False), {"label": f"{_period(text)}的文本"}],
        "meta": context["meta"] | {"canonical": settings.SITE_ADDRESS + address},
    }  # fmt: skip


def correction_context(page: PolicyPage, request: HttpRequest, number: int) -> dict[str, Any]:
    """That text beside the next public one, article by article. Http404 unless that text is public."""
    text = _public_text(page, number)
    after = page.former_texts.filter(number__gt=number, is_withheld=False).order_by("number").first()
    address = page.get_url(request) or ""
    comparison = compare_bodies(text.blocks, after.blocks if after else page.body)
    title = "勘误对照"
    return {
        "title": f"{title}：{page.title}（{chinese_day(timezone.localdate(text.public_until))}）",
        "heading": title,
        "document_title": page.title,
        "section": "documents",
        "sides": [
            {"label": "勘误前", "title": text.title, "url": _address(text, address), "note": _period(text)},
            {
                "label": "勘误后",
                "title": after.title if after else page.title,
                "url": _address(after, address) if after else address,
                "note": _period(after) if after else "现在的文本",
            },
        ],
        "note": text.note,
        "new_url": _address(after, address) if after else address,
        "comparison": comparison,
        "summary": summary_of(comparison) if comparison.changes else "条文的字句没有变化，改的是标题、标点或空格。",
        "noindex": True,
        "breadcrumbs": [*breadcrumbs(page, request, is_last=False), {"label": title}],
        "meta": {
            "column_name": "政策文件",
            "column_type": "政策文件",
            "description": f"《{page.title}》的勘误逐条对照：{summary_of(comparison)}",
            "canonical": settings.SITE_ADDRESS + address,
        },
    }


def _public_text(page: PolicyPage, number: int) -> FormerText:
    text: FormerText | None = page.former_texts.filter(number=number, is_withheld=False).first()
    if text is None:
        raise Http404
    return text


def _entry(text: FormerText, address: str) -> dict[str, Any]:
    return {
        "day": timezone.localdate(text.public_until),
        "ending": text.get_ending_display(),
        "note": text.note,
        "period": _period(text),
        "is_withheld": text.is_withheld,
        "url": "" if text.is_withheld else _address(text, address),
        "comparison_url": "" if text.is_withheld else _comparison(text, address),
    }


def _vanished(page: PolicyPage, texts: list[FormerText], address: str) -> list[dict[str, str]]:
    """Anchors of these texts, newest first, that nothing in the text of today has, each once."""
    known = {each.anchor for each in provisions_of(page.body)} if texts else set()
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        for each in provisions_of(text.blocks):
            if each.anchor and each.anchor not in known:
                url = f"{_address(text, address)}#{each.anchor}"
                found.setdefault(each.anchor, {"anchor": each.anchor, "label": each.label or each.anchor, "url": url})
    return list(found.values())


def _address(text: FormerText, address: str) -> str:
    return f"{address}{FORMER_TEXTS}{text.number}/"


def _comparison(text: FormerText, address: str) -> str:
    return f"{_address(text, address)}duizhao/"


def _period(text: FormerText) -> str:
    """2021年3月31日至2022年5月1日; one day for a text that was corrected on its first."""
    until = timezone.localdate(text.public_until)
    since = timezone.localdate(text.public_from) if text.public_from else None
    if since is None:
        return f"{chinese_day(until)}以前"
    return chinese_day(since) if since == until else f"{chinese_day(since)}至{chinese_day(until)}"
