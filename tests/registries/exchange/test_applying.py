"""A workbook becomes the rows of a draft: exactly what it says, and nothing of what an editor added is lost."""

import json
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from registries.exchange.applying import import_workbook
from registries.exchange.normalise import norm
from registries.exchange.resources import NECESSITY, RESOURCES
from registries.lists import enums
from registries.lists.adopting import adopt_edition
from registries.lists.comparison import compare_editions
from registries.lists.drafting import CannotDraft, start_draft
from registries.lists.models import Registry
from registries.lists.rows import as_stream
from registries.places.models import Area, Organisation
from tests.registries.lists.conftest import add_item, publish
from tests.shared import SHARED, requires_shared

DEV = SHARED / "data" / "dev"
HEADINGS = ["序号", "编码", "事项名称", "权力类型", "承诺时限", "法定时限", "设定依据", "主管部门"]


@pytest.fixture
def city(db):
    for name, aliases in (("民政局", ["市民政局"]), ("农业农村局", [])):
        Organisation.objects.create(name=name, kind="department", aliases=aliases)
    return Area.objects.create(code="640181000000", name="灵武市", kind="city")


@pytest.fixture
def registry(city):
    return Registry.objects.create(kind="power", area=city, title="权力清单")


def workbook(*rows, headings=HEADINGS) -> BytesIO:
    book = openpyxl.Workbook()
    book.active.append(["示例清单"])
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def a_row(number, name, **changes):
    row = dict(
        zip(
            HEADINGS,
            [number, f"QL{number}", name, "行政许可", "10个工作日", "20个工作日", "《某法》第一条", "民政局"],
            strict=True,
        )
    )
    return list((row | changes).values())  # fmt: skip


@requires_shared
@pytest.mark.parametrize("kind", list(RESOURCES))
def test_the_lists_of_the_workbooks_become_drafts_equal_to_the_expected_rows(kind, city):
    make_departments()
    registry = Registry.objects.create(kind=kind, area=city, title=kind)
    expected = json.loads((DEV / "expected" / f"{kind}.json").read_text())
    result = import_workbook(start_draft(registry, by=None), DEV / "workbooks" / f"{kind}.xlsx")
    assert [error.message for error in result.faults] == []
    assert result.is_applied
    assert result.added == expected["row_count"]
    items = list(registry.editions.get().items.select_related("department"))
    assert [normed(said_by(item)) for item in items] == [
        normed({key: value for key, value in row.items() if key != "item_id" and key[0] != "_"})
        for row in expected["rows"]
    ]
    assert [(item.source_sheet, item.source_row) for item in items] == [
        (row["_src"]["sheet"], row["_src"]["row"]) for row in expected["rows"]
    ]
    assert all(item.code for item in items)


def make_departments():
    Organisation.objects.all().delete()
    for line in (DEV / "departments.csv").read_text("utf-8-sig").splitlines()[1:]:
        name, aliases, *_ = line.split(",")
        if not name.startswith("#"):
            Organisation.objects.create(name=name, kind="department", aliases=aliases.split("|"))


def normed(value):
    if isinstance(value, str):
        return norm(value)
    if isinstance(value, list):
        return [normed(entry) for entry in value]
    if isinstance(value, dict):
        return {key: normed(entry) for key, entry in value.items()}
    return value


def said_by(item):
    """The item in the shape of the expected rows."""
    said = {
        "code": None if item.has_assigned_code else item.code,
        "name": item.name,
        "basis": item.basis_texts,
    }
    kind = item.edition.registry.kind
    if kind not in ("responsibility", "service"):
        said["remark"] = item.remark or None
    if kind in ("power", "service"):
        said["statutory_limit"] = item.statutory_limit.as_dict() if item.statutory_limit else None
        said["promised_limit"] = item.promised_limit.as_dict() if item.promised_limit else None
    if kind == "power":
        said |= {"type": item.get_item_type_display(), "subjects": item.get_township_kinds_labels()}
        said["department"] = item.department and item.department.name
    elif kind == "delegated":
        said |= {
            "type": item.get_item_type_display(),
            "original_department": item.department and item.department.name,
            "mode": item.get_grant_mode_display(),
            "subjects": item.get_township_kinds_labels(),
            "effective_date": item.effective_on and item.effective_on.isoformat(),
        }
    elif kind == "enforcement":
        said |= {
            "category": item.category,
            "kind": item.get_item_type_display(),
            "department": item.department and item.department.name,
            "statutory_subject": item.statutory_subject,
            "mode": item.get_enforcement_mode_display(),
        }
    elif kind == "responsibility":
        said |= {"seq": item.seq_no, "category": item.category}
        said["main"] = [{"department": p["organisation"], "duties": p["duties"]} for p in item.leads]
        said["cooperate"] = [duty for party in item.assistants for duty in party["duties"]]
    else:
        said |= service_said(item)
    return said


