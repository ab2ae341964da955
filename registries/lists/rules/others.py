"""Rules of the other four lists (domain §1.1, §1.2, §1.4, §1.5)."""

from typing import Any

from ..enums import GrantStatus, ItemType
from .common import BASES, LIMITS, NOT_FOR_TOWNSHIPS, no_liberty
from .conditions import Condition, equals, every, matches, said, some
from .engine import Rule

POWER_FORM = "权责清单编制规范"
GRANT_FORM = "赋权清单编制规范"
ENFORCEMENT_FORM = "综合行政执法事项指导目录体例"
PARTIES = "“属地管理”事项责任清单编制规则"

POWER: tuple[Rule, ...] = (
    *LIMITS,
    *BASES,
    no_liberty("name"),
    Rule("duties-given", "duties", POWER_FORM, "没有写责任事项。请按受理、审查、决定等环节填写。", said("duties")),
    Rule(
        "accountability-given", "accountability_cases", POWER_FORM, "没有写追责情形。请填写。",
        said("accountability_cases"),
    ),
)  # fmt: skip


def _ends_after_it_begins(grant: Any) -> bool:
    begins, ends = grant.get("effective_from"), grant.get("revoked_on")
    return not begins or not ends or str(begins) <= str(ends)


DELEGATED: tuple[Rule, ...] = (
    *BASES,
    no_liberty("name"),
    Rule("department-given", "department", GRANT_FORM, "没有写原实施部门。请选择。", said("department")),
    Rule("grant-mode-given", "grant_mode", GRANT_FORM, "没有写赋权方式。请选择。", said("grant_mode")),
    Rule("grant-day-given", "effective_on", GRANT_FORM, "没有写赋权的生效日期。请填写。", said("effective_on")),
    Rule(
        "revoked-has-day", "revoked_on", GRANT_FORM, "承接状态是收回，没有写收回日期。请填写。",
        said("revoked_on"), when=equals("grant_status", GrantStatus.REVOKED), blocks=True,
    ),
    Rule(
        "day-means-revoked", "grant_status", GRANT_FORM, "写了收回日期，承接状态却不是收回。请核对。",
        equals("grant_status", GrantStatus.REVOKED), when=said("revoked_on"), blocks=True,
    ),
    Rule(
        "grant-ends-after-it-begins", "revoked_on", GRANT_FORM, "收回日期早于生效日期。请核对。",
        Condition(lambda item: item.effective_on <= item.revoked_on),
        when=said("effective_on") & said("revoked_on"), blocks=True,
    ),
    Rule(
        "each-grant-ends-after-it-begins", "grants", GRANT_FORM, "某个承接主体的收回日期早于生效日期。请核对。",
        every("grants", Condition(_ends_after_it_begins)), blocks=True,
    ),
)  # fmt: skip

ENFORCEMENT: tuple[Rule, ...] = (
    *BASES,
    no_liberty("name"),
    Rule(
        "kind-of-enforcement", "item_type", ENFORCEMENT_FORM,
        "行政执法事项应是行政处罚、行政强制或行政检查。请核对事项类型。",
        equals("item_type", ItemType.PENALTY, ItemType.COERCION, ItemType.INSPECTION),
    ),
    Rule(
        "method-for-townships", "punishment_method", "综合执法改革实施意见任务3",
        "处罚种类里有拘留等限制人身自由的内容，乡镇（街道）不能实施。请删去。",
        ~matches("punishment_method", NOT_FOR_TOWNSHIPS), blocks=True,
    ),
    Rule(
        "subject-given", "statutory_subject", ENFORCEMENT_FORM, "没有写法定实施主体。请填写。",
        said("statutory_subject"),
    ),
    Rule(
        "method-given", "punishment_method", ENFORCEMENT_FORM, "行政处罚没有写处罚的种类和幅度。请填写。",
        said("punishment_method") | said("penalty_kinds"), when=equals("item_type", ItemType.PENALTY),
    ),
    Rule(
        "fine-within-bounds", "fine_max", ENFORCEMENT_FORM, "罚款上限低于下限。请核对。",
        Condition(lambda item: item.fine_min <= item.fine_max), when=said("fine_min") & said("fine_max"), blocks=True,
    ),
    Rule(
        "name-says-of-what", "name", ENFORCEMENT_FORM, "名称一般写作“对……的处罚（强制、检查）”。请核对。",
        matches("name", "^对.+"),
    ),
)  # fmt: skip

RESPONSIBILITY: tuple[Rule, ...] = (
    Rule(
        "one-lead", "parties", PARTIES,
        "牵头的责任方有{item.lead_count}个，应当有且只有一个。请在一个主体责任方上勾选“牵头”。",
        Condition(lambda item: item.lead_count == 1), blocks=True,
    ),
    Rule(
        "one-role-each", "parties", PARTIES,
        "同一个单位既是主体责任方又是配合责任方，或者写了两次。请合并。",
        Condition(lambda item: len({row["organisation"] for row in item.rows("parties")}) == len(item.rows("parties"))),
        blocks=True,
    ),
    Rule(
        "duties-of-each", "parties", PARTIES, "有的责任方没有写责任内容。请逐一填写。",
        every("parties", said("duties")),
    ),
    Rule(
        "somebody-assists", "parties", PARTIES, "没有配合责任方。请核对是否遗漏。",
        some("parties", equals("role", "assist")),
    ),
    *BASES,
)  # fmt: skip
