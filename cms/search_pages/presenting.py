"""Results of a search in the shapes of the shared components."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.core.facet_groups import with_open_groups
from cms.core.matters import centres_that_handle
from cms.core.paging import page_numbers
from registries.places.models import ServiceCentre
from search.facets import FACETS, Filters
from search.language.highlight import EXCERPT, Segments
from search.models import DocumentKind, SearchDocument
from search.queries import Hit, Relaxation, Results
from search.related import related_to

#: Facts of `SearchDocument.facts` → icon.
ICONS = {
    "承诺时限": "calendar", "到现场": "visits", "材料": "papers", "收费": "money", "办理地点": "place", "咨询电话": "phone",
    "地址": "place", "办公时间": "clock", "电话": "phone", "文号": "document", "发文机关": "building", "成文日期": "calendar",
    "文件": "document", "类型": "tag", "赋权方式": "tag", "领域": "tag", "类别": "tag", "主体责任": "people", "四至": "map",
    "村（社区）": "place",
}  # fmt: skip
#: Said in the line under the title instead.
IN_META = ("部门", "文件", "村（社区）")
#: Synonyms named in a note, at most.
MOST_SYNONYMS = 4


#: In an address: the words are looked up as they were typed.
LITERAL = ("yuanwen", "1")


def search_address(query: str, filters: Filters, page: int = 1, *, is_literal: bool = False) -> str:
    parameters = [("q", query)] if query else []
    parameters += [LITERAL] if is_literal else []
    parameters += filters.parameters()
    parameters += [("page", str(page))] if page > 1 else []
    return f"{reverse('search')}?{urlencode(parameters)}" if parameters else reverse("search")


def highlighted(segments: Segments) -> SafeString:
    """The pieces with those asked for in <mark>, all escaped."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if is_hit else text,) for text, is_hit in segments)
    )


def tabs(results: Results, query: str) -> list[dict[str, Any]]:
    """components/tabs.html: all, and every kind that has hits."""
    kinds = next((facet.choices for facet in results.facets if facet.key == "kind"), [])
    chosen = results.filters.chosen.get("kind", ())
    others = _without_kind(results.filters)
    entries = [
        {
            "label": "全部",
            "url": search_address(query, others, is_literal=results.is_literal),
            "count": sum(choice.count for choice in kinds),
            "is_current": not chosen,
        }
    ]
    for choice in kinds:
        only = Filters({**others.chosen, "kind": (choice.value,)})
        entries.append(
            {
                "label": choice.label,
                "url": search_address(query, only, is_literal=results.is_literal),
                "count": choice.count,
                "is_current": choice.value in chosen,
            }
        )
    return entries


def facets(results: Results, query: str) -> dict[str, Any]:
    """components/facets.html: all facets but the kind, which is in the tabs."""
    groups = [
        {
            "label": facet.label,
            "name": facet.key,
            "kind": "checkbox",
            "options": [
                {"value": choice.value, "label": choice.label, "count": choice.count, "is_selected": choice.is_chosen}
                for choice in facet.choices
            ],
        }
        for facet in results.facets
        if facet.key != "kind"
    ]
    hidden = [("q", query)] if query else []
    hidden += [LITERAL] if results.is_literal else []
    hidden += [("kind", value) for value in results.filters.chosen.get("kind", ())]
    return {
        "action": reverse("search"),
        "hidden": [{"name": name, "value": value} for name, value in hidden],
        "groups": with_open_groups(groups),
    }


def applied(results: Results, query: str) -> list[dict[str, str]]:
    """components/applied_filters.html"""
    labels = {(facet.key, choice.value): choice.label for facet in results.facets for choice in facet.choices}
    return [
        {
            "label": labels[key, value],
            "remove_url": search_address(query, results.filters.without(key, value), is_literal=results.is_literal),
        }
        for key, values in results.filters.chosen.items()
        for value in values
        if key != "kind" and (key, value) in labels
    ]


def correction(results: Results, query: str) -> dict[str, str] | None:
    """What was looked up instead of what was typed, and the way back to it."""
    if not results.corrected:
        return None
    return {"text": results.corrected, "url": search_address(query, results.filters, is_literal=True)}


