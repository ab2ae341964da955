"""The text of a Word file: paragraphs and tables in document order, with the numbers Word shows but does not store."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from docx import Document
from lxml import etree

from .textual import TableRows
from .word_numbering import WORD, Numbering

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED_TEXT = 60 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE  # with pictures, which python-docx loads as well
LARGEST_NUMBER_OF_PARTS = 3_000
LARGEST_NUMBER_OF_BLOCKS = 20_000
LARGEST_SPAN = 63  # Word's own limit of columns

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT_BOX = f"{WORD}txbxContent"
_NOT_SHOWN = {f"{WORD}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")} | {
    f"{_COMPATIBILITY}Fallback"
}


class CannotReadDocument(Exception):
    """The file cannot be read; the message is a Chinese sentence that says why and what to do."""


@dataclass(frozen=True)
class WordText:
    """``lines`` in document order, a table as its rows; ``warnings`` say in Chinese what was not taken over."""

    lines: tuple[str | TableRows, ...]
    warnings: tuple[str, ...] = ()


def read_docx(file: IO[bytes]) -> WordText:
    """The text of an opened .docx file (binary, seekable).

    Automatic numbers become visible text; changes that are still tracked are read as accepted; text boxes follow the
    paragraph they hang on. Raises ``CannotReadDocument``.
    """
    _check_package(file)
    try:
        document = Document(file)
        reader = _Reader(document)
        lines = tuple(reader.blocks(document.element.body))
    except CannotReadDocument:
        raise
    except Exception as error:  # python-docx and lxml raise anything from KeyError to XMLSyntaxError on a damaged file
        raise CannotReadDocument(
            "这个 Word 文件已损坏，读不出来。请用 Word 或 WPS 打开后另存为 .docx 再上传，或者直接粘贴文本。"
        ) from error
    if not any(line if isinstance(line, tuple) else line.strip() for line in lines):
        raise CannotReadDocument("这个 Word 文件里没有文字（可能是扫描图片）。请先识别成文字，或者直接粘贴文本。")
    return WordText(lines, tuple(reader.warnings()))


def _check_package(file: IO[bytes]) -> None:
    """Refuse what is no .docx, and what would unpack to more than it should, before any of it is parsed."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if size > LARGEST_FILE:
        raise CannotReadDocument(
            f"文件有 {size / MEGABYTE:.0f} MB，超过 {LARGEST_FILE // MEGABYTE} MB 的上限。请删去图片后再上传，或者直接粘贴文本。"
        )
    if not size:
        raise CannotReadDocument("这是一个空文件。请重新选择 Word 文件（.docx）。")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotReadDocument(
            "这是旧版 Word（.doc）、WPS 格式或者加了密码的文件。请用 Word 或 WPS 打开，取消密码并另存为 .docx 后再上传。"
        )
    if start.startswith(b"%PDF"):
        raise CannotReadDocument("这是 PDF 文件。请上传 Word 文件（.docx），或者从 PDF 中复制文字粘贴。")
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if "word/document.xml" not in names and not any(name.startswith("word/document") for name in names):
                raise CannotReadDocument("这不是 Word 文件（.docx）。请检查文件类型，或者直接粘贴文本。")
            text = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
            whole = sum(part.file_size for part in parts)
            if text > LARGEST_UNPACKED_TEXT or whole > LARGEST_UNPACKED or len(parts) > LARGEST_NUMBER_OF_PARTS:
                raise CannotReadDocument("这个 Word 文件展开后太大。请拆成几个文件分别上传，或者直接粘贴文本。")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CannotReadDocument("这不是 Word 文件（.docx），或者文件没有传完整。请重新保存后再上传。") from error
    file.seek(0)


