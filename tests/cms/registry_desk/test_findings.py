"""What the rules find and what differs from the edition before, wherever an editor looks."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.audit.models import AuditEntry
from cms.registry_desk.completeness import NOBODY, by_body, check
from cms.registry_desk.findings import rule_in_words
from cms.registry_desk.marks import Mark, changes_of, marks_of, previous_of
from cms.reviews.reviewing import skip
from registries.lists.comparison import compare_editions
from registries.lists.drafting import start_draft
from registries.lists.models import ServiceItem
from registries.lists.rows import as_stream
from registries.lists.rules import RULES
from tests.factories import EditionFactory, OrganisationFactory, RegistryFactory, ServiceItemFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    """Against the edition before: 养犬登记 changed and wrong, 残疾人证 new and without basis, 老事项 gone."""
    registry = RegistryFactory(kind="service")
    EditionFactory(
        registry=registry,
        published=True,
        items=[{"name": name, "code": f"FW{n}"} for n, name in enumerate(["临时救助", "养犬登记", "老事项"], 1)],
    )
    draft = start_draft(registry, by=people.users.city)
    draft.items.filter(name="老事项").delete()
    ServiceItem.objects.filter(edition=draft, name="养犬登记").update(promised_value=40)
    ServiceItemFactory(edition=draft, name="残疾人证", code="FW9", legal_bases=[])
    return draft


def row(draft, name):
    return draft.items.get(name=name)


class TestMarks:
    def test_rows_of_the_draft_say_how_they_stand(self, draft):
        marks = marks_of(draft.items, draft, previous_of(draft))
        assert {item.name: marks[item.pk] for item in draft.items} == {
            "临时救助": Mark.SAME, "养犬登记": Mark.CHANGED, "残疾人证": Mark.ADDED,
        }  # fmt: skip

    def test_a_row_without_code_is_matched_as_publication_matches_it(self, draft):
        ServiceItem.objects.filter(edition=draft, name="临时救助").update(code="")
        before = previous_of(draft)
        some = draft.items.filter(name="临时救助")
        assert [*marks_of(some, draft, before).values()] == [Mark.SAME]
        comparison = compare_editions(before, draft)
        marks = [*marks_of(draft.items, draft, before).values()]
        assert marks.count(Mark.ADDED) == len(comparison.added)
        assert marks.count(Mark.CHANGED) == len(comparison.changed)

    def test_the_listing_shows_and_filters_by_them(self, people, draft):
        index = reverse("rows_service:index", args=[draft.pk])
        page = people.city.get(index)
        assert [row.mark for row in page.context["object_list"]] == [Mark.SAME, Mark.CHANGED, Mark.ADDED]
        for mark, names in (("added", ["残疾人证"]), ("changed", ["养犬登记"]), ("same", ["临时救助"])):
            found = people.city.get(index, {"mark": mark}).context["object_list"]
            assert [row.name for row in found] == names

    def test_the_listing_costs_the_same_for_many_rows(self, people, draft):
        index = reverse("rows_service:index", args=[draft.pk])
        for query in ("", "?mark=added"):
            people.city.get(index + query)
            with CaptureQueriesContext(connection) as few:
                people.city.get(index + query)
            body = OrganisationFactory()
            for _ in range(20):
                ServiceItemFactory(edition=draft, department=body)
            with CaptureQueriesContext(connection) as many:
                people.city.get(index + query)
            assert len(many) == len(few)

    def test_the_form_says_field_by_field(self, people, draft):
        mark, changes = changes_of(row(draft, "养犬登记"), draft, previous_of(draft))
        assert (mark, [change.label for change in changes]) == (Mark.CHANGED, ["承诺时限"])
        page = people.city.get(reverse("rows_service:edit", args=[row(draft, "养犬登记").pk])).content.decode()
        assert "与第1版不同的1处" in page
        assert "40个工作日" in page
        new = people.city.get(reverse("rows_service:edit", args=[row(draft, "残疾人证").pk])).content.decode()
        assert "第1版没有这一项" in new

    def test_the_desk_page_counts(self, people, draft):
        page = people.city.get(reverse("registry_desk:registry", args=[draft.registry_id])).content.decode()
        for words in ("新增1项", "修改1项", "取消1项", "1项不变"):
            assert words in page


class TestFindings:
    @pytest.mark.parametrize("name", ["registry", "publish"])
    def test_every_one_leads_to_the_form_of_its_row(self, people, draft, name):
        key = draft.registry_id if name == "registry" else draft.pk
        page = people.city.get(reverse(f"registry_desk:{name}", args=[key]))
        html = page.content.decode()
        blocking, reminders = page.context["groups"]
        assert (blocking.heading, reminders.heading) == ("必须改正", "提醒")
        [finding] = blocking.findings
        assert finding.row == "养犬登记"
        assert "承诺时限40个工作日比法定时限30个工作日长" in finding.message
        assert finding.source in html
        assert f'href="{reverse("rows_service:edit", args=[row(draft, "养犬登记").pk])}"' in html
        assert "没有写设定依据" in next(each for each in reminders.findings if each.row == "残疾人证").message

    def test_those_who_only_read_are_led_to_the_reading_view(self, people, draft):
        page = people.reviewer.get(reverse("registry_desk:registry", args=[draft.registry_id])).content.decode()
        assert reverse("rows_service:inspect", args=[row(draft, "养犬登记").pk]) in page
        assert reverse("rows_service:edit", args=[row(draft, "养犬登记").pk]) not in page

    def test_the_form_shows_its_own_and_saves_all_the_same(self, people, draft):
        page = people.city.get(reverse("rows_service:edit", args=[row(draft, "养犬登记").pk]))
        assert "这一行的问题（不妨碍保存）" in page.content.decode()
        assert [finding.blocks for finding in page.context["findings"]].count(True) == 1

    def test_reminders_of_a_published_edition_stay_in_its_history(self, people, draft):
        ServiceItem.objects.filter(edition=draft, name="养犬登记").update(promised_value=20)
        address, facts = reverse("registry_desk:publish", args=[draft.pk]), {"effective_from": "2022-01-01"}
        people.city.post(address, facts | {"save": "1", "kind": "adjustment"})
        skip(draft, by=UserFactory(is_superuser=True), at=timezone.now(), reason="示例")
        people.city.post(address, facts | {"publish": "1"})
        draft.refresh_from_db()
        assert draft.is_published
        entry = AuditEntry.objects.filter(action="registry_desk.publish").get()
        assert "带着" in entry.note
        assert entry.after["生效日期"] == "2022-01-01"
        report = reverse("registry_desk:completeness")
        history = people.city.get(reverse("registry_desk:registry", args=[draft.registry_id])).content.decode()
        assert f'href="{report}?banben={draft.pk}"' in history
        assert "没有写设定依据" in people.city.get(report, {"banben": draft.pk}).content.decode()

    def test_a_rule_in_words_names_no_row(self):
        for rules in RULES.values():
            for rule in rules:
                words = rule_in_words(rule)
                assert words
                assert not {"{", "}"} & set(words)


class TestReport:
    address = "/guanli/qingdan/wanzhengxing/"

    def test_organisations_by_rules(self, draft):
        bureau = OrganisationFactory(name="民政局")
        ServiceItem.objects.filter(edition=draft, name="残疾人证").update(department=None)
        ServiceItem.objects.filter(edition=draft).exclude(name="残疾人证").update(department=bureau)
        lines = {line.body: line for line in by_body(check([draft]))}
        assert (lines["民政局"].rows, lines["民政局"].blocking) == (2, 1)
        assert "promised-within-statutory" in {rule.key for rule in lines["民政局"].rules}
        assert {rule.key for rule in lines[NOBODY].rules} >= {"basis-named"}

    def test_whoever_leads_answers_for_a_duty(self):
        parties = [{"organisation": "公安局", "role": "lead", "duties": ["巡查"], "is_lead": False},
                   {"organisation": "应急管理局", "role": "lead", "duties": ["牵头"], "is_lead": True}]  # fmt: skip
        draft = EditionFactory(registry__kind="responsibility", items=[{"parties": as_stream(parties)}])
        assert [line.body for line in by_body(check([draft]))] == ["应急管理局"]

    def test_the_page_narrows_by_list_department_rule_and_weight(self, people, draft):
        for query, names in (
            ({}, {"养犬登记", "残疾人证"}),
            ({"guize": "basis-named"}, {"残疾人证"}),
            ({"qingzhong": "1"}, {"养犬登记"}),
            ({"kind": "delegated"}, set()),
            ({"qingdan": draft.registry_id, "guize": "promised-within-statutory"}, {"养犬登记"}),
            ({"bumen": row(draft, "残疾人证").department.name, "guize": "basis-named"}, {"残疾人证"}),
            ({"kind": "nonsense", "qingdan": "x", "guize": "1", "p": "-1"}, {"养犬登记", "残疾人证"}),
        ):
            page = people.city.get(self.address, query)
            found = {each.item.name for each in page.context["page"].object_list}
            assert names <= found if names else not found, query
            if "guize" in query and query["guize"] in ("basis-named", "promised-within-statutory"):
                assert found == names

    def test_it_shows_what_is_in_reach(self, people, draft, chongxing, linhe):
        page = people.township.get(self.address).content.decode()
        assert "崇兴镇的新事项" in page
        for foreign in ("临河镇的新事项", "养犬登记"):
            assert foreign not in page
        for query in ({"banben": linhe.draft.pk}, {"qingdan": linhe.registry.pk}):
            assert "临河镇的新事项" not in people.township.get(self.address, query).content.decode()
        assert "没有可以检查的事项" in people.printer.get(self.address).content.decode()

    def test_its_queries_do_not_grow(self, people, draft):
        people.city.get(self.address)
        with CaptureQueriesContext(connection) as few:
            people.city.get(self.address)
        ServiceItemFactory.create_batch(20, edition=draft)
        with CaptureQueriesContext(connection) as many:
            people.city.get(self.address)
        assert len(many) == len(few)

    def test_the_workbook_has_both_views_and_its_download_is_recorded(self, people, draft):
        ServiceItem.objects.filter(edition=draft, name="残疾人证").update(name="=1+1")
        response = people.city.get(self.address, {"xlsx": "1"})
        book = openpyxl.load_workbook(BytesIO(response.content))
        assert book.sheetnames == ["按部门", "逐项"]
        cells = [cell for line in book["逐项"].iter_rows() for cell in line if cell.value == "=1+1"]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}
        assert AuditEntry.objects.filter(action="audit.download", by=people.users.city).exists()
