from datetime import date

import pytest

from cms.documents.recognition import split_notice

NOTICE = """示政办发〔2021〕9号
示例市人民政府办公室关于印发《茶馆管理办法》等文件的通知
各镇人民政府：
根据《示例省条例》，《茶馆管理办法(试行)》、《茶叶 改革方案》《茶馆清单》等3个文件已经会议审定，现印发给你们。
示例市人民政府办公室
2021年2月1日
茶馆管理办法
第一条 参照《茶叶改革方案》执行。
附件
茶馆考核标准
1.要洗净。
附件2
茶叶改革
方案(试行
一、主要任务
1.采茶。去采。
完成时限:4月底前
"""


class TestNoticeWithEnclosures:
    notice = split_notice(NOTICE)

    def test_the_notice_itself(self):
        assert self.notice.metadata.document_number == "示政办发〔2021〕9号"
        assert self.notice.title == "示例市人民政府办公室关于印发《茶馆管理办法》等文件的通知"
        assert self.notice.salutation == "各镇人民政府："
        assert self.notice.notice.written_on == date(2021, 2, 1)
        assert len(self.notice.body) == 1

    def test_enclosed_titles_are_the_ones_issued_and_not_the_ones_cited(self):
        assert self.notice.enclosed_titles == ("茶馆管理办法(试行)", "茶叶改革方案", "茶馆清单")

    def test_headings_may_lack_a_bracket_which_is_closed_or_take_two_lines(self):
        assert [document.title for document in self.notice.enclosed] == ["茶馆管理办法", "茶叶改革方案(试行)"]

    def test_a_list_that_is_only_named_has_no_document(self):
        assert [enclosure.document is None for enclosure in self.notice.enclosures] == [False, False, True]

    def test_an_annex_belongs_to_the_document_before_it_but_a_label_to_the_one_below(self):
        measures, plan = self.notice.enclosed
        assert [annex.heading for annex in measures.annexes] == ["茶馆考核标准"]
        assert plan.annexes == ()

    def test_days_take_the_year_of_the_notice(self):
        assert self.notice.enclosed[1].tasks[0].deadline.on == date(2021, 4, 30)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("关于喝茶的通知\n根据《省条例》，现将《甲办法》印发给你们。", ("甲办法",)),
        ("关于印发示例市茶馆管理办法的通知\n各镇：\n现印发给你们。", ("示例市茶馆管理办法",)),
        ("关于印发《甲办法》《乙办法》的通知\n各镇：\n现印发给你们。", ("甲办法", "乙办法")),
        ("关于印发《甲办法》的通知\n各镇：\n现将《甲办法》印发给你们。", ("甲办法",)),
        ("关于喝茶的通知\n各镇：\n请按《甲办法》喝茶。", ()),
        ("", ()),
    ],
)
def test_titles_a_notice_issues(text, titles):
    assert split_notice(text).enclosed_titles == titles


def test_a_text_that_encloses_nothing_is_a_notice_alone():
    notice = split_notice("关于喝茶的通知\n大家喝茶。")
    assert (notice.title, notice.enclosed) == ("关于喝茶的通知", ())
    assert notice.notice.plain_text() == "大家喝茶。"
