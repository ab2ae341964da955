"""Unified list and township lists at the desk: adopting, deciding, taking rows; and attempts to break in by direct posts."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.audit.models import AuditEntry
from registries.lists.adopting import adopt_edition
from registries.lists.drafting import lock, start_draft
from registries.lists.models import Edition, PowerItem, Registry
from registries.lists.townships import establish_lists
from tests.cms.registry_desk.conftest import logged_in
from tests.cms.registry_desk.test_drafting import row_form
from tests.cms.registry_desk.test_reach import is_refused
from tests.factories import (
    AreaFactory,
    EditionFactory,
    OrganisationFactory,
    PowerItemFactory,
    UserFactory,
)
from tests.registries.lists.conftest import NOON, publish

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2021, 3, 31), date(2022, 1, 1)
ROWS = [{"code": f"QL{n}", "name": name, "promised_value": 20, "promised_unit": "working_day"}
        for n, name in enumerate(["养犬登记", "农村危房改造", "临时救助"], 1)]  # fmt: skip


@pytest.fixture
def unified(db):
    return EditionFactory(registry__kind="power", published=True, items=ROWS, effective_from=DAY)


def township(unified, name, code):
    area = AreaFactory(name=name, code=code)
    organisation = OrganisationFactory(township=True, area=area, name=f"{name}人民政府")
    establish_lists(unified.registry, [area], by=None)
    registry = Registry.objects.get(area=area)
    user = UserFactory(township_editor=True, organisation=organisation)
    return SimpleNamespace(
        area=area, registry=registry, user=user, client=logged_in(user), draft=registry.editions.get()
    )


@pytest.fixture
def dongta(unified):
    return township(unified, "东塔镇", "640181100000")


@pytest.fixture
def linhe(unified):
    return township(unified, "临河镇", "640181105000")


@pytest.fixture
def city(db):
    return logged_in(UserFactory(city_editor=True))


def page_of(client, name, *args, **query):
    response = client.get(reverse(f"registry_desk:{name}", args=args), query)
    assert response.status_code == 200, name
    return response.content.decode()


def post(client, name, *args, **data):
    return client.post(reverse(f"registry_desk:{name}", args=args), data)


def next_unified(unified, act):
    draft = start_draft(unified.registry, by=None)
    act(draft)
    return publish(draft, NEXT)


def with_a_conflict(unified, township):
    """The township promises 10 days and has published so; the unified list goes from 20 to 15, drops a row and adds one."""
    township.draft.items.filter(code="QL1").update(promised_value=10, undertaking_office="综合执法办公室")
    publish(township.draft, DAY)

    def change(draft):
        draft.items.filter(code="QL1").update(promised_value=15)
        draft.items.filter(code="QL3").delete()
        PowerItemFactory(edition=draft, code="QL4", name="露天烧烤")

    return next_unified(unified, change)


def adopted_draft(unified, township):
    latest = with_a_conflict(unified, township)
    post(township.client, "adopt", township.registry.pk, banben=latest.pk)
    return township.registry.editions.drafts().get()


def actions(registry):
    return set(ModelLogEntry.objects.filter(object_id=registry.pk).values_list("action", flat=True))


# What it is for


def test_the_lists_page_says_what_it_stands_on_and_that_there_is_a_newer_edition(unified, dongta):
    text = page_of(dongta.client, "registry", dongta.registry.pk)
    assert "承接的上级版本" in text
    assert "承接新版" not in text
    with_a_conflict(unified, dongta)
    text = page_of(dongta.client, "registry", dongta.registry.pk)
    for words in ("还没有承接", "承接新版", "第2版（2022年1月1日起）"):
        assert words in text
    # 养犬登记 in conflict, 农村危房改造 the same, 临时救助 cancelled above, 露天烧烤 not taken
    standing = page_of(dongta.client, "standing", dongta.registry.editions.get().pk)
    for words in ("冲突", "一致", "上级已取消", "承接新版后加入", "承诺时限、承办机构"):
        assert words in standing


def test_adopting_is_shown_before_it_is_done_and_changes_only_a_draft(unified, dongta):
    latest = with_a_conflict(unified, dongta)
    published = dongta.registry.editions.get()
    preview = page_of(dongta.client, "adopt", dongta.registry.pk)
    for words in ("新增1项", "取消1项", "露天烧烤", "临时救助", "有1处统一清单和本地都改了", "养犬登记"):
        assert words in preview
    assert not dongta.registry.editions.drafts().exists()
    response = post(dongta.client, "adopt", dongta.registry.pk, banben=latest.pk)
    draft = dongta.registry.editions.drafts().get()
    assert response.url == reverse("registry_desk:conflicts", args=[draft.pk])
    assert (draft.adopted, draft.created_by) == (latest, dongta.user)
    assert set(draft.items.values_list("code", flat=True)) == {"QL1", "QL2", "QL4"}
    assert published.items.count() == 3
    assert "registry_desk.adopt" in actions(dongta.registry)


def test_an_edition_that_came_after_the_preview_is_shown_first(unified, dongta):
    first = with_a_conflict(unified, dongta)
    draft = start_draft(unified.registry, by=None)
    publish(draft, date(2023, 1, 1))
    response = post(dongta.client, "adopt", dongta.registry.pk, banben=first.pk)
    assert response.url == reverse("registry_desk:adopt", args=[dongta.registry.pk])
    assert not dongta.registry.editions.drafts().exists()


def test_conflicts_stand_side_by_side_and_are_decided(unified, dongta):
    draft = adopted_draft(unified, dongta)
    text = page_of(dongta.client, "conflicts", draft.pk)
    for words in ("20个工作日", "15个工作日", "10个工作日", "采用上级的", "保留本地的"):
        assert words in text
    conflict = draft.conflicts.get()
    assert "还有1处没有选择" in post_followed(dongta.client, draft, {})
    post_followed(dongta.client, draft, {f"conflict-{conflict.pk}": "parent"})
    assert draft.items.get(code="QL1").promised_value == 15
    post_followed(dongta.client, draft, {f"conflict-{conflict.pk}": "local"})
    row = draft.items.get(code="QL1")
    assert (row.promised_value, row.undertaking_office) == (10, "综合执法办公室")
    conflict.refresh_from_db()
    assert (conflict.choice, conflict.decided_by) == ("local", dongta.user)
    assert "registry_desk.decide_conflict" in actions(dongta.registry)


def post_followed(client, draft, data):
    return client.post(reverse("registry_desk:conflicts", args=[draft.pk]), data, follow=True).content.decode()


@pytest.mark.parametrize(("rest", "value"), [("parent", 15), ("local", 10)])
def test_all_that_are_left_are_decided_at_once(unified, dongta, rest, value):
    draft = adopted_draft(unified, dongta)
    assert "已全部处理" in post_followed(dongta.client, draft, {"rest": rest})
    assert draft.items.get(code="QL1").promised_value == value


def test_a_choice_that_is_none_decides_nothing(unified, dongta):
    draft = adopted_draft(unified, dongta)
    post_followed(dongta.client, draft, {f"conflict-{draft.conflicts.get().pk}": "both", "rest": "none"})
    assert draft.conflicts.get().choice == ""


def test_the_page_warns_where_keeping_would_stop_the_publication(unified, dongta):
    dongta.draft.items.filter(code="QL1").update(promised_value=18)
    publish(dongta.draft, DAY)
    latest = next_unified(unified, lambda draft: draft.items.filter(code="QL1").update(promised_value=15))
    post(dongta.client, "adopt", dongta.registry.pk, banben=latest.pk)
    draft = dongta.registry.editions.drafts().get()
    assert "不如统一清单方便群众" in page_of(dongta.client, "conflicts", draft.pk)


def test_a_unified_row_taken_out_counts_as_not_taken_and_can_be_taken_again(unified, dongta):
    row = dongta.draft.items.get(code="QL2")
    address = reverse("rows_power:delete", args=[row.pk])
    assert "记为“未承接”" in dongta.client.get(address).content.decode()
    dongta.client.post(address)
    assert not dongta.draft.items.filter(code="QL2").exists()
    assert "registry_desk.leave_out" in actions(dongta.registry)
    text = page_of(dongta.client, "standing", dongta.draft.pk, zhuangtai="not_taken")
    assert "农村危房改造" in text
    assert "承接这一项" in text
    post(dongta.client, "take_row", dongta.draft.pk, bianma="QL2")
    assert dongta.draft.items.get(code="QL2").name == "农村危房改造"
    again = dongta.client.post(
        reverse("registry_desk:take_row", args=[dongta.draft.pk]), {"bianma": "QL2"}, follow=True
    )
    assert "已经在草稿里" in again.content.decode()


def test_what_the_unified_list_decides_is_shown_and_has_no_field(dongta):
    row = dongta.draft.items.get(code="QL1")
    response = dongta.client.get(reverse("rows_power:edit", args=[row.pk]))
    fields = response.context["form"].fields
    assert not {"name", "code", "item_type", "legal_bases", "department", "statutory_value", "seq_no"} & set(fields)
    assert {"undertaking_office", "remark", "promised_value", "promised_unit"} <= set(fields)
    text = response.content.decode()
    for words in ("由统一清单规定，不能改。", "养犬登记", "《示例条例》第九条第一款", "只能更方便群众"):
        assert words in text


def test_the_city_sets_lists_up_and_adopts_everywhere(unified, city, dongta):
    other = AreaFactory(name="崇兴镇")
    text = page_of(city, "establish", unified.registry.pk)
    assert "崇兴镇" in text
    assert "东塔镇" not in text
    result = post(city, "establish", unified.registry.pk, difang=[other.code])
    assert "为1个乡镇（街道）建立了清单" in result.content.decode()
    registry = Registry.objects.get(area=other)
    assert "registry_desk.establish" in actions(registry)
    assert "请至少选择一个" in post(city, "establish", unified.registry.pk, difang=["x", "999"]).content.decode()

    lock(registry.editions.get(), by=None, at=NOON)
    with_a_conflict(unified, dongta)
    assert "崇兴镇" in page_of(city, "adopt_everywhere", unified.registry.pk)
    text = post(city, "adopt_everywhere", unified.registry.pk).content.decode()
    assert "已办（1）" in text
    assert "没有动（1）" in text
    assert "正在审核" in text
    assert dongta.registry.editions.drafts().get().conflicts.count() == 1
    entries = AuditEntry.objects.filter(action="registry_desk.adopt_row")
    said = {entry.about_name: (bool(entry.before), bool(entry.after)) for entry in entries}
    assert said["露天烧烤"] == (False, True), "a row that came"
    assert (True, False) in said.values(), "a row that went"


def test_every_township_at_once(unified, city):
    areas = [AreaFactory(), AreaFactory()]
    post(city, "establish", unified.registry.pk, quanbu="1")
    assert set(Registry.objects.filter(parent=unified.registry).values_list("area", flat=True)) == {a.pk for a in areas}


def test_the_report_names_township_row_state_and_what_differs(unified, city, dongta, linhe):
    with_a_conflict(unified, dongta)
    text = page_of(city, "divergence", unified.registry.pk)
    for words in ("东塔镇", "养犬登记", "承诺时限、承办机构", "不是最新", "还没有现行的清单"):
        assert words in text
    assert "农村危房改造" not in text  # the same: only when it is asked for
    assert "农村危房改造" in page_of(city, "divergence", unified.registry.pk, zhuangtai="same")
    assert "养犬登记" not in page_of(city, "divergence", unified.registry.pk, difang=linhe.area.code)
    download = city.get(
        reverse("registry_desk:divergence_download", args=[unified.registry.pk]), {"zhuangtai": "conflict"}
    )
    rows = list(openpyxl.load_workbook(BytesIO(download.content)).active.iter_rows(min_row=3, values_only=True))
    assert rows == [
        ("乡镇（街道）", "本地版次", "编码", "事项名称", "状态", "不同的内容"),
        ("东塔镇", "第1版", "QL1", "养犬登记", "冲突", "承诺时限、承办机构"),
    ]


def test_a_reviewing_bureau_reads_the_report_and_sets_nothing_up(unified, dongta):
    reviewer = logged_in(UserFactory(legal_reviewer=True))
    page_of(reviewer, "divergence", unified.registry.pk)
    for name in ("establish", "adopt_everywhere"):
        assert reviewer.get(reverse(f"registry_desk:{name}", args=[unified.registry.pk])).status_code == 302
        post(reviewer, name, unified.registry.pk, quanbu="1")
    assert post(reviewer, "adopt", dongta.registry.pk, banben=unified.pk).status_code == 302
    assert Registry.objects.count() == 2


def test_pages_that_do_not_fit_a_list_are_not_found(unified, city, dongta):
    for name in ("establish", "adopt_everywhere", "divergence", "divergence_download"):
        assert city.get(reverse(f"registry_desk:{name}", args=[dongta.registry.pk])).status_code == 404
    assert city.get(reverse("registry_desk:adopt", args=[unified.registry.pk])).status_code == 404
    assert city.get(reverse("registry_desk:standing", args=[unified.pk])).status_code == 404


# Breaking in


def test_another_townships_list_is_out_of_reach(unified, dongta, linhe):
    latest = with_a_conflict(unified, linhe)
    adopt_edition(start_draft(linhe.registry, by=None), latest)
    draft = linhe.registry.editions.drafts().get()
    before = list(draft.items.order_by("pk").values())
    conflict = draft.conflicts.get()
    row = draft.items.get(code="QL1")
    for name, pk, data in [
        ("adopt", linhe.registry.pk, {"banben": latest.pk}),
        ("conflicts", draft.pk, {f"conflict-{conflict.pk}": "parent", "rest": "parent"}),
        ("take_row", draft.pk, {"bianma": "QL2"}),
        ("start_draft", linhe.registry.pk, {}),
        ("discard", draft.pk, {}),
        ("publish", draft.pk, {"publish": "1"}),
        ("import", draft.pk, {"apply": "1"}),
    ]:
        assert is_refused(dongta.client.post(reverse(f"registry_desk:{name}", args=[pk]), data)), name
    assert is_refused(dongta.client.get(reverse("registry_desk:standing", args=[draft.pk])))
    for name in ("edit", "delete"):
        assert is_refused(dongta.client.post(reverse(f"rows_power:{name}", args=[row.pk]), row_form(row, remark="改")))
    assert is_refused(dongta.client.post(reverse("rows_power:add", args=[draft.pk]), row_form(row, code="")))
    assert list(draft.items.order_by("pk").values()) == before
    assert draft.conflicts.get().choice == ""


def test_a_conflict_of_another_draft_is_not_decided_by_its_number(unified, dongta, linhe):
    latest = with_a_conflict(unified, linhe)
    adopt_edition(start_draft(linhe.registry, by=None), latest)
    foreign = linhe.registry.editions.drafts().get().conflicts.get()
    assert dongta.client.post(
        reverse("registry_desk:conflicts", args=[dongta.draft.pk]), {f"conflict-{foreign.pk}": "parent"}
    ).status_code == 302  # fmt: skip
    foreign.refresh_from_db()
    assert foreign.choice == ""


def test_posted_locked_fields_are_not_read(dongta):
    row = dongta.draft.items.get(code="QL1")
    data = row_form(row, code="QL-X", name="别的名称", item_type="02", seq_no=99, statutory_value=1, remark="本地备注")
    data |= {"statutory_unit": "minute", "promised_value": 5, "promised_unit": "working_day", "edition": 1}
    dongta.client.post(reverse("rows_power:edit", args=[row.pk]), data)
    row.refresh_from_db()
    assert (row.name, row.code, row.item_type, row.statutory_value) == ("养犬登记", "QL1", "07", None)
    assert (row.remark, row.promised_value) == ("本地备注", 5)


def test_bulk_changes_reach_no_locked_field_and_no_other_townships_rows(dongta, linhe):
    row = dongta.draft.items.get(code="QL1")
    data = {"hang": [row.pk], "ziduan": "item_type", "zhi-item_type": "02", "yingyong": "1", "quanbu": "1"}
    dongta.client.post(reverse("rows_power:bulk", args=[dongta.draft.pk]), data)
    assert set(dongta.draft.items.values_list("item_type", flat=True)) == {"07"}
    for name in ("bulk", "bulk_delete"):
        assert is_refused(
            dongta.client.post(reverse(f"rows_power:{name}", args=[linhe.draft.pk]), data | {"kanguo": "3"})
        )
    foreign = linhe.draft.items.get(code="QL1")
    dongta.client.post(reverse("rows_power:bulk_delete", args=[dongta.draft.pk]), {"hang": [foreign.pk], "kanguo": "1"})
    assert linhe.draft.items.count() == 3


def test_deleting_many_rows_says_that_the_unified_ones_count_as_not_taken(dongta):
    address = reverse("rows_power:bulk_delete", args=[dongta.draft.pk])
    assert "记为“未承接”" in dongta.client.get(address, {"quanbu": "1"}).content.decode()


def test_a_row_of_ones_own_gets_no_code_of_the_unified_list(unified, dongta):
    next_unified(unified, lambda draft: PowerItemFactory(edition=draft, code="QL9", name="以后的事"))
    new = PowerItem(seq_no=9, item_type="07", name="冒用编码", exercise_level="5")
    dongta.draft.items.filter(code="QL2").delete()
    for code in ("QL2", "QL9"):
        response = dongta.client.post(reverse("rows_power:add", args=[dongta.draft.pk]), row_form(new, code=code))
        assert "是统一清单的" in response.context["form"].errors["code"][0]
    assert not dongta.draft.items.filter(name="冒用编码").exists()
    dongta.client.post(reverse("rows_power:add", args=[dongta.draft.pk]), row_form(new, code=""))
    own = dongta.draft.items.get(name="冒用编码")
    dongta.client.post(reverse("rows_power:edit", args=[own.pk]), row_form(own, code="QL2"))
    own.refresh_from_db()
    assert own.code.startswith("QL-640181100-")


def test_a_township_reads_no_report_and_sets_up_no_lists(unified, dongta, linhe):
    for name in ("establish", "adopt_everywhere", "divergence", "divergence_download", "registry"):
        address = reverse(f"registry_desk:{name}", args=[unified.registry.pk])
        assert is_refused(dongta.client.get(address)), name
        assert is_refused(dongta.client.post(address, {"quanbu": "1"})) or name in ("divergence", "registry"), name
    assert Registry.objects.count() == 3


def test_a_published_or_reviewed_list_takes_nothing(unified, dongta):
    draft = adopted_draft(unified, dongta)
    lock(draft, by=None, at=NOON)
    for name, data in (("conflicts", {"rest": "parent"}), ("take_row", {"bianma": "QL4"})):
        answer = dongta.client.post(reverse(f"registry_desk:{name}", args=[draft.pk]), data, follow=True)
        assert "正在审核" in answer.content.decode()
    assert draft.conflicts.get().choice == ""
    row = draft.items.get(code="QL1")
    for name in ("edit", "delete"):
        dongta.client.post(reverse(f"rows_power:{name}", args=[row.pk]), row_form(row, remark="改"))
    dongta.client.post(reverse("rows_power:add", args=[draft.pk]), row_form(row, code=""))
    assert (draft.items.count(), draft.items.get(code="QL1").remark) == (3, row.remark)
    published = dongta.registry.editions.published().get()
    assert post(dongta.client, "conflicts", published.pk, rest="parent").status_code == 302


# Queries


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_ask_no_more_for_more_rows_and_the_report_the_same_for_every_township(unified, city, dongta, linhe):
    latest = with_a_conflict(unified, dongta)
    adopt_edition(start_draft(dongta.registry, by=None), latest)
    draft = dongta.registry.editions.drafts().get()
    addresses = [
        reverse("registry_desk:registry", args=[dongta.registry.pk]),
        reverse("registry_desk:standing", args=[draft.pk]),
        reverse("registry_desk:conflicts", args=[draft.pk]),
    ]
    report = reverse("registry_desk:divergence", args=[unified.registry.pk])
    before, reported = [queries(dongta.client, address) for address in addresses], queries(city, report)
    PowerItemFactory.create_batch(8, edition=draft)
    assert [queries(dongta.client, address) for address in addresses] == before
    publish(linhe.draft, NEXT)
    # The list's own rows and its conflicts: two queries a township, and the edition it stands on is read already.
    assert queries(city, report) == reported + 2


def test_the_preview_asks_no_more_for_more_rows(unified, dongta):
    with_a_conflict(unified, dongta)
    address = reverse("registry_desk:adopt", args=[dongta.registry.pk])
    before = queries(dongta.client, address)
    draft = start_draft(unified.registry, by=None)
    PowerItemFactory.create_batch(8, edition=draft)
    publish(draft, date(2023, 1, 1))
    assert Edition.objects.filter(registry=unified.registry).count() == 3
    assert queries(dongta.client, address) == before
