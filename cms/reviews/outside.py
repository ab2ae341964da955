"""The page behind a link for a bureau without an account: the comparison of one draft, and a comment."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core.errors import locked_out
from cms.core.paging import pages_of, paginate
from cms.core.security import client_address, tried_too_often
from cms.registry_desk.marks import previous_of
from registries.comparisons import compose_comparison

from .forms import OutsideCommentForm
from .links import NoSuchLink, comment_by_link, link_of, note_view

#: For all who share an address: wrong links opened, and comments sent.
MOST, SECONDS = 20, 900


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outside_review(request: HttpRequest, token: str) -> HttpResponse:
    response = _answer(request, token)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    try:
        link = link_of(token)
    except NoSuchLink:
        if tried_too_often(request, "outside-links", MOST, SECONDS):
            return locked_out(request)
        return render(request, "reviews/closed_link.html", status=404)
    if not link.is_open_at(now):
        return render(request, "reviews/closed_link.html", {"link": link}, status=410)
    form = OutsideCommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if tried_too_often(request, "outside-comments", MOST, SECONDS):
            return locked_out(request)
        if form.is_valid():
            comment_by_link(link, at=now, address=client_address(request), **form.cleaned_data)
            messages.success(request, "意见已经收到，谢谢。还有意见可以继续写。")
            return redirect(request.path)
    note_view(link, address=client_address(request))
    edition = link.edition
    before = previous_of(edition)
    table = compose_comparison(before, edition, is_whole=True)
    page = paginate(request, table.rows)
    until = timezone.localtime(link.expires_at)
    facts = {
        "heading": f"征求意见：{edition.registry}（第{edition.number}版草稿）",
        "lead": f"这是还没有发布的草稿，只供{link.recipient}提意见，请不要转发。链接到{until:%Y年%-m月%-d日%H:%M}为止。",
        "link": link,
        "edition": edition,
        "before": before,
        "table": table,
        "rows": page.object_list,
        "pages": pages_of(request, page),
        "form": form,
        "said": link.comments.all(),
    }
    return render(request, "reviews/outside.html", facts)
