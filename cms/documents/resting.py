"""Which rows of the lists in force rest on the articles of a document."""

import json
from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from registries.lists.kinds import KINDS
from search.documents.addresses import item_address

from .relations import editions_in_force


def rows_resting_on(address: str, day: date) -> dict[str, list[dict[str, str]]]:
    """Anchor → links to the rows whose legal bases name that article of the page at `address` (`policy_article`).

    One query for the editions and one for each kind of list in force, however many rows there are; the database looks
    for the address in the rows' texts, so only rows that name this page are read.
    """
    if not address:
        return {}
    editions = editions_in_force(day)
    links: dict[str, list[dict[str, str]]] = defaultdict(list)
    for kind, edition in editions.items():
        rows = KINDS[kind].model.objects.filter(edition=edition).order_by("seq_no")
        for row in _naming(rows, f"{address}#"):
            link = {"label": str(row), "url": item_address(row, edition.registry)}
            for anchor in dict.fromkeys(_anchors(row, address)):
                links[anchor].append(link)
    return dict(links)


def _naming(rows: Any, words: str) -> Any:
    """Rows with these words in their legal bases. SQLite keeps JSON with escapes, PostgreSQL without."""
    text = rows.annotate(bases_text=Cast("legal_bases", TextField()))
    return text.filter(Q(bases_text__contains=words) | Q(bases_text__contains=json.dumps(words)[1:-1]))


def _anchors(row: Any, address: str) -> list[str]:
    named = [(basis.get("policy_article") or "").partition("#") for basis in row.rows("legal_bases")]
    # An editor may paste the whole address of the browser's address line.
    return [anchor for page, _, anchor in named if anchor and page.endswith(address)]
