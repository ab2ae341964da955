"""What can be found, taken from the records.

A record's documents are written in the transaction that changes the record, by `replace_documents(source, documents)`.
A package above this one (the website's pages) registers where all of its documents come from, for rebuilding:

    register("page", build)     # build(day) yields (source, [SearchDocument, …])

with every source beginning with the registered word and a colon, for example "page:5".
"""

from .sources import builders, register
from .writing import replace_documents

__all__ = ["builders", "register", "replace_documents"]
