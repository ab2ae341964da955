"""What a visitor of the demonstration finds, and that none of it can be taken for real people or the official lists."""

import re
import stat
from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from PIL import Image
from wagtail.models import Page, Site

from cms.core.models import SiteIdentity
from cms.demo.accounts import ACCOUNTS, account_lines
from cms.demo.loading import load_demonstration
from cms.documents.models import NoticePage, PolicyPage
from cms.releases.models import Release
from registries.boards import compose_board
from registries.lists.comparison import compare_editions
from registries.lists.divergence import divergence
from registries.lists.models import Edition, Registry, ServiceItem
from registries.people.models import GridAssignment, GridWorker
from registries.people.rules import check_assignment
from registries.places.enums import TOWNSHIP_LEVEL, AreaKind
from registries.places.models import AgencyPoint, Area, Grid, Organisation, ServiceCentre
from registries.places.resolving import OrganisationDirectory
from tests.cms.demo.conftest import NOON
from tests.shared import read_shared_csv, read_shared_json, requires_shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
DAY = date(2021, 4, 2)


def counted(found):
    return {name: {state.label: count for state, count in each.counts.items() if count} for name, each in found.items()}


def blocks(page, kind):
    return [block.value for block in page.body if block.block_type == kind]


class TestPlaces:
    def test_the_townships_by_their_real_names_and_codes(self):
        townships = Area.objects.filter(kind__in=TOWNSHIP_LEVEL).values_list("code", "name")
        assert dict(townships) == {
            "640181001000": "城区街道",
            "640181100000": "东塔镇",
            "640181101000": "郝家桥镇",
            "640181102000": "崇兴镇",
            "640181103000": "宁东镇",
            "640181104000": "马家滩镇",
            "640181105000": "临河镇",
            "640181200000": "梧桐树乡",
            "640181201000": "白土岗乡",
            "640181400000": "灵武农场",
        }

    def test_every_area_states_its_source_and_fictitious_ones_say_so(self):
        for area in Area.objects.all():
            area.full_clean()
            assert area.pinyin.replace(" ", "").isalpha()
            assert ("示例" in area.source_note) == area.name.startswith("示例") == area.is_demonstration
            assert "2016" in area.source_note or area.is_demonstration

    def test_every_township_has_a_centre_and_every_village_a_point(self):
        townships = Area.objects.townships().exclude(kind=AreaKind.FARM)
        assert set(ServiceCentre.objects.values_list("area", flat=True)) == set(townships.values_list("pk", flat=True))
        villages = Area.objects.filter(kind__in=[AreaKind.VILLAGE, AreaKind.COMMUNITY], parent__in=townships)
        assert set(AgencyPoint.objects.values_list("area", flat=True)) == set(villages.values_list("pk", flat=True))
        for place in [*ServiceCentre.objects.all(), *AgencyPoint.objects.all()]:
            place.full_clean()

    def test_every_telephone_is_unassigned_and_rings_in_one_place(self):
        places = [*ServiceCentre.objects.all(), *AgencyPoint.objects.all()]
        numbers = [number for place in places for number in (place.phone, place.complaint_phone)]
        numbers += [worker.phone for worker in GridWorker.objects.all()]
        assert all(re.fullmatch(r"0951-000-\d{4}", number) for number in numbers)
        assert max(Counter(numbers).values()) == 1

    @requires_shared
    def test_organisations_answer_to_every_alias_of_the_data_set(self):
        directory = OrganisationDirectory()
        for row in read_shared_csv("data/dev/departments.csv"):
            for written in [row["name"], *row["aliases"].split("|")]:
                if not row["name"].startswith("#"):
                    assert directory.resolve(written).name == row["name"]

    def test_organisations_do_not_share_a_name(self):
        for organisation in Organisation.objects.all():
            organisation.full_clean()

    @pytest.mark.parametrize(
        "written",
        [
            "市政府办",
            "崇兴镇",
            "灵武市崇兴镇人民政府",
            "城区街道",
            "财政局",
            "统计局",
            "智慧城市运营中心",
            "各银行",
            "人社局",
        ],
    )
    def test_bureaus_and_bodies_of_the_notice(self, written):
        assert OrganisationDirectory().resolve(written) is not None


