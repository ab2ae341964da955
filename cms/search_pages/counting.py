"""What the pages of results and the browser say for the counts of `search.asked`."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.asked import Receipt, count_asked, count_opened, may_be_kept
from search.queries import Results

LONGEST_RECEIPT = 500  # characters


def receipt_of(results: Results) -> str:
    """The receipt of a first page without choices; "" where nothing is counted."""
    if not results.query or results.page != 1 or results.filters or not may_be_kept(results.query):
        return ""
    return Receipt(results.query, max(results.total, len(results.best))).signed()


# Exempt: the page comes from a cache that all share, so it holds no token, and there is nothing to forge. A receipt is
# signed, belongs to nobody, and only raises a count.
@csrf_exempt
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """/sousuo/jishu/ with `receipt`, and `opened` when a result was opened. 204 whatever comes of it."""
    signed = request.POST.get("receipt", "")
    receipt = Receipt.read(signed) if len(signed) <= LONGEST_RECEIPT else None
    if receipt is not None:
        counted = count_opened if request.POST.get("opened") else count_asked
        counted(receipt, timezone.localdate())
    return HttpResponse(status=204)
