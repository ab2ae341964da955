"""The table of results has the order of the pages of results."""

from datetime import date

import pytest

from search.downloads import found_documents
from search.facets import Filters
from search.queries import search
from tests.factories.places import AreaFactory
from tests.search.documents import write

DAY = date(2021, 6, 1)


@pytest.mark.django_db
def test_what_belongs_to_the_chosen_township_comes_first_there_too():
    town = AreaFactory()
    write({"title": "临时救助"}, {"title": "临时救助", "township": town, "area": town})
    filters = Filters.clean({"township": [town.code]})
    shown = [hit.document for hit in search("临时救助", day=DAY, filters=filters).hits]
    kept, many = found_documents("临时救助", day=DAY, filters=filters)
    assert [document.township for document in kept] == [town, None]
    assert (kept, many) == (shown, 2)
