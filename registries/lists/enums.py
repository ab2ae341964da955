"""Codes of the lists. Codes follow the national exchange schema where it has one; labels are what people read."""

from django.db import models


class ItemType(models.TextChoices):
    """事项类型（职权类型）. Regional systems differ from 20 on, so a code is only ever read through this table."""

    LICENCE = "01", "行政许可"
    PENALTY = "02", "行政处罚"
    COERCION = "03", "行政强制"
    LEVY = "04", "行政征收"
    PAYMENT = "05", "行政给付"
    INSPECTION = "06", "行政检查"
    CONFIRMATION = "07", "行政确认"
    REWARD = "08", "行政奖励"
    RULING = "09", "行政裁决"
    OTHER = "10", "其他行政权力"
    PUBLIC_SERVICE = "20", "公共服务"


class EditionKind(models.TextChoices):
    ORIGINAL = "original", "编制"
    ADJUSTMENT = "adjustment", "调整"
    CORRECTION = "correction", "勘误"
    WITHDRAWAL = "withdrawal", "撤回"


class TownshipKind(models.TextChoices):
    """Which kind of township an item applies to (适用对象)."""

    TOWNSHIP = "township", "乡镇"
    STREET = "street", "街道"


class Level(models.TextChoices):
    """行使层级."""

    NATION = "1", "国家级"
    PROVINCE = "2", "省级"
    CITY = "3", "市级"
    COUNTY = "4", "县级"
    TOWNSHIP = "5", "乡镇（街道）"
    VILLAGE = "6", "村（社区）"


HANDLING_LEVELS = [(Level.TOWNSHIP.value, Level.TOWNSHIP.label), (Level.VILLAGE.value, Level.VILLAGE.label)]


class PowerSource(models.TextChoices):
    """权力来源."""

    STATUTORY = "1", "法定本级行使"
    DELEGATED = "2", "上级下放"
    AUTHORISED_ABOVE = "3", "上级授权"
    AUTHORISED_PEER = "4", "同级授权"
    ENTRUSTED_ABOVE = "5", "上级委托"
    ENTRUSTED_PEER = "6", "同级委托"


class GrantMode(models.TextChoices):
    """赋权方式. Entrusted acts run in the name of the entrusting organ, direct ones in the township's own."""

    ENTRUSTED = "entrusted", "委托下放"
    DIRECT = "direct", "直接赋权"
    WINDOW = "window", "窗口延伸"


class GrantStatus(models.TextChoices):
    PLANNED = "planned", "拟赋权"
    TAKEN = "taken", "已承接"
    SUSPENDED = "suspended", "暂缓"
    REVOKED = "revoked", "收回"


class EnforcementMode(models.TextChoices):
    GRANTED = "granted", "赋权"
    ENTRUSTED = "entrusted", "委托"
    STATUTORY = "statutory", "法定职权"


class PenaltyKind(models.TextChoices):
    """处罚种类（行政处罚法2021 第九条）; detention never belongs to a township."""

    WARNING = "warning", "警告"
    CENSURE = "censure", "通报批评"
    FINE = "fine", "罚款"
    CONFISCATE_GAINS = "confiscate_gains", "没收违法所得"
    CONFISCATE_GOODS = "confiscate_goods", "没收非法财物"
    SUSPEND_LICENCE = "suspend_licence", "暂扣许可证件"
    DOWNGRADE = "downgrade", "降低资质等级"
    REVOKE_LICENCE = "revoke_licence", "吊销许可证件"
    RESTRICT = "restrict", "限制开展生产经营活动"
    STOP_BUSINESS = "stop_business", "责令停产停业"
    CLOSE = "close", "责令关闭"
    BAR = "bar", "限制从业"
    OTHER = "other", "其他"


class CaseType(models.TextChoices):
    """办件类型."""

    INSTANT = "1", "即办件"
    PROMISED = "2", "承诺件"


class HandlingMode(models.TextChoices):
    """办理方式（实施方案 任务5）."""

    DIRECT = "direct", "直接办理"
    ENTRUSTED = "entrusted", "委托全程代办"