def notes(results: Results) -> list[str]:
    """What was done with the query besides looking up its words."""
    sentences = []
    if results.hits and results.relaxation != Relaxation.ALL:
        sentences.append("没有同时符合全部词语的内容，下面是符合其中一部分的。")
    for said, meant in results.expansions.items():
        names = "、".join(list(meant)[:MOST_SYNONYMS])
        sentences.append(f"“{said}”在清单里也写作“{names}”，已一并查找。")
    places = {area.pk for area in results.places}
    if any({hit.document.area_id, hit.document.township_id} & places for hit in results.hits):
        sentences.append(f"{'、'.join(area.name for area in results.places)}的内容排在前面。")
    return sentences


def cards(results: Results, wanted: Collection[str], day: date) -> list[dict[str, Any]]:
    """components/matter_card.html. `wanted`: codes of the townships that were named or chosen."""
    hits = [*results.best, *results.hits]
    services = [code for hit in hits for code in _guided(hit.document)]
    centres = centres_that_handle(services, day) if services else {}
    shown = [_card(hit, [centre for code in _guided(hit.document) for centre in centres[code]], wanted) for hit in hits]
    for card in shown[: len(results.best)]:
        card["state"] = {"level": "ok", "label": "推荐"}
    return shown


def _guided(document: SearchDocument) -> list[str]:
    """The code of a service of the whole city, which has a guide at every place that handles it."""
    is_guided = document.kind == DocumentKind.SERVICE and not document.is_revoked and not document.township
    return document.codes[:1] if is_guided else []


def _card(hit: Hit, centres: Sequence[ServiceCentre], wanted: Collection[str]) -> dict[str, Any]:
    document = hit.document
    here = [centre for centre in centres if centre.area.code in wanted]
    return {
        "name": document.title,
        "name_html": _name(hit),
        "url": hit.address,
        "type_label": document.get_kind_display(),
        "modes": document.get_four_modes_labels(),  # type: ignore[attr-defined]
        "meta": _meta(document),
        "summary": _summary(hit),
        "facts": [
            {"icon": ICONS.get(label, "info"), "label": label, "value": text}
            for label, text in document.facts.items()
            if label not in IN_META
        ],
        "state": {"level": "stop", "label": "已取消"} if document.is_revoked else None,
        "links": [link for centre in here for link in _guide_links(document, centre)],
        "places": _places(hit, [centre for centre in centres if centre not in here]),
    }


def _guide_links(document: SearchDocument, centre: ServiceCentre) -> list[dict[str, str]]:
    """The guide at a place that was named, to read and to print."""
    address = [document.codes[0], centre.area.code]
    return [
        {"icon": "guide", "label": f"{centre.name}的指南", "url": _guide_at(document, centre)},
        {"icon": "print", "label": "打印指南（PDF）", "url": reverse("guide_pdf", args=address)},
    ]


def _places(hit: Hit, centres: Sequence[ServiceCentre]) -> list[dict[str, str]]:
    """Where else the matter is handled: a township's own row, or the guide at its centre."""
    own = {document.area: document.address for document in hit.elsewhere if document.area}
    guides = {centre.area: _guide_at(hit.document, centre) for centre in centres}
    places = (guides | own).items()
    return [{"label": area.name, "url": url} for area, url in sorted(places, key=lambda place: place[0].code)]


def _guide_at(document: SearchDocument, centre: ServiceCentre) -> str:
    return reverse("guide_at", args=[document.codes[0], centre.area.code])


def _name(hit: Hit) -> SafeString:
    """第一条 is in every document: who hears the links one by one is told of which."""
    within = hit.document.facts.get("文件")
    name = highlighted(hit.title)
    return format_html('{}<span class="visually-hidden">（{}）</span>', name, within) if within else name


