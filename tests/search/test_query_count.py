"""A search costs the same number of database queries whatever it finds."""

from datetime import date

import pytest

from search.facets import Filters
from search.queries import search
from tests.factories.places import AreaFactory, OrganisationFactory
from tests.search.documents import write

DAY = date(2021, 6, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 60])
def test_a_search_page(django_assert_num_queries, many):
    for place in range(many):
        town, bureau = AreaFactory(), OrganisationFactory()
        write(
            {"title": f"救助事项{place}", "township": town, "area": town, "department": bureau}, source=f"test:{place}"
        )
    # 1 places, 1 whether the synonyms have changed and 1 the same of the names, 1 how often the words occur,
    # 1 the search itself with its facets (1 more where parts of words are looked up, too), 1 the documents of the page,
    # 1 names of departments, 1 whether anything is recommended; after a change once more 1 synonyms and 1 names
    search("示例", day=DAY)
    with django_assert_num_queries(8):
        results = search("示例 救助", day=DAY, filters=Filters.clean({"kind": ["service"]}))
        assert [str(hit.document.township) + str(hit.document.department) for hit in results.hits]
