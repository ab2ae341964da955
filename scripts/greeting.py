"""Say where the site is, and who may log in."""

import os


def greet():
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
    from django.db import connections

    from cms.demo.accounts import account_lines

    lines = account_lines()
    connections.close_all()  # the workers are forked after this and must not share a connection
    return ["  示例账号 / demonstration accounts", *(f"    {line}" for line in lines)] if lines else []
