"""A list's way from draft to publication at the desk."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cms.reviews import reviewing
from registries.lists.models import Edition, PowerItem
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory, UserFactory
from tests.shared import department_names, requires_shared, shared_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(people):
    registry = RegistryFactory(kind="power")
    EditionFactory(
        registry=registry,
        published=True,
        items=[{"name": name, "code": f"QL-{n}"} for n, name in enumerate(["养犬登记", "农村危房改造", "临时救助"], 1)],
    )
    return registry


@pytest.fixture
def draft(people, registry):
    people.city.post(reverse("registry_desk:start_draft", args=[registry.pk]))
    return registry.editions.drafts().get()


def row_form(item, **changed):
    """What the browser posts for a row of the power list."""
    values = {
        "seq_no": item.seq_no,
        "code": item.code,
        "name": item.name,
        "item_type": item.item_type,
        "exercise_level": item.exercise_level,
        "township_kinds": item.township_kinds,
        **{f"{rows}-count": "0" for rows in ("legal_bases", "duties", "integrity_risks")},
    }
    return values | changed


def test_a_draft_begins_as_a_copy_and_the_public_edition_stays(people, registry, draft):
    assert sorted(draft.items.values_list("name", flat=True)) == sorted(["养犬登记", "农村危房改造", "临时救助"])
    assert draft.created_by == people.users.city
    again = people.city.post(reverse("registry_desk:start_draft", args=[registry.pk]), follow=True)
    assert "已经有一份草稿" in again.content.decode()
    assert registry.editions.drafts().count() == 1


def test_a_draft_is_started_by_post_only(people, registry):
    assert people.city.get(reverse("registry_desk:start_draft", args=[registry.pk])).status_code == 405
    assert not registry.editions.drafts().exists()


def test_rows_of_a_draft_are_changed_added_and_removed(people, draft):
    item = draft.items.get(name="养犬登记")
    edit = reverse("rows_power:edit", args=[item.pk])
    assert people.city.post(edit, row_form(item, remark="改好了")).url == reverse("rows_power:index", args=[draft.pk])
    item.refresh_from_db()
    assert (item.remark, item.code) == ("改好了", "QL-1")

    add = reverse("rows_power:add", args=[draft.pk])
    new = PowerItem(seq_no=4, item_type="07", name="新的事项", exercise_level="5")
    people.city.post(add, row_form(new, code=""))
    assert draft.items.get(name="新的事项").code.startswith("QL-640181000-")

    people.city.post(reverse("rows_power:delete", args=[draft.items.get(name="临时救助").pk]))
    assert not draft.items.filter(name="临时救助").exists()


def test_a_code_in_force_is_not_changed_and_a_code_is_not_given_twice(people, draft):
    item = draft.items.get(name="养犬登记")
    people.city.post(reverse("rows_power:edit", args=[item.pk]), row_form(item, code="QL-9"))
    item.refresh_from_db()
    assert item.code == "QL-1"
    new = PowerItem(seq_no=4, item_type="07", name="新的事项", exercise_level="5")
    response = people.city.post(reverse("rows_power:add", args=[draft.pk]), row_form(new, code="QL-2"))
    assert "编码“QL-2”已由序号2“农村危房改造”使用" in response.context["form"].errors["code"][0]


def test_faults_stand_at_their_field_in_chinese(people, draft):
    item = draft.items.first()
    response = people.city.post(
        reverse("rows_power:edit", args=[item.pk]),
        row_form(item, name="", supervision_phone="123456", promised_value="5"),
    )
    errors = response.context["form"].errors
    assert "必" in errors["name"][0]
    assert "不像电话号码" in errors["supervision_phone"][0]
    assert errors["promised_unit"] == ["承诺时限填了数字，请再选单位。"]


def test_rows_are_found_in_the_middle_of_words_and_by_several_words(people, draft):
    index = reverse("rows_power:index_results", args=[draft.pk])

    def found(query):
        page = people.city.get(index, {"q": query}).content.decode()
        return [name for name in ("养犬登记", "农村危房改造", "临时救助") if name in page]

    assert found("危房") == ["农村危房改造"]
    assert found("改造 农村") == ["农村危房改造"]
    assert found("QL－3") == ["临时救助"]
    assert found("改造 养犬") == []
    for odd in ('"', "%", "_", "' or 1=1", "　", "（", "\\"):
        assert people.city.get(index, {"q": odd}).status_code == 200, odd


def test_publication_shows_the_changes_then_publishes(people, registry, draft):
    item = draft.items.get(name="养犬登记")
    PowerItem.objects.filter(pk=item.pk).update(remark="须携带犬只免疫证明")
    draft.items.get(name="临时救助").delete()
    page = people.city.get(reverse("registry_desk:publish", args=[draft.pk])).content.decode()
    assert "新增0项" in page
    assert "修改1项" in page
    assert "取消1项" in page
    assert "须携带犬只免疫证明" in page

    address = reverse("registry_desk:publish", args=[draft.pk])
    facts = {"kind": "adjustment", "effective_from": "2022-01-01", "change_note": "取消一项。"}
    people.city.post(address, facts | {"save": "1"})
    reviewing.skip(draft, by=UserFactory(is_superuser=True), at=timezone.now(), reason="示例")
    issued = {"publish": "1", "effective_from": "2022-01-01", "basis_doc_no": "灵政办发[2022]3号"}
    response = people.city.post(address, issued | {"change_note": "审核以后改的说明"})
    assert response.url == reverse("registry_desk:registry", args=[registry.pk])
    draft.refresh_from_db()
    assert draft.is_published
    assert draft.published_by == people.users.city
    assert draft.basis_doc_no == "灵政办发〔2022〕3号"
    assert draft.change_note == "取消一项。", "what was reviewed stays"
    assert registry.editions.get(number=1).effective_until == date(2022, 1, 1)


def test_reasons_against_publication_are_sentences_and_nothing_typed_is_lost(people, draft):
    response = people.city.post(
        reverse("registry_desk:publish", args=[draft.pk]),
        {"publish": "1", "kind": "adjustment", "effective_from": "2020-01-01", "change_note": "写了很久的说明"},
    )
    page = response.content.decode()
    assert "早于上一版的生效日期" in page
    assert "写了很久的说明" in page
    draft.refresh_from_db()
    assert not draft.is_published
    assert draft.change_note == "写了很久的说明"
    PowerItem.objects.filter(edition=draft).delete()
    response = people.city.post(
        reverse("registry_desk:publish", args=[draft.pk]), {"publish": "1", "kind": "adjustment"}
    )
    assert response.context["reasons"] == [
        "草稿要先送审，部门核和合法性审核都通过以后才能发布。",
        "没有填写生效日期。请填写从哪一天起按本版执行。",
        "草稿里没有事项。请先录入或导入事项。",
    ]


def test_a_published_edition_is_not_published_discarded_or_imported_again(people, registry):
    edition = registry.editions.get()
    for name in ("publish", "discard", "import"):
        response = people.city.post(reverse(f"registry_desk:{name}", args=[edition.pk]), {"publish": "1"}, follow=True)
        assert "已经发布" in response.content.decode(), name
    assert Edition.objects.filter(pk=edition.pk).exists()


def test_discarding_asks_first(people, registry, draft):
    page = people.city.get(reverse("registry_desk:discard", args=[draft.pk])).content.decode()
    assert "不能恢复" in page
    assert registry.editions.drafts().exists()
    people.city.post(reverse("registry_desk:discard", args=[draft.pk]))
    assert not registry.editions.drafts().exists()
    assert registry.editions.published().count() == 1


def test_acts_on_a_list_are_in_its_history(people, registry, draft):
    people.city.post(reverse("registry_desk:discard", args=[draft.pk]))
    page = people.city.get(reverse("registry:history", args=[registry.pk])).content.decode()
    assert "新建了第2版草稿" in page
    assert "放弃了第2版草稿" in page


def workbook(*rows):
    book = openpyxl.Workbook()
    book.active.title = "权力清单"
    for row in [("序号", "事项编码", "事项名称", "事项类型", "设定依据"), *rows]:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("清单.xlsx", buffer.getvalue())


def test_a_workbook_is_checked_first_and_applied_when_the_editor_agrees(people, draft):
    address = reverse("registry_desk:import", args=[draft.pk])
    file = workbook(
        (1, "QL-1", "养犬登记", "行政确认", "《示例条例》第九条"), (2, "", "摊位管理", "行政检查", "《示例条例》第十条")
    )
    result = people.city.post(address, {"file": file}).context["result"]
    assert (result.rows, result.added, result.changed, len(result.removed)) == (2, 1, 1, 2)
    assert draft.items.count() == 3
    done = people.city.post(address, {"apply": "1"})
    assert done.context["result"].is_applied
    assert sorted(draft.items.values_list("name", flat=True)) == sorted(["养犬登记", "摊位管理"])
    assert "没有保留" in people.city.post(address, {"apply": "1"}).content.decode()


def test_faults_of_a_workbook_are_shown_with_their_place_and_sound_rows_can_be_taken(people, draft):
    address = reverse("registry_desk:import", args=[draft.pk])
    file = workbook(
        (1, "QL-1", "养犬登记", "行政确认", "《示例条例》第九条"), (2, "", "摊位管理", "行政游戏", "《示例条例》第十条")
    )
    page = people.city.post(address, {"file": file})
    [fault] = [problem for problem in page.context["result"].problems if not problem["is_warning"]]
    assert (fault["sheet"], fault["row"], fault["column"], fault["field"]) == ("权力清单", 3, "D", "事项类型")
    assert fault["message"] in page.content.decode().replace("&quot;", '"')
    people.city.post(address, {"apply": "1"})
    assert draft.items.count() == 3
    people.city.post(address, {"apply": "1", "skip_faulty": "1"})
    assert list(draft.items.values_list("name", flat=True)) == ["养犬登记"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("清单.xls", b"x", "另存为"),
        ("清单.xlsx", b"not a workbook", "无法打开"),
        ("清单.xlsx", b"", "空的"),
    ],
)
def test_files_that_are_no_workbook_are_refused_with_the_cure(people, draft, name, content, said):
    response = people.city.post(
        reverse("registry_desk:import", args=[draft.pk]), {"file": SimpleUploadedFile(name, content)}
    )
    assert said in response.content.decode()
    assert draft.items.count() == 3


@requires_shared
def test_a_list_of_the_data_set_is_imported_at_the_desk(people, draft):
    names = department_names()
    for name in sorted(set(names.values())):
        body = OrganisationFactory(name=name)
        body.aliases = [alias for alias, meant in names.items() if meant == name != alias]
        body.save()
    content = shared_path("data/dev/workbooks/power.xlsx").read_bytes()
    address = reverse("registry_desk:import", args=[draft.pk])
    checked = people.city.post(address, {"file": SimpleUploadedFile("power.xlsx", content)})
    assert not [fault["message"] for fault in checked.context["result"].problems if not fault["is_warning"]]
    people.city.post(address, {"apply": "1"})
    assert draft.items.count() == 60


def test_a_picture_of_a_published_row_is_not_deleted(people, registry, draft):
    from tests.factories import PhotoFactory

    picture = PhotoFactory()
    PowerItem.objects.filter(edition=draft, code="QL-1").update(flowchart=picture)
    response = people.city.post(reverse("wagtailimages:delete", args=[picture.pk]), follow=True)
    assert "还有别的资料在使用" in response.content.decode()
    assert type(picture).objects.filter(pk=picture.pk).exists()


def test_a_reviewer_sees_the_picture_and_a_comparison_names_it(people, registry, draft):
    from registries.lists.comparison import RowChange
    from registries.lists.wording import changes_in_words
    from tests.factories import PhotoFactory

    picture = PhotoFactory(alt_text="从申请到决定共三步")
    PowerItem.objects.filter(edition=draft, code="QL-1").update(flowchart=picture)
    row = PowerItem.objects.get(edition=draft, code="QL-1")
    page = people.reviewer.get(reverse("rows_power:inspect", args=[row.pk])).content.decode()
    assert 'alt="从申请到决定共三步"' in page
    change = RowChange("QL-1", {"flowchart": None}, {"flowchart": picture.pk}, {"flowchart": (None, picture.pk)})
    [said] = changes_in_words(PowerItem, change)
    assert [line.text for line in said.lines] == ["（空）", f"图片（编号{picture.pk}）"]
