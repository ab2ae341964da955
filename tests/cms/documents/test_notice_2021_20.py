"""The notice of the shared folder, as its web page has it: one text, the notice and four of its nine enclosures."""

from datetime import date

import pytest

from cms.documents.recognition import ContactKind, NodeKind, find_personal_contacts, split_notice
from cms.documents.recognition.textual import squeeze
from tests.shared import read_shared_json, requires_shared, shared_path

pytestmark = requires_shared

APRIL, MARCH = date(2021, 4, 30), date(2021, 3, 31)
TOWNSHIPS = "各乡镇(街道)"
CENTRE = "审批服务管理局"


@pytest.fixture(scope="module")
def text():
    return shared_path("seed/notice-2021-20.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def notice(text):
    return split_notice(text)


@pytest.fixture(scope="module")
def plan(notice):
    return notice.enclosed[0]


@pytest.fixture(scope="module")
def team(notice):
    return notice.enclosed[1]


@pytest.fixture(scope="module")
def enforcement(notice):
    return notice.enclosed[2]


@pytest.fixture(scope="module")
def grid(notice):
    return notice.enclosed[3]


class TestNotice:
    def test_metadata(self, notice):
        metadata = notice.metadata
        assert metadata.document_number == "灵政办发〔2021〕20号"
        assert (metadata.disclosure, metadata.term, metadata.category) == ("主动公开", "长期公开", "市政府办发")
        assert metadata.responsible_department == "灵武市政府办"
        assert (notice.notice.issuer, notice.notice.written_on) == ("灵武市人民政府办公室", date(2021, 3, 31))

    def test_title_and_salutation(self, notice):
        assert notice.title.startswith("灵武市人民政府办公室关于印发《")
        assert notice.title.endswith("的通知")
        assert " " not in notice.title
        assert notice.salutation.startswith("各乡镇人民政府")
        assert notice.salutation.endswith(":")

    def test_nine_enclosures_four_with_their_text(self, notice):
        assert len(notice.enclosed_titles) == 9
        assert [enclosure.position for enclosure in notice.enclosures if enclosure.document] == [1, 2, 3, 4]

    def test_the_body_is_one_paragraph(self, notice):
        assert [node.kind for node in notice.body] == [NodeKind.PARAGRAPH]
        assert notice.notice.notes == ("(此件公开发布)",)

    def test_page_furniture_is_dropped(self, notice, grid):
        assert len(notice.notice.dropped) == 2
        assert len(grid.dropped) == 3

    def test_nothing_is_doubtful(self, notice):
        assert [document.warnings for document in (notice.notice, *notice.enclosed)] == [()] * 5


class TestPlan:
    def test_three_parts(self, plan):
        assert [part.anchor for part in plan.parts] == ["一", "二", "三"]

    def test_twelve_tasks_each_with_units_and_deadline(self, plan):
        assert [task.anchor for task in plan.tasks] == [f"任务-{number}" for number in range(1, 13)]
        assert [task.deadline.on for task in plan.tasks] == [APRIL, APRIL, MARCH, *[APRIL] * 9]
        assert [len(task.units) for task in plan.tasks] == [1, 1, 2, 2, 7, 9, 11, 4, 12, 8, 11, 13]

    def test_units_by_name(self, plan):
        units = [task.units for task in plan.tasks]
        assert units[0] == units[1] == (TOWNSHIPS,)
        assert units[2] == units[3] == (CENTRE, TOWNSHIPS)
        assert units[7] == (TOWNSHIPS, CENTRE, "智慧城市运营中心", "统计局")
        assert units[9] == (CENTRE, "民政局", "人社局", "卫生健康局", "医疗保障局", "残联", TOWNSHIPS, "各银行")
        assert all(TOWNSHIPS in group for group in units)

    def test_every_task_has_a_short_heading_also_the_one_without_a_full_stop(self, plan):
        assert all(4 <= len(task.heading) <= 30 for task in plan.tasks)
        seventh = plan.find("任务-7")
        assert seventh.body.startswith("各乡镇")

    def test_attachments(self, plan):
        assert [each.number for each in plan.attachments] == [1, 2, 3]

    def test_the_personal_contact_is_pointed_out(self, plan):
        contacts = find_personal_contacts(plan.plain_text())
        assert [contact.kind for contact in contacts] == [ContactKind.NAME, ContactKind.PHONE, ContactKind.EMAIL]
        assert all("岗位联系方式" in contact.message for contact in contacts)

    def test_nothing_else_in_the_notice_looks_like_one(self, text):
        assert len(find_personal_contacts(text)) == 3


class TestTeam:
    def test_fifteen_articles(self, team):
        assert [article.number for article in team.articles] == list(range(1, 16))
        assert [child.anchor for child in team.find("第六条").children] == [
            "第六条-一",
            "第六条-二",
            "第六条-三",
            "第六条-四",
        ]

    def test_assessment_standard(self, team):
        (annex,) = team.annexes
        groups = team.assessment_groups
        assert all(group in annex.children for group in groups)
        assert [group.heading for group in groups] == ["工作纪律", "业务技能", "服务规范", "群众评议"]
        assert [group.score for group in groups] == [30, 30, 20, 20]
        assert [[point.number for point in group.children] for group in groups] == [
            [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4], [1, 2, 3, 4, 5],
        ]  # fmt: skip


class TestEnforcement:
    def test_nine_tasks_and_six_parts(self, enforcement):
        assert [task.number for task in enforcement.tasks] == list(range(1, 10))
        assert len(enforcement.parts) == 6
        assert [child.anchor for child in enforcement.find("任务-2").children] == ["任务-2-1", "任务-2-2"]

    def test_four_phases(self, enforcement):
        assert [phase.anchor for phase in enforcement.phases] == ["五-一", "五-二", "五-三", "五-四"]
        assert [(phase.period.starts_on, phase.period.ends_on) for phase in enforcement.phases] == [
            (date(2021, 2, 20), date(2021, 2, 28)),
            (date(2021, 3, 1), date(2021, 3, 31)),
            (date(2021, 4, 1), date(2021, 5, 31)),
            (date(2021, 6, 1), date(2021, 6, 30)),
        ]
        assert all(phase.name.endswith("阶段") for phase in enforcement.phases)


class TestGrid:
    def test_eight_chapters_and_thirty_nine_articles(self, grid):
        assert [chapter.number for chapter in grid.chapters] == list(range(1, 9))
        assert [chapter.heading for chapter in grid.chapters][-2:] == ["考核奖惩", "附则"]
        assert [article.number for article in grid.articles] == list(range(1, 40))

    def test_articles_stand_in_their_chapters(self, grid):
        counts = [sum(child.kind == NodeKind.ARTICLE for child in chapter.children) for chapter in grid.chapters]
        assert counts == [4, 4, 8, 6, 3, 4, 7, 3]

    def test_article_34_has_nine_items(self, grid):
        anchors = [child.anchor for child in grid.find("第三十四条").children]
        assert anchors == [f"第三十四条-{number}" for number in "一二三四五六七八九"]
        assert grid.find("第三十四条-九").number == 9


def test_anchors_are_unique(notice):
    for document in notice.enclosed:
        anchors = [node.anchor for node in document.walk() if node.anchor]
        assert len(anchors) == len(set(anchors))


def test_no_character_is_lost(text, notice):
    """Every line of the text is in the notice, an enclosure or among the furniture, and the bodies keep its order."""
    whole = squeeze(text)
    position = 0
    for document in notice.enclosed:
        for node in document.walk():
            words = squeeze(node.own_text)
            assert words in whole
            if node in document.body and words:
                found = whole.index(words, position)
                assert found >= position
                position = found
    kept = sum(len(squeeze(line.text)) for document in (notice.notice, *notice.enclosed) for line in document.lines)
    assert kept == len(whole)


def test_articles_and_tasks_agree_with_the_data_set(notice):
    """The shared data set cut the same four documents by other means."""
    expected = {row["id"]: row for row in read_shared_json("data/dev/policy_articles.json")["articles"]}
    plan, team, enforcement, grid = notice.enclosed
    compared = 0
    for prefix, document, width in (("team-", team, 2), ("grid-", grid, 2)):
        for article in document.articles:
            row = expected[f"{prefix}{article.number:0{width}d}"]
            assert squeeze(article.plain_text()) in (squeeze(row["text"]), squeeze(row["label"] + row["text"])), (
                article.anchor
            )
            compared += 1
    for prefix, document, width in (("impl-2-", plan, 2), ("exec-4-", enforcement, 1)):
        for task in document.tasks:
            row = expected[f"{prefix}{task.number:0{width}d}"]
            assert squeeze(task.plain_text()).removeprefix(f"{task.number}.") == squeeze(row["text"]), task.anchor
            compared += 1
    assert compared == 15 + 39 + 12 + 9
