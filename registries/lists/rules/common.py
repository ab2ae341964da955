"""Rules of more than one list."""

from typing import Any

from registries.places.names import PHONE, normalise_phone, phone_digits

from ..enums import CaseType
from ..limits import MINUTE, Limit
from .conditions import Condition, every, matches, said
from .engine import Rule
from .laws import rests_on_law_in_force

TASK_5 = "审批服务实施方案任务5"
QUALITY = "政务服务事项要素规范"
BASIS = "设定依据应当写到条、款、项"

#: 涉及国家安全、限制人身自由的行政执法事项 (综合执法改革实施意见任务3).
NOT_FOR_TOWNSHIPS = (
    r"国家安全|间谍|(?:行政|司法|治安)拘留|处以?\d*.{0,6}拘留|限制人身自由|强制隔离戒毒|收容教(?:育|养)|人身检查"
)


def _is_not_longer(item: Any) -> bool:
    promised, statutory = item.promised_limit, item.statutory_limit
    return promised is None or statutory is None or not promised.exceeds(statutory)


LIMITS = (
    Rule(
        "promised-within-statutory", "promised_value", QUALITY,
        "承诺时限{item.promised_limit}比法定时限{item.statutory_limit}长。请核对两个时限，承诺的不能超过法定的。",
        Condition(_is_not_longer), blocks=True,
    ),
)  # fmt: skip

BASES = (
    Rule(
        "basis-named", "legal_bases", BASIS,
        "没有写设定依据。请写明法律、法规或文件的名称和条款。",
        said("legal_bases"),
    ),
    Rule(
        "basis-reaches-article", "legal_bases", BASIS,
        "设定依据没有写到条款。请在每条依据里写明第几条。",
        every("legal_bases", said("article")),
        when=said("legal_bases"),
    ),
    Rule(
        "basis-in-force", "legal_bases", "设定依据应当现行有效",
        "设定依据里有已经废止的法律法规。请改成现行的依据。",
        Condition(rests_on_law_in_force), blocks=True,
    ),
    Rule(
        "basis-not-vague", "legal_bases", BASIS,
        "设定依据只写了“按照上级规定”一类的话。请写明文件的名称和条款。",
        ~Condition(lambda item: any(is_vague(text) for text in item.basis_texts)),
    ),
)  # fmt: skip


def is_vague(text: str) -> bool:
    return "《" not in text and any(word in text for word in ("上级规定", "有关规定", "相关规定", "上级文件"))


def phone_rules(name: str, label: str) -> tuple[Rule, ...]:
    """A telephone number that somebody can ring: with its area code, well formed."""
    return (
        Rule(f"{name}-given", name, QUALITY, f"没有写{label}。请填写带区号的号码，例如0951-4012345。", said(name)),
        Rule(
            f"{name}-rings", name, QUALITY,
            f"{label}“{{item.{name}}}”不像电话号码，或者没有区号。请写成0951-4012345。",
            Condition(lambda item: all_ring(getattr(item, name))),
            when=said(name), blocks=True,
        ),
    )  # fmt: skip


def numbers_in(text: str) -> list[str]:
    """The numbers of a cell that holds one or several."""
    for separator in "、，,；;/\n":
        text = text.replace(separator, " ")
    return [normalise_phone(part) for part in text.split()]


def all_ring(text: str) -> bool:
    return all(PHONE.fullmatch(number) for number in numbers_in(text))


def rings_elsewhere(item: Any) -> bool:
    """No number takes both questions and complaints."""
    asked, complained = ({*map(phone_digits, numbers_in(text))} for text in (item.consult_phone, item.complaint_phone))
    return not asked & complained


def is_at_once(limit: Limit | None) -> bool:
    """Within fifteen minutes, as 即办件 must be."""
    return limit is not None and limit.unit == MINUTE and limit.value <= 15


def no_liberty(field: str) -> Rule:
    return Rule(
        f"{field}-for-townships", field, "综合执法改革实施意见任务3",
        "涉及国家安全或者限制人身自由的事项由相关部门履行，不能列入乡镇（街道）的清单。请删去这一项。",
        ~matches(field, NOT_FOR_TOWNSHIPS), blocks=True,
    )  # fmt: skip


INSTANT = Condition(lambda item: item.case_type == CaseType.INSTANT)
