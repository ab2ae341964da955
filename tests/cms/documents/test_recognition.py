"""Structure recognised in short texts of our own. ``test_notice_2021_20`` proves it on a whole notice."""

from datetime import date

import pytest

from cms.documents.recognition import Line, LineKind, NodeKind, Phase, build, outline, recognise

MEASURES = """
示例市茶馆管理办法（试行）
第一章  总 则
第一条　为了喝茶，制定本办法。
第 2 条 茶馆应当有下列器具：
（一）茶壶；
（二）茶杯：
1.瓷杯；
2.玻璃杯。
前款器具应当清洁。
第二章
附则
第三条第二款规定的器具可以借用。
第三条本办法由示例局负责解释。
"""


def kinds(text):
    return [line.kind for line in outline(text)]


class TestMeasures:
    document = recognise(MEASURES)

    def test_title_and_tree(self):
        assert self.document.title == "示例市茶馆管理办法（试行）"
        assert [chapter.heading for chapter in self.document.chapters] == ["总则", "附则"]
        assert [article.number for article in self.document.articles] == [1, 2, 3]

    def test_anchors_are_canonical_whatever_the_source_writes(self):
        anchors = [node.anchor for node in self.document.walk() if node.anchor]
        assert anchors == [
            "第一章",
            "第一条",
            "第二条",
            "第二条-一",
            "第二条-二",
            "第二条-二-1",
            "第二条-二-2",
            "第二章",
            "第三条",
        ]

    def test_a_paragraph_after_the_items_belongs_to_the_article(self):
        article = self.document.find("第二条")
        assert [child.kind for child in article.children] == [NodeKind.ITEM, NodeKind.ITEM, NodeKind.PARAGRAPH]

    def test_a_sentence_that_begins_with_a_reference_is_no_article(self):
        assert self.document.find("第二章").children[0].kind == NodeKind.PARAGRAPH

    def test_the_next_article_is_known_by_its_number_even_where_no_blank_follows(self):
        assert self.document.find("第三条").text.startswith("本办法")

    def test_nothing_is_doubtful(self):
        assert self.document.warnings == ()


def test_articles_have_no_heading_but_one_in_brackets():
    document = recognise("示例办法\n第一条 【目的】为了喝茶。\n第二条 喝茶。慢慢喝。")
    assert [article.heading for article in document.articles] == ["目的", ""]
    assert document.articles[0].body == "为了喝茶。"


def test_an_inserted_article():
    document = recognise("示例办法\n第一条 喝茶。\n第一条之一 喝水。\n第二条 休息。")
    assert [article.anchor for article in document.articles] == ["第一条", "第一条之一", "第二条"]
    assert document.warnings == ()


def test_missing_and_repeated_articles_are_pointed_out_and_keep_their_own_anchor():
    document = recognise("示例办法\n第一条 甲。\n第三条 乙。\n第三条 丙。")
    assert [article.anchor for article in document.articles] == ["第一条", "第三条", "第三条-2"]
    assert document.warnings == (
        "第1条之后是第3条，条号不连续，请与原文核对。",
        "第3条之后是第3条，条号不连续，请与原文核对。",
    )


PLAN = """示例市茶馆改革工作方案
为了喝茶，制定本方案。
一、工作目标
人人有茶。
二、主要任务
（一）建好场所。
1、统一招牌。各镇要换招牌。
责 任 单 位：甲局、各乡镇（街道）
完成时限：2021年5月底前
2．“好茶”引领，更多茶叶送到家各乡镇（街道）要发挥茶馆的作用，推荐优秀的茶师傅承担送茶上门的工作，为辖区的老人送茶。
牵头单位：乙局
配合单位：丙局
完成时间：长期坚持
（二）管好茶叶。
3.分级。
（1）看色。看颜色。
（2）闻香。闻香味。
责任单位：丁局
三、实施步骤
（一）准备阶段（3月1日至3月15日）。找人。
（二）实施阶段（3月16日—4月底）。开工。
四、工作要求
（一）加强领导。要管。
附件：1.茶馆名单
2.茶叶标准
示例市人民政府
2021年2月1日
（此件公开发布）
附件1
茶馆名单
一、城区
甲茶馆
附件2
茶叶标准
第一条 茶叶要好。
"""


