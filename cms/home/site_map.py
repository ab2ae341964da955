"""/wangzhanditu/: every main entry of the site on one page."""

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.matters import matters
from cms.documents.models import DocumentIndexPage
from cms.documents.public import public_documents
from registries.lists.kinds import KINDS
from registries.lists.models import Edition
from registries.lists.topics import LEGAL_TOPICS, PERSON_TOPICS
from registries.places.enums import AreaKind
from registries.places.models import Area

TITLE = "网站地图"
#: Documents named here; the others are behind the index's link.
MOST_DOCUMENTS = 40


@require_safe
def site_map_page(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    groups = [*_documents(request), _lists(day), *_topics(day), _places(day), _others()]
    context = {
        "title": TITLE,
        "groups": [group for group in groups if group["links"] or group["url"]],
        "breadcrumbs": [{"label": TITLE}],
        "meta": {"column_name": TITLE, "column_type": "网站地图", "column_keywords": TITLE},
    }
    return render(request, "home/site_map.html", context)


def _documents(request: HttpRequest) -> list[dict[str, Any]]:
    """The sections of documents with what everybody may read in them."""
    groups = []
    for section in DocumentIndexPage.objects.live().public():
        documents = public_documents().descendant_of(section).order_by("-written_on", "pk")[:MOST_DOCUMENTS]
        links = [{"label": page.title, "url": page.get_url(request), "note": page.doc_no} for page in documents]
        groups.append({"title": section.title, "url": section.get_url(request), "links": links})
    return groups


def _lists(day: date) -> dict[str, Any]:
    in_force = {
        edition.registry.kind: edition
        for edition in Edition.objects.as_of(day).filter(registry__area__kind=AreaKind.CITY).select_related("registry")
    }
    links = [
        {"label": in_force[kind.key].registry.title, "url": reverse("registry", args=[kind.slug]), "note": ""}
        for kind in KINDS.values()
        if kind.key in in_force
    ]
    return {"title": "清单", "url": reverse("registry_index"), "links": links}


def _topics(day: date) -> list[dict[str, Any]]:
    rows = list(matters(day).values_list("person_topics", "legal_topics"))
    index = reverse("matter_index")
    groups = []
    for place, (title, name, topics) in enumerate(
        [("办事：个人", "person_topics", PERSON_TOPICS), ("办事：企业和组织", "legal_topics", LEGAL_TOPICS)]
    ):
        counts = Counter(topic for row in rows for topic in row[place])
        links = [
            {"label": label, "url": f"{index}?{urlencode({name: code})}", "note": f"{counts[code]}项"}
            for code, label in topics
            if counts[code]
        ]
        groups.append({"title": title, "url": index, "links": links})
    return groups


def _places(day: date) -> dict[str, Any]:
    townships = Area.objects.as_of(day).townships().order_by("code").values_list("code", "name")
    links = [{"label": name, "url": reverse("place", args=[code]), "note": ""} for code, name in townships]
    return {"title": "地方", "url": reverse("place_index"), "links": links}


def _others() -> dict[str, Any]:
    links = [
        {"label": "首页", "url": "/"},
        {"label": "搜索", "url": reverse("search")},
        {"label": "网格公示", "url": reverse("board_index")},
        {"label": "无障碍声明", "url": reverse("accessibility_statement")},
    ]
    return {"title": "其他", "url": "", "links": links}
