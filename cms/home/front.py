"""What the front page shows of the record on a day, in the shapes of the shared components."""

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.core.context import site_identity_for
from cms.core.matters import service_edition
from cms.documents.models import NoticePage, PolicyPage
from cms.notice_boards.selection import grids_on
from cms.place_pages.selection import service_place, townships
from registries.guides import edition_label
from registries.lists.enums import LEGAL_PERSONS, ServiceObject
from registries.lists.kinds import KINDS, ListKind
from registries.lists.models import Edition
from registries.lists.topics import LEGAL_TOPICS, PERSON_TOPICS
from registries.places.enums import AreaKind

#: How many of the latest changes are shown.
LATEST = 8
#: Topics of an audience that are seen at once, those with most matters; the others are behind a click.
TOPICS_SHOWN = 18
NUMERALS = "零一二三四五六七八九十"
LEGAL = frozenset(each.value for each in LEGAL_PERSONS)
#: Topic → icon; the others bear the plain one.
PERSON_ICONS = {
    "005": "people", "010": "home", "020": "guide", "030": "company", "050": "result", "060": "people", "065": "shield",
    "070": "building", "075": "home", "085": "assist", "090": "papers", "110": "shield", "120": "law", "145": "shield",
    "150": "person", "155": "history",
}  # fmt: skip
LEGAL_ICONS = {"005": "company", "010": "check", "025": "money", "030": "people", "075": "grid", "085": "building"}


def hot_words(words: list[str]) -> list[dict[str, str]]:
    """components/hero.html: what people often look for, as searches."""
    return [{"label": word, "url": f"/sousuo/?{urlencode({'q': word})}"} for word in words]


def ways(request: HttpRequest) -> list[dict[str, Any]]:
    """components/tile.html: for those who would rather ask somebody."""
    telephone = site_identity_for(request).telephone
    call = [{"icon": "phone", "label": "打电话问", "note": telephone, "url": f"tel:{telephone}"}] if telephone else []
    return [
        *call,
        {"icon": "place", "label": "到窗口办", "note": "地址、时间和电话", "url": reverse("place_index")},
        {"icon": "people", "label": "找网格员", "note": "责任区和联系电话", "url": reverse("board_index")},
    ]


def documents(request: HttpRequest, day: date) -> dict[str, Any]:
    """The enclosures of the latest notice, in its order; without a notice the five lists.

    Of a policy that is not public (or not yet) only the name is shown, as the notice prints it.
    """
    editions = {edition.registry.kind: edition for edition in _city_editions().as_of(day)}
    notice = NoticePage.objects.live().public().filter(enclosures__isnull=False).order_by("-written_on", "-pk").first()
    if notice is None:
        tiles = [_list_tile(number, kind, "", editions) for number, kind in enumerate(KINDS.values(), 1)]
        return {"title": f"{_numeral(len(tiles))}张清单", "notice": None, "tiles": tiles}
    enclosures = list(notice.enclosures.order_by("sort_order", "pk"))
    policies = PolicyPage.objects.live().public().in_bulk([each.policy_id for each in enclosures if each.policy_id])
    tiles = []
    for number, enclosure in enumerate(enclosures, 1):
        if enclosure.kind is not None:
            tiles.append(_list_tile(number, enclosure.kind, enclosure.title, editions))
        else:
            policy = policies.get(enclosure.policy_id)
            tiles.append(
                {
                    "number": number,
                    "label": enclosure.title,
                    "url": policy.get_url(request) if policy else "",
                    "note": policy.get_genre_display() if policy else "尚未公布",
                }
            )
    return {
        "title": f"{_numeral(len(tiles))}个文件",
        "notice": {"doc_no": notice.doc_no, "url": notice.get_url(request)},
        "tiles": tiles,
    }


def _numeral(number: int) -> str:
    return NUMERALS[number] if number < len(NUMERALS) else str(number)


def _list_tile(number: int, kind: ListKind, title: str, editions: dict[str, Any]) -> dict[str, Any]:
    edition = editions.get(kind.key)
    return {
        "number": number,
        "label": title or (edition.registry.title if edition else kind.label),
        "url": reverse("registry", args=[kind.slug]) if edition else "",
        "note": f"清单　{edition.items.count()}项" if edition else "尚未公布",
    }


