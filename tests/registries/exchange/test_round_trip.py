"""What a download says, an import reads back: nothing is added, changed or lost on the way."""

import io
import json
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from registries.exchange.applying import import_workbook
from registries.exchange.cells import basis_row
from registries.exchange.normalise import norm
from registries.exchange.resources import RESOURCES
from registries.exchange.writing import write_edition
from registries.lists import enums
from registries.lists.canonical import canonical_row
from registries.lists.comparison import compare_editions
from registries.lists.drafting import start_draft
from registries.lists.rows import as_stream
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory
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


def read_again(draft):
    """What importing the download of a draft does to the draft itself; its rows need not be fit for publication."""
    result = import_workbook(draft, io.BytesIO(write_edition(draft, draft.items.select_related("department"))))
    assert [error.message for error in result.errors] == []
    return result.added, result.changed, result.unchanged, result.removed


@requires_shared
@pytest.mark.parametrize("kind", list(RESOURCES))
def test_the_lists_of_the_workbooks_come_back_as_they_went(kind):
    for department in sorted(set(department_names().values())):
        written = [alias for alias, name in department_names().items() if name == department != alias]
        OrganisationFactory(name=department, aliases=written)
    registry = RegistryFactory(kind=kind)
    import_workbook(start_draft(registry, by=None), shared_path(f"data/dev/workbooks/{kind}.xlsx"))
    draft = registry.editions.get()
    count = draft.items.count()
    assert count
    assert read_again(draft) == (0, 0, count, [])


TOWNSHIPS_FIRST = [
    {"organisation": "各乡镇（街道）", "role": "lead", "duties": ["牵头排查", "上报"]},
    {"organisation": "应急管理局", "role": "assist", "duties": ["业务指导", "执法"]},
    {"organisation": "公安局", "role": "assist", "duties": ["维护秩序"]},
]


TWO_MAIN_PARTIES = [
    {"organisation": "应急管理局", "role": "lead", "duties": ["执法"]},
    {"organisation": "公安局", "role": "lead", "is_lead": True, "duties": ["组织排查", "上报"]},
    {"organisation": "各乡镇（街道）", "role": "assist", "duties": ["巡查"]},
]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("power", {"name": "证件办理", "sub_name": "新办", "statutory_value": 0, "statutory_unit": "working_day"}),
        ("power", {"remark": "第一段。\n第二段。", "township_kinds": ["street"]}),
        ("responsibility", {"parties": as_stream(TOWNSHIPS_FIRST)}),
        ("responsibility", {"parties": as_stream(TWO_MAIN_PARTIES)}),
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


@pytest.mark.parametrize("kind", ["enforcement", "responsibility", "power"])
def test_a_row_without_category_or_department_takes_none_from_the_row_above(kind):
    OrganisationFactory(name="应急管理局")
    named = {"power": {"department": OrganisationFactory(name="公安局")}}.get(kind, {"category": "生态环境"})
    without = {"department": None} if kind == "power" else {"category": ""}
    more = {"parties": as_stream(TOWNSHIPS_FIRST[1:2])} if kind == "responsibility" else {}
    items = [{"name": f"事项{n}"} | more | (without if n else named) for n in range(5)]
    assert read_again(EditionFactory(registry__kind=kind, items=items)) == (0, 0, 5, [])


def test_a_workbook_that_marks_nobody_says_nothing_about_who_leads():
    for name in ("应急管理局", "公安局"):
        OrganisationFactory(name=name)
    row = {"parties": as_stream(TWO_MAIN_PARTIES)}
    draft = EditionFactory(registry__kind="responsibility", items=[row])
    item = draft.items.get()
    item.parties = as_stream([party | {"is_lead": False} for party in TWO_MAIN_PARTIES])
    assert import_workbook(draft, io.BytesIO(write_edition(draft, [item]))).unchanged == 1
    assert [party["organisation"] for party in draft.items.get().leads if party["is_lead"]] == ["公安局"]


def test_a_workbook_that_marks_another_party_moves_the_lead():
    for name in ("应急管理局", "公安局"):
        OrganisationFactory(name=name)
    draft = EditionFactory(registry__kind="responsibility", items=[{"parties": as_stream(TWO_MAIN_PARTIES)}])
    item = draft.items.get()
    item.parties = as_stream([party | {"is_lead": party["organisation"] == "应急管理局"} for party in TWO_MAIN_PARTIES])
    assert import_workbook(draft, io.BytesIO(write_edition(draft, [item]))).changed == 1
    assert [party["organisation"] for party in draft.items.get().leads if party["is_lead"]] == ["应急管理局"]


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


# Rows of every kind as editors may write them: what is exported and imported again says the same.

PIECES = st.one_of(
    st.text("甲乙丙丁戊己庚辛壬癸12a", min_size=1, max_size=6),
    st.sampled_from(["（含补办）", "《丁法》", "“戊”", "、", "1寸"]),
)
WORDS = st.lists(PIECES, min_size=1, max_size=4).map(lambda pieces: f"关于{''.join(pieces)}的事")
LINES = st.lists(WORDS, max_size=3, unique_by=norm)
LIMITS = st.one_of(
    st.none(), st.tuples(st.integers(1, 90), st.sampled_from([unit for unit, _ in enums.LimitUnit.choices]))
)


