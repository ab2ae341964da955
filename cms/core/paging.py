"""Pages of a long list and addresses that keep the rest of the query, for the shared components."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 50


def address_with(request: HttpRequest, **changes: Any) -> str:
    """This page's address with these parameters changed; None takes one away, a list sets it several times."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query.setlist(name, [str(entry) for entry in value] if isinstance(value, list) else [str(value)])
    return f"{request.path}?{query.urlencode()}" if query else request.path


def paginate(request: HttpRequest, rows: Any, *, size: int = PAGE_SIZE) -> Page[Any]:
    """The page asked for by `?page=`; the first for nonsense, the last for a number beyond the end."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 1
    paginator = Paginator(rows, size)
    return paginator.page(min(max(number, 1), paginator.num_pages))


def pages_of(request: HttpRequest, page: Page[Any], *, unit: str = "项") -> dict[str, Any]:
    """What components/pagination.html shows of this page."""

    def address(number: int) -> str:
        return address_with(request, page=number if number > 1 else None)

    return {
        "total": page.paginator.count,
        "first": page.start_index(),
        "last": page.end_index(),
        "unit": unit,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
        "numbers": page_numbers(page.number, page.paginator.num_pages, address),
    }


def page_numbers(current: int, last: int, address: Callable[[int], str]) -> Sequence[dict[str, Any]]:
    """The numbers of components/pagination.html with gaps, for lists that are not paginated here."""
    paginator = Paginator(range(last), 1)
    return [
        {"is_gap": True}
        if number == Paginator.ELLIPSIS
        else {"number": number, "url": address(int(number)), "is_current": number == current}
        for number in paginator.get_elided_page_range(current, on_each_side=1, on_ends=1)
    ]
