"""A composed board in the shapes of the shared components."""

import logging
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse

from cms.core.grid_maps import map_context
from cms.printing.pdf import data_uri, qr_svg
from registries.boards import BoardPart, NoticeBoard
from registries.places.models import Grid

logger = logging.getLogger(__name__)

#: Twice the size it is shown in, for sharp screens.
PHOTO_FILTER = "fill-252x336|jpegquality-85"


def board_address(code: str, day: date | None = None) -> str:
    """Of a grid's board, today's or that of a day."""
    return reverse("board", args=[code]) if day is None else reverse("board_as_of", args=[code, day])


def grid_tree(grids: Any) -> list[dict[str, Any]]:
    """Township → community → grids, in the order of their codes."""
    return [
        {
            "name": township.name if township else "",
            "url": reverse("place", args=[township.code]) if township else "",
            "communities": [
                {
                    "name": community.name,
                    "links": [
                        {"label": grid.name.removeprefix(community.name) or grid.name, "url": board_address(grid.code)}
                        for grid in members
                    ],
                }
                for community, members in groupby(of_township, key=lambda grid: grid.community)
            ],
        }
        for township, of_township in groupby(grids, key=lambda grid: grid.community.parent)
    ]


def grid_table(grids: Any) -> dict[str, Any]:
    """components/list_table.html: what a search found."""
    rows = [
        {
            "cells": [
                {"kind": "title", "value": grid.name, "url": board_address(grid.code)},
                {
                    "label": "村（社区）",
                    "kind": "short",
                    "value": grid.community.name,
                    "url": reverse("place", args=[grid.community.code]),
                },
                {
                    "label": "乡镇（街道）",
                    "kind": "short",
                    "value": grid.community.parent.name if grid.community.parent else "—",
                },
                {
                    "label": "范围",
                    "value": "；".join(filter(None, [grid.bounds_text, "、".join(grid.buildings)])) or "—",
                },
            ]
        }
        for grid in grids
    ]
    return {"columns": [{"label": label} for label in ("网格", "村（社区）", "乡镇（街道）", "范围")], "rows": rows}


def board_map(board: NoticeBoard, day: date | None) -> dict[str, Any] | None:
    """components/map.html with the neighbours as links (to their boards of the same `day`, None for today), or None while
    the grid has no boundary."""
    if board.map is None:
        return None
    near = [shape.label for shape in board.map.shapes if shape.is_neighbour]
    sentences = ["上北下南。深色粗线围成的是本网格的责任区。"]
    sentences.append(f"相邻的有{'、'.join(near)}。" if near else "图上没有相邻的网格。")
    return map_context(
        board.map,
        name=f"{board.community_name}网格示意图，共{len(board.map.shapes)}个网格，突出显示的是{board.grid_name}",
        address_of=lambda code: board_address(code, day),
        caption=f"{board.grid_name}示意图",
        description="".join(sentences),
    )


def worker_card(board: NoticeBoard) -> dict[str, Any] | None:
    """components/person.html: only what article 21 publishes. None while nobody is on duty."""
    if not board.worker_name:
        return None
    photo = _photo(board)
    return {
        "name": board.worker_name,
        "role": "网格员",
        "photo_src": photo.url if photo else "",
        "photo_alt": (board.photo.alt_text if photo else "") or f"网格员{board.worker_name}的照片",
        "phone": board.worker_phone,
        "services": board.services,
        "duties": board.duties,
        "backup_label": f"不在岗时找B岗网格员{board.backup_name}" if board.backup_name else "",
    }


def _photo(board: NoticeBoard) -> Any:
    """The portrait at its size on the page; None when there is none, or its file cannot be read."""
    if board.photo is None:
        return None
    try:
        return board.photo.get_rendition(PHOTO_FILTER)
    except OSError:
        logger.exception("the photo %s cannot be read", board.photo.pk)
        return None


def area_fields(board: NoticeBoard) -> list[dict[str, Any]]:
    """components/fields.html: the backup, the responsibility area in words, and whom it belongs to."""
    return [
        {
            "label": "B岗网格员",
            "value": f"{board.backup_name}　{board.backup_phone}" if board.backup_name else "",
            "url": f"tel:{board.backup_phone}" if board.backup_phone else "",
        },
        {"label": "四至范围", "value": board.bounds_text},
        {"label": "责任区", "value": board.responsibility_text},
        {"label": "楼栋、小区", "value": "、".join(board.buildings)},
        {"label": "户数", "value": f"{board.households}户" if board.households is not None else ""},
        {"label": "人口", "value": f"{board.population}人" if board.population is not None else ""},
        {"label": "监督电话", "value": board.supervision_phone, "url": f"tel:{board.supervision_phone}"},
        {
            "label": "所属村（社区）",
            "value": board.community_name,
            "url": reverse("place", args=[board.community_code]),
        },
        {
            "label": "所属乡镇（街道）",
            "value": board.township_name,
            "url": reverse("place", args=[board.township_code]) if board.township_code else "",
        },
    ]


def missing_sentence(board: NoticeBoard) -> str:
    """What the public is told of the parts that are not there, or not any more."""
    if board.is_worker_withdrawn:
        return "那一天在岗的网格员已经离岗，姓名、照片和电话不再公示。"
    if not board.missing:
        return ""
    if BoardPart.NAME in board.missing:
        rest = [part.label for part in board.missing if part in (BoardPart.MAP, BoardPart.RESPONSIBILITY_AREA)]
        also = f"，还缺少{'、'.join(rest)}" if rest else ""
        return f"这个网格现在没有在岗的网格员{also}。"
    return f"还缺少{'、'.join(part.label for part in board.missing)}。"


def helpers(grid: Grid, day: date) -> list[dict[str, Any]]:
    """Whom to call instead: the agency point of the community and the centre of the township, where they are open."""
    community = grid.community
    places = [getattr(community, "agency_point", None), getattr(community.parent, "service_centre", None)]
    return [
        {
            "name": place.name,
            "url": reverse("place", args=[place.area.code]) if place.area_id else "",
            "address": place.address,
            "hours": place.hours,
            "phone": place.phone,
        }
        for place in places
        if place is not None and place.is_valid_on(day)
    ]


def print_bar(board: NoticeBoard, address: str, *, is_current: bool) -> dict[str, Any]:
    """components/print_bar.html: the sheet only when it is today's and nothing of it is missing; the code of the page
    always."""
    return {
        "pdf_url": reverse("board_pdf", args=[board.grid_code]) if is_current and board.is_complete else "",
        "pdf_label": "打印公示牌（PDF）",
        "qr_src": data_uri(qr_svg(address).encode(), "image/svg+xml"),
        "url": address,
    }
