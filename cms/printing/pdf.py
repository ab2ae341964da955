"""The one door to paper: a template and its context in, a PDF out."""

import hashlib
import os
import subprocess
import sys
from base64 import b64encode
from functools import cache
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.core.cache import cache as store
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

TIMEOUT_SECONDS = 90


class CannotPrint(Exception):
    """A sheet that could not be made: `reasons`, each a sentence with its cure for the person who asked for it."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def print_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The sheet as a tagged PDF (PDF/A-3a, PDF/UA-1) with embedded fonts. Equal content is rendered once.

    `template` stands in `print/`; the context gains `styles`. Raises CannotPrint when rendering fails or takes too long.
    """
    html = render_to_string(f"print/{template}", context | {"styles": _styles()})
    key = f"pdf:{hashlib.sha256(html.encode()).hexdigest()}"
    pdf = store.get(key)
    if pdf is None:
        pdf = _render(html)
        store.set(key, pdf, timeout=7 * 24 * 3600)
    return pdf


def _render(html: str) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cms.printing.worker"],
            input=html.encode(),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            cwd=settings.BASE_DIR,
            env={name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotPrint("打印内容太多，生成超时。请减少内容后重试。") from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise CannotPrint("暂时无法生成打印文件。请稍后重试；仍不成功请联系网站管理员。") from RuntimeError(
            done.stderr.decode(errors="replace")[-2000:]
        )
    return done.stdout


@cache
def _styles() -> SafeString:
    """The tokens that screen and paper share, then the styles of paper."""
    site = settings.BASE_DIR / "site"
    sheets = [site / "static" / "tokens.css", *sorted((site / "print").glob("*.css"))]
    return mark_safe("\n".join(sheet.read_text() for sheet in sheets))


def qr_svg(address: str) -> SafeString:
    """A QR code (level M) as inline SVG without a size of its own; print it 25 mm wide or wider."""
    code = segno.make(address, error="m", micro=False)
    out = BytesIO()
    code.save(out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, title=f"二维码：{address}", nl=False)
    return mark_safe(out.getvalue().decode())


def data_uri(content: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"
