"""Judged queries are answered as well as promised, on every database (`benchmarks.search_quality` prints all kinds)."""

import pytest

from benchmarks.search_quality import answers, by_kind, fill
from search.engines.choice import catch_up
from tests.shared import requires_shared

#: NDCG@10 and Recall@10 over all, and NDCG@10 of every kind of query.
LEAST_NDCG, LEAST_RECALL, LEAST_OF_A_KIND = 0.90, 0.95, 0.80


@requires_shared
@pytest.mark.django_db
@pytest.mark.parametrize("engine", ["database", "elasticsearch"])
def test_judged_queries_are_answered_as_well_as_promised(request, engine):
    if engine == "elasticsearch":
        request.getfixturevalue("search_server")
    fill()
    catch_up()
    reached = by_kind(answers())
    _, ndcg, recall = reached["all"]
    assert ndcg >= LEAST_NDCG
    assert recall >= LEAST_RECALL
    assert {kind: ndcg for kind, (_, ndcg, _) in reached.items() if ndcg < LEAST_OF_A_KIND} == {}