class TestPlan:
    document = recognise(PLAN)

    def test_parts(self):
        assert [(part.anchor, part.heading) for part in self.document.parts if part.anchor in "一二三四"] == [
            ("一", "工作目标"), ("二", "主要任务"), ("三", "实施步骤"), ("四", "工作要求"),
        ]  # fmt: skip

    def test_tasks_have_units_deadline_and_heading(self):
        first, second, third = self.document.tasks
        assert (first.anchor, first.heading, first.body) == ("任务-1", "统一招牌", "各镇要换招牌。")
        assert (first.units, first.deadline.on) == (("甲局", "各乡镇（街道）"), date(2021, 5, 31))
        assert [duty.role for duty in second.responsibilities] == ["牵头单位", "配合单位"]
        assert (second.units, second.deadline.text, second.deadline.on) == (("乙局", "丙局"), "长期坚持", None)
        assert third.units == ("丁局",)

    def test_a_heading_that_runs_into_its_sentence_ends_where_the_actor_is_named(self):
        assert self.document.find("任务-2").heading == "“好茶”引领，更多茶叶送到家"

    def test_units_below_the_parts_of_a_task_are_the_tasks(self):
        assert [child.anchor for child in self.document.find("任务-3").children] == ["任务-3-1", "任务-3-2"]

    def test_phases_take_their_year_from_the_signature(self):
        assert [(phase.name, phase.period.starts_on, phase.period.ends_on) for phase in self.document.phases] == [
            ("准备阶段", date(2021, 3, 1), date(2021, 3, 15)),
            ("实施阶段", date(2021, 3, 16), date(2021, 4, 30)),
        ]

    def test_signature_list_of_attachments_and_annexes(self):
        assert (self.document.issuer, self.document.written_on) == ("示例市人民政府", date(2021, 2, 1))
        assert self.document.notes == ("（此件公开发布）",)
        assert [(each.number, each.title) for each in self.document.attachments] == [(1, "茶馆名单"), (2, "茶叶标准")]
        assert [(annex.anchor, annex.heading) for annex in self.document.annexes] == [
            ("附件1", "茶馆名单"),
            ("附件2", "茶叶标准"),
        ]

    def test_annexes_have_addresses_of_their_own(self):
        assert self.document.find("附件1-一").heading == "城区"
        assert self.document.find("附件2-第一条").text == "茶叶要好。"


def test_tasks_numbered_anew_in_each_part_still_have_unique_anchors():
    text = "示例方案\n一、主要任务\n1.甲事。去办。\n二、重点任务\n1.乙事。去办。"
    assert [task.anchor for task in recognise(text).tasks] == ["任务-1", "二-任务-1"]


def test_items_of_a_task_part_are_tasks_where_it_has_no_smaller_numbers():
    text = "示例方案\n一、主要任务\n（一）甲事。去办。（甲局牵头，乙局配合）\n（二）乙事。去办。\n二、保障措施\n（一）丙事。去办。"
    document = recognise(text)
    assert [task.anchor for task in document.tasks] == ["任务-1", "任务-2"]
    assert document.tasks[0].units == ("甲局", "乙局")
    assert document.find("二-一").kind == NodeKind.ITEM


def test_a_phase_may_state_its_period_in_its_first_sentence():
    text = "示例方案\n一、实施步骤\n（一）准备阶段。2021年3月1日至3月15日，找人。"
    (phase,) = recognise(text).phases
    assert isinstance(phase, Phase)
    assert phase.period.ends_on == date(2021, 3, 15)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、总体要求", LineKind.PART), ("一 、总体要求", LineKind.PART), ("一．总体要求", LineKind.PART),
        ("（一）项", LineKind.ITEM), ("(一)项", LineKind.ITEM), ("( 一 ) 项", LineKind.ITEM), ("〔一〕项", LineKind.ITEM), ("㈠项", LineKind.ITEM),
        ("1.目", LineKind.NUMBER), ("1、目", LineKind.NUMBER), ("１．目", LineKind.NUMBER), ("⒈目", LineKind.NUMBER), ("3.2021年底前", LineKind.NUMBER),
        ("（1）点", LineKind.SUBITEM), ("1）点", LineKind.SUBITEM), ("⑴点", LineKind.SUBITEM), ("①点", LineKind.POINT),
        ("第 七 章 奖惩", LineKind.CHAPTER), ("第七章奖惩", LineKind.CHAPTER), ("第一节 甲", LineKind.SECTION), ("第二编 乙", LineKind.BOOK),
        ("第 二十一 条　甲", LineKind.ARTICLE), ("第21条 甲", LineKind.ARTICLE), ("　　第二十一条甲", LineKind.ARTICLE),
        ("责任单位:甲", LineKind.RESPONSIBILITY), ("【完成时限】：乙", LineKind.DEADLINE),
        ("1.5倍以上的，不予发放。", LineKind.PARAGRAPH), ("一方面要喝茶。", LineKind.PARAGRAPH), ("（2021年）以后。", LineKind.PARAGRAPH),
        ("一、二、三产业融合。", LineKind.PARAGRAPH), ("第三条规定的器具。", LineKind.PARAGRAPH), ("2021年3月起。", LineKind.PARAGRAPH),
        ("第一节约用水。", LineKind.PARAGRAPH), ("附件所列的茶馆要登记。", LineKind.PARAGRAPH),
    ],
)  # fmt: skip
def test_the_kind_of_a_line(line, kind):
    assert kinds(f"示例方案\n为了喝茶。\n{line}")[-1] == kind


