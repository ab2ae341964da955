"""Gunicorn's configuration: say where the site is, and who may log in, once it really answers."""

import importlib.util
import os


def when_ready(server):
    from django.conf import settings

    port = os.environ.get("PORT", "8000")
    address = f"http://127.0.0.1:{port}"
    lines = [
        "",
        "九单公开 已启动，按 Ctrl-C 停止。/ The site is running, Ctrl-C stops it.",
        f"  公众网站 / public site   {address}/",
        f"  编辑后台 / the desk      {address}{getattr(settings, 'DESK_PREFIX', '/guanli/')}",
        *accounts(),
        "",
    ]
    print("\n".join(lines), flush=True)


def accounts():
    """The demonstration's accounts as printed lines, while they exist in the database."""
    if importlib.util.find_spec("cms.demo.accounts") is None:
        return []
    from cms.demo.accounts import account_lines

    return ["  示例账号 / demonstration accounts", *(f"    {line}" for line in account_lines())]
