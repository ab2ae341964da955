"""What can be found, what editors teach, what is asked, and what a search server has been told."""

from .asked import LONGEST_KEPT, AskedQuery, DismissedQuery
from .documents import TOPICS, Audience, DocumentKind, SearchDocument, SearchDocumentQuerySet
from .mirror import IndexChange, Mirror
from .teaching import BestBet, Synonym

__all__ = [
    "LONGEST_KEPT",
    "TOPICS",
    "AskedQuery",
    "Audience",
    "BestBet",
    "DismissedQuery",
    "DocumentKind",
    "IndexChange",
    "Mirror",
    "SearchDocument",
    "SearchDocumentQuerySet",
    "Synonym",
]
