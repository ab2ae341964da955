"""A township's row beside the unified list: three sides, seven states, and what may differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registries.lists.deriving import RowState, faults_of, merge_rows, state_of
from registries.lists.kinds import KINDS
from registries.lists.policies import INHERITED, LOCAL, TOGETHER, FieldPolicy, policy_of

BASE = {
    "code": "FW001",
    "name": "最低生活保障对象认定",
    "promised_value": 20,
    "promised_unit": "working_day",
    "visits": 1,
    "window_no": "3",
    "four_modes": ["3"],
}


def row(**changes):
    return BASE | changes


@pytest.mark.parametrize(
    ("base", "parent", "local", "state"),
    [
        (BASE, row(), row(), RowState.SAME),
        (BASE, row(name="新名"), row(), RowState.PARENT_CHANGED),
        (BASE, row(), row(window_no="5"), RowState.LOCAL_CHANGED),
        (BASE, row(window_no="4"), row(window_no="5"), RowState.LOCAL_CHANGED),
        (BASE, row(promised_value=15), row(promised_value=10), RowState.CONFLICT),
        (BASE, row(promised_value=15), row(promised_value=15), RowState.SAME),
        (BASE, None, row(), RowState.PARENT_CANCELLED),
        (None, None, row(), RowState.LOCAL_ONLY),
        (None, row(), None, RowState.NOT_TAKEN),
        (BASE, row(), None, RowState.NOT_TAKEN),
        (None, row(), row(), RowState.SAME),
        (None, row(), row(window_no="5"), RowState.LOCAL_CHANGED),
    ],
)
def test_the_seven_states(base, parent, local, state):
    assert state_of("service", base, parent, local) is state


def test_every_state_has_its_word():
    assert {state.label for state in RowState} == {
        "一致", "上级已调整", "本地已调整", "冲突", "上级已取消", "本地特有", "未承接",
    }  # fmt: skip


def test_a_number_and_its_unit_are_one_answer():
    merge = merge_rows("service", BASE, row(promised_value=60, promised_unit="minute"), row())
    assert merge.taken == {"promised_value": 60, "promised_unit": "minute"}
    both = merge_rows("service", BASE, row(promised_unit="natural_day"), row(promised_value=10))
    assert both.conflicts == ("promised_value",)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"name": "别的名称"}, [("name", FieldPolicy.LOCKED)]),
        ({"promised_value": 21}, [("promised_value", FieldPolicy.INHERITED)]),
        ({"promised_value": None, "promised_unit": ""}, [("promised_value", FieldPolicy.INHERITED)]),
        ({"promised_value": 10}, []),
        ({"promised_value": 15, "promised_unit": "minute"}, []),
        ({"visits": 0}, []),
        ({"visits": 2}, [("visits", FieldPolicy.INHERITED)]),
        ({"four_modes": ["3", "4"]}, []),
        ({"four_modes": []}, [("four_modes", FieldPolicy.INHERITED)]),
        ({"window_no": "9", "hours": "工作日"}, []),
        ({"statutory_value": 1}, [("statutory_value", FieldPolicy.LOCKED)]),
    ],
)
def test_only_local_fields_and_what_favours_the_applicant_may_differ(changes, faults):
    assert faults_of("service", BASE, row(**changes)) == faults


@pytest.mark.parametrize("kind", KINDS)
def test_the_tables_name_fields_that_the_list_has(kind):
    fields = {field.name for field in KINDS[kind].model.content_fields()}
    assert LOCAL[kind] | set(INHERITED[kind]) <= fields
    assert not LOCAL[kind] & set(INHERITED[kind])
    for locked in ("name", "legal_bases", "code"):
        assert policy_of(kind, locked) is FieldPolicy.LOCKED


VALUES = {
    "name": st.sampled_from(["甲", "乙", "丙"]),
    "promised_value": st.sampled_from([None, 5, 10, 20]),
    "promised_unit": st.sampled_from(["", "working_day", "minute"]),
    "visits": st.sampled_from([None, 0, 1, 2]),
    "window_no": st.sampled_from(["", "1", "2"]),
    "materials": st.lists(st.sampled_from(["身份证", "户口簿"]), max_size=2),
}
ROWS = st.fixed_dictionaries(VALUES)


@given(base=ROWS | st.none(), parent=ROWS, local=ROWS)
def test_a_merged_row_follows_the_unified_list_and_merging_again_changes_nothing(base, parent, local):
    merge = merge_rows("service", base, parent, local)
    merged = local | merge.taken
    assert not any(policy is FieldPolicy.LOCKED for _, policy in faults_of("service", parent, merged))
    again = merge_rows("service", parent, parent, merged)
    assert again.taken == {}
    assert again.conflicts == ()
    assert {*again.kept} == {*merge.kept, *merge.conflicts}


@given(base=ROWS, parent=ROWS, local=ROWS)
def test_what_one_side_alone_changed_is_never_a_conflict(base, parent, local):
    assert not merge_rows("service", base, base, local).conflicts
    assert not merge_rows("service", base, parent, base).conflicts
    assert base | merge_rows("service", base, parent, base).taken == parent
    for name in merge_rows("service", base, parent, local).conflicts:
        assert policy_of("service", name) is FieldPolicy.INHERITED
        assert name not in TOGETHER