class FourMode(models.TextChoices):
    """“四办”."""

    INSTANT = "1", "马上办"
    ONLINE = "2", "网上办"
    NEARBY = "3", "就近办"
    ONE_VISIT = "4", "一次办"


class SpecialService(models.TextChoices):
    """多元办理渠道（实施方案 任务7、10）."""

    AGENT = "agent", "可代办"
    CROSS_TOWNSHIP = "cross_township", "跨乡通办"
    BANK = "bank", "银行代办"
    AT_HOME = "at_home", "上门办"
    AFTER_HOURS = "after_hours", "延时办"
    HOLIDAY = "holiday", "假日办"


class ServiceObject(models.TextChoices):
    """服务对象."""

    PERSON = "1", "自然人"
    COMPANY = "2", "企业法人"
    INSTITUTION = "3", "事业法人"
    SOCIAL = "4", "社会组织法人"
    UNINCORPORATED = "5", "非法人企业"
    ORGAN = "6", "行政机关"
    OTHER = "9", "其他组织"


LEGAL_PERSONS = tuple(ServiceObject)[1:]


class HandlingForm(models.TextChoices):
    """办理形式."""

    WINDOW = "1", "窗口办理"
    ONLINE = "2", "网上办理"
    POST = "3", "快递申请"


class CrossScope(models.TextChoices):
    """通办范围."""

    NATION = "1", "全国"
    PROVINCE = "2", "全省"
    CITY = "3", "全市"
    COUNTY = "4", "全县"
    TOWNSHIP = "5", "全镇（乡、街道）"
    VILLAGES = "6", "跨村（社区）"


class ResultType(models.TextChoices):
    CERTIFICATE = "10", "证照"
    APPROVAL = "20", "批文"
    OTHER = "30", "其他"
    NONE = "99", "无"


class Delivery(models.TextChoices):
    WINDOW = "window", "窗口领取"
    POST = "post", "邮寄"
    ONLINE = "online", "网上送达"
    TERMINAL = "terminal", "自助打印"


class OrganisationNature(models.TextChoices):
    """实施主体性质."""

    STATUTORY = "1", "法定机关"
    AUTHORISED = "2", "授权组织"
    ENTRUSTED = "3", "受委托组织"


class ReviewType(models.TextChoices):
    INSTANT = "instant", "即审即办"
    EXAMINED = "examined", "前审后批"


class LimitUnit(models.TextChoices):
    WORKING_DAY = "working_day", "工作日"
    NATURAL_DAY = "natural_day", "自然日"
    MINUTE = "minute", "分钟"


#: A responsible party that is a group and no organisation.
EVERY_TOWNSHIP = "各乡镇（街道）"


class PartyRole(models.TextChoices):
    LEAD = "lead", "主体责任"
    ASSIST = "assist", "配合责任"


class LawKind(models.TextChoices):
    LAW = "law", "法律"
    REGULATION = "regulation", "行政法规"
    DECISION = "decision", "国务院决定"
    LOCAL = "local", "地方性法规"
    MINISTRY_RULE = "ministry_rule", "部门规章"
    LOCAL_RULE = "local_rule", "地方政府规章"
    DOCUMENT = "document", "规范性文件"
    MANDATE = "mandate", "三定规定"


class LawStatus(models.TextChoices):
    VALID = "valid", "有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已废止"


class Necessity(models.TextChoices):
    REQUIRED = "1", "必要"
    OPTIONAL = "2", "非必要"
    LATER = "3", "容缺后补"


class Waiver(models.TextChoices):
    """How an applicant is spared a paper (实施方案 任务8)."""

    QUERY = "query", "查询"
    VERIFY = "verify", "部门核验"
    PROMISE = "promise", "告知承诺"


class MaterialKind(models.TextChoices):
    CERTIFICATE = "1", "证件证书证明"
    FORM = "2", "申请表格文书"
    OTHER = "3", "其他"


class MaterialForm(models.TextChoices):
    PAPER = "1", "纸质"
    ELECTRONIC = "2", "电子化"
    BOTH = "3", "纸质或电子化"
