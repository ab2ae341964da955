"""The A4 service guide."""

from typing import Any

from cms.core.flowcharts import flowchart_file
from registries.guides import SECTIONS, ServiceGuide

from .pdf import data_uri, print_pdf, qr_svg

TITLES = {
    "scope": "适用范围",
    "bases": "办理依据",
    "conditions": "申请条件",
    "prohibitions": "禁止性要求",
    "materials": "申请材料",
    "remark": "备注",
    "steps": "办理流程",
    "limits": "办结时限",
    "fees": "收费",
    "places": "办理地点和时间",
    "channels": "办理渠道",
    "results": "办理结果",
    "rights": "权利、义务和救济",
    "contacts": "咨询和投诉",
    "faqs": "常见问题",
}
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


def print_guide(guide: ServiceGuide, *, address: str, site_name: str, notice: str = "") -> bytes:
    """The guide as PDF; `address` is the live page that the QR code leads to, `notice` what a guide of another day than
    today says of itself."""
    return print_pdf(
        "guide.html",
        {
            "guide": guide,
            "notice": notice,
            "sections": guide_sections(guide),
            "materials": [*guide.papers_spared, *guide.papers_to_bring],
            "flowchart": flowchart_for_paper(guide.flowchart_id),
            "has_step_details": any(step.get("handler") or step.get("standard") for step in guide.steps),
            "qr": qr_svg(address),
            "site_name": site_name,
        },
    )


def flowchart_for_paper(image_id: int | None) -> str:
    """The picture inside the sheet, "" when there is none: its text is printed either way."""
    content = flowchart_file(image_id)
    return data_uri(content, "image/jpeg") if content else ""


def guide_sections(guide: ServiceGuide) -> list[dict[str, Any]]:
    """The sections that have something to say, numbered, in the order of the standard."""
    kept = [key for key in SECTIONS if _has_content(guide, key)]
    return [
        {"key": key, "title": TITLES[key], "number": _NUMERALS[place], "template": f"print/guide/{key}.html"}
        for place, key in enumerate(kept)
    ]


def _has_content(guide: ServiceGuide, key: str) -> bool:
    content = {
        "scope": guide.objects or guide.levels or guide.handling,
        "places": guide.place or guide.places,
        "limits": guide.statutory_limit or guide.promised_limit,
        "fees": guide.fee,
        "results": guide.result,
        "rights": guide.rights or guide.obligations or guide.remedies,
        "contacts": guide.place or guide.consult_phone or guide.complaint_phone,
        "steps": guide.steps
        or guide.special_procedures
        or guide.offline_flow
        or guide.online_flow
        or guide.flowchart_id
        or guide.flowchart_text,
    }
    return bool(content[key] if key in content else getattr(guide, key))
