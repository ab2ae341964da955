"""Every rule asked at publication: a row that breaks it, and that a sound row breaks none that blocks."""

from datetime import date

import pytest

from registries.lists.drafting import discard_draft
from registries.lists.kinds import KINDS
from registries.lists.publication import CannotPublish, publish_edition
from registries.lists.rows import as_stream
from registries.lists.rules import RULES, check_edition
from registries.lists.rules.common import numbers_in
from tests.factories.lists import EditionFactory

from .conftest import NOON

LICENCE = {"item_type": "01"}
INSTANT = {"case_type": "1", "promised_value": 15, "promised_unit": "minute"}


def parties(*rows):
    return {
        "parties": as_stream(
            [{"organisation": name, "role": role, "is_lead": lead, "duties": ["巡查"]} for name, role, lead in rows]
        )
    }


def bases(**row):
    return {
        "legal_bases": as_stream([{"text": "《示例条例》第九条", "law_name": "示例条例", "article": "第九条"} | row])
    }


#: (kind, rule) → values of rows that break it.
BREAKING = {
    ("service", "promised-within-statutory"): [
        {"statutory_value": 10, "promised_value": 11},
        {"statutory_value": 7, "statutory_unit": "natural_day", "promised_value": 10, "promised_unit": "working_day"},
    ],
    ("service", "basis-named"): [{"legal_bases": []}],
    ("service", "basis-reaches-article"): [bases(article="")],
    ("service", "basis-in-force"): [
        bases(status="repealed"),
        bases(text="《婚姻法》第八条", law_name="婚姻法"),
        bases(text="《中华人民共和国婚姻法》第八条", law_name="中华人民共和国婚姻法"),
    ],
    ("service", "basis-not-vague"): [bases(text="按照上级规定办理", law_name="")],
    ("service", "service-is-applied-for"): [{"item_type": code} for code in ("02", "03", "04", "06")],
    ("service", "instant-within-15-minutes"): [
        INSTANT | {"promised_value": 30},
        INSTANT | {"promised_value": 1, "promised_unit": "working_day"},
    ],
    ("service", "at-once-is-instant"): [{"case_type": "2", "four_modes": ["1"]}],
    ("service", "one-visit"): [{"four_modes": ["4"], "visits": 2}],
    ("service", "online-can-be-done-online"): [{"four_modes": ["2"], "is_online": False}],
    ("service", "online-address"): [{"four_modes": ["2"]}],
    ("service", "nearby-is-handled-nearby"): [{"four_modes": ["3"], "levels": []}],
    ("service", "no-catch-all-material"): [
        {"materials": as_stream([{"name": name}])}
        for name in (
            "其他材料",
            "法律法规规定的其他相关材料",
            "需要提供的其他证明材料",
            "所需材料",
            "其他资料（如有）",
            "根据法律法规需提交的其他材料",
        )
    ],
    ("service", "consult_phone-given"): [{"consult_phone": ""}],
    ("service", "consult_phone-rings"): [{"consult_phone": text} for text in ("4012345", "0951-123", "请到窗口咨询")],
    ("service", "complaint_phone-given"): [{"complaint_phone": ""}],
    ("service", "complaint_phone-rings"): [{"complaint_phone": "135000"}],
    ("service", "two-phones"): [
        {"complaint_phone": "0951-000-0101"},
        {"consult_phone": "0951-4012345、12345", "complaint_phone": "（0951）4012345"},
    ],
    ("service", "whole-process-online-needs-no-visit"): [{"online_depth": "全程网办", "visits": 1}],
    ("service", "steps-fit-promise"): [
        {"steps": as_stream([{"name": "受理", "limit": "5个工作日"}, {"name": "审核", "limit": "16个工作日"}])}
    ],
    ("service", "promise-given"): [{"promised_value": None}],
    ("service", "case-type-given"): [{"case_type": ""}],
    ("service", "review-type-fits"): [{"review_type": "instant"}],
    ("service", "visits-given"): [{"visits": None}],
    ("service", "visit-has-reason"): [{"visits": 1, "visit_reason": ""}],
    ("service", "no-visit-needs-a-way"): [{"visits": 0, "handling_forms": ["1"]}],
    ("service", "hours-say-which-days"): [{"hours": "9:00—17:00"}],
    ("service", "place-given"): [{"places": []}],
    ("service", "conditions-given"): [{"conditions": []}],
    ("service", "materials-given"): [{"materials": []}],
    ("service", "steps-given"): [{"steps": []}],
    ("service", "fee-itemised"): [{"is_fee": True}],
    ("service", "fee-has-basis"): [{"is_fee": True, "fees": as_stream([{"name": "工本费", "standard": "10元"}])}],
    ("service", "free-of-charge"): [{"is_fee": False, "fees": as_stream([{"name": "工本费", "standard": "10元"}])}],
    ("service", "result-has-type"): [{"result_name": "批复"}],
    ("service", "certificate-is-a-certificate"): [{"result_name": "残疾人证", "result_types": ["30"]}],
    ("service", "objects-given"): [{"service_objects": []}],
    ("service", "topics-for-persons"): [{"service_objects": ["2"], "person_topics": ["085"]}],
    ("service", "topics-for-organisations"): [{"service_objects": ["1"], "legal_topics": ["005"]}],
    ("service", "licence-answers-questions"): [LICENCE | {"faqs": []}],
    ("service", "licence-has-five-steps"): [LICENCE | {"steps": as_stream([{"name": "受理"}])}],
    ("service", "entrusting-department-given"): [{"organisation_nature": "3"}, {"power_source": "5"}],
    ("service", "basic-code-has-12"): [{"basic_code": "123"}],
    ("service", "basic-code-names-the-type"): [{"basic_code": "440101007000"}],
    ("service", "impl-code-has-31"): [{"impl_code": "1144"}],
    ("power", "name-for-townships"): [{"name": "对扰乱秩序者处行政拘留"}],
    ("power", "duties-given"): [{"duties": []}],
    ("power", "accountability-given"): [{"accountability_cases": ""}],
    ("delegated", "name-for-townships"): [{"name": "涉及国家安全事项的审批"}],
    ("delegated", "department-given"): [{"department": None}],
    ("delegated", "grant-mode-given"): [{"grant_mode": ""}],
    ("delegated", "grant-day-given"): [{"effective_on": None}],
    ("delegated", "revoked-has-day"): [{"grant_status": "revoked"}],
    ("delegated", "day-means-revoked"): [{"revoked_on": date(2022, 1, 1)}],
    ("delegated", "grant-ends-after-it-begins"): [{"grant_status": "revoked", "revoked_on": date(2021, 3, 1)}],
    ("delegated", "each-grant-ends-after-it-begins"): [
        {
            "grants": as_stream(
                [{"organisation": "东塔镇人民政府", "effective_from": "2021-04-01", "revoked_on": "2021-03-01"}]
            )
        }
    ],
    ("enforcement", "name-for-townships"): [{"name": "对某行为处十日以下拘留的处罚"}, {"name": "强制隔离戒毒"}],
    ("enforcement", "kind-of-enforcement"): [{"item_type": "20"}],
    ("enforcement", "method-for-townships"): [{"punishment_method": "处五日以上十日以下行政拘留"}],
    ("enforcement", "subject-given"): [{"statutory_subject": ""}],
    ("enforcement", "method-given"): [{"item_type": "02"}],
    ("enforcement", "fine-within-bounds"): [{"fine_min": 200, "fine_max": 100}],
    ("enforcement", "name-says-of-what"): [{"name": "乱倒垃圾"}],
    ("responsibility", "one-lead"): [
        parties(("甲局", "assist", False)),
        parties(("甲局", "lead", False), ("乙局", "lead", False), ("丙镇", "assist", False)),
        parties(("甲局", "lead", True), ("乙局", "lead", True)),
    ],
    ("responsibility", "one-role-each"): [parties(("甲局", "lead", False), ("甲局", "assist", False))],
    ("responsibility", "duties-of-each"): [
        {"parties": as_stream([{"organisation": "甲局", "role": "lead", "duties": []}])}
    ],
    ("responsibility", "somebody-assists"): [parties(("甲局", "lead", False))],
}


