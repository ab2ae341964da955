"""Rules of 政务服务事项清单, and so of every guide (domain §1.3, §2.3, §2.4)."""

from typing import Any

from ..enums import CaseType, FourMode, HandlingForm, ItemType, OrganisationNature, PowerSource, ResultType, ReviewType
from ..limits import InvalidLimit, parse_limit
from .common import BASES, INSTANT, LIMITS, QUALITY, TASK_5, is_at_once, phone_rules, rings_elsewhere
from .conditions import Condition, at_least, at_most, equals, every, includes, matches, said, some
from .engine import Rule

FOUR_MODES = "中办国办《关于深入推进审批服务便民化的指导意见》“四办”定义"
MATERIALS = "国办《关于做好证明事项清理工作的通知》：不设兜底材料"
#: 其他材料, 法律法规规定的其他材料, 需要提交的其他相关资料 …
CATCH_ALL = (
    r"^(?:.*(?:规定|要求|需要|应当|所需|提交|提供|出具)的?)?(?:其他|其它|相关|有关|所需|必要)的?"
    r"(?:相关|有关|证明|申请|必要|全部|所需)*(?:材料|资料|文件)(?:[（(].*[）)])?$"
)
OFFICE_DAYS = r"工作日|全天|24小时|节假日|周[一二三四五六日]|星期"
APPLIED_FOR = ("01", "05", "07", "08", "09", "10", "20")


def _steps_fit(item: Any) -> bool:
    """Steps that state their limits in the unit of the promise do not add up to more than it."""
    promised = item.promised_limit
    total = 0
    for step in item.rows("steps"):
        try:
            limit = parse_limit(step.get("limit") or "", promised.unit)
        except InvalidLimit:
            return True
        if limit is not None and limit.unit != promised.unit:
            return True
        total += limit.value if limit else 0
    return total <= promised.value


