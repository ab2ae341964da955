"""The one door to paper: a template and its context in, a PDF out."""

import hashlib
import logging
import os
import signal
import subprocess
import sys
from base64 import b64encode
from functools import cache, lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.core.cache import cache as store
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .turns import print_turn
from .worker import MISSING_GLYPHS, TOO_MANY_PAGES

TIMEOUT_SECONDS = 90
TOO_MUCH = "打印内容太多，生成超时。请减少内容后重试。"

logger = logging.getLogger(__name__)


class CannotPrint(Exception):
    """A sheet that could not be made: `reasons`, each a sentence with its cure for the person who asked for it."""

    status = 409

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class DoesNotFit(CannotPrint):
    """More pages than the sheet may have."""


class CannotPrintNow(CannotPrint):
    """Nothing is wrong with the sheet; asking again later is the cure."""

    status = 503


def print_pdf(template: str, context: dict[str, Any], *, most_pages: int = 0) -> bytes:
    """The sheet as a tagged PDF (PDF/A-3a, PDF/UA-1) with embedded fonts. Equal content is rendered once.

    `template` stands in `print/`; the context gains `styles`. Raises CannotPrint when rendering fails or takes too long,
    DoesNotFit when it needs more than `most_pages` (0: any number).
    """
    html = render_to_string(f"print/{template}", context | {"styles": _styles()})
    key = f"pdf:{hashlib.sha256(f'{_engine()}{most_pages}{html}'.encode()).hexdigest()}"
    pdf: bytes | None = store.get(key)
    if pdf is not None:
        return pdf
    with print_turn() as is_mine:
        if not is_mine:
            raise CannotPrintNow("现在打印的人多，还没有轮到这一份。请过几秒再试一次。")
        pdf = store.get(key)  # somebody before us in the queue may have asked for the same sheet
        if pdf is None:
            pdf = _render(html, most_pages)
            store.set(key, pdf, timeout=7 * 24 * 3600)
    return pdf


def _render(html: str, most_pages: int = 0) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own module and a number
            [sys.executable, "-m", "cms.printing.worker", str(most_pages)],
            input=html.encode(),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            cwd=settings.BASE_DIR,
            env={name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotPrint(TOO_MUCH) from error
    except OSError as error:
        logger.exception("the print process does not start")
        raise _failed() from error
    if done.returncode == 0 and done.stdout.startswith(b"%PDF"):
        return done.stdout
    said = done.stderr.decode(errors="replace")
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) or "MemoryError" in said:
        raise CannotPrint(TOO_MUCH)
    if done.returncode == TOO_MANY_PAGES:
        raise DoesNotFit(f"内容太长，{most_pages}张放不下。请精简后再打印。")
    if done.returncode == MISSING_GLYPHS:
        glyphs = "、".join(f"“{glyph}”（U+{ord(glyph):X}）" for glyph in said.splitlines()[-1])
        raise CannotPrint(
            f"这台服务器的字体里没有{glyphs}，印出来会是空框。请核对这个字；没有写错的，请网站管理员安装有这个字的字体。"
        )
    logger.error("the print process ended with %s: %s", done.returncode, said[-2000:])
    raise _failed()


def _failed() -> CannotPrintNow:
    return CannotPrintNow("暂时无法生成打印文件。请稍后重试；仍不成功请联系网站管理员。")


@cache
def _styles() -> SafeString:
    """The tokens that screen and paper share, then the styles of paper."""
    site = settings.BASE_DIR / "site"
    sheets = [site / "static" / "tokens.css", *sorted((site / "print").glob("*.css"))]
    return mark_safe("\n".join(sheet.read_text() for sheet in sheets))


@cache
def _engine() -> str:
    """What makes a PDF of the HTML: a newer engine must not be answered with the sheets of the old one."""
    own = [Path(__file__).with_name(name).read_text() for name in ("worker.py", "finisher.py")]
    return "\n".join([version("weasyprint"), *own])


@lru_cache(maxsize=1000)  # 3 ms each, a sixth of a board's page
def qr_svg(address: str) -> SafeString:
    """A QR code (level M) as inline SVG without a size of its own; print it 25 mm wide or wider."""
    code = segno.make(address, error="m", micro=False)
    out = BytesIO()
    code.save(out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, title=f"二维码：{address}", nl=False)
    return mark_safe(out.getvalue().decode())


def data_uri(content: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"
