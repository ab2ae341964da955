"""Documents made by hand, for tests of finding rather than of where documents come from."""

from typing import Any

from search.documents import replace_documents
from search.models import SearchDocument


def write(*documents: dict[str, Any], source: str = "test:1") -> list[SearchDocument]:
    """write({"title": "…"}, {"title": "…", "kind": "power"}): findable at once, public for ever."""
    made = [
        SearchDocument(**{"kind": "service", "key": f"{source}:{place}", "address": f"/{place}/", **values})
        for place, values in enumerate(documents)
    ]
    replace_documents(source, made)
    return made