RULES: tuple[Rule, ...] = (
    *LIMITS,
    *BASES,
    Rule(
        "service-is-applied-for", "item_type", "政务服务事项只包括依申请的行政权力和公共服务",
        "{item.item_type_label}不是群众申请办理的事项，不能列入政务服务事项清单。请移到权力清单或行政执法事项清单。",
        equals("item_type", *APPLIED_FOR), blocks=True,
    ),
    Rule(
        "instant-within-15-minutes", "promised_value", TASK_5,
        "即办件要在15分钟以内办结，现在承诺的是{item.promised_limit}。请改承诺时限，或把办件类型改成承诺件。",
        Condition(lambda item: is_at_once(item.promised_limit)), when=INSTANT & said("promised_value"), blocks=True,
    ),
    Rule(
        "at-once-is-instant", "case_type", FOUR_MODES,
        "标了“马上办”，办件类型却不是即办件。请把办件类型改成即办件，或去掉“马上办”。",
        INSTANT, when=includes("four_modes", FourMode.INSTANT), blocks=True,
    ),
    Rule(
        "one-visit", "visits", FOUR_MODES,
        "标了“一次办”，到现场次数却是{item.visits}次。请改到现场次数，或去掉“一次办”。",
        at_most("visits", 1), when=includes("four_modes", FourMode.ONE_VISIT), blocks=True,
    ),
    Rule(
        "online-can-be-done-online", "is_online", FOUR_MODES,
        "标了“网上办”，却写着不能网上办理。请改“可网上办理”，或去掉“网上办”。",
        ~equals("is_online", False), when=includes("four_modes", FourMode.ONLINE), blocks=True,
    ),
    Rule(
        "online-address", "online_url", FOUR_MODES,
        "标了“网上办”，还没有网办地址。请填写网办地址或移动端地址。",
        said("online_url") | said("mobile_url"), when=includes("four_modes", FourMode.ONLINE),
    ),
    Rule(
        "nearby-is-handled-nearby", "levels", FOUR_MODES,
        "标了“就近办”，办理层级却没有乡镇（街道）或村（社区）。请改办理层级，或去掉“就近办”。",
        includes("levels", "5", "6"), when=includes("four_modes", FourMode.NEARBY), blocks=True,
    ),
    Rule(
        "no-catch-all-material", "materials", MATERIALS,
        "材料里有“其他材料”一类的兜底说法。请写明究竟是哪一样，或删去。",
        ~some("materials", matches("name", CATCH_ALL)), blocks=True,
    ),
    *phone_rules("consult_phone", "咨询电话"),
    *phone_rules("complaint_phone", "投诉电话"),
    Rule(
        "two-phones", "complaint_phone", QUALITY,
        "咨询电话和投诉电话是同一个号码。请填写由另外的人接听的投诉电话。",
        Condition(rings_elsewhere), when=said("consult_phone") & said("complaint_phone"), blocks=True,
    ),
    Rule(
        "whole-process-online-needs-no-visit", "visits", QUALITY,
        "写着全程网办，到现场次数却是{item.visits}次。请改成0次，或改网上办理深度。",
        at_most("visits", 0), when=matches("online_depth", "全程|Ⅳ|IV"), blocks=True,
    ),
    Rule(
        "steps-fit-promise", "steps", QUALITY,
        "各环节的时限加起来超过了承诺时限{item.promised_limit}。请核对环节时限。",
        Condition(_steps_fit), when=said("promised_value") & said("steps"), blocks=True,
    ),
    Rule(
        "promise-given", "promised_value", QUALITY, "没有写承诺时限。请填写，当场办结的填0分钟。",
        said("promised_value"),
    ),
    Rule("case-type-given", "case_type", QUALITY, "没有选办件类型。请选即办件或承诺件。", said("case_type")),
    Rule(
        "review-type-fits", "review_type", QUALITY,
        "即办件的审查类型应是即审即办，承诺件的应是前审后批。请改审查类型或办件类型。",
        (INSTANT & equals("review_type", ReviewType.INSTANT))
        | (equals("case_type", CaseType.PROMISED) & equals("review_type", ReviewType.EXAMINED)),
        when=said("review_type") & said("case_type"),
    ),
    Rule("visits-given", "visits", QUALITY, "没有写到办事现场次数。请填写，不用到现场的填0。", said("visits")),
    Rule(
        "visit-has-reason", "visit_reason", QUALITY, "要到现场办理，没有写原因。请写明为什么必须到现场。",
        said("visit_reason"), when=said("visits") & ~at_most("visits", 0),
    ),
    Rule(
        "no-visit-needs-a-way", "handling_forms", QUALITY,
        "写着不用到现场，又不能网上办理，也没有快递申请。请写明群众怎样申请。",
        equals("is_online", True) | includes("handling_forms", HandlingForm.ONLINE, HandlingForm.POST),
        when=said("visits") & at_most("visits", 0), blocks=True,
    ),
    Rule(
        "hours-say-which-days", "hours", QUALITY, "办理时间没有写哪几天办。请写明工作日、节假日或全天。",
        matches("hours", OFFICE_DAYS),
    ),
    Rule("place-given", "places", QUALITY, "没有写办理地点。请写明在哪里的哪个窗口办。", said("places")),
    Rule("conditions-given", "conditions", QUALITY, "没有写受理条件。请一行写一条。", said("conditions")),
    Rule("materials-given", "materials", QUALITY, "没有写申请材料。不需要材料的请在备注里说明。", said("materials") | said("remark")),
    Rule("steps-given", "steps", QUALITY, "没有写办理环节。请写明办理的步骤。", said("steps")),
    Rule(
        "fee-itemised", "fees", QUALITY, "收费的事项没有写收费项目和标准。请在收费项目里逐项填写。",
        said("fees") | said("fee_note"), when=equals("is_fee", True),
    ),
    Rule(
        "fee-has-basis", "fees", QUALITY, "收费项目没有写收费依据。请填写。",
        every("fees", said("basis")), when=said("fees"),
    ),
    Rule(
        "free-of-charge", "fees", QUALITY, "写着不收费，却列了收费项目。请核对是否收费。",
        ~said("fees"), when=equals("is_fee", False), blocks=True,
    ),
    Rule(
        "result-has-type", "result_types", QUALITY, "写了结果名称，没有选结果类型。请选择。",
        said("result_types"), when=said("result_name"),
    ),
    Rule(
        "certificate-is-a-certificate", "result_types", QUALITY,
        "结果是证件，结果类型却没有选证照。请改结果类型或结果名称。",
        includes("result_types", ResultType.CERTIFICATE),
        when=said("result_types") & matches("result_name", "(?<!凭)(?<!验)证书?$"),
    ),
    Rule("objects-given", "service_objects", QUALITY, "没有选服务对象。请选择。", said("service_objects")),
    Rule(
        "topics-for-persons", "person_topics", QUALITY, "选了自然人主题，服务对象里却没有自然人。请核对。",
        includes("service_objects", "1"), when=said("person_topics"),
    ),
    Rule(
        "topics-for-organisations", "legal_topics", QUALITY, "选了法人主题，服务对象里却只有自然人。请核对。",
        ~equals("service_objects", ["1"]), when=said("legal_topics"),
    ),
    Rule(
        "licence-answers-questions", "faqs", "行政许可标准化指引", "行政许可至少要有一个常见问题。请填写。",
        said("faqs"), when=equals("item_type", ItemType.LICENCE),
    ),
    Rule(
        "licence-has-five-steps", "steps", "行政许可标准化指引",
        "行政许可的办理环节少于五个。请写明受理、审查、决定、制证、送达等环节。",
        at_least("steps", 5), when=equals("item_type", ItemType.LICENCE),
    ),
    Rule(
        "entrusting-department-given", "entrusting_department", QUALITY,
        "受委托实施的事项没有写委托部门。请填写。", said("entrusting_department"),
        when=equals("organisation_nature", OrganisationNature.ENTRUSTED)
        | equals("power_source", PowerSource.ENTRUSTED_ABOVE, PowerSource.ENTRUSTED_PEER),
    ),
    Rule(
        "basic-code-has-12", "basic_code", "国家基本目录编码规则", "基本编码应为12位。请核对。",
        matches("basic_code", r"^\d{9}\w{3}$"), when=said("basic_code"),
    ),
    Rule(
        "basic-code-names-the-type", "basic_code", "国家基本目录编码规则", "基本编码的第3、4位与事项类型不一致。请核对。",
        Condition(lambda item: item.basic_code[2:4] == item.item_type),
        when=matches("basic_code", r"^\d{9}\w{3}$") & said("item_type"),
    ),
    Rule(
        "impl-code-has-31", "impl_code", "国家基本目录编码规则",
        "实施编码应为31位：统一社会信用代码、行使层级、基本编码。请核对。",
        matches("impl_code", r"^[0-9A-Z]{18}[1-6]\d{9}\w{3}$"), when=said("impl_code"),
    ),
)  # fmt: skip
