"""Every failure in a Chinese sentence that says what to do next."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

logger = logging.getLogger(__name__)

#: For the day the templates fail. Status: (title, what happened and what to do).
SENTENCES = {
    400: ("请求无法识别", "网址或提交的内容不完整。请返回上一页重试，或从首页重新进入。"),
    403: ("没有权限查看", "这个页面只对有权限的人员开放。如果您是工作人员，请先登录管理后台。"),
    404: ("没有找到这个页面", "网址可能输入有误，或者内容已经撤下。请从首页查找，或使用站内搜索。"),
    429: ("登录尝试过于频繁", "账号或密码连续输错次数过多，已暂停登录。请15分钟后再试；忘记密码的，请联系管理员重设。"),
    500: ("系统出了问题", "这不是您的操作造成的，请稍后再试。如果一直这样，请拨打页面下方的联系电话告诉我们。"),
}
_LAST_RESORT = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{0}</title></head>'
    "<body><main><h1>{0}</h1><p>{1}</p></main></body></html>"
)


def error_page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    """`<status>.html`, or the bare sentence when even that cannot be rendered."""
    try:
        body: str = loader.render_to_string(template or f"{status}.html", {}, request)
    except Exception:  # whatever is broken, the visitor still gets a sentence
        logger.exception("the page for %s cannot be rendered", status)
        body = _LAST_RESORT.format(*SENTENCES[status])
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, "403_csrf.html")


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """What django-axes answers after too many wrong passwords; the same whether or not such a user exists."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: the database may be what failed."""
    try:
        body: str = loader.render_to_string("500.html")
    except Exception:
        body = _LAST_RESORT.format(*SENTENCES[500])
    return HttpResponseServerError(body)
