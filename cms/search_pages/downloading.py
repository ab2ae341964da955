"""Results as a table: CSV for programs, a workbook for people. Safe to open."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from registries.exchange.writing import CONTENT_TYPE, DANGEROUS, write_table
from search.downloads import MOST, found_documents
from search.models import SearchDocument

from .presenting import LITERAL
from .views import asked_filters, asked_query

#: Heading → the fact of the card.
FACTS = {
    "承诺时限": "承诺时限",
    "材料": "材料",
    "收费": "收费",
    "地点": "办理地点",
    "电话": "咨询电话",
}
#: Centres and points call the same things otherwise.
OTHERWISE = {"地点": "地址", "电话": "电话"}
HEADINGS = ("名称", "类别", "编码", "部门", "乡镇（街道）", *FACTS, "网址")


@require_safe
def download(request: HttpRequest, ending: str) -> HttpResponse:
    """/sousuo/xiazai.csv or .xlsx, with the parameters of the page of results."""
    day = timezone.localdate()
    query, filters = asked_query(request), asked_filters(request)
    documents, total = found_documents(query, day=day, filters=filters, is_literal=LITERAL in request.GET.items())
    note = f"共{total}条，{day}下载"
    note += f"；只有前{MOST}条，请加条件分次下载" if total > len(documents) else ""
    rows = [_row(document) for document in documents]
    name = f"搜索结果-{query}-{day}" if query else f"搜索结果-{day}"
    if ending == "csv":
        response = HttpResponse(_as_csv(rows), content_type="text/csv; charset=utf-8")
    else:
        title = f"“{query}”的搜索结果" if query else "搜索结果"
        content = write_table(sheet="搜索结果", title=title, note=note, headings=HEADINGS, rows=rows)
        response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = (
        f"attachment; filename=\"results.{ending}\"; filename*=UTF-8''{_quoted(name)}.{ending}"
    )
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"  # bigger than a page, and seldom asked for twice
    return response


def _row(document: SearchDocument) -> list[str]:
    facts = document.facts
    return [
        document.title,
        document.get_kind_display() + ("（已取消）" if document.is_revoked else ""),
        document.codes[0] if document.codes else "",
        document.department.name if document.department else "",
        document.township.name if document.township else "",
        *(facts.get(fact, "") or facts.get(OTHERWISE.get(heading, ""), "") for heading, fact in FACTS.items()),
        settings.SITE_ADDRESS + document.address,
    ]


def _as_csv(rows: Iterable[list[Any]]) -> str:
    text = StringIO()
    text.write("\ufeff")  # spreadsheets read UTF-8 by this mark
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows([f"'{cell}" if cell.startswith(DANGEROUS) else cell for cell in row] for row in rows)
    return text.getvalue()


def _quoted(name: str) -> str:
    """Without what file systems refuse."""
    return quote("".join("_" if character in '\\/:*?"<>|' else character for character in name), safe="")