def some_of(choices):
    codes = [code for code, _ in choices]
    return st.sets(st.sampled_from(codes)).map(lambda chosen: [code for code in codes if code in chosen])


def one_of(choices):
    return st.sampled_from([code for code, _ in choices])


BASES = st.lists(WORDS.map(lambda words: f"《{words}办法》第三条"), max_size=3, unique_by=norm)
MATERIALS = st.fixed_dictionaries(
    {
        "name": WORDS,
        "original": st.integers(0, 3),
        "copy": st.integers(0, 3),
        "necessity": one_of(enums.Necessity.choices),
        "source": st.sampled_from(["申请人自备", "窗口领取、网上下载", "政府部门核发"]),
        "waiver": st.sampled_from(["", *(code for code, _ in enums.Waiver.choices)]),
    }
)
DUTIES = st.lists(WORDS, min_size=1, max_size=3, unique_by=norm)
DEPARTMENTS = ("公安局", "民政局", enums.EVERY_TOWNSHIP)


@st.composite
def parties(draw):
    rows = []
    for role in (enums.PartyRole.LEAD, enums.PartyRole.ASSIST):
        names = draw(st.lists(st.sampled_from(DEPARTMENTS), max_size=2, unique=True))
        leading = draw(st.sampled_from([None, *names])) if role == enums.PartyRole.LEAD else None
        rows += [
            {"organisation": name, "role": role.value, "is_lead": name == leading, "duties": draw(DUTIES)}
            for name in names
        ]
    return rows


TYPE = {"item_type": one_of(enums.ItemType.choices)}
KINDS = {
    "power": TYPE | {"township_kinds": some_of(enums.TownshipKind.choices), "promised": LIMITS, "remark": WORDS},
    "delegated": TYPE
    | {
        "grant_mode": one_of(enums.GrantMode.choices),
        "township_kinds": some_of(enums.TownshipKind.choices),
        "effective_on": st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    },
    "service": TYPE
    | {
        "case_type": one_of(enums.CaseType.choices),
        "four_modes": some_of(enums.FourMode.choices),
        "special_services": some_of(enums.SpecialService.choices),
        "levels": some_of(enums.HANDLING_LEVELS),
        "promised": LIMITS,
        "materials": st.lists(MATERIALS, max_size=3, unique_by=lambda row: norm(row["name"])).map(as_stream),
        "conditions": LINES,
        "places": LINES,
        "is_fee": st.booleans(),
        "fee_note": st.sampled_from(["", "工本费（10元）", "每证20元"]),
        "result_name": WORDS,
        "hours": st.sampled_from(["", "工作日9:00—17:00"]),
    },
    "enforcement": {
        "item_type": st.sampled_from(["02", "03", "06"]),
        "category": st.sampled_from(["", "市容环境卫生类", "农业农村"]),
        "enforcement_mode": one_of(enums.EnforcementMode.choices),
        "statutory_subject": WORDS,
    },
    "responsibility": {"category": st.sampled_from(["", "生态环境"]), "parties": parties().map(as_stream)},
}


def row_of(drawn, place):
    row = {"seq_no": place, "code": f"A{place}", **drawn}
    row["legal_bases"] = as_stream(basis_row(text) for text in row.pop("bases"))
    if "promised" in row:
        row["promised_value"], row["promised_unit"] = row.pop("promised") or (None, "")
        row |= {"statutory_value": None, "statutory_unit": ""}
    return row


def said(kind, item):
    """What a download shows of the item: limits are two columns in the record and one in the workbook."""
    shown = tuple(field.attribute for field in RESOURCES[kind]().fields.values())
    row = {key: value for key, value in canonical_row(item).items() if key.startswith(shown)}
    row["name"], row["sub_name"] = str(item), ""
    return row


@pytest.mark.parametrize("kind", list(KINDS))
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_rows_come_back_from_their_workbook(kind, data, db):
    strategy = st.fixed_dictionaries({"name": WORDS, "bases": BASES} | KINDS[kind])
    rows = data.draw(st.lists(strategy, min_size=1, max_size=4, unique_by=lambda row: norm(row["name"])))
    with transaction.atomic():
        for name in ("公安局", "民政局"):
            OrganisationFactory(name=name)
        draft = EditionFactory(registry__kind=kind, items=[row_of(row, n) for n, row in enumerate(rows, 1)])
        written = [said(kind, item) for item in draft.items.order_by("seq_no")]
        file = io.BytesIO(write_edition(draft, draft.items.select_related("department").order_by("seq_no")))
        draft.items.all().delete()
        result = import_workbook(draft, file)
        read = [said(kind, item) for item in draft.items.order_by("seq_no")]
        transaction.set_rollback(True)
    assert [error.message for error in result.errors] == []
    assert norm(json.dumps(read, sort_keys=True, ensure_ascii=False)) == norm(
        json.dumps(written, sort_keys=True, ensure_ascii=False)
    )
