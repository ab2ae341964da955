"""The five lists, read from their workbooks and published by the code that serves every other list."""

from datetime import date, datetime
from typing import Any

from registries.exchange.applying import import_workbook
from registries.lists.drafting import start_draft
from registries.lists.models import Edition, Registry, ServiceItem
from registries.lists.publication import publish_edition
from registries.places.models import Area, Organisation

from .corrections import correct_draft
from .grants import add_grants
from .tables import DATA, read_table, split

EFFECTIVE_FROM = date(2021, 3, 31)
BASIS_TITLE = "灵武市人民政府办公室关于印发实施方案等9个文件的通知"
BASIS_DOC_NO = "灵政办发〔2021〕20号"
#: kind → (title as the notice names it, who answers for it, what it says)
LISTS = {
    "power": ("灵武市乡镇（街道）权力清单", "市政府办公室", "乡镇（街道）依法可以行使的职权，每项写明类型和依据。"),
    "delegated": ("灵武市乡镇（街道）赋权清单", "审批服务管理局", "市级部门交给乡镇（街道）办理的事项，写明原部门、方式和生效日期。"),
    "service": ("灵武市乡镇（街道）政务服务事项清单", "审批服务管理局", "群众和企业可以在乡镇（街道）、村（社区）申请办理的事项和办事指南。"),
    "enforcement": ("灵武市乡镇（街道）行政执法事项清单", "综合执法局", "乡镇（街道）可以实施的行政处罚和行政强制，写明依据和原实施主体。"),
    "responsibility": ("灵武市“属地管理”事项主体责任和配合责任清单", "市政府办公室", "一件事由谁负主体责任、谁来配合，各自做什么。"),
}  # fmt: skip


class DemonstrationFault(Exception):
    """The demonstration's own data cannot be loaded."""


def load_lists(*, by: Any, at: datetime) -> None:
    city = Area.objects.get(code="640181000000")
    for kind, (title, owner, summary) in LISTS.items():
        registry = Registry.objects.create(
            kind=kind,
            area=city,
            title=title,
            owner=Organisation.objects.get(name=owner),
            summary=summary,
            is_demonstration=True,
            review_due_on=date(2027, 3, 31),
        )
        draft = start_draft(registry, by=by)
        fill_from_workbook(draft, kind)
        Edition.objects.filter(pk=draft.pk).update(
            effective_from=EFFECTIVE_FROM,
            basis_title=BASIS_TITLE,
            basis_doc_no=BASIS_DOC_NO,
            change_note="示例数据：首次编制，依据公开的法律法规和通行做法整理，不是灵武市正式公布的清单。",
        )
        draft.refresh_from_db()
        if kind == "service":
            add_words(draft)
        if kind == "delegated":
            add_grants(draft, by=by)
        correct_draft(draft, by=by, day=at.date())
        publish_edition(draft, by=by, at=at)


def fill_from_workbook(draft: Edition, name: str) -> None:
    """Make the draft's rows those of `data/<name>.xlsx`."""
    result = import_workbook(draft, DATA / f"{name}.xlsx")
    if not result.is_applied:
        raise DemonstrationFault("\n".join(error.message for error in result.errors))


def add_words(draft: Edition) -> None:
    """Everyday words and topics, as an editor would add them to the draft before it is published."""
    words = read_table("service_words")
    for item in draft.items:
        for row in words:
            if row["keyword"] not in item.name:
                continue
            item.aliases = [*item.aliases, *(word for word in split(row["aliases"]) if word not in item.aliases)]
            item.person_topics = sorted({*item.person_topics, *split(row["person_topics"])})
            item.legal_topics = sorted({*item.legal_topics, *split(row["legal_topics"])})
        if "1" not in item.service_objects:
            item.person_topics = []
        if item.service_objects == ["1"]:
            item.legal_topics = []
        ServiceItem.objects.filter(pk=item.pk).update(
            aliases=item.aliases, person_topics=item.person_topics, legal_topics=item.legal_topics
        )