def broken(kind, values):
    draft = EditionFactory(registry__kind=kind, items=[values])
    keys = {finding.rule.key for finding in check_edition(draft)}
    discard_draft(draft)
    return keys


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "key"), BREAKING, ids=map("-".join, BREAKING))
def test_a_row_breaks_the_rule(kind, key):
    for values in BREAKING[kind, key]:
        assert key in broken(kind, values), values


def test_every_rule_is_tried_here():
    tried = {key for _, key in BREAKING}
    assert {rule.key for rules in RULES.values() for rule in rules} == tried
    for kind, rules in RULES.items():
        assert {key for tried_kind, key in BREAKING if tried_kind == kind} <= {rule.key for rule in rules}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_row_breaks_nothing_that_blocks(kind):
    draft = EditionFactory(registry__kind=kind, items=[{"name": "对示例行为的处罚"}])
    assert [str(finding) for finding in check_edition(draft) if finding.blocks] == []


@pytest.mark.django_db
def test_the_limits_of_rules_are_exact():
    assert "instant-within-15-minutes" not in broken("service", INSTANT)
    assert "instant-within-15-minutes" not in broken("service", INSTANT | {"promised_value": 0})
    assert "promised-within-statutory" not in broken("service", {"statutory_value": 20, "promised_value": 20})
    assert "one-visit" not in broken("service", {"four_modes": ["4"], "visits": 1})
    assert "no-catch-all-material" not in broken(
        "service",
        {
            "materials": as_stream(
                [{"name": name} for name in ("身份证明材料", "其他共有人身份证", "家庭收入材料", "公证事项有关材料")]
            )
        },
    )
    assert "name-for-townships" not in broken("enforcement", {"name": "对损坏拘留所外墙行为的处罚"})
    lead = parties(("甲局", "lead", False), ("乙局", "lead", True), ("丙镇", "assist", False))
    assert "one-lead" not in broken("responsibility", lead)