def _summary(hit: Hit) -> str:
    """The stretch of text with the words asked for; of a document its beginning, when only its name has them. Other
    things are told by their facts."""
    document = hit.document
    said = "".join(text for text, _ in hit.excerpt)
    if said == document.facts.get("文件"):
        return _beginning(document.body)
    if any(is_hit for _, is_hit in hit.excerpt) or document.kind in (DocumentKind.NOTICE, DocumentKind.ARTICLE):
        return highlighted(hit.excerpt)
    return ""


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= EXCERPT else f"{plain[:EXCERPT]}…"


def _meta(document: SearchDocument) -> list[str]:
    facts = document.facts
    township = document.township.name if document.township else ""
    parts = [facts.get("文件", ""), facts.get("部门", ""), township, facts.get("村（社区）", "")]
    if document.kind not in (DocumentKind.NOTICE, DocumentKind.ARTICLE):
        parts += document.codes[:1]
    return [part for part in dict.fromkeys(parts) if part]


def pages(results: Results, query: str) -> dict[str, Any]:
    """components/pagination.html"""

    def address(number: int) -> str:
        return search_address(query, results.filters, number, is_literal=results.is_literal)

    return {
        "total": results.total,
        "first": (results.page - 1) * results.size + 1,
        "last": min(results.page * results.size, results.total),
        "unit": "条",
        "previous_url": address(results.page - 1) if results.page > 1 else "",
        "next_url": address(results.page + 1) if results.page < results.pages else "",
        "numbers": page_numbers(results.page, results.pages, address),
    }


#: With more results than these the thing itself has not been found yet.
FEW_RESULTS = 20


def related(results: Results, day: date) -> list[dict[str, str]]:
    """components/link_list.html: what has to do with the first result, when it is what was asked for."""
    is_narrowed = results.filters or results.page > 1
    if not results.hits or is_narrowed or results.total > FEW_RESULTS or results.relaxation != Relaxation.ALL:
        return []
    shown = {hit.document.pk for hit in [*results.best, *results.hits]}
    near = related_to(results.hits[0].document, day=day)
    return [{"label": each.title, "url": each.address} for each in near if each.pk not in shown]


def downloads(results: Results, query: str) -> list[dict[str, str]]:
    """The results as files."""
    if not results.total:
        return []
    parameters = urlencode(
        [*([("q", query)] if query else []), *([LITERAL] if results.is_literal else []), *results.filters.parameters()]
    )
    return [
        {"label": ending.upper(), "url": f"{reverse('search_download', args=[ending])}?{parameters}"}
        for ending in ("xlsx", "csv")
    ]


def empty(results: Results, query: str) -> dict[str, Any] | None:
    """components/empty_state.html: what to do when nothing was found."""
    if results.hits or results.best:
        return None
    links = [
        {"label": "按主题找要办的事", "url": reverse("matter_index")},
        {"label": "看五张清单", "url": reverse("registry_index")},
        {"label": "找民生服务中心", "url": reverse("place_index")},
    ]
    if results.filters:
        links.insert(0, {"label": "去掉所有条件再搜", "url": search_address(query, Filters())})
    return {
        "title": f"没有找到和“{query}”有关的内容" if query else "没有符合条件的内容",
        "text": "换一种说法再试试：",
        "help": [
            "用平常的说法，例如低保、残疾证、宅基地；",
            "少写几个字，只写要办的事；",
            "检查有没有错别字，文号和编码可以只写一部分。",
        ],
        "links": links,
    }


def ways_in() -> list[dict[str, str]]:
    """components/tile.html: how to look without a word to look for."""
    return [
        {"icon": "guide", "label": "办事", "note": "按服务对象、主题和部门找要办的事", "url": reverse("matter_index")},
        {"icon": "list", "label": "清单", "note": "权力、赋权、服务、执法和属地管理", "url": reverse("registry_index")},
        {
            "icon": "place",
            "label": "地方",
            "note": "民生服务中心和代办点的地址、时间、电话",
            "url": reverse("place_index"),
        },
        {"icon": "grid", "label": "网格公示", "note": "责任区和网格公示牌", "url": reverse("board_index")},
    ]


def _without_kind(filters: Filters) -> Filters:
    return Filters({key: values for key, values in filters.chosen.items() if key in FACETS and key != "kind"})
