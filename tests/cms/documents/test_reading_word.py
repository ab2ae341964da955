"""Word files made here with python-docx, read back as the lines a person sees."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from cms.documents.recognition import CannotReadDocument, read_docx, recognise, word

LEVELS = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%3.%4）")]


def as_file(document):
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    return file


def read(document):
    return read_docx(as_file(document))


def add_list(document, levels=LEVELS, number_id="77"):
    """A list definition of the file; returns what puts a paragraph into it."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number_id}">{inner}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{number_id}"/></w:num>')
    )

    def put(text, level=0):
        paragraph = document.add_paragraph(text)
        properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(properties))
        return paragraph

    return put


def test_paragraphs_and_tables_come_in_the_order_of_the_file():
    document = Document()
    document.add_paragraph("前")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["甲", "乙", "丙", "丁"], strict=True):
        cell.text = text
    document.add_paragraph("后")
    assert read(document).lines == ("前", (("甲", "乙"), ("丙", "丁")), "后")


def test_a_merged_cell_gives_its_text_once():
    document = Document()
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, "甲乙丙丁戊己", strict=True):
        cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "并"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "宽"
    assert read(document).lines == ((("并", "宽", ""), ("", "戊", "己")),)


def test_automatic_numbers_become_visible():
    document = Document()
    put = add_list(document)
    (
        put("目标"),
        put("任务"),
        put("场所", 1),
        put("事项", 1),
        put("清单", 2),
        put("指南", 2),
        put("流程", 3),
        put("要求"),
        put("认识", 1),
    )
    assert read(document).lines == (
        "一、目标",
        "二、任务",
        "（一）场所",
        "（二）事项",
        "1.清单",
        "2.指南",
        "（2.1）流程",
        "三、要求",
        "（一）认识",
    )


def test_articles_numbered_by_word_are_recognised():
    document = Document()
    document.add_paragraph("示例办法")
    put = add_list(document, [("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）")])
    for number in range(12):
        put(f"内容{number}。")
    put("项", 1)
    found = recognise(read(document).lines)
    assert [article.anchor for article in found.articles][-1] == "第十二条"
    assert found.find("第十二条-一").text == "项"


def test_a_list_may_come_from_the_style_and_be_switched_off():
    document = Document()
    add_list(document, [("decimal", "%1.")])
    style = document.styles.add_style("编号", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    document.add_paragraph("甲", style="编号")
    plain = document.add_paragraph("乙", style="编号")
    plain._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'))
    document.add_paragraph("丙", style="编号")
    assert read(document).lines == ("1.甲", "乙", "2.丙")


def test_bullets_have_no_visible_number():
    document = Document()
    put = add_list(document, [("bullet", "\uf0b7")])
    put("甲")
    assert read(document).lines == ("甲",)


def test_tracked_changes_are_read_as_accepted_and_said():
    document = Document()
    paragraph = document.add_paragraph("留")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>增</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删</w:delText></w:r></w:del>"))
    text = read(document)
    assert text.lines == ("留增",)
    assert text.warnings == ("文件里有尚未接受的修订，已按“全部接受”读取，请与定稿核对。",)


def test_content_controls_text_boxes_and_line_breaks_lose_nothing():
    document = Document()
    paragraph = document.add_paragraph("一")
    paragraph.add_run().add_break()
    paragraph.add_run("二")
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>三</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control))
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(parse_xml(box))
    assert read(document).lines == ("一", "二", "框", "三")


def test_an_assessment_standard_in_a_table():
    document = Document()
    document.add_paragraph("示例考核标准")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["考核内容", "考 核 标 准", "茶具\n（30分）", "1.要洗净。"], strict=True):
        cell.text = text
    cell = table.cell(1, 1)
    cell.add_paragraph("2.要摆好。")
    (group,) = recognise(read(document).lines).assessment_groups
    assert (group.heading, group.score, [point.text for point in group.children]) == (
        "茶具",
        30,
        ["要洗净。", "要摆好。"],
    )


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "空文件"),
            (b"plain text, no package", "不是 Word 文件"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
            (b"%PDF-1.7\n", "PDF"),
            (b"PK\x03\x04 broken", "没有传完整"),
        ],
    )
    def test_what_is_no_docx(self, content, words):
        with pytest.raises(CannotReadDocument, match=words):
            read_docx(io.BytesIO(content))

    def test_another_kind_of_package(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("xl/workbook.xml", "<workbook/>")
        with pytest.raises(CannotReadDocument, match="不是 Word 文件"):
            read_docx(file)

    def test_a_damaged_file(self):
        whole = as_file(Document()).getvalue()
        file = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
            for part in old.infolist():
                new.writestr(part, b"<w:document" if part.filename == "word/document.xml" else old.read(part))
        with pytest.raises(CannotReadDocument, match="已损坏"):
            read_docx(file)

    def test_a_file_without_words(self):
        with pytest.raises(CannotReadDocument, match="没有文字"):
            read(Document())

    def test_a_file_over_the_limit(self, monkeypatch):
        monkeypatch.setattr(word, "LARGEST_FILE", 1000)
        document = Document()
        document.add_paragraph("甲")
        with pytest.raises(CannotReadDocument, match="上限"):
            read(document)

    def test_a_package_that_unpacks_to_too_much(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/document.xml", b" " * (word.LARGEST_UNPACKED_TEXT + 1))
        with pytest.raises(CannotReadDocument, match="展开后太大"):
            read_docx(file)

    def test_a_picture_that_unpacks_to_too_much(self):
        document = Document()
        document.add_paragraph("甲")
        file = as_file(document)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/media/image1.png", bytes(word.LARGEST_UNPACKED))
        with pytest.raises(CannotReadDocument, match="展开后太大"):
            read_docx(file)

    def test_more_paragraphs_than_any_document_has(self, monkeypatch):
        monkeypatch.setattr(word, "LARGEST_NUMBER_OF_BLOCKS", 10)
        document = Document()
        for _ in range(11):
            document.add_paragraph("甲")
        with pytest.raises(CannotReadDocument, match="超过 10 段"):
            read(document)

    def test_a_cell_that_claims_a_million_columns(self):
        document = Document()
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "甲"
        span = parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="1000000"/>')
        cell._tc.get_or_add_tcPr().append(span)
        assert cell._tc.tcPr.find(qn("w:gridSpan")) is not None
        ((row,),) = read(document).lines
        assert len(row) == word.LARGEST_SPAN