def audiences(day: date) -> list[dict[str, Any]]:
    """Who can apply for what: for persons and for businesses the topics, each with its number of matters."""
    edition = service_edition(day)
    if edition is None:
        return []
    rows = list(edition.items.values_list("service_objects", "person_topics", "legal_topics"))
    persons = [topics for objects, topics, _ in rows if ServiceObject.PERSON.value in objects]
    legal = [topics for objects, _, topics in rows if LEGAL & set(objects)]
    person_query = [("service_objects", ServiceObject.PERSON.value)]
    legal_query = [("service_objects", each.value) for each in LEGAL_PERSONS]
    return [
        audience
        for audience in (
            _audience("个人办事", "person", persons, person_query, "person_topics", PERSON_TOPICS, PERSON_ICONS),
            _audience("企业和单位办事", "company", legal, legal_query, "legal_topics", LEGAL_TOPICS, LEGAL_ICONS),
        )
        if audience["count"]
    ]


def _audience(
    title: str,
    key: str,
    topics_of_rows: list[list[str]],
    query: list[tuple[str, str]],
    parameter: str,
    topics: list[tuple[str, str]],
    icons: dict[str, str],
) -> dict[str, Any]:
    counts = Counter(topic for found in topics_of_rows for topic in found)
    # Most matters first; what is local or other, last.
    ordered = sorted(topics, key=lambda topic: (topic[0] >= "998", -counts[topic[0]], topic[0]))
    address = reverse("matter_index")
    tiles = [
        {
            "label": label,
            "icon": icons.get(code, "list"),
            "note": f"{counts[code]}项",
            "url": f"{address}?{urlencode([*query, (parameter, code)])}",
        }
        for code, label in ordered
        if counts[code]
    ]
    return {
        "title": title,
        "key": key,
        "count": len(topics_of_rows),
        "url": f"{address}?{urlencode(query)}",
        "tiles": tiles[:TOPICS_SHOWN],
        "more": tiles[TOPICS_SHOWN:],
    }


def township_tiles(day: date) -> list[dict[str, Any]]:
    """components/tile.html: the townships with a service centre, each with the number of its villages."""
    return [
        {
            "label": township.name,
            "icon": "place",
            "note": f"{township.village_count}个村（社区）" if township.village_count else "",
            "url": reverse("place", args=[township.code]),
        }
        for township in townships(day)
        if service_place(township, "service_centre", day)
    ]


def communities_with_boards(day: date) -> list[dict[str, Any]]:
    """The communities whose grids have notice boards, by township, with the number of grids."""
    counts: Counter[Any] = Counter()
    rows = grids_on(day).values_list(
        "community__parent__code", "community__parent__name", "community__code", "community__name"
    )
    for row in rows:
        counts[row] += 1
    groups: dict[str, dict[str, Any]] = {}
    for (township_code, township, code, name), number in counts.items():
        group = groups.setdefault(
            township_code or "",
            {
                "name": township or "其他",
                "count": 0,
                "url": f"{reverse('board_index')}?{urlencode({'township': township_code or ''})}",
                "links": [],
            },
        )
        group["count"] += number
        group["links"].append({"label": f"{name}（{number}）", "url": f"{reverse('board_index')}?community={code}"})
    return list(groups.values())


def latest_changes(request: HttpRequest, day: date) -> list[dict[str, Any]]:
    """components/link_list.html: editions and documents by the day they were published here, newest first.

    Editions that take effect later are not public yet; those replaced on their first day never were in force.
    """
    editions = (
        _city_editions()
        .published()
        .filter(effective_from__lte=day)
        .exclude(effective_until=F("effective_from"))
        .order_by("-published_at", "-pk")[:LATEST]
    )
    changes = [
        (
            timezone.localdate(edition.published_at),
            {
                "label": f"{edition.registry.title}{'' if edition.number == 1 else edition.get_kind_display()}",
                "url": _edition_address(edition, day),
                "note": edition_label(edition),
            },
        )
        for edition in editions
    ]
    for model in (NoticePage, PolicyPage):
        pages = model.objects.live().public().order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:LATEST]
        changes += [(_published_on(page), {"label": page.title, "url": page.get_url(request)}) for page in pages]
    changes.sort(key=lambda change: change[0], reverse=True)
    return [change | {"date": on} for on, change in changes[:LATEST]]


def _city_editions() -> Any:
    return Edition.objects.filter(registry__area__kind=AreaKind.CITY).select_related("registry")


def _edition_address(edition: Edition, day: date) -> str:
    slug = edition.registry.list_kind.slug
    if edition.effective_until is None or edition.effective_until > day:
        return reverse("registry", args=[slug])
    return reverse("registry_as_of", args=[slug, edition.effective_from])


def _published_on(page: Page) -> date:
    return timezone.localdate(page.first_published_at) if page.first_published_at else page.written_on
