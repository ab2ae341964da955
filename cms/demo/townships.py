"""Two townships with service lists of their own on the unified one: 东塔镇 serves better and has a matter of its own, 崇兴镇
leaves two matters out."""

from datetime import datetime
from typing import Any

from registries.lists.adopting import leave_out
from registries.lists.enums import CaseType, FourMode, HandlingMode, Level, ServiceObject, SpecialService
from registries.lists.limits import WORKING_DAY
from registries.lists.models import Edition, Registry, ServiceItem
from registries.lists.publication import publish_edition
from registries.lists.rows import as_stream
from registries.lists.townships import establish_lists
from registries.places.models import Area

from .lists import BASIS_DOC_NO, BASIS_TITLE, EFFECTIVE_FROM

DONGTA, CHONGXING = "640181100000", "640181102000"
#: Limits that 东塔镇 undercuts, in working days, and the window at which it handles these matters.
SHORTER = {"最低生活保障对象认定": 15, "特困人员救助供养对象认定": 15, "临时救助申请": 5}
WINDOW = "2号 全科综合窗口（示例）"
#: What 崇兴镇 does not handle.
LEFT_OUT = ("动物产地检疫申报", "自然人代开发票帮办")
NOTE = "示例数据：承接统一清单后的本地版本，不是{name}正式公布的清单。"
OWN: dict[str, Any] = {
    "name": "集市临时摊位登记（示例）",
    "aliases": ["摆摊", "赶集摆摊"],
    "item_type": "20",
    "service_objects": [ServiceObject.PERSON],
    "person_topics": ["040"],
    "levels": [Level.TOWNSHIP],
    "case_type": CaseType.INSTANT,
    "handling_mode": HandlingMode.DIRECT,
    "four_modes": [FourMode.ONE_VISIT],
    "visits": 1,
    "visit_reason": "当面领取摊位牌。",
    "promised_value": 15,
    "promised_unit": "minute",
    "places": ["东塔镇民生服务中心"],
    "consult_phone": "0951-000-7101",
    "complaint_phone": "0951-000-7102",
    "result_name": "摊位牌",
    "remark": "示例数据。",
}


def load_townships(*, by: Any, at: datetime) -> None:
    unified = Registry.objects.get(kind="service", parent=None)
    areas = list(Area.objects.filter(code__in=(DONGTA, CHONGXING)).order_by("code"))
    for registry, _ in establish_lists(unified, areas, by=by).done:
        draft = registry.editions.get()
        {DONGTA: _dongta, CHONGXING: _chongxing}[registry.area.code](draft)
        Edition.objects.filter(pk=draft.pk).update(
            effective_from=EFFECTIVE_FROM,
            basis_title=BASIS_TITLE,
            basis_doc_no=BASIS_DOC_NO,
            change_note=NOTE.format(name=registry.area.name),
        )
        publish_edition(draft, by=by, at=at)


def _dongta(draft: Edition) -> None:
    for item in draft.items.filter(name__in=SHORTER):
        item.promised_value, item.promised_unit = SHORTER[item.name], WORKING_DAY
        item.window_no, item.consult_phone = WINDOW, "0951-000-7103"
        item.special_services = [*item.special_services, *({SpecialService.AFTER_HOURS} - {*item.special_services})]
        item.save()
    bases = [{"text": "《无证无照经营查处办法》第三条", "law_name": "无证无照经营查处办法", "article": "第三条"}]
    ServiceItem.objects.create(
        edition=draft,
        seq_no=draft.items.count() + 1,
        legal_bases=as_stream(bases),
        materials=as_stream([{"name": "居民身份证", "original": 1, "copy": 0, "necessity": "1", "source": "公安机关"}]),
        steps=as_stream([{"name": "申请"}, {"name": "登记"}, {"name": "发牌"}]),
        **OWN,
    )


def _chongxing(draft: Edition) -> None:
    for item in draft.items.filter(name__in=LEFT_OUT):
        leave_out(item)
    draft.items.filter(name="最低生活保障对象认定").update(
        consult_phone="0951-000-7201", window_no="1号 全科综合窗口（示例）"
    )
