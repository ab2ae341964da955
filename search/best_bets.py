"""What editors put first for a query."""

from collections.abc import Collection
from datetime import date

from .facets import Filters, fits
from .models import BestBet, SearchDocument


def best_documents(queries: Collection[str], *, day: date, filters: Filters) -> list[SearchDocument]:
    """The documents recommended for one of these queries, in the editors' order: public on this day, in force, and within the
    filters. One database query where nothing is recommended, else two."""
    places: dict[str, int] = {}
    for address, position in BestBet.objects.filter(query__in=queries).values_list("address", "position"):
        places[address] = min(position, places.get(address, position))
    if not places:
        return []
    documents = SearchDocument.objects.as_of(day).filter(address__in=places, is_revoked=False)
    documents = documents.select_related("area", "township", "department").order_by("pk")
    by_address = {document.address: document for document in documents if fits(document, filters)}
    return sorted(by_address.values(), key=lambda document: (places[document.address], document.pk))
