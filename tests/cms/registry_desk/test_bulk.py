"""One answer for many rows: chosen, looked at, applied; within reach, recorded, in few queries."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.audit.models import AuditEntry
from cms.registry_desk.bulk import FIELDS
from cms.registry_desk.panels import fields_of
from registries.lists.drafting import lock
from registries.lists.kinds import KINDS
from registries.lists.models import ServiceItem
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    return EditionFactory(
        items=[
            {"name": "临时救助", "consult_phone": "0951-000-0101", "four_modes": ["3"]},
            {"name": "养犬登记", "consult_phone": "0951-000-0102", "four_modes": ["3", "4"]},
            {"name": "残疾人证", "consult_phone": "0951-000-0199", "four_modes": []},
        ]
    )


def address(draft, name="bulk"):
    return reverse(f"rows_{draft.registry.kind}:{name}", args=[draft.pk])


def change(client, draft, chosen, name, answers, **more):
    """Look, then apply what was seen: the answer to the second post."""
    posted = {"ziduan": name, **chosen, **{f"zhi-{key}": value for key, value in answers.items()}, **more}
    seen = client.post(address(draft), posted | {"yulan": "1"})
    plan = seen.context["plan"]
    return plan, client.post(address(draft), posted | {"yingyong": "1", "kanguo": plan.stamp if plan else ""})


def said(draft, name):
    return list(draft.items.values_list(name, flat=True))


@pytest.mark.parametrize("kind", KINDS)
def test_names_codes_and_texts_of_one_matter_are_never_set_for_many(kind):
    assert set(FIELDS[kind]) <= set(fields_of(kind))
    assert not set(FIELDS[kind]) & {"name", "sub_name", "code", "seq_no", "legal_bases", "materials", "impl_code"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_shows_its_own_widget(people, kind):
    draft = EditionFactory(registry__kind=kind, items=2)
    keys = said(draft, "pk")
    for name in FIELDS[kind]:
        page = people.city.get(address(draft), {"hang": keys, "ziduan": name})
        assert page.status_code == 200
        assert name in page.context["form"].fields


def test_a_telephone_is_set_for_chosen_rows_after_a_look(people, draft):
    first, second, _ = draft.items
    chosen = {"hang": [first.pk, second.pk]}
    plan, response = change(people.city, draft, chosen, "consult_phone", {"consult_phone": "0951-000-0102"})
    assert (len(plan.changed), plan.unchanged) == (1, 1)
    assert [(group["before"], group["after"]) for group in plan.groups()] == [("0951-000-0101", "0951-000-0102")]
    assert response.url == address(draft, "index")
    assert said(draft, "consult_phone") == ["0951-000-0102", "0951-000-0102", "0951-000-0199"]
    entry = AuditEntry.objects.filter(action="registry_desk.bulk_edit").get()
    assert (entry.by, entry.about_name) == (people.users.city, "临时救助")
    assert (entry.before, entry.after) == ({"咨询电话": "0951-000-0101"}, {"咨询电话": "0951-000-0102"})
    assert ModelLogEntry.objects.filter(action="registry_desk.bulk_edit", object_id=str(first.pk)).exists()


def test_sets_take_and_lose_a_choice(people, draft):
    everything = {"quanbu": "1"}
    change(people.city, draft, everything, "four_modes", {"four_modes": ["4"]}, fangshi="zengjia")
    assert said(draft, "four_modes") == [["3", "4"], ["3", "4"], ["4"]]
    change(people.city, draft, everything, "four_modes", {"four_modes": ["3"]}, fangshi="qudiao")
    assert said(draft, "four_modes") == [["4"], ["4"], ["4"]]


def test_lines_are_added_to_lines(people, draft):
    change(people.city, draft, {"quanbu": "1"}, "places", {"places": "临时窗口"}, fangshi="zengjia")
    assert draft.items.first().places == ["各乡镇（街道）民生服务中心综合窗口", "临时窗口"]


def test_a_limit_is_number_and_unit(people, draft):
    change(
        people.city, draft, {"quanbu": "1"}, "promised_value", {"promised_value": "5", "promised_unit": "working_day"}
    )
    assert {str(row.promised_limit) for row in draft.items} == {"5个工作日"}
    seen = people.city.post(
        address(draft), {"quanbu": "1", "ziduan": "promised_value", "zhi-promised_value": "5", "yulan": "1"}
    )
    assert seen.context["form"].errors["promised_unit"] == ["承诺时限填了数字，请再选单位。"]


def test_all_rows_of_a_search(people, draft):
    chosen = {"quanbu": "1", "q": "登记"}
    _, response = change(people.city, draft, chosen, "hours", {"hours": "全天"})
    assert sorted(draft.items.filter(hours="全天").values_list("name", flat=True)) == ["养犬登记"]
    assert response.url.endswith("?q=%E7%99%BB%E8%AE%B0")


def test_what_changed_after_the_look_is_looked_at_again(people, draft):
    posted = {"ziduan": "hours", "quanbu": "1", "zhi-hours": "全天"}
    seen = people.city.post(address(draft), posted | {"yulan": "1"}).context["plan"].stamp
    ServiceItem.objects.filter(edition=draft, name="临时救助").update(hours="别人改的")
    again = people.city.post(address(draft), posted | {"yingyong": "1", "kanguo": seen})
    assert "有了别的改动" in again.content.decode()
    assert "全天" not in said(draft, "hours")


def test_rows_are_deleted_after_a_look_each_recorded_with_what_it_said(people, draft):
    first, second, _ = draft.items
    chosen = {"hang": [first.pk, second.pk]}
    page = people.city.get(address(draft, "bulk_delete"), chosen)
    assert "从草稿里删除2项" in page.content.decode()
    assert draft.items.count() == 3
    people.city.post(address(draft, "bulk_delete"), chosen | {"kanguo": "2"})
    assert said(draft, "name") == ["残疾人证"]
    entries = AuditEntry.objects.filter(action="registry_desk.bulk_delete")
    assert {entry.before["咨询电话"] for entry in entries} == {"0951-000-0101", "0951-000-0102"}


def test_without_a_choice_the_person_is_told(people, draft):
    response = people.city.get(address(draft), follow=True)
    assert "还没有选择事项" in response.content.decode()


def test_others_rows_published_rows_and_locked_drafts_are_left_alone(people, draft, chongxing, linhe):
    own, foreign, old = chongxing.draft.items.get(), linhe.draft.items.get(), chongxing.published.items.get()
    chosen = {"hang": [own.pk, foreign.pk, old.pk]}
    change(people.township, chongxing.draft, chosen, "undertaking_office", {"undertaking_office": "综合执法办公室"})
    for row, expected in ((own, "综合执法办公室"), (foreign, ""), (old, "")):
        row.refresh_from_db()
        assert row.undertaking_office == expected
    for name in ("bulk", "bulk_delete"):
        assert people.township.get(address(linhe.draft, name), {"quanbu": "1"}).status_code == 404
        assert people.reviewer.get(address(draft, name), {"quanbu": "1"}).status_code == 302
        assert people.township.post(address(draft, name), {"quanbu": "1"}).status_code in (302, 404)
    lock(draft, by=people.users.city, at=draft.created_at)
    people.city.post(address(draft), {"quanbu": "1", "ziduan": "hours", "zhi-hours": "全天", "yingyong": "1"})
    people.city.post(address(draft, "bulk_delete"), {"quanbu": "1", "kanguo": "3"})
    assert "全天" not in said(draft, "hours")
    assert draft.items.count() == 3


def test_a_department_out_of_reach_or_a_field_not_offered_is_no_answer(people, draft):
    for name in ("name", "code", "edition", "没有"):
        seen = people.city.post(address(draft), {"quanbu": "1", "ziduan": name, f"zhi-{name}": "x", "yingyong": "1"})
        assert seen.context["form"] is None
    wrong = people.city.post(
        address(draft), {"quanbu": "1", "ziduan": "department", "zhi-department": "999999", "yulan": "1"}
    )
    assert wrong.context["form"].errors["department"]
    bureau = OrganisationFactory(name="民政局")
    change(people.city, draft, {"quanbu": "1"}, "department", {"department": bureau.pk})
    assert {row.department for row in draft.items.select_related("department")} == {bureau}


def test_a_township_leaves_alone_what_the_unified_list_locks(people, chongxing):
    unified = RegistryFactory(kind="power")
    chongxing.registry.parent = unified
    chongxing.registry.save()
    page = people.township.get(address(chongxing.draft), {"quanbu": "1"})
    offered = [name for name, _ in page.context["field_form"].fields["ziduan"].choices]
    assert offered == ["exercising_body", "undertaking_office", "supervision_phone", "promised_value"]


def test_thousands_of_rows_take_no_query_a_row(people, draft, django_assert_max_num_queries):
    """SQLite takes 999 values a statement, so 3,000 entries in two logs are some 60 statements."""
    ServiceItem.objects.bulk_create(
        [ServiceItem(edition=draft, seq_no=n, name=f"事项{n}", code=f"X{n}", item_type="20") for n in range(4, 3001)]
    )
    posted = {"ziduan": "consult_phone", "quanbu": "1", "zhi-consult_phone": "0951-000-0102"}
    plan = people.city.post(address(draft), posted | {"yulan": "1"}).context["plan"]
    with django_assert_max_num_queries(150):
        people.city.post(address(draft), posted | {"yingyong": "1", "kanguo": plan.stamp})
    assert draft.items.filter(consult_phone="0951-000-0102").count() == 3000
    with django_assert_max_num_queries(150):
        people.city.post(address(draft, "bulk_delete"), {"quanbu": "1", "kanguo": "3000"})
    assert not draft.items.exists()