class TestHeadAndFurniture:
    text = """欢迎，本站已启用无障碍浏览系统
本站已启用无障碍浏览系统，欢迎点击访问！
文 号 示政办发[2021]3号 成文日期 2021-02-01 公开方式 主动公开
责任部门 示例办 统一编号 S-1
示例市人民政府办公室
关于印发《示例办法》的通知
各镇人民政府，市政府各部门：
现印发给你们。
扫一扫在手机打开当前页
本站已启用无障碍浏览系统是一件好事，大家都说好。
"""

    def test_metadata(self):
        metadata = recognise(self.text.split("\n", 1)[1]).metadata
        assert metadata.document_number == "示政办发〔2021〕3号"
        assert metadata.written_on == date(2021, 2, 1)
        assert (metadata.disclosure, metadata.responsible_department) == ("主动公开", "示例办")
        assert metadata.others == {"统一编号": "S-1"}

    def test_title_on_two_lines_and_salutation(self):
        document = recognise(self.text.split("\n", 1)[1])
        assert document.title == "示例市人民政府办公室关于印发《示例办法》的通知"
        assert document.salutation == "各镇人民政府，市政府各部门："

    def test_furniture_is_shown_as_left_out(self):
        document = recognise(self.text.split("\n", 1)[1])
        assert "扫一扫在手机打开当前页" in document.dropped
        assert "现印发给你们。" in document.plain_text()


def test_letterhead_and_number_above_the_title():
    document = recognise("示例市人民政府文件\n示政发〔2021〕1号\n示例市人民政府关于喝茶的通告\n大家喝茶。")
    assert (document.title, document.issuer) == ("示例市人民政府关于喝茶的通告", "示例市人民政府")
    assert document.metadata.document_number == "示政发〔2021〕1号"


