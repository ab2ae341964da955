"""What a download says, an import reads back: nothing is added, changed or lost on the way."""

import io
from datetime import date

import pytest

from registries.exchange.applying import import_workbook
from registries.exchange.resources import RESOURCES
from registries.exchange.writing import write_edition
from registries.lists import enums
from registries.lists.comparison import compare_editions
from registries.lists.drafting import start_draft
from registries.lists.rows import as_stream
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory
from tests.registries.lists.conftest import publish
from tests.shared import department_names, requires_shared, shared_path

pytestmark = pytest.mark.django_db


def read_back(edition):
    """What importing the download of a published edition does to a fresh draft of the same list."""
    file = io.BytesIO(write_edition(edition, edition.items.select_related("department")))
    result = import_workbook(start_draft(edition.registry, by=None), file)
    assert [error.message for error in result.errors] == []
    changed = [change.fields for change in compare_editions(edition, edition.registry.editions.drafts().get()).changed]
    assert changed == []
    return result.added, result.changed, result.unchanged, result.removed


@requires_shared
@pytest.mark.parametrize("kind", list(RESOURCES))
def test_the_lists_of_the_workbooks_come_back_as_they_went(kind):
    for department in sorted(set(department_names().values())):
        written = [alias for alias, name in department_names().items() if name == department != alias]
        OrganisationFactory(name=department, aliases=written)
    registry = RegistryFactory(kind=kind)
    import_workbook(start_draft(registry, by=None), shared_path(f"data/dev/workbooks/{kind}.xlsx"))
    edition = publish(registry.editions.get(), date(2021, 3, 31))
    count = edition.items.count()
    assert count
    assert read_back(edition) == (0, 0, count, [])


TOWNSHIPS_FIRST = [
    {"organisation": "各乡镇（街道）", "role": "lead", "duties": ["牵头排查", "上报"]},
    {"organisation": "应急管理局", "role": "assist", "duties": ["业务指导", "执法"]},
    {"organisation": "公安局", "role": "assist", "duties": ["维护秩序"]},
]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("power", {"name": "证件办理", "sub_name": "新办", "statutory_value": 0, "statutory_unit": "working_day"}),
        ("power", {"remark": "第一段。\n第二段。", "township_kinds": ["street"]}),
        ("responsibility", {"parties": as_stream(TOWNSHIPS_FIRST)}),
        ("service", {"is_fee": True, "fee_note": "工本费（10元），补领20元"}),
        ("service", {"is_fee": False, "fee_note": "首次申领免费，换领20元"}),
        ("service", {"special_services": [code for code, _ in enums.SpecialService.choices]}),
        ("service", {"service_objects": ["1", "2", "3", "4"], "handling_mode": "entrusted", "case_type": ""}),
        (
            "service",
            {
                "materials": as_stream(
                    [
                        {
                            "name": "身份证（正反面）",
                            "original": 1,
                            "copy": 2,
                            "necessity": "2",
                            "source": "申请人自备",
                        },
                        {
                            "name": "申请书",
                            "original": 1,
                            "copy": 0,
                            "source": "窗口领取、网上下载",
                            "waiver": "promise",
                        },
                    ]
                )
            },
        ),
    ],
)
def test_what_editors_write_comes_back_too(kind, row):
    for name in ("应急管理局", "公安局"):
        OrganisationFactory(name=name)
    edition = EditionFactory(registry__kind=kind, items=[row], published=True)
    assert read_back(edition) == (0, 0, 1, [])


def test_an_item_keeps_its_sub_item_and_gives_it_up_when_it_is_renamed():
    row = {"name": "证件办理", "sub_name": "新办", "code": "QL1"}
    edition = EditionFactory(registry__kind="power", items=[row], published=True)
    read_back(edition)
    draft = edition.registry.editions.drafts().get()
    item = draft.items.get()
    assert (item.name, item.sub_name) == ("证件办理", "新办")
    item.name, item.sub_name = "证件办理（补办）", ""
    import_workbook(draft, io.BytesIO(write_edition(draft, [item])))
    item.refresh_from_db()
    assert str(item) == "证件办理（补办）"
