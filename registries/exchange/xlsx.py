"""Office Open XML workbooks (.xlsx) into grids.

The parts of the package are streamed through a SAX parser of our own instead of openpyxl or calamine, because every
limit must hold while reading and not afterwards: openpyxl's read-only mode believes the declared dimension, its full
mode makes a cell for every place of a merged range, and calamine aborts the process on one far cell. Streaming, a cell
costs what it weighs, the declared dimension is only looked at, no tree is built, and no child process is needed.
DTDs and entities are refused by defusedxml; formulas are kept as text and never worked out.
"""

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException

from .grid import CannotRead, Limits, WorkbookGrid
from .xlsx_parts import Budget, RelationsHandler, SheetHandler, StringsHandler, StylesHandler, WorkbookHandler

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What the parser is given at a time, whatever it asks for: it begins a tag that is not complete again with every piece,
#: so that one tag of megabytes would take minutes.
PIECE = 4 * 1024 * 1024
DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    SAXException,
    DefusedXmlException,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    OverflowError,
)


def read_xlsx(file: IO[bytes], limits: Limits) -> WorkbookGrid:
    """Reads a seekable binary file. Raises ``CannotRead`` for whatever is no readable workbook within the limits."""
    try:
        start = file.read(8192)
        file.seek(0)
        if start.startswith(OLE):
            raise CannotRead("unreadable_file", _ole_detail(start + file.read(65536)))
        if not start.startswith(b"PK"):
            raise CannotRead("unreadable_file", "文件内容不是 .xlsx 工作簿" if start else "文件是空的")
        with zipfile.ZipFile(file) as package:
            return _Package(package, limits).read()
    except DAMAGE as error:
        raise CannotRead("unreadable_file", "文件已损坏或不完整") from error


def _ole_detail(start: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in start:
        return "文件已加密"
    return "文件是旧版 .xls 或已加密"


class _Package:
    """One opened package; counts what is unpacked."""

    def __init__(self, package: zipfile.ZipFile, limits: Limits) -> None:
        self.package, self.limits = package, limits
        self.left = limits.bytes
        names = package.namelist()
        if len(names) > limits.parts:
            raise CannotRead("too_large", f"文件内有{len(names)}个部件")
        # Part names are compared without case, and some writers use backslashes.
        self.names = {name.replace("\\", "/").lstrip("/").lower(): name for name in names}

    def read(self) -> WorkbookGrid:
        workbook = self._workbook_part()
        book = WorkbookHandler()
        self._parse(workbook, book)
        targets = self._relations(workbook)
        listed = []
        for name, state, relation in book.sheets:
            kind, target = targets.get(relation, ("worksheet", ""))
            if kind == "worksheet" and target:
                listed.append((name, state, target))
        if not listed:
            raise CannotRead("unreadable_file", "工作簿里没有工作表")
        if len(listed) > self.limits.sheets:
            raise CannotRead("too_many_sheets", f"{len(listed)}张工作表，上限{self.limits.sheets}张")
        strings, styles = StringsHandler(self.limits), StylesHandler()
        folder = posixpath.dirname(workbook)
        self._parse_optional(self._target(targets, "sharedStrings", f"{folder}/sharedStrings.xml"), strings)
        self._parse_optional(self._target(targets, "styles", f"{folder}/styles.xml"), styles)
        budget = Budget(self.limits)
        sheets = []
        for name, state, target in listed:
            handler = SheetHandler(strings.strings, styles.date_styles, book.counts_from_1904, budget)
            self._parse(target, handler)
            sheets.append(handler.grid(name, is_hidden=state not in ("", "visible")))
        return WorkbookGrid(sheets)

    def _workbook_part(self) -> str:
        if "mimetype" in self.names or any(name.startswith("word/") for name in self.names):
            raise CannotRead("unreadable_file", "这是文字文档或其他格式的文件")
        if "xl/workbook.bin" in self.names:
            raise CannotRead("unreadable_file", "这是 .xlsb 格式")
        for kind, target in self._relations("").values():
            if kind == "officeDocument" and target.lower() in self.names:
                return target
        return "xl/workbook.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id -> (last word of its type, part name) of a part; "" is the package itself."""
        folder, name = posixpath.split(part)
        handler = RelationsHandler(folder)
        self._parse_optional(posixpath.join(folder, "_rels", f"{name}.rels"), handler)
        return handler.relations

    def _target(self, targets: dict[str, tuple[str, str]], kind: str, usual: str) -> str:
        return next((target for found, target in targets.values() if found == kind), usual)

    def _parse_optional(self, part: str, handler: ContentHandler) -> None:
        if part.lower() in self.names:
            self._parse(part, handler)

    def _parse(self, part: str, handler: ContentHandler) -> None:
        with self.package.open(self.names[part.lower()]) as stream:
            defusedxml.sax.parse(_Counted(stream, self._take), handler, forbid_dtd=True)

    def _take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise CannotRead("too_large", f"解压后超过{self.limits.bytes // (1024 * 1024)}MB")


class _Counted:
    """A stream that reports what passes through it, so that a small package cannot unpack without end."""

    def __init__(self, stream: IO[bytes], take: Callable[[int], None]) -> None:
        self.stream, self.take = stream, take

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(PIECE if size else 0)
        self.take(len(data))
        return data

    def close(self) -> None:
        """The owner closes the stream."""
