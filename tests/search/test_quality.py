"""The kinds of query that the embedded engine answers today must not get worse (`benchmarks.search_quality` prints all)."""

import pytest

from benchmarks.search_quality import answers, by_kind, fill
from tests.shared import requires_shared

#: NDCG@10, a little under what is reached.
FLOORS = {"exact": 0.95, "partial": 0.88, "traditional": 0.85, "place": 0.74, "multi": 0.68, "colloquial": 0.58}


@requires_shared
@pytest.mark.django_db
def test_judged_queries_are_answered_as_well_as_before():
    fill()
    reached = {kind: ndcg for kind, (_, ndcg, _) in by_kind(answers()).items()}
    assert {kind: reached[kind] for kind, floor in FLOORS.items() if reached[kind] < floor} == {}