class TestPeople:
    def test_every_board_is_complete(self):
        boards = [compose_board(grid, day=DAY) for grid in Grid.objects.select_related("community__parent")]
        assert len(boards) == 60
        assert all(board.is_complete and board.backup_name for board in boards)

    def test_every_assignment_keeps_the_rules(self):
        for assignment in GridAssignment.objects.select_related("grid__community", "worker"):
            assert check_assignment(assignment) == {}

    def test_nobody_could_be_a_real_person(self):
        for worker in GridWorker.objects.select_related("photo"):
            assert worker.name.startswith("示例")
            assert "不是真人" in worker.photo.alt_text

    def test_portraits_differ_and_carry_no_metadata(self):
        photos = [worker.photo for worker in GridWorker.objects.select_related("photo")]
        assert len({photo.file_hash or photo.get_file_hash() for photo in photos}) == len(photos)
        for photo in photos[:5]:
            with photo.file.open() as file, Image.open(file) as picture:
                assert picture.size == (480, 640)
                assert not picture.getexif()
                assert not picture.info

    @requires_shared
    def test_neighbours_are_those_of_the_data_set(self):
        expected = read_shared_json("data/dev/expected/grid_adjacency.json")["adjacency"]
        stored = {
            g.code: sorted(n.code for n in g.neighbours.all()) for g in Grid.objects.prefetch_related("neighbours")
        }
        assert stored == {code: sorted(others) for code, others in expected.items()}


class TestLists:
    def test_five_lists_in_force_since_the_notice(self):
        unified = Edition.objects.as_of(DAY).filter(registry__parent=None)
        counts = {edition.registry.kind: edition.items.count() for edition in unified}
        assert counts == {"power": 60, "delegated": 40, "service": 120, "enforcement": 80, "responsibility": 60}
        for edition in Edition.objects.published():
            assert "示例" in edition.change_note
        for edition in Edition.objects.published().filter(number=1):
            assert (edition.effective_from, edition.basis_doc_no) == (date(2021, 3, 31), "灵政办发〔2021〕20号")
        assert not Edition.objects.as_of(date(2021, 3, 30)).exists()
        assert all(registry.is_demonstration for registry in Registry.objects.all())

    def test_one_draft_waits_for_the_department_and_says_that_it_is_an_example(self):
        draft = Edition.objects.drafts().get()
        review = draft.reviews.get()
        assert review.current_workflow_task.name == "部门核"
        assert "示例" in draft.change_note + review.note + draft.row_comments.get().text

    def test_two_townships_stand_on_the_unified_list_and_differ_from_it(self):
        unified = Edition.objects.get(registry__kind="service", registry__parent=None, number=1)
        found = {each.registry.area.name: each for each in divergence(unified, DAY)}
        assert counted(found) == {
            "东塔镇": {"一致": 117, "本地已调整": 3, "本地特有": 1},
            "崇兴镇": {"一致": 117, "本地已调整": 1, "未承接": 2},
        }
        for each in found.values():
            assert all(not row.faults for row in each.rows)
            for item in each.edition.items:
                for phone in (item.consult_phone, item.complaint_phone):
                    assert not phone or re.fullmatch(r"0951-000-\d{4}|12345", phone), phone

    @requires_shared
    @pytest.mark.parametrize("kind", ["power", "delegated", "service", "enforcement", "responsibility"])
    def test_rows_are_those_of_the_workbook(self, kind):
        rows = read_shared_json(f"data/dev/expected/{kind}.json")["rows"]
        items = Edition.objects.get(registry__kind=kind, registry__parent=None, number=1).items
        assert [item.name for item in items] == [row["name"] for row in rows]

    @requires_shared
    @pytest.mark.parametrize("kind", ["power", "service"])
    def test_two_lists_are_adjusted_as_the_workbooks_of_2022_say(self, kind):
        before, after = Edition.objects.filter(registry__kind=kind, registry__parent=None).order_by("number")
        expected = read_shared_json(f"data/dev/expected/diff_{kind}_2022.json")
        changes = compare_editions(before, after)
        assert {row["code"] for row in changes.added} == {row["code"] for row in expected["added"]}
        assert {row["code"] for row in changes.removed} == {row["code"] for row in expected["cancelled"]}
        assert {change.code for change in changes.changed} == {row["code"] for row in expected["changed"]}
        assert changes.unchanged == expected["counts"]["unchanged"]

    def test_the_adjustment_was_reviewed_and_released_under_one_number(self):
        release = Release.objects.get(doc_no="示例办发〔2022〕1号")
        assert release.is_released
        editions = [member.edition for member in release.editions.select_related("edition")]
        assert {edition.registry.kind for edition in editions} == {"power", "service"}
        for edition in editions:
            assert (edition.number, edition.effective_from) == (2, date(2022, 7, 1))
            assert edition.basis_doc_no == release.doc_no
            assert re.search(r"示例数据：新增\d项，取消3项，调整\d项", edition.change_note)
            review = edition.reviews.get()
            deciders = {state.finished_by.username for state in review.workflow_states.get().task_states.all()}
            assert "fazhi" in deciders
            assert len(deciders) == 2
            assert not deciders & {user.username for user in review.authors.all()}

    def test_one_edition_is_announced_and_mends_what_the_law_has_repealed(self):
        soon = NOON.date() + timedelta(days=59)
        announced = Edition.objects.announced(soon).exclude(effective_from=date(2022, 7, 1)).get()
        assert announced.registry.kind == "enforcement"
        assert announced.effective_from == soon + timedelta(days=1)
        assert "示例" in announced.basis
        before = announced.registry.editions.get(number=1)
        assert before in Edition.objects.as_of(soon)
        changed = compare_editions(before, announced).changed
        assert len(changed) == 2
        for change in changed:
            assert set(change.fields) == {"legal_bases"}
            assert "环境噪声" in str(change.before["legal_bases"])
            assert "环境噪声" not in str(change.after["legal_bases"])

    def test_one_township_follows_the_adjusted_list_and_the_other_has_still_to(self):
        unified = Edition.objects.get(registry__kind="service", registry__parent=None, number=2)
        found = {each.registry.area.name: each for each in divergence(unified, date(2022, 8, 1))}
        assert counted(found) == {
            "东塔镇": {
                "一致": 108, "上级已调整": 8, "本地已调整": 1, "上级已取消": 3, "本地特有": 1, "未承接": 5,
            },
            "崇兴镇": {"一致": 119, "本地已调整": 1, "未承接": 2},
        }  # fmt: skip

    def test_everyday_words_lead_to_matters(self):
        item = ServiceItem.objects.get(name="最低生活保障对象认定", edition__registry__parent=None)
        assert "低保" in item.aliases
        assert item.person_topics == ["085"]

    def test_every_service_has_a_topic_of_its_audience(self):
        for item in ServiceItem.objects.all():
            assert item.aliases, item.name
            assert item.person_topics or item.legal_topics, item.name
            assert bool(item.person_topics) == ("1" in item.service_objects), item.name


