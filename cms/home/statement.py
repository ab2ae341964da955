"""/wuzhangai/: how the site can be used by everybody, and what to do where it fails."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

TITLE = "无障碍声明"


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    context = {
        "title": TITLE,
        "breadcrumbs": [{"label": TITLE}],
        "meta": {
            "column_name": TITLE,
            "column_keywords": "无障碍,大字,护眼,高对比",
            "description": "本站的显示方式、键盘操作、还做不到的地方，以及怎样反映问题。",
        },
    }
    return render(request, "home/statement.html", context)
