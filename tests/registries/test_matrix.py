"""Who leads, who bears, who assists: the matrix composed from rows, narrowed, and asked for one organisation."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registries.coverage import laws_of, powers_of, townships_without_power, words_of
from registries.lists.items import PowerItem, ResponsibilityItem
from registries.lists.rows import as_stream
from registries.matrix import TOWNSHIP_PARTIES, Part, compose_matrix

ALL = "各乡镇（街道）"


def item(name="露天焚烧", parties=(), category="生态环境", place=1, laws=()):
    return ResponsibilityItem(
        name=name,
        code=f"SD{place}",
        seq_no=place,
        category=category,
        parties=as_stream(
            {"organisation": who, "role": role, "is_lead": bool(lead), "duties": [f"{who}的事"]}
            for who, role, *lead in parties
        ),
        legal_bases=as_stream({"text": f"《{law}》第一条", "law_name": law} for law in laws),
    )


def test_of_several_main_parties_the_marked_one_leads():
    matrix = compose_matrix([item(parties=[("水务局", "lead"), ("生态环境局", "lead", True), (ALL, "assist")])])
    (row,) = matrix.rows
    assert dict(zip(matrix.organisations, row.cells, strict=True)) == {
        "水务局": (Part.MAIN,),
        "生态环境局": (Part.LEAD,),
        ALL: (Part.ASSIST,),
    }


def test_a_single_main_party_leads_without_a_mark():
    (matter,) = compose_matrix([item(parties=[("水务局", "lead")])]).matters
    assert [party.part for party in matter.parties] == [Part.LEAD]
    assert matter.lead_count == 1


@pytest.mark.parametrize(
    ("parties", "count"),
    [
        ([("甲局", "lead"), ("乙局", "lead")], 0),
        ([(ALL, "assist")], 0),
        ([("甲局", "lead", True), ("乙局", "lead", True)], 2),
    ],
)
def test_a_draft_may_have_no_lead_or_two(parties, count):
    row = item(parties=parties)
    (matter,) = compose_matrix([row]).matters
    assert matter.lead_count == row.lead_count == count


def test_townships_as_one_party_stand_last():
    matrix = compose_matrix([item(parties=[(ALL, "lead"), ("甲局", "assist")]), item(parties=[("乙局", "lead")])])
    assert matrix.organisations == ("乙局", "甲局", ALL)


def test_narrowing_asks_for_one_organisation_in_that_part():
    matrix = compose_matrix(
        [
            item("一", [("甲局", "lead"), ("乙局", "assist")], category="水务", place=1),
            item("二", [("乙局", "lead"), ("甲局", "assist")], category="水务", place=2),
            item("三", [("丙局", "lead")], category="民政", place=3),
        ]
    )

    def names(**chosen):
        return [matter.name for matter in matrix.narrowed(**chosen).matters]

    assert names() == ["一", "二", "三"]
    assert names(organisations=["甲局"]) == ["一", "二"]
    assert names(organisations=["甲局"], parts=["lead"]) == ["一"]
    assert names(categories=["民政"]) == ["三"]
    assert names(categories=["民政"], organisations=["甲局"]) == []
    assert matrix.narrowed(organisations=["甲局"], parts=["lead"]).organisations == ("甲局", "乙局")


def test_duties_of_one_organisation_come_by_part():
    matrix = compose_matrix(
        [item("一", [("甲局", "lead")], place=1), item("二", [("乙局", "lead"), ("甲局", "assist")], place=2)]
    )
    found = [(part, [(m.name, p.duties) for m, p in entries]) for part, entries in matrix.duties_of("甲局")]
    assert found == [(Part.LEAD, [("一", ("甲局的事",))]), (Part.ASSIST, [("二", ("甲局的事",))])]
    assert matrix.duties_of("丁局") == []


PARTIES = st.lists(
    st.tuples(st.sampled_from(["甲局", "乙局", "丙局", ALL]), st.sampled_from(["lead", "assist"]), st.booleans()),
    max_size=4,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PARTIES, max_size=5))
def test_the_matrix_and_the_duties_hold_every_party_once(rows):
    """Nothing is lost between the list, the matrix and the duties of the organisations."""
    matrix = compose_matrix([item(f"事项{place}", parties, place=place) for place, parties in enumerate(rows)])
    written = sum(map(len, rows))
    assert sum(len(cell) for row in matrix.rows for cell in row.cells) == written
    duties = [entry for name in matrix.organisations for _, entries in matrix.duties_of(name) for entry in entries]
    assert len(duties) == written


def power(name, law="某法"):
    return PowerItem(name=name, legal_bases=as_stream([{"text": f"《{law}》第一条", "law_name": law}]))


def doubted(name, *, laws=(), powers, parties=((ALL, "assist"),), townships=()):
    row = item(name, parties, laws=laws)
    (matter,) = compose_matrix([row]).matters
    return townships_without_power(matter, laws_of(row), powers_of(powers), set(townships))


def test_a_duty_of_townships_is_doubted_when_neither_law_nor_words_meet_a_power():
    assert doubted("秸秆露天焚烧监管", laws=["大气污染防治法"], powers=[power("养犬登记", "养犬条例")])


def test_the_same_law_stands_behind_a_duty_with_or_without_the_name_of_the_state():
    powers = [power("对焚烧秸秆的处罚", "中华人民共和国大气污染防治法")]
    assert not doubted("烟花燃放", laws=["大气污染防治法"], powers=powers)


def test_two_words_of_the_name_stand_behind_a_duty():
    assert not doubted("秸秆露天焚烧监管", powers=[power("对露天焚烧秸秆行为的处罚")])
    assert words_of("对违法行为的监督管理") == frozenset(), "words that every list uses say nothing"


def test_only_duties_of_townships_are_looked_at():
    powers = [power("养犬登记")]
    assert not doubted("露天焚烧", parties=[("生态环境局", "lead")], powers=powers)
    assert doubted("露天焚烧", parties=[("崇兴镇人民政府", "assist")], powers=powers, townships=["崇兴镇人民政府"])
    assert all(doubted("露天焚烧", parties=[(name, "assist")], powers=powers) for name in TOWNSHIP_PARTIES)
