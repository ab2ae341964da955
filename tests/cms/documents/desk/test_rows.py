"""The outline as rows of a form, and what an editor can do to them."""

from hypothesis import given, settings

from cms.documents.desk.rows import KIND_CHOICES, read_rows, rows_of
from cms.documents.recognition import Line, LineKind, outline

from ..test_recognition import PLAN, STANDARD
from ..test_recognition_properties import texts


def sent_back(lines):
    rows = rows_of(lines)
    return read_rows([row.kind for row in rows], [row.text.replace("\n", "\r\n") for row in rows])


def test_every_kind_is_offered_once_and_one_more_joins_lines():
    values = [value for _, choices in KIND_CHOICES for value, _ in choices]
    assert sorted(values) == sorted([*LineKind, "joined"])


def test_an_untouched_outline_comes_back_as_it_was():
    for text in (PLAN, STANDARD):
        assert sent_back(outline(text)) == outline(text)


def test_a_table_comes_back_with_its_cells():
    lines = (Line(LineKind.TABLE, rows=(("序号", "茶馆"), ("1", "甲\n（分店）"))),)
    assert sent_back(lines) == lines


@settings(max_examples=100, deadline=None)
@given(texts)
def test_any_outline_can_be_shown_and_sent_back(text):
    lines = outline(text)
    assert [line.kind for line in sent_back(lines)] == [line.kind for line in lines]


def test_a_line_end_parts_a_line_and_the_new_line_is_recognised():
    assert [line.kind for line in read_rows(["paragraph"], ["甲。\r\n（一）乙。\r\n责任单位：丙局"])] == [
        LineKind.PARAGRAPH,
        LineKind.ITEM,
        LineKind.RESPONSIBILITY,
    ]


def test_an_emptied_line_goes_and_a_joined_line_follows_the_one_before():
    lines = read_rows(["article", "paragraph", "joined"], ["第一条 甲", " ", "乙。"])
    assert lines == (Line(LineKind.ARTICLE, "第一条 甲乙。"),)


def test_a_kind_no_one_offered_counts_as_a_paragraph():
    assert read_rows(["nonsense", "joined"], ["甲。", "乙。"]) == (Line(LineKind.PARAGRAPH, "甲。乙。"),)