class TestDocuments:
    def test_the_notice_with_its_nine_enclosures_in_order(self):
        notice = NoticePage.objects.get()
        assert (notice.doc_no, notice.written_on) == ("灵政办发〔2021〕20号", date(2021, 3, 31))
        assert notice.get_disclosure_term_display() == "长期公开"
        assert notice.get_disclosure_display() == "主动公开"
        assert (notice.category, notice.owner_department) == ("市政府办发", "灵武市政府办")
        enclosures = list(notice.enclosures.all())
        assert [bool(enclosure.policy_id) for enclosure in enclosures] == [True] * 4 + [False] * 5
        assert [enclosure.list_kind for enclosure in enclosures[4:]] == [
            "power", "delegated", "service", "enforcement", "responsibility",
        ]  # fmt: skip

    def test_twelve_tasks_with_units_and_deadline(self):
        tasks = blocks(PolicyPage.objects.get(slug="shenpi-fuwu-fangan"), "task")
        assert [task["number"] for task in tasks] == [f"{n}." for n in range(1, 13)]
        assert all(task["units"] and task["deadline"] for task in tasks)
        assert {str(task["due_on"]) for task in tasks} == {"2021-03-31", "2021-04-30"}
        assert str(tasks[2]["due_on"]) == "2021-03-31"

    def test_fifteen_articles_and_the_assessment_standard(self):
        page = PolicyPage.objects.get(slug="bianmin-duiwu-banfa")
        assert len(blocks(page, "article")) == 15
        standards = [(group["name"], group["score"], len(group["points"])) for group in blocks(page, "standard")]
        assert standards == [("工作纪律", 30, 7), ("业务技能", 30, 6), ("服务规范", 20, 4), ("群众评议", 20, 5)]

    def test_nine_tasks_and_four_phases(self):
        page = PolicyPage.objects.get(slug="zonghe-zhifa-yijian")
        assert len(blocks(page, "task")) == 9
        assert len(blocks(page, "phase")) == 4

    def test_eight_chapters_and_thirty_nine_articles(self):
        page = PolicyPage.objects.get(slug="wanggeyuan-kaohe-banfa")
        articles = blocks(page, "article")
        assert len(blocks(page, "chapter")) == 8
        assert len(articles) == 39
        assert articles[33]["number"] == "第三十四条"
        assert [item["number"] for item in articles[33]["items"]] == [f"（{n}）" for n in "一二三四五六七八九"]

    @requires_shared
    def test_units_of_tasks_are_those_of_the_notice(self):
        from tests.shared import shared_path

        text = shared_path("seed/notice-2021-20.txt").read_text(encoding="utf-8")
        stated = re.findall(r"责任单位:(.*)", text.replace("：", ":"))
        plan = PolicyPage.objects.get(slug="shenpi-fuwu-fangan")
        assert ["、".join(task["units"]) for task in blocks(plan, "task")] == [
            line.strip().replace("(", "（").replace(")", "）") for line in stated
        ]

    @requires_shared
    def test_no_sentence_of_the_notice_is_repeated(self):
        """The bodies are summaries: nothing longer than a phrase is taken over, and they say that they are examples."""
        from tests.shared import shared_path

        def plain(text):
            return re.sub(r"[^\u4e00-\u9fff]", "", text)

        source = plain(shared_path("seed/notice-2021-20.txt").read_text(encoding="utf-8"))
        for page in PolicyPage.objects.all():
            assert page.is_demonstration
            for text in re.split(r"[。；：，、\"“”（）《》\s]", str(page.body)):
                phrase = plain(text)
                assert len(phrase) < 20 or phrase not in source, phrase


