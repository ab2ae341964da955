"""Places in the shapes of the shared components."""

from datetime import date
from typing import Any

from django.urls import reverse

from cms.core.grid_maps import map_context
from registries.lists.enums import LEGAL_PERSONS, ServiceObject
from registries.lists.grants import Grant
from registries.lists.models import ServiceItem
from registries.places.enums import FACILITY_GROUPS, REQUIRED_FACILITIES, AreaKind, TenOnes
from registries.places.maps import community_map
from registries.places.models import AgencyPoint, Area, Grid, ServiceCentre, ServicePlace

from .selection import PowersTakenOver, service_place


def contact_of(place: ServicePlace) -> dict[str, Any]:
    """components/contact.html; the name stands above it."""
    return {
        "address": place.address,
        "hours": place.hours,
        "phone": place.phone,
        "complaint_phone": place.complaint_phone,
        "note": place.transit,
    }


def facility_groups(centre: ServiceCentre) -> list[dict[str, Any]]:
    """What the implementation plan asks of a centre, group by group, and whether it is there."""
    return [
        {
            "label": label,
            "duty": "应当具备" if set(group) <= set(REQUIRED_FACILITIES) else "视条件配备",
            "entries": [{"label": each.label, "is_there": each.value in centre.facilities} for each in group],
        }
        for label, group in FACILITY_GROUPS.items()
    ]


def ten_ones(point: AgencyPoint) -> list[dict[str, Any]]:
    return [{"label": one.label, "is_there": one.value in point.ten_ones} for one in TenOnes]


def village_table(villages: list[Any], day: date) -> dict[str, Any]:
    """components/list_table.html: each of `villages_of` with its agency point."""
    has_grids = any(village.grid_count for village in villages)
    rows = []
    for village in villages:
        point = service_place(village, "agency_point", day)
        board_url = f"{reverse('board_index')}?community={village.code}" if village.grid_count else ""
        rows.append(
            {
                "cells": [
                    {"kind": "title", "value": village.name, "url": reverse("place", args=[village.code])},
                    {"label": "代办点", "value": point.address if point else "未设代办点"},
                    {
                        "label": "电话",
                        "kind": "short",
                        "value": point.phone if point else "—",
                        "url": f"tel:{point.phone}" if point else "",
                    },
                    {
                        "label": "网格",
                        "kind": "short",
                        "value": f"{village.grid_count}个网格" if village.grid_count else "—",
                        "url": board_url,
                    },
                ][: 4 if has_grids else 3]
            }
        )
    labels = ("村（社区）", "代办点地址", "代办点电话", "网格公示")[: 4 if has_grids else 3]
    return {"columns": [{"label": label} for label in labels], "rows": rows}


def matter_links(area: Area, items: list[ServiceItem]) -> dict[str, Any]:
    """How many matters for whom, and the guide of each at this place."""
    legal = {each.value for each in LEGAL_PERSONS}
    level = "" if area.is_township else "levels=6&"
    legal_query = "&".join(f"service_objects={each.value}" for each in LEGAL_PERSONS)
    groups = (
        ("个人可以办的事", "person", f"?{level}service_objects=1", {ServiceObject.PERSON.value}),
        ("企业和单位可以办的事", "company", f"?{level}{legal_query}", legal),
    )
    counted = [
        (label, icon, query, sum(bool(whom & set(item.service_objects)) for item in items))
        for label, icon, query, whom in groups
    ]
    return {
        "tiles": [
            {"label": label, "icon": icon, "note": f"{count}项", "url": reverse("matter_index") + query}
            for label, icon, query, count in counted
            if count
        ],
        "guides": [{"label": str(item), "url": reverse("guide_at", args=[item.code, area.code])} for item in items],
    }


def powers_table(area: Area, powers: PowersTakenOver | None, day: date) -> dict[str, Any] | None:
    """What a township took over, how and from when, each with its state on this day: components/list_table.html."""
    if powers is None:
        return None
    # A township's own list has its rows at addresses of its own.
    of_city = powers.registry.area.kind == AreaKind.CITY
    where = [] if of_city else [area.code]
    rows = []
    for item, grant in powers.rows:
        level, label = grant.state_on(day)
        rows.append(
            {
                "cells": [
                    {"kind": "title", "value": str(item), "url": reverse("item", args=[*where, "fuquan", item.code])},
                    {"label": "原实施部门", "value": item.department.name if item.department else "—"},
                    {"kind": "short", "label": "方式", "value": grant.mode_label or "—"},
                    {"kind": "short", "label": "期间", "value": _period(grant)},
                    {"kind": "short", "label": "状态", "state": {"level": level, "label": label}},
                ]
            }
        )
    labels = ("事项", "原实施部门", "方式", "期间", "状态")
    return {
        "columns": [{"label": label} for label in labels],
        "rows": rows,
        "in_force": sum(grant.state_on(day)[0] in ("ok", "warn") for _, grant in powers.rows),
        "url": reverse("registry", args=[*where, "fuquan"]) + (f"?township={area.code}" if of_city else ""),
        "url_label": f"在赋权清单里筛选{area.name}承接的事项" if of_city else f"看{powers.registry.title}",
    }


def _period(grant: Grant) -> str:
    begins = f"{grant.effective_from.isoformat()}起" if grant.effective_from else ""
    ends = f"{grant.revoked_on.isoformat()}收回" if grant.revoked_on else ""
    return "，".join(part for part in (begins, ends) if part) or "—"


def community_grids(community: Area, grids: list[Grid]) -> dict[str, Any]:
    """The map of a community, with links to its boards, and the same as a list."""
    picture = community_map(grids)
    drawn = sum(bool(grid.boundary) for grid in grids)
    return {
        "map": map_context(
            picture,
            name=f"{community.name}网格示意图，共{drawn}个网格，每个网格可以点开",
            address_of=board_address,
            caption=f"{community.name}网格示意图",
            description="上北下南。点网格看它的公示牌。"
            + (f"另有{len(grids) - drawn}个网格还没有画边界。" if drawn < len(grids) else ""),
        )
        if picture
        else None,
        "links": [
            {"label": grid.name, "url": board_address(grid.code), "note": grid.bounds_text or "四至正在完善"}
            for grid in grids
        ],
    }


def board_address(code: str) -> str:
    return reverse("board", args=[code])
