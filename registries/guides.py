"""A service guide (办事指南), composed: one plain object for the page, the paper and every other reader."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from registries.lists import enums
from registries.lists.models import ServiceItem
from registries.places.models import AgencyPoint, ServiceCentre

#: The order a guide's sections stand in (after GB/T 36114); page and paper both follow it.
SECTIONS = (
    "scope",
    "bases",
    "conditions",
    "prohibitions",
    "materials",
    "remark",
    "steps",
    "limits",
    "fees",
    "places",
    "channels",
    "results",
    "rights",
    "contacts",
    "faqs",
)


@dataclass(frozen=True)
class Fact:
    """One answer of the fact strip: `key` names the icon."""

    key: str
    label: str
    value: str


@dataclass(frozen=True)
class GuideMaterial:
    name: str
    original: int
    copy: int
    necessity: str
    source: str
    #: 查询, 部门核验, 告知承诺 or "": how the applicant is spared this paper.
    waiver: str
    notes: tuple[str, ...] = ()
    situation: str = ""
    blank_form_id: int | None = None
    sample_id: int | None = None

    @property
    def is_exempt(self) -> bool:
        """The applicant need not bring it."""
        return self.waiver in (enums.Waiver.QUERY.label, enums.Waiver.VERIFY.label)

    @property
    def copies_lines(self) -> tuple[str, ...]:
        """原件1份, 复印件1份."""
        counted = (("原件", self.original), ("复印件", self.copy))
        return tuple(f"{kind}{count}份" for kind, count in counted if count)

    @property
    def copies(self) -> str:
        """原件1份、复印件1份."""
        return "、".join(self.copies_lines)


@dataclass(frozen=True)
class GuidePlace:
    """The place a guide is for, with what its people keep up to date themselves."""

    name: str
    area_name: str
    area_code: str
    township_name: str
    township_code: str
    address: str
    hours: str
    phone: str
    complaint_phone: str
    transit: str
    is_agency_point: bool
    windows: tuple[str, ...] = ()

    @classmethod
    def of(cls, place: ServiceCentre | AgencyPoint) -> "GuidePlace":
        township = place.township
        return cls(
            name=place.name,
            area_name=place.area.name,
            area_code=place.area.code,
            township_name=township.name if township else "",
            township_code=township.code if township else "",
            address=place.address,
            hours=place.hours,
            phone=place.phone,
            complaint_phone=place.complaint_phone,
            transit=place.transit,
            is_agency_point=isinstance(place, AgencyPoint),
            windows=tuple(place.windows) if isinstance(place, ServiceCentre) else (),
        )


@dataclass(frozen=True)
class ServiceGuide:
    """Everything a guide states. Empty tuples and "" mean that the record does not say; nothing is made up."""

    code: str
    name: str
    item_type: str
    department: str
    day: date
    list_title: str
    edition_label: str
    is_demonstration: bool
    place: GuidePlace | None
    facts: tuple[Fact, ...]
    aliases: tuple[str, ...]
    objects: tuple[str, ...]
    levels: tuple[str, ...]
    four_modes: tuple[str, ...]
    special_services: tuple[str, ...]
    handling: str
    bases: tuple[dict[str, Any], ...]
    conditions: tuple[str, ...]
    prohibitions: tuple[str, ...]
    materials: tuple[GuideMaterial, ...]
    steps: tuple[dict[str, Any], ...]
    offline_flow: str
    online_flow: str
    #: The key of the picture.
    flowchart_id: int | None
    flowchart_text: tuple[str, ...]
    special_procedures: tuple[dict[str, Any], ...]
    statutory_limit: str
    promised_limit: str
    limit_notes: tuple[str, ...]
    fee: str
    fees: tuple[dict[str, Any], ...]
    places: tuple[str, ...]
    hours: str
    online_url: str
    mobile_url: str
    channels: tuple[str, ...]
    result: str
    result_delivery: tuple[str, ...]
    consult_phone: str
    complaint_phone: str
    consult_ways: tuple[str, ...]
    complaint_ways: tuple[str, ...]
    faqs: tuple[dict[str, Any], ...]
    rights: str
    obligations: str
    remedies: tuple[dict[str, Any], ...]
    remark: str

    @property
    def papers_to_bring(self) -> tuple[GuideMaterial, ...]:
        return tuple(material for material in self.materials if not material.is_exempt)

    @property
    def papers_spared(self) -> tuple[GuideMaterial, ...]:
        return tuple(material for material in self.materials if material.is_exempt)


def compose_guide(item: ServiceItem, place: ServiceCentre | AgencyPoint | None, *, day: date) -> ServiceGuide:
    """The guide of this item as handled at this place on this day; without a place, what holds everywhere.

    The item comes with `edition__registry` and `department`, the place with `area__parent`: no query is made here.
    """
    at = GuidePlace.of(place) if place else None
    if at and at.windows and item.window_no:  # the one window for this matter, instead of all that the centre has
        at = replace(at, windows=(item.window_no,))
    materials = tuple(_material(row) for row in item.rows("materials"))
    registry = item.edition.registry
    return ServiceGuide(
        code=item.code,
        name=str(item),
        item_type=item.get_item_type_display(),
        department=item.department.name if item.department else "",
        day=day,
        list_title=registry.title,
        edition_label=edition_label(item.edition),
        is_demonstration=registry.is_demonstration,
        place=at,
        facts=_facts(item, at, materials),
        aliases=tuple(item.aliases),
        objects=tuple(item.get_service_objects_labels()),
        levels=tuple(item.get_levels_labels()),
        four_modes=tuple(item.get_four_modes_labels()),
        special_services=tuple(item.get_special_services_labels()),
        handling=_handling(item),
        bases=tuple(item.rows("legal_bases")),
        conditions=tuple(item.conditions),
        prohibitions=tuple(item.prohibitions),
        materials=materials,
        steps=tuple(item.rows("steps")),
        offline_flow=item.offline_flow,
        online_flow=item.online_flow,
        flowchart_id=item.flowchart_id,
        flowchart_text=tuple(item.flowchart_text.splitlines()),
        special_procedures=tuple(item.rows("special_procedures")),
        statutory_limit=item.statutory_limit.label if item.statutory_limit else "",
        promised_limit=item.promised_limit.label if item.promised_limit else "",
        limit_notes=tuple(note for note in (item.statutory_note, item.promised_note) if note),
        fee=_fee(item),
        fees=tuple(item.rows("fees")),
        places=tuple(item.places),
        hours=at.hours if at else item.hours,
        online_url=item.online_url,
        mobile_url=item.mobile_url,
        channels=_channels(item),
        result=item.result_name,
        result_delivery=tuple(item.get_result_delivery_labels()),
        consult_phone=item.consult_phone,
        complaint_phone=item.complaint_phone,
        consult_ways=tuple(item.consult_ways),
        complaint_ways=tuple(item.complaint_ways),
        faqs=tuple(item.rows("faqs")),
        rights=item.rights,
        obligations=item.obligations,
        remedies=tuple(item.rows("remedies")),
        remark=item.remark,
    )


def edition_label(edition: Any) -> str:
    """2021年3月31日起执行（第1版）."""
    day = edition.effective_from
    return f"{day.year}年{day.month}月{day.day}日起执行（第{edition.number}版）" if day else f"第{edition.number}版草稿"


def facts_of(item: ServiceItem) -> tuple[Fact, ...]:
    """The fact strip of a matter wherever it is handled: for cards and lists."""
    return _facts(item, None, tuple(_material(row) for row in item.rows("materials")))


def _facts(item: ServiceItem, at: GuidePlace | None, materials: tuple[GuideMaterial, ...]) -> tuple[Fact, ...]:
    exempt = sum(material.is_exempt for material in materials)
    papers = f"{len(materials)}份" + (f"，其中{exempt}份免交" if exempt else "") if materials else ""
    limit = item.promised_limit or item.statutory_limit
    answers = [
        ("when", "什么时间", at.hours if at else item.hours),
        ("where", "在哪里", at.name if at else "、".join(item.get_levels_labels())),
        ("limit", "多久办好", limit.label if limit else ""),
        ("visits", "跑几次", _visits(item)),
        ("fee", "收费吗", _fee(item)),
        ("papers", "带什么", papers),
    ]
    return tuple(Fact(*answer) for answer in answers if answer[2])


def _visits(item: ServiceItem) -> str:
    if item.visits is not None:
        return f"{item.visits}次" if item.visits else "不用到现场"
    return "最多1次" if enums.FourMode.ONE_VISIT.value in item.four_modes else ""


def _fee(item: ServiceItem) -> str:
    return (item.fee_note or "收费，见收费标准") if item.is_fee else "不收费"


def _handling(item: ServiceItem) -> str:
    return "、".join(label for label in (item.get_handling_mode_display(), item.get_case_type_display()) if label)


def _channels(item: ServiceItem) -> tuple[str, ...]:
    labels = list(item.get_handling_forms_labels())
    if not labels:
        labels = ["窗口办理"] if item.levels else []
        if item.is_online or enums.FourMode.ONLINE.value in item.four_modes:
            labels.append("网上办理")
    return (*labels, *item.get_special_services_labels())


def _material(row: dict[str, Any]) -> GuideMaterial:
    notes = [row.get(key) or "" for key in ("source_note", "waiver_note", "standard", "instructions", "remark")]
    return GuideMaterial(
        name=row["name"],
        original=row.get("original") or 0,
        copy=row.get("copy") or 0,
        necessity=str(dict(enums.Necessity.choices).get(row.get("necessity") or "", "")),
        source=row.get("source") or "",
        waiver=str(dict(enums.Waiver.choices).get(row.get("waiver") or "", "")),
        notes=tuple(note for note in notes if note),
        situation=row.get("situation") or "",
        blank_form_id=row.get("blank_form"),
        sample_id=row.get("sample"),
    )