class TestSite:
    def test_the_welcome_page_is_replaced(self):
        site = Site.objects.get()
        assert site.is_default_site
        assert site.root_page.specific.__class__.__name__ == "HomePage"
        assert not Page.objects.filter(slug__contains="welcome").exists()
        assert Page.find_problems() == ([], [], [], [], [])

    def test_documents_stand_at_their_addresses(self):
        assert PolicyPage.objects.get(slug="shenpi-fuwu-fangan").url == "/wenjian/shenpi-fuwu-fangan/"

    def test_every_page_says_that_it_is_an_example(self):
        assert "示例" in SiteIdentity.for_site(Site.objects.get()).notice


class TestAccounts:
    def test_the_five_roles(self):
        for username, (full_name, role, organisation, _) in ACCOUNTS.items():
            user = get_user_model().objects.get(username=username)
            assert [group.name for group in user.groups.all()] == [role]
            assert (user.full_name, user.organisation.name) == (full_name, organisation)
            assert full_name.startswith("示例")
            assert not user.is_superuser

    def test_printed_passwords_work_until_they_are_changed(self, rf):
        line = next(line for line in account_lines() if line.startswith("dongta"))
        assert authenticate(rf.get("/"), username="dongta", password=line.split()[1]).full_name == "示例东塔编辑"
        user = get_user_model().objects.get(username="dongta")
        user.set_password("another-long-password")
        user.save()
        assert any("密码已修改" in line for line in account_lines())

    def test_the_passwords_are_for_the_owner_of_the_machine_only(self, demonstration):
        notes = demonstration / "demo_accounts.json"
        assert stat.S_IMODE(notes.stat().st_mode) == 0o600


class TestLoadingAgain:
    def test_it_does_nothing_twice(self, capsys):
        before = Page.objects.count(), Edition.objects.count(), get_user_model().objects.count()
        assert not load_demonstration(at=NOON)
        call_command("load_demo")
        assert (Page.objects.count(), Edition.objects.count(), get_user_model().objects.count()) == before
        printed = capsys.readouterr().out
        assert "没有改动" in printed
        assert "dongta" in printed