def service_said(item):
    handling = "代办" if item.handling_mode == "entrusted" else item.get_case_type_display()
    objects = item.get_service_objects_labels()
    necessity = {code.value: word for word, code in NECESSITY.items()}
    return {
        "department": item.department.name,
        "type": item.get_item_type_display(),
        "handling": handling,
        "targets": [w for w in ("自然人", "法人") if (w == "自然人" and w in objects) or (w == "法人" and "企业法人" in objects)],
        "levels": item.get_levels_labels(),
        "flags": item.get_four_modes_labels(),
        "fee": item.is_fee,
        "fee_note": item.fee_note or None,
        "materials": [
            {
                "name": row["name"],
                "original": row["original"],
                "copy": row["copy"],
                "necessity": necessity[row["necessity"]],
                "source": row["source"],
                "waiver": dict(enums.Waiver.choices).get(row["waiver"]),
            }
            for row in item.rows("materials")
        ],
        "conditions": item.conditions,
        "process": [row["name"] for row in item.rows("steps")],
        "result": item.result_name,
        "options": item.get_special_services_labels(),
        "consult_phone": item.consult_phone,
        "complaint_phone": item.complaint_phone,
        "place": item.places,
        "hours": item.hours,
    }  # fmt: skip


def test_importing_again_changes_nothing_and_keeps_what_the_workbook_does_not_say(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲"), a_row(2, "乙")))
    draft.items.filter(name="甲").update(supervision_phone="0951-000-0001", duty_basis="编辑补充")
    result = import_workbook(draft, workbook(a_row(1, "甲"), a_row(2, "乙")))
    assert (result.added, result.changed, result.unchanged, result.removed) == (0, 0, 2, [])
    assert draft.items.get(name="甲").duty_basis == "编辑补充"


def test_a_workbook_says_what_is_new_changed_and_gone(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲"), a_row(2, "乙"), a_row(3, "丙")))
    publish(draft, date(2021, 3, 31))
    draft = start_draft(registry, by=None)
    result = import_workbook(draft, workbook(a_row(3, "丙"), a_row(2, "乙", 承诺时限="5个工作日"), a_row(4, "丁")))
    assert (result.added, result.changed, result.unchanged, result.removed) == (1, 1, 1, ["甲"])
    assert [item.name for item in draft.items] == ["丙", "乙", "丁"]
    assert str(draft.items.get(name="乙").promised_limit) == "5个工作日"


def test_rows_without_a_code_are_known_by_type_and_name(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲", 编码=None), a_row(2, "乙", 编码=None)))
    codes = dict(draft.items.values_list("name", "code"))
    publish(draft, date(2021, 3, 31))
    draft = start_draft(registry, by=None)
    result = import_workbook(draft, workbook(a_row(1, "乙", 编码=None), a_row(2, "甲", 编码=None)))
    assert result.unchanged == 2
    assert dict(draft.items.values_list("name", "code")) == codes


def test_one_faulty_row_keeps_everything_out_unless_told_otherwise(registry):
    draft = start_draft(registry, by=None)
    file = workbook(a_row(1, "甲"), a_row(2, "乙", 主管部门="外星事务局"))
    result = import_workbook(draft, file)
    assert not result.is_applied
    assert not draft.items.exists()
    assert result.faults[0].row == 4
    assert "外星事务局" in result.faults[0].message
    file.seek(0)
    result = import_workbook(draft, file, skip_faulty=True)
    assert result.is_applied
    assert (result.added, result.skipped) == (1, 1)


def test_a_faulty_row_does_not_remove_the_row_the_draft_has(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲"), a_row(2, "乙")))
    result = import_workbook(draft, workbook(a_row(1, "甲"), a_row(2, "乙", 承诺时限="尽快")), skip_faulty=True)
    assert result.removed == []
    assert {item.name for item in draft.items} == {"甲", "乙"}


def test_a_dry_run_counts_and_leaves_the_draft_alone(registry):
    draft = start_draft(registry, by=None)
    result = import_workbook(draft, workbook(a_row(1, "甲")), dry_run=True)
    assert (result.added, result.is_applied, draft.items.count()) == (1, False, 0)


def test_a_published_edition_takes_no_workbook(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲")))
    with pytest.raises(CannotDraft):
        import_workbook(publish(draft, date(2021, 3, 31)), workbook(a_row(1, "甲")))


def test_a_file_that_is_no_workbook_changes_nothing(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲")))
    result = import_workbook(draft, BytesIO(b"not a workbook"))
    assert not result.is_applied
    assert [error.kind for error in result.errors] == ["unreadable_file"]
    assert draft.items.count() == 1


def test_rows_of_one_name_and_type_are_told_apart_and_none_is_forgotten(registry):
    draft = start_draft(registry, by=None)
    for number in (1, 2):
        add_item(draft, "甲", code=f"QL{number}")
    result = import_workbook(draft, workbook(a_row(1, "甲", 编码="QL2")))
    assert (result.added, result.removed) == (0, ["甲"])
    assert draft.items.get().code == "QL2"


def test_a_row_claimed_by_its_code_is_not_given_to_its_namesake(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲")))
    result = import_workbook(draft, workbook(a_row(1, "甲", 编码=None), a_row(2, "乙", 编码="QL1")))
    assert (result.added, result.changed, result.removed) == (1, 1, [])
    assert set(draft.items.values_list("name", "code")) == {("甲", "QL-640181000-0001"), ("乙", "QL1")}


def test_a_faulty_row_with_a_new_name_does_not_remove_the_row_with_its_code(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲")))
    result = import_workbook(draft, workbook(a_row(1, "甲的新名称", 承诺时限="尽快"), a_row(2, "乙")), skip_faulty=True)
    assert result.removed == []
    assert {item.name for item in draft.items} == {"甲", "乙"}


def test_what_the_workbook_has_no_column_for_stays(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲")))
    draft.items.update(remark="编辑补充")
    result = import_workbook(draft, workbook([1, "甲", "第一条"], headings=["序号", "事项名称", "设定依据"]))
    item = draft.items.get()
    assert (result.added, result.changed, result.removed) == (0, 1, [])
    assert (item.code, item.item_type, item.department.name, item.remark) == ("QL1", "01", "民政局", "编辑补充")
    assert (str(item.promised_limit), item.basis_texts) == ("10个工作日", ["第一条"])


def test_an_empty_cell_under_a_heading_clears_the_field(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲")))
    import_workbook(draft, workbook(a_row(1, "甲", 承诺时限=None)))
    assert draft.items.get().promised_limit is None


def test_what_an_editor_put_right_in_a_citation_stays(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲")))
    item = draft.items.get()
    item.legal_bases = as_stream([item.rows("legal_bases")[0] | {"law_name": "某某法", "law_kind": "law"}])
    item.save()
    assert import_workbook(draft, workbook(a_row(1, "甲"))).unchanged == 1
    basis = draft.items.get().rows("legal_bases")[0]
    assert (basis["law_name"], basis["law_kind"], basis["article"]) == ("某某法", "law", "第一条")


def test_a_code_from_the_workbook_replaces_one_that_the_system_assigned(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲", 编码=None)))
    draft.items.update(duty_basis="编辑补充")
    result = import_workbook(draft, workbook(a_row(1, "甲", 编码="QL9")))
    item = draft.items.get()
    assert (result.added, result.removed) == (0, [])
    assert (item.code, item.has_assigned_code, item.duty_basis) == ("QL9", False, "编辑补充")


def test_a_row_that_the_record_refuses_is_not_counted_as_taken(registry):
    draft = start_draft(registry, by=None)
    result = import_workbook(draft, workbook(a_row(1, "甲" * 1001), a_row(2, "乙")), skip_faulty=True)
    assert (result.added, result.skipped, draft.items.count()) == (1, 1, 1)
    assert "第3行C列" in result.faults[0].message


def test_numbers_that_begin_anew_do_not_mix_the_rows(city):
    registry = Registry.objects.create(kind="responsibility", area=city, title="属地管理")
    headings = ["序号", "事项名称", "主体责任单位", "主体责任内容", "配合责任"]
    rows = [[number, name, "民政局", "牵头", "巡查"] for number, name in ((1, "甲"), (2, "乙"), (1, "丙"), (2, "丁"))]
    draft = start_draft(registry, by=None)
    assert import_workbook(draft, workbook(*rows, headings=headings)).faults == []
    assert [item.name for item in draft.items] == ["甲", "乙", "丙", "丁"]


def test_an_import_asks_the_database_no_more_for_more_rows_than_it_writes(registry, django_assert_max_num_queries):
    draft = start_draft(registry, by=None)
    file = workbook(*(a_row(number, f"事项{number}") for number in range(1, 41)))
    import_workbook(draft, file)
    with django_assert_max_num_queries(20):
        assert import_workbook(draft, file).unchanged == 40


def test_another_writing_of_the_same_words_is_no_change(registry):
    draft = start_draft(registry, by=None)
    import_workbook(draft, workbook(a_row(1, "甲（新办）", 设定依据="《某法》（2018年修正）第一条")))
    (basis,) = draft.items.get().rows("legal_bases")
    draft.items.update(legal_bases=as_stream([basis | {"law_name": "某法（核对过）"}]))
    result = import_workbook(draft, workbook(a_row(1, "甲(新办)", 设定依据="《某法》(2018年修正) 第一条")))
    assert (result.changed, result.unchanged) == (0, 1)
    item = draft.items.get()
    assert (item.name, item.rows("legal_bases")[0]["law_name"]) == ("甲（新办）", "某法（核对过）")


@requires_shared
@pytest.mark.parametrize("kind", ["power", "service"])
def test_next_years_workbook_changes_what_its_editors_changed_and_nothing_else(city, kind, monkeypatch):
    # The lists of 2021 break a few rules on purpose; here they are published as they are.
    monkeypatch.setattr("registries.lists.publication.blocking_findings", lambda edition: [])
    wanted = json.loads((DEV / "expected" / f"diff_{kind}_2022.json").read_text(encoding="utf-8"))
    make_departments()
    registry = Registry.objects.create(kind=kind, area=city, title="清单")
    draft = start_draft(registry, by=None)
    import_workbook(draft, DEV / "workbooks" / f"{kind}.xlsx")
    publish(draft, date(2021, 3, 31))
    second = start_draft(registry, by=None)
    result = import_workbook(second, DEV / "updates" / f"{kind}_2022.xlsx")
    counts = {"added": result.added, "cancelled": len(result.removed), "changed": result.changed}
    assert counts | {"unchanged": result.unchanged} == wanted["counts"]
    comparison = compare_editions(registry.editions.get(number=1), second)
    before, after = (
        {item.code: normed(said_by(item)) for item in edition.items.select_related("department")}
        for edition in (registry.editions.get(number=1), second)
    )
    assert {row["code"]: after[row["code"]] for row in comparison.added} == {
        row["code"]: normed({key: value for key, value in row.items() if key != "item_id"}) for row in wanted["added"]
    }
    assert {row["code"]: row["name"] for row in comparison.removed} == {
        row["code"]: row["name"] for row in wanted["cancelled"]
    }
    assert [change.code for change in comparison.changed] == [change["code"] for change in wanted["changed"]]
    for change in wanted["changed"]:
        old, new = before[change["code"]], after[change["code"]]
        fields = {name: {"old": old[name], "new": new[name]} for name in new if old[name] != new[name]}
        assert fields == normed(change["fields"])


def test_a_townships_workbook_leaves_the_unified_lists_fields_alone(registry):
    """Locked fields keep the unified list's answers and are named by row; its rows left out are named, too."""
    unified = start_draft(registry, by=None)
    assert import_workbook(unified, workbook(a_row(1, "示例许可"), a_row(2, "示例确认"))).is_applied
    unified = publish(unified, date(2021, 3, 31))
    area = Area.objects.create(code="640181102000", name="崇兴镇", kind="town", parent=registry.area)
    township = Registry.objects.create(kind="power", area=area, title="崇兴镇权力清单", parent=registry)
    draft = start_draft(township, by=None)
    adopt_edition(draft, unified)
    draft.refresh_from_db()
    result = import_workbook(
        draft,
        workbook(a_row(1, "改了的名称", 承诺时限="5个工作日", 主管部门="农业农村局"), ["", "", "本地的事", "公共服务"]),
    )
    assert result.is_applied
    row = draft.items.get(code="QL1")
    assert (row.name, row.department.name, row.promised_value) == ("示例许可", "民政局", 5)
    warnings = {error.kind: (error.row, error.message) for error in result.errors if error.is_warning}
    assert warnings["locked_field"][0] == 3
    assert "“示例许可”的事项名称、主管部门由统一清单规定" in warnings["locked_field"][1]
    assert "统一清单的“示例确认”" in warnings["not_taken"][1]
    assert {item.name for item in draft.items} == {"示例许可", "本地的事"}