def test_a_table_of_contents_does_not_double_the_chapters():
    document = recognise(
        "示例办法\n目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    )
    assert [chapter.anchor for chapter in document.chapters] == ["第一章", "第二章"]
    assert document.dropped == ("目 录", "第一章 总则", "第二章 附则")


STANDARD = "示例标准\n附件\n茶馆考核标准\n考核内容\n考 核 标 准\n茶具\n（30分）\n1.要洗净。\n2.要摆好。\n茶叶（70分）\n1.要新。"


class TestAssessmentStandard:
    def test_flattened_to_lines(self):
        groups = recognise(STANDARD).assessment_groups
        assert [(group.heading, group.score, len(group.children)) for group in groups] == [
            ("茶具", 30, 2),
            ("茶叶", 70, 1),
        ]
        assert groups[0].children[1].anchor == "附件-考核-1-2"

    def test_as_a_table(self):
        rows = (("考核内容", "考核标准"), ("茶具\n(30分)", "1.要洗净。\n2.要摆好。"), ("茶叶(70分)", "1.要新。"))
        groups = recognise(["示例标准", rows]).assessment_groups
        assert [(group.heading, group.score, len(group.children)) for group in groups] == [
            ("茶具", 30, 2),
            ("茶叶", 70, 1),
        ]

    def test_any_other_table_stays_a_table(self):
        rows = (("序号", "茶馆"), ("1", "甲"))
        document = recognise(["示例名单", rows])
        assert (document.tables[0].rows, document.tables[0].anchor) == (rows, "表-1")

    def test_lines_with_tabs_are_a_table(self):
        (table,) = recognise("示例名单\n茶馆如下。\n序号\t茶馆\t地址\n1\t甲\n以上。").tables
        assert table.rows == (("序号", "茶馆", "地址"), ("1", "甲", ""))


def test_an_editor_corrects_a_kind_and_the_tree_follows():
    lines = list(outline("示例办法\n第一条 甲。\n第一条规定的茶具要洗净。"))
    assert lines[2].kind == LineKind.PARAGRAPH
    lines[1:2] = [Line(LineKind.PARAGRAPH, lines[1].text)]
    document = build(lines)
    assert document.articles == ()
    assert [node.kind for node in document.body] == [NodeKind.PARAGRAPH, NodeKind.PARAGRAPH]


def test_a_kind_without_its_marker_is_accepted_and_pointed_out():
    document = build([Line(LineKind.TITLE, "示例办法"), Line(LineKind.ARTICLE, "没有条号的一条。")])
    assert document.articles[0].anchor == ""
    assert document.warnings == ("有一条没有条号（“没有条号的一条。...”），请补上“第×条”。".replace("...", "…"),)


TASKS = """示例市工作方案
一、主要任务
1.甲事。去办。
【责任单位】民政局，各乡镇（街道）
【完成时限】2023年9月底
2.乙事。去办。（民政局牵头，财政局配合，2023年12月底前完成）
3.丙事。去办。牵头部门：民政局；责任部门：财政局；完成时间：长期坚持。
4.丁事。去办。（牵头领导：张某；牵头单位：民政局；责任单位：各乡镇）
5.戊事。去办。（民政局、财政局负责）
6.己事。去办。[责任单位：民政局，8月底前完成]
7.庚事。去办。
责任单位：民政局（牵头）、财政局、
人社局
2023年4月1日
"""


def test_units_and_deadlines_in_all_the_ways_a_plan_writes_them():
    found = [
        ({duty.role: duty.units for duty in task.responsibilities}, task.deadline and task.deadline.on)
        for task in recognise(TASKS).tasks
    ]
    assert found == [
        ({"责任单位": ("民政局", "各乡镇（街道）")}, date(2023, 9, 30)),
        ({"牵头单位": ("民政局",), "配合单位": ("财政局",)}, date(2023, 12, 31)),
        ({"牵头部门": ("民政局",), "责任部门": ("财政局",)}, None),
        ({"牵头单位": ("民政局",), "责任单位": ("各乡镇",)}, None),
        ({"责任单位": ("民政局", "财政局")}, None),
        ({"责任单位": ("民政局",)}, date(2023, 8, 31)),
        ({"牵头单位": ("民政局",), "责任单位": ("财政局", "人社局")}, None),
    ]


def test_joint_issuers_on_one_line_are_two():
    text = "关于喝茶的通知\n现通知如下。\n示例市民政局    示例市总工会\n二O二三年三月三十一日"
    document = recognise(text)
    assert (document.issuer, document.written_on) == ("示例市民政局、示例市总工会", date(2023, 3, 31))
    spread = recognise("关于喝茶的通知\n现通知如下。\n示 例 市 民 政 局\n2023年3月31日")
    assert spread.issuer == "示例市民政局"


def test_numbered_parts_of_a_text_are_its_books():
    text = "示例市意见\n第一部分 总体要求\n一、目的\n好。\n第二部分 主要任务\n二、任务\n做。"
    assert [node.anchor for node in recognise(text).body] == ["第一部分", "第二部分"]
    assert recognise("示例市意见\n第一部分的内容见下。").body[0].kind == NodeKind.PARAGRAPH


def test_chinese_numbers_inside_an_article_are_its_items():
    text = (
        "示例办法\n第一条 满分100分：\n一、纪律（30分）\n1.迟到的；\n二、技能（70分）\n第二条 从明天起。\n第三条 完。"
    )
    document = recognise(text)
    assert [article.anchor for article in document.body] == ["第一条", "第二条", "第三条"]
    assert [node.anchor for node in document.find("第一条").walk()] == [
        "第一条",
        "第一条-一",
        "第一条-一-1",
        "第一条-二",
    ]
