"""A composed guide in the shapes of the shared components."""

from collections.abc import Iterable
from typing import Any

from wagtail.documents import get_document_model

from cms.core.flowcharts import flowchart
from cms.documents.linking import linked_bases
from cms.printing.guide_sheet import guide_sections
from registries.guides import Fact, GuideMaterial, ServiceGuide

#: Icon of each fact.
ICONS = {"when": "clock", "where": "place", "limit": "calendar", "visits": "visits", "fee": "money", "papers": "papers"}


def fact_strip(facts: Iterable[Fact]) -> list[dict[str, str]]:
    """components/fact_strip.html"""
    return [{"icon": ICONS[fact.key], "label": fact.label, "value": fact.value} for fact in facts]


def page_parts(guide: ServiceGuide) -> list[dict[str, Any]]:
    """The guide's sections that have content, in the order of the standard, each with its template."""
    parts = []
    for section in guide_sections(guide):
        part = {
            "key": section["key"],
            "title": section["title"],
            "template": f"guides/parts/{section['key']}.html",
        }
        part |= _EXTRA.get(section["key"], lambda _: {})(guide)
        parts.append(part)
    return parts


def _bases(guide: ServiceGuide) -> dict[str, Any]:
    return {"bases": linked_bases(guide.bases)}


def _papers(materials: Iterable[GuideMaterial]) -> dict[int, str]:
    """The addresses of the blank forms and samples, by their keys."""
    keys = {key for each in materials for key in (each.blank_form_id, each.sample_id) if key}
    return {key: paper.url for key, paper in get_document_model().objects.in_bulk(keys).items()} if keys else {}


def _material(material: GuideMaterial, papers: dict[int, str]) -> dict[str, Any]:
    notes = [f"仅{material.situation}需要"] if material.situation else []
    notes += [f"可以{material.waiver}代替"] if material.waiver and not material.is_exempt else []
    return {
        "name": material.name,
        "copies": material.copies,
        "source": material.source,
        "note": "；".join([*notes, *material.notes]),
        "necessity": "容缺" if material.necessity.startswith("容缺") else material.necessity,
        "exemption": material.waiver,
        "form_url": papers.get(material.blank_form_id or 0, ""),
        "sample_url": papers.get(material.sample_id or 0, ""),
    }


def _materials(guide: ServiceGuide) -> dict[str, Any]:
    papers = _papers([*guide.papers_spared, *guide.papers_to_bring])
    return {
        "exempt": [_material(material, papers) for material in guide.papers_spared],
        "required": [_material(material, papers) for material in guide.papers_to_bring],
    }


def _steps(guide: ServiceGuide) -> dict[str, Any]:
    ways = [("窗口办理", guide.offline_flow), ("网上办理", guide.online_flow)]
    return {
        "ways": [{"label": label, "value": text} for label, text in ways if text],
        "flowchart": flowchart(guide.flowchart_id, guide.name, list(guide.flowchart_text)),
        "steps": [
            {
                "title": step["name"],
                "text": step.get("standard") or "",
                "meta": [part for part in (step.get("handler"), step.get("limit")) if part],
            }
            for step in guide.steps
        ],
    }


def _contacts(guide: ServiceGuide) -> dict[str, Any]:
    place = guide.place
    telephones = [("咨询电话", place.phone), ("监督投诉电话", place.complaint_phone)] if place else []
    telephones.append((f"{guide.department or '主管部门'}咨询电话", guide.consult_phone))
    telephones.append(("政务服务投诉电话", guide.complaint_phone))
    return {"telephones": [{"label": label, "phone": phone} for label, phone in telephones if phone]}


def _places(guide: ServiceGuide) -> dict[str, Any]:
    place = guide.place
    if place is None:
        return {}
    return {
        "contact": {
            "name": place.name,
            "url": f"/difang/{place.area_code}/",
            "address": place.address,
            "hours": place.hours,
            "note": place.transit,
        },
        "windows": place.windows,
    }


_EXTRA = {"bases": _bases, "materials": _materials, "steps": _steps, "contacts": _contacts, "places": _places}
