"""Lingwu's areas, organisations, service centres and agency points."""

from registries.places.enums import FACILITY_GROUPS, AreaKind, Facility, OrganisationKind, TenOnes
from registries.places.models import AgencyPoint, Area, Organisation, ServiceCentre

from .tables import read_table, split

REAL_SOURCE = "统计用区划代码2016年版；村（社区）此后有调整，以最新公布为准。读音待核对。"
FICTITIOUS_SOURCE = "示例数据：虚构的社区，代码末三位9xx为演示号段。"
HOURS = "工作日9:00—17:00；老弱病残孕等群众可预约延时办、上门办。"
EVERY_FACILITY = [facility.value for facility in Facility]
#: What the smaller townships of the demonstration do without.
SOME_FACILITIES = [
    facility.value
    for facility in Facility
    if facility not in FACILITY_GROUPS["选配设施"] or facility == Facility.TERMINAL
]


def load_places() -> None:
    areas = _load_areas()
    _load_organisations(areas)
    townships = [area for area in areas.values() if area.kind in (AreaKind.STREET, AreaKind.TOWN, AreaKind.TOWNSHIP)]
    for place, township in enumerate(townships):
        _load_centre(township, place)
    villages = [
        area
        for area in areas.values()
        if area.kind in (AreaKind.VILLAGE, AreaKind.COMMUNITY) and area.parent and area.parent.kind != AreaKind.FARM
    ]
    for place, village in enumerate(villages):
        _load_point(village, place)


def _load_areas() -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for row in read_table("areas"):
        code = row["code"]
        is_fictitious = row["name"].startswith("示例")
        above = f"{code[:6]}000000" if code.endswith("000") else f"{code[:9]}000"
        area = Area(
            code=code,
            name=row["name"],
            kind=row["kind"],
            parent=areas.get(above),
            pinyin=row["pinyin"],
            aliases=split(row["aliases"]),
            source_note=FICTITIOUS_SOURCE if is_fictitious else REAL_SOURCE,
            is_demonstration=is_fictitious,
        )
        area.full_clean()
        area.save()
        areas[code] = area
    return areas


def _load_organisations(areas: dict[str, Area]) -> None:
    for row in read_table("organisations"):
        Organisation.objects.create(
            name=row["name"], full_name=row["full_name"], kind=row["kind"], aliases=split(row["aliases"])
        )
    for area in areas.values():
        if area.kind in (AreaKind.STREET, AreaKind.TOWN, AreaKind.TOWNSHIP):
            name = f"{area.name}办事处" if area.kind == AreaKind.STREET else f"{area.name}人民政府"
            short = [f"{area.name}政府"] if area.kind != AreaKind.STREET else []
            Organisation.objects.create(
                name=name,
                full_name=f"灵武市{name}",
                kind=OrganisationKind.TOWNSHIP,
                area=area,
                aliases=[area.name, *short],
            )


def _load_centre(township: Area, place: int) -> None:
    centre = ServiceCentre(  # type: ignore[misc]
        area=township,
        address=f"{township.name}示例路{place + 1}号一层（示例地址）",
        hours=HOURS,
        phone=_phone(1000 + 2 * place),
        complaint_phone=_phone(1001 + 2 * place),
        transit=f"乘公交车到“{township.name}示例站”下车，向北约100米（示例）。",
        facilities=EVERY_FACILITY if place < 4 else SOME_FACILITIES,
        windows=["1号 全科综合窗口", "2号 全科综合窗口", "3号 红色窗口（帮办代办）", "4号 绿色通道"],
    )
    centre.full_clean()
    centre.save()


def _load_point(village: Area, place: int) -> None:
    point = AgencyPoint(  # type: ignore[misc]
        area=village,
        address=f"{village.name}示例路{place + 1}号活动场所一层（示例地址）",
        hours=HOURS,
        phone=_phone(2000 + 2 * place),
        complaint_phone=_phone(2001 + 2 * place),
        ten_ones=list(TenOnes.values),
    )
    point.full_clean()
    point.save()


def _phone(number: int) -> str:
    """A number that is not assigned to anybody."""
    return f"0951-000-{number:04d}"
