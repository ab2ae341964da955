"""What must hold for any text whatever."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.documents.recognition import (
    LineKind,
    RecognisedDocument,
    build,
    find_personal_contacts,
    outline,
    recognise,
    split_notice,
)
from cms.documents.recognition.textual import visible

FRAGMENTS = [
    "第一章 总则", "第二章", "第 三 条", "第三条第二款", "第五条的", "一、", "二、任务", "（一）", "(二)甲。乙", "1.", "2、丙。", "(3)", "4)", "①", "⒈", "㈠",
    "责任单位：甲局、乙局", "完成时限：4月底前", "（责任单位：甲；完成时限：2021年2月30日）", "附件", "附件:1.甲", "附件2：乙", "附件：", "(30分)", "丁(20分)", "丁",
    "考核内容", "考核标准", "2021年3月31日", "示例市人民政府", "（此件公开发布）", "各镇：", "现印发《甲办法》《乙办法》给你们。", "甲办法", "乙办法(试行",
    "文号 示发〔2021〕1号", "扫一扫在手机打开当前页", "目录", "分享到:", "抄送：甲", "列一\t列二", "\t列三", "1\t2\t3", "阶段（2月至3月）", "【】", "《", "》", "。", "：",
]  # fmt: skip
line = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6)), max_size=4).map("".join)
texts = st.lists(st.one_of(st.sampled_from(FRAGMENTS), line), max_size=25).map("\n".join) | st.text(max_size=200)
wild = settings(max_examples=300, deadline=None)


def characters(text: str) -> Counter:
    """What counts of a text: neither blanks nor what is never shown."""
    return Counter(character for character in visible(text) if not character.isspace() and character.isprintable())


def everything(document: RecognisedDocument) -> str:
    around = [entry.text for entry in document.lines if entry.kind in AROUND]
    return "\n".join([*around, document.plain_text()])


AROUND = {
    LineKind.FURNITURE, LineKind.METADATA, LineKind.LETTERHEAD, LineKind.DOCUMENT_NUMBER, LineKind.TITLE, LineKind.SALUTATION,
    LineKind.ENCLOSED_TITLE, LineKind.ISSUER, LineKind.DATE, LineKind.NOTE,
}  # fmt: skip


@wild
@given(texts)
def test_no_character_is_lost(text):
    assert characters(everything(recognise(text))) == characters(text)


@wild
@given(texts)
def test_no_character_is_lost_between_a_notice_and_its_enclosures(text):
    notice = split_notice(text)
    found = sum((characters(everything(document)) for document in (notice.notice, *notice.enclosed)), Counter())
    assert found == characters(text)


@wild
@given(texts)
def test_anchors_are_unique_and_fit_for_an_address(text):
    anchors = [node.anchor for node in recognise(text).walk() if node.anchor]
    assert len(anchors) == len(set(anchors))
    assert not any(character.isspace() or character in "#?&/\"'<>" for anchor in anchors for character in anchor)


@wild
@given(texts)
def test_a_heading_is_the_beginning_of_its_text(text):
    for node in recognise(text).walk():
        assert node.text.startswith(node.raw_heading)


@wild
@given(texts, st.data())
def test_any_correction_of_kinds_can_be_built(text, data):
    lines = outline(text)
    kinds = data.draw(st.lists(st.sampled_from(list(LineKind)), min_size=len(lines), max_size=len(lines)))
    changed = [type(entry)(kind, entry.text, entry.rows) for entry, kind in zip(lines, kinds, strict=True)]
    document = build(changed)
    assert characters(everything(document)) == characters(
        "\n".join(entry.text or "\n".join("\t".join(row) for row in entry.rows) for entry in changed)
    )


@wild
@given(st.text(max_size=300))
def test_contacts_never_raise(text):
    for contact in find_personal_contacts(text):
        assert contact.text in text