class _Reader:
    def __init__(self, document: Any) -> None:
        self.numbering = Numbering(document)
        self.images = 0
        self.nested_tables = 0
        self.blocks_read = 0
        self.tracked = bool(document.element.body.xpath("boolean(.//w:ins | .//w:del | .//w:moveFrom)"))
        self.notes = bool(document.element.body.xpath("boolean(.//w:footnoteReference | .//w:endnoteReference)"))

    def warnings(self) -> Iterator[str]:
        if self.tracked:
            yield "文件里有尚未接受的修订，已按“全部接受”读取，请与定稿核对。"
        if self.images:
            yield f"文件里有 {self.images} 张图片，没有读入，需要时请在页面编辑中另行上传。"
        if self.notes:
            yield "文件里有脚注或尾注，没有读入，请与原文核对。"
        if self.nested_tables:
            yield f"文件里有 {self.nested_tables} 个嵌套在单元格里的表格，已并入所在的单元格，请与原文核对。"

    def blocks(self, container: Any) -> Iterator[str | TableRows]:
        for element in container.iterchildren():
            self.blocks_read += 1
            if self.blocks_read > LARGEST_NUMBER_OF_BLOCKS:
                raise CannotReadDocument(f"这个 Word 文件超过 {LARGEST_NUMBER_OF_BLOCKS} 段。请拆成几个文件分别上传。")
            match element.tag:
                case tag if tag == f"{WORD}p":
                    yield from self.paragraph(element)
                case tag if tag == f"{WORD}tbl":
                    if rows := self.rows(element):
                        yield rows
                case tag if tag == f"{WORD}sdt":  # a content control wraps ordinary blocks
                    content = element.find(f"{WORD}sdtContent")
                    if content is not None:
                        yield from self.blocks(content)
                case tag if tag in (f"{WORD}ins", f"{WORD}moveTo", f"{WORD}customXml", f"{WORD}smartTag"):
                    yield from self.blocks(element)

    def paragraph(self, element: Any) -> Iterator[str]:
        boxes: list[Any] = []
        words = "".join(self._run_text(element, boxes))
        number = self.numbering.next_label(element) if words.strip() else ""
        if words.strip():
            yield from f"{number}{words.lstrip() if number else words}".split("\n")
        for box in boxes:
            for block in self.blocks(box):
                yield block if isinstance(block, str) else "\n".join("\t".join(row) for row in block)

    def _run_text(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        for child in element.iterchildren():
            if not isinstance(child.tag, str) or child.tag in _NOT_SHOWN:
                continue
            match etree.QName(child.tag).localname:
                case "t" if child.tag.startswith(WORD):
                    yield child.text or ""
                case "tab" | "ptab":
                    yield "\t"
                case "br" | "cr":
                    yield "\n" if child.get(f"{WORD}type") != "page" else ""
                case "noBreakHyphen":
                    yield "-"
                case "sym":
                    yield ""  # a character of a symbol font has no meaning outside that font
                case "txbxContent":
                    boxes.append(child)
                case "blip" | "imagedata":
                    self.images += 1
                case _:
                    yield from self._run_text(child, boxes)

    def rows(self, table: Any) -> TableRows:
        """Cells by column of the grid. A merged cell has its text once, where it starts; the places it covers are ""."""
        found = []
        for row in table.iterfind(f".//{WORD}tr"):
            if next(row.iterancestors(f"{WORD}tbl")) is not table:
                continue
            cells: list[str] = []
            for cell in row.iterfind(f".//{WORD}tc"):
                if next(cell.iterancestors(f"{WORD}tr")) is not row:
                    continue
                properties = cell.find(f"{WORD}tcPr")
                merge = properties.find(f"{WORD}vMerge") if properties is not None else None
                continues = merge is not None and merge.get(f"{WORD}val", "continue") == "continue"
                cells += [" " if continues else self._cell_text(cell)] + [""] * (_span(properties) - 1)
            found.append([cell.strip() for cell in cells])
        width = max((len(row) for row in found), default=0)
        return tuple(tuple(row + [""] * (width - len(row))) for row in found if any(row))

    def _cell_text(self, cell: Any) -> str:
        pieces = []
        for block in self.blocks(cell):
            if isinstance(block, str):
                pieces.append(block.strip())
            else:
                self.nested_tables += 1
                pieces.extend(" ".join(filter(None, row)) for row in block)
        return "\n".join(piece for piece in pieces if piece)


def _span(properties: Any) -> int:
    element = properties.find(f"{WORD}gridSpan") if properties is not None else None
    try:
        return min(max(int(element.get(f"{WORD}val", "1")), 1), LARGEST_SPAN) if element is not None else 1
    except ValueError:
        return 1