@pytest.mark.django_db
def test_a_law_counts_as_repealed_from_its_day_on():
    row = bases(text="《个体工商户条例》第二条", law_name="个体工商户条例")
    before = EditionFactory(items=[row], effective_from=date(2022, 10, 31))
    assert "basis-in-force" not in {finding.rule.key for finding in check_edition(before)}
    before.effective_from = date(2022, 11, 1)
    assert "basis-in-force" in {finding.rule.key for finding in check_edition(before)}


@pytest.mark.django_db
def test_what_blocks_is_told_with_place_and_cure_and_what_warns_does_not_block():
    draft = EditionFactory(items=[{"name": "好的"}, {"name": "坏的", "consult_phone": "4012345"}])
    with pytest.raises(CannotPublish) as refusal:
        publish_edition(draft, by=None, at=NOON)
    assert refusal.value.reasons == ["序号2“坏的”：咨询电话“4012345”不像电话号码，或者没有区号。请写成0951-4012345。"]
    draft.items.filter(name="坏的").update(consult_phone="")
    assert publish_edition(draft, by=None, at=NOON).is_published


@pytest.mark.django_db
def test_checking_costs_one_query(django_assert_num_queries):
    draft = EditionFactory(items=5)
    with django_assert_num_queries(1):
        check_edition(draft)


def test_a_cell_may_hold_several_numbers():
    assert numbers_in("0951-4012345、１２３４５ / (0951)4010000") == ["0951-4012345", "12345", "0951-4010000"]


def test_every_rule_names_its_source_and_ends_as_a_sentence():
    for rules in RULES.values():
        keys = [rule.key for rule in rules]
        assert len(keys) == len({*keys})
        for rule in rules:
            assert rule.source
            assert rule.message.endswith("。")


def test_every_rule_names_a_field_that_its_list_has():
    for kind, rules in RULES.items():
        for rule in rules:
            assert KINDS[kind].model._meta.get_field(rule.field)
