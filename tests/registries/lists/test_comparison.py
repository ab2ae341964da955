"""Comparing two editions: a join on the code, whatever order the rows stand in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registries.lists.comparison import compare_rows

TEXTS = st.text("甲乙丙丁", max_size=4)
ROWS = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=3),
    st.fixed_dictionaries({"name": TEXTS, "remark": TEXTS, "seq_no": st.integers(1, 99)}),
    max_size=8,
).map(lambda rows: [{"code": code, **row} for code, row in rows.items()])


def codes(rows):
    return {row["code"] for row in rows}


@given(ROWS)
def test_an_edition_compared_with_itself_has_no_changes(rows):
    comparison = compare_rows(rows, rows)
    assert not comparison
    assert comparison.unchanged == len(rows)


@given(ROWS, ROWS)
def test_every_row_is_in_exactly_one_part(before, after):
    comparison = compare_rows(before, after)
    assert codes(comparison.added) == codes(after) - codes(before)
    assert codes(comparison.removed) == codes(before) - codes(after)
    assert len(comparison.changed) + comparison.unchanged == len(codes(before) & codes(after))


@given(ROWS, ROWS)
def test_swapping_the_sides_swaps_additions_and_removals_and_turns_changes_round(before, after):
    there, back = compare_rows(before, after), compare_rows(after, before)
    assert codes(there.added) == codes(back.removed)
    assert {
        change.code: {name: (new, old) for name, (old, new) in change.fields.items()} for change in there.changed
    } == {change.code: change.fields for change in back.changed}


@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(before, after, random):
    shuffled = random.sample(after, len(after))
    one, other = compare_rows(before, after), compare_rows(before, shuffled)
    assert codes(one.added) == codes(other.added)
    assert {change.code: change.fields for change in one.changed} == {
        change.code: change.fields for change in other.changed
    }


@given(ROWS, ROWS)
def test_applying_the_changes_to_the_old_side_gives_the_new_one(before, after):
    comparison = compare_rows(before, after)
    rebuilt = {row["code"]: dict(row) for row in before if row["code"] not in codes(comparison.removed)}
    for change in comparison.changed:
        assert change.fields
        rebuilt[change.code] |= {name: new for name, (_, new) in change.fields.items()}
    rebuilt |= {row["code"]: dict(row) for row in comparison.added}

    def said(rows):
        return {code: {key: value for key, value in row.items() if key != "seq_no"} for code, row in rows.items()}

    assert said(rebuilt) == said({row["code"]: row for row in after})


def test_a_new_place_in_the_list_is_no_change():
    assert not compare_rows([{"code": "1", "name": "甲", "seq_no": 1}], [{"code": "1", "name": "甲", "seq_no": 9}])


def test_a_row_without_a_code_is_the_row_of_the_same_name_and_type():
    old = {"code": "1", "item_type": "05", "name": "甲", "sub_name": "", "remark": ""}
    new = {"code": "", "item_type": "05", "name": "甲", "sub_name": "", "remark": "新"}
    comparison = compare_rows([old], [new])
    assert [change.fields for change in comparison.changed] == [{"remark": ("", "新")}]
    assert compare_rows([old], [new | {"item_type": "07"}]).added
    assert compare_rows([old], [old, new]).added == [new]


def test_a_code_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        compare_rows([], [{"code": "1", "name": "甲"}, {"code": "1", "name": "乙"}])


@pytest.mark.django_db
def test_changes_are_told_in_words():
    from registries.lists.comparison import compare_editions
    from registries.lists.drafting import start_draft
    from registries.lists.models import ServiceItem
    from registries.lists.rows import as_stream
    from registries.lists.wording import changes_in_words
    from tests.factories import EditionFactory

    edition = EditionFactory(published=True, items=2)
    draft = start_draft(edition.registry, by=None)
    item = draft.items.first()
    item.promised_value, item.case_type, item.is_fee = 5, "1", True
    item.four_modes = ["1", "4"]
    item.materials = as_stream([{"name": "居民身份证", "original": 1, "copy": 1, "necessity": "1", "waiver": ""}])
    item.save()
    comparison = compare_editions(edition, draft)
    assert (len(comparison.added), len(comparison.removed), comparison.unchanged) == (0, 0, 1)
    [change] = comparison.changed
    told = {
        field.label: [(line.mark, line.text) for line in field.lines] for field in changes_in_words(ServiceItem, change)
    }
    assert told["承诺时限"] == [("del", "20个工作日"), ("ins", "5个工作日")]
    assert told["办件类型"] == [("del", "承诺件"), ("ins", "即办件")]
    assert told["四办"] == [("del", "就近办、一次办"), ("ins", "马上办、一次办")]
    assert told["是否收费"] == [("del", "否"), ("ins", "是")]
    assert told["申请材料"] == [("del", "户口簿（原件份数：1；复印件份数：0；必要性：必要；免交方式：查询）")]
    assert "承诺时限单位" not in told
