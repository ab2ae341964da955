"""Documents: the content must be what the extension says, and the name must be safe to write and to download."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"<\s*(!doctype|html|head|body|script|svg|iframe|meta|\?xml|\?php)|mime-version\s*:", re.IGNORECASE
)
_OLE_MACRO = "_VBA_PROJECT".encode("utf-16-le")
LONGEST_NAME = 60  # characters before the extension: 180 bytes of Chinese, within every file system's 255
MOST_MEMBERS = 20_000


class UnusablePaper(Exception):
    """Why a document is refused: a sentence for the person who uploaded it."""


def check_paper(file: Any, name: str) -> None:
    """Raises UnusablePaper unless the content of `file` (seekable, binary) is what the extension of `name` promises."""
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    check = CHECKS.get(extension)
    if check is None:
        raise UnusablePaper(f"不能上传 .{extension or '（无扩展名）'} 文件。可以上传：{'、'.join(CHECKS)}。")
    file.seek(0)
    try:
        check(file, extension)
    finally:
        file.seek(0)


def safe_name(name: str) -> str:
    """The name as people know it, without paths, control and direction characters, and not too long."""
    path = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/"))
    stem = re.sub(r"[^\w.()（）〔〕《》、，·—-]+", "_", path.stem).strip("._ ")
    suffix = re.sub(r"[^a-z0-9.]", "", path.suffix.lower())
    return (stem[:LONGEST_NAME] or "附件") + suffix


def _mismatch(extension: str, cure: str) -> UnusablePaper:
    return UnusablePaper(f"文件内容与扩展名 .{extension} 不符，可能改过扩展名或已损坏。{cure}")


def _zip(file: Any, extension: str) -> None:
    marks = {"docx": "word/", "xlsx": "xl/", "ofd": "OFD.xml"}
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _mismatch(extension, "请用办公软件打开后另存一份再上传。") from error
    if len(names) > MOST_MEMBERS:
        raise UnusablePaper("压缩包里的文件太多。请分成几个压缩包上传。")
    mark = marks.get(extension)
    if mark and not any(member == mark or member.startswith(mark) for member in names):
        raise _mismatch(extension, "请用办公软件打开后另存一份再上传。")
    if any(PurePosixPath(member).name.lower() == "vbaproject.bin" for member in names):
        raise UnusablePaper("文件里带有宏。请另存为不带宏的格式再上传。")


def _ole(file: Any, extension: str) -> None:
    if file.read(len(OLE)) != OLE:
        raise _mismatch(extension, "请用办公软件打开后另存一份再上传。")
    file.seek(0)
    if _OLE_MACRO in file.read():
        raise UnusablePaper("文件里带有宏。请另存为不带宏的格式再上传。")


def _wps(file: Any, extension: str) -> None:
    start = file.read(4)
    file.seek(0)
    if start == b"PK\x03\x04":
        _zip(file, extension)
    else:
        _ole(file, extension)


def _pdf(file: Any, extension: str) -> None:
    content = file.read()
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise _mismatch(extension, "请重新导出 PDF 再上传。")


def _text(file: Any, extension: str) -> None:
    content = file.read()
    if b"\0" in content or _MARKUP.search(content[:4096]):
        raise _mismatch(extension, "这里只收纯文本。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            content.decode(encoding)
            return
        except UnicodeDecodeError:
            continue
    raise _mismatch(extension, "请另存为 UTF-8 编码的纯文本。")


CHECKS: dict[str, Callable[[Any, str], None]] = {
    "doc": _ole,
    "docx": _zip,
    "wps": _wps,
    "xls": _ole,
    "xlsx": _zip,
    "et": _wps,
    "pdf": _pdf,
    "ofd": _zip,
    "csv": _text,
    "zip": _zip,
    "txt": _text,
}
