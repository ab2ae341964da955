"""What the columns of each kind of list are called in workbooks.

The one place for headings. They are compared without brackets, blanks and quotes (``heading_key``); ``上级/下级`` is a
heading under a heading, and ``上级/`` counts only as the heading over others.
"""

from dataclasses import dataclass

from . import words
from .words import Vocabulary


@dataclass(frozen=True)
class Field:
    """One field of a row. ``reader`` names the function in ``values.READERS`` that makes sense of its cells.

    ``words`` holds the choices allowed. ``is_group`` marks what is written once for several items (merged down, or as a
    heading row of its own). A key with a dot is a part of a nested row: ``materials.name``.
    """

    key: str
    label: str
    reader: str
    aliases: str = ""
    words: Vocabulary | None = None
    is_group: bool = False

    @property
    def headings(self) -> list[str]:
        return [self.label, *self.aliases.split()]

    @property
    def parent(self) -> str:
        return self.key.partition(".")[0]

    @property
    def is_nested(self) -> bool:
        return "." in self.key


@dataclass(frozen=True)
class ListColumns:
    """The fields of one kind of list. ``order`` is the order of the keys of a row's values."""

    kind: str
    label: str
    order: tuple[str, ...]
    fields: tuple[Field, ...]
    department: str | None = None

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)

    def label_of(self, key: str) -> str:
        return next(
            (field.label for field in self.fields if field.key in (key, f"{key}.name", f"{key}.department")), key
        )


NAME = Field(
    "name",
    "事项名称",
    "text",
    "项目名称 职权名称 权力名称 权责名称 名称 事项 职权事项 权力事项 权力事项名称 权责事项 权责事项名称 权力项目名称 职权项目名称 主项名称 主项 "
    "服务事项 服务事项名称 政务服务事项 政务服务事项名称 公共服务事项名称 赋权事项 赋权事项名称 下放事项名称 执法事项 执法事项名称 行政执法事项 "
    "行政执法事项名称 事务名称 办理事项 办理事项名称 业务名称 属地管理事项 属地管理事项名称 具体事项 事项内容 目录名称 权力清单名称 职责事项 职责事项名称 清单事项 事项名",
)
SUB_NAME = Field(
    "sub_name", "子项名称", "text", "子项 事项子项 实施事项 业务办理项 业务办理项名称 情形 办理项 办理项名称"
)
SEQ = Field("seq", "序号", "seq", "编号 序列 顺序号 序 排序 顺序 次序 项次 no")
CODE = Field(
    "code",
    "事项编码",
    "code",
    "编码 代码 项目编码 权力编码 职权编码 事项代码 项目代码 权力事项编码 职权代码 基本编码 实施编码 业务办理项编码 权责编码 统一编码 清单编码 事项编号 项目编号 职权编号 权力编号 权力事项编号 清单编号",
)
BASIS = Field(
    "basis",
    "设定依据",
    "basis",
    "实施依据 法律依据 依据 职权依据 权力依据 法定依据 政策依据 事项依据 设立依据 执法依据 处罚依据 法律法规依据 办理依据 赋权依据 主要依据 设定和实施依据 行使依据 政策法规依据 法规政策依据 法律政策依据",
)
REMARK = Field("remark", "备注", "text", "说明 备注说明 备 其他说明")
TYPE_ALIASES = "类别 权力类型 权力类别 职权类型 职权类别 项目类别 项目类型 事项类别 权责类型 权责类别 类型 事项性质 权力性质 权力种类 职权种类"
TYPE = Field("type", "事项类型", "choice", TYPE_ALIASES, words.TYPES, is_group=True)
DEPARTMENT_ALIASES = (
    "部门 责任单位 主管部门 业务主管部门 业务指导部门 行业指导部门 行业主管部门 指导部门 牵头部门 对口部门 主管单位 县级主管部门 市级主管部门 "
    "市直部门 所属部门 实施部门 部门名称 实施单位"
)
STATUTORY = Field(
    "statutory_limit", "法定时限", "limit", "法定办结时限 法定期限 法定办理时限 法定办结期限 法定时间 法定工作日 法定"
)
PROMISED = Field(
    "promised_limit", "承诺时限", "limit", "承诺办结时限 承诺期限 承诺办理时限 承诺办结期限 承诺时间 承诺工作日 承诺"
)
LIMITS = Field("limits", "办理时限", "limits", "时限 办结时限 办理期限 办结期限")

POWER = ListColumns(
    "power",
    "权力清单",
    ("code", "name", "type", "subjects", "department", "statutory_limit", "promised_limit", "basis", "remark"),
    (
        SEQ,
        CODE,
        NAME,
        SUB_NAME,
        TYPE,
        Field(
            "subjects",
            "行使主体",
            "choices",
            "实施主体 责任主体 主体 行使主体名称 实施层级 行使层级 适用范围 适用对象",
            words.SUBJECTS,
        ),
        Field("department", "业务指导部门", "department", DEPARTMENT_ALIASES + " 责任部门", is_group=True),
        STATUTORY,
        PROMISED,
        LIMITS,
        BASIS,
        REMARK,
    ),
    department="department",
)
DELEGATED = ListColumns(
    "delegated",
    "赋权清单",
    ("code", "name", "type", "original_department", "mode", "subjects", "effective_date", "basis", "remark"),
    (
        SEQ,
        CODE,
        NAME,
        SUB_NAME,
        TYPE,
        Field(
            "original_department",
            "原实施部门",
            "department",
            "原实施主体 原行使部门 原行使主体 原权力部门 原审批部门 原主管部门 法定实施主体 赋权部门 下放部门 委托部门 委托单位 原职权部门 原行使单位 原实施单位 原执法部门 赋权机关 委托机关 县直部门 责任部门 "
            + DEPARTMENT_ALIASES,
            is_group=True,
        ),
        Field(
            "mode",
            "赋权方式",
            "choice",
            "下放方式 承接方式 实施方式 赋权形式 下放形式 委托或赋权方式 授权方式 委托方式 赋权委托方式 赋权类型 方式",
            words.DELEGATION_MODES,
        ),
        Field(
            "subjects",
            "承接主体",
            "choices",
            "承接单位 承接乡镇 承接层级 实施主体 行使主体 赋权对象 承接对象 赋权范围 承接范围 承接机关",
            words.SUBJECTS,
        ),
        Field(
            "effective_date",
            "赋权日期",
            "date",
            "生效日期 实施日期 下放日期 下放时间 赋权时间 生效时间 实施时间 承接时间 承接日期 执行时间 执行日期 起始日期 起始时间",
        ),
        BASIS,
        REMARK,
    ),
    department="original_department",
)
SERVICE = ListColumns(
    "service",
    "政务服务事项清单",
    (
        "code", "name", "department", "type", "handling", "statutory_limit", "promised_limit", "targets", "levels", "flags", "fee", "fee_note",
        "basis", "materials", "conditions", "process", "result", "options", "consult_phone", "complaint_phone", "place", "hours",
    ),
    (
        SEQ,
        CODE,
        NAME,
        SUB_NAME,
        Field("department", "责任部门", "department", DEPARTMENT_ALIASES + " 实施主体 行使主体 责任主体 承办部门 办理部门 填报单位", is_group=True),
        TYPE,
        Field("handling", "办件类型", "choice", "办理类型 件类型 办理件类型 办件类别 办件种类 承诺类型", words.HANDLING),
        STATUTORY,
        PROMISED,
        LIMITS,
        Field("targets", "服务对象", "choices", "面向对象 办理对象 申请对象 申请人类型 服务对象类型 适用对象 办事对象 受理对象 申请主体", words.TARGETS),
        Field("levels", "办理层级", "choices", "实施层级 行使层级 层级 办理级别 受理层级", words.LEVELS),
        Field("flags", "“四办”类型", "choices", "四办 办理形式/ 四办事项 审批服务形式 审批服务形式/ 服务形式/ 办理方式/ 四办形式 四办属性 四办情况 马上办网上办就近办一次办", words.FLAGS),
        Field("fee", "是否收费", "fee", "收费情况 收费 收费标准 收费标准及依据 收费依据及标准 是否收费及标准"),
        BASIS,
        Field("materials", "申请材料", "materials", "所需材料 申报材料 材料 材料清单 办理材料 提交材料 需提交材料 申请材料清单 办事材料 申请资料 所需资料"),
        Field("materials.name", "材料名称", "text", "申请材料/名称 申请材料名称 资料名称"),
        Field("materials.original", "原件份数", "count", "原件 申请材料/原件 原件数量 原件份"),
        Field("materials.copy", "复印件份数", "count", "复印件 申请材料/复印件 复印件数量 复印件份"),
        Field("materials.necessity", "必要性", "choice", "材料必要性 是否必要 申请材料/必要性 是否必需", words.NECESSITY),
        Field("materials.source", "材料来源", "text", "来源渠道 来源 材料来源渠道 出具单位 获取方式"),
        Field("materials.waiver", "免提交方式", "waiver", "是否免提交 免提交 免交方式 可免提交 免提交情形 免交", words.WAIVERS),
        Field("conditions", "受理条件", "list", "申请条件 办理条件 条件 申办条件 准予条件 办事条件"),
        Field("process", "办理流程", "steps", "办理程序 流程 程序 办事流程 办理环节 办事程序 工作流程 办理步骤"),
        Field("result", "结果名称", "text", "办理结果 审批结果 办结结果 结果 办理结果名称 审批结果名称 证照名称 结果文书"),
        Field("options", "特色服务", "choices", "多元办理 便民服务方式 便民服务 便民方式 服务方式 便民措施 便民举措 延伸服务 特色服务方式", words.OPTIONS),
        Field("consult_phone", "咨询电话", "text", "咨询方式 联系电话 办公电话 电话 咨询联系方式 咨询服务电话 服务电话 咨询热线"),
        Field("complaint_phone", "监督电话", "text", "投诉电话 监督投诉电话 投诉方式 监督方式 监督投诉方式 投诉监督电话 举报电话 监督举报电话"),
        Field("place", "办理地点", "places", "办公地址 办理地址 地点 受理地点 办事地点 办理场所 办公地点 地址"),
        Field("hours", "办理时间", "text", "办公时间 受理时间 工作时间 上班时间 服务时间 办事时间"),
    ),
    department="department",
)  # fmt: skip
ENFORCEMENT = ListColumns(
    "enforcement",
    "行政执法事项清单",
    ("code", "name", "category", "kind", "basis", "department", "statutory_subject", "mode", "remark"),
    (
        SEQ,
        CODE,
        NAME,
        SUB_NAME,
        Field(
            "category",
            "领域",
            "text",
            "执法领域 类别 事项领域 行业 行业领域 所属领域 专业领域 领域类别 执法类目",
            is_group=True,
        ),
        Field(
            "kind",
            "执法类别",
            "choice",
            "职权类型 职权类别 执法类型 权力类型 权力类别 事项类型 事项类别 执法种类 行为类别 职权种类",
            words.ENFORCEMENT_TYPES,
            is_group=True,
        ),
        BASIS,
        Field(
            "department",
            "责任部门",
            "department",
            DEPARTMENT_ALIASES + " 执法部门 实施主体 执法主体 事项主体 承办部门",
            is_group=True,
        ),
        Field(
            "statutory_subject", "法定实施主体", "text", "法定主体 法定执法主体 法定实施机关 法定职权主体 法定行使主体"
        ),
        Field(
            "mode",
            "委托或赋权方式",
            "choice",
            "实施方式 赋权方式 赋权或委托方式 赋权委托方式 委托赋权方式 行使方式 执法方式 下放方式 委托方式 委托或赋权 委托赋权",
            words.ENFORCEMENT_MODES,
        ),
        REMARK,
    ),
    department="department",
)
RESPONSIBILITY = ListColumns(
    "responsibility",
    "“属地管理”事项责任清单",
    ("code", "seq", "category", "name", "main", "cooperate", "basis"),
    (
        SEQ,
        CODE,
        NAME,
        Field(
            "category",
            "类别",
            "text",
            "领域 事项类别 类型 事项领域 所属领域 责任类别 分类 事项分类 工作领域 工作类别",
            is_group=True,
        ),
        Field(
            "main",
            "主体责任",
            "parties",
            "主体责任单位及主体责任 主体责任单位及责任 主体责任单位及职责 主体责任单位及责任内容 主体责任部门及职责 主体责任部门及责任 县级部门及职责 部门及职责 责任单位及职责 县级部门主体责任 部门主体责任 市直部门主体责任",
        ),
        Field(
            "main.department",
            "责任单位",
            "department",
            "主体责任/责任单位 主体责任/单位 主体责任/部门 主体责任单位 责任部门 主体责任部门 牵头部门 牵头单位 主体单位 市直部门 主管部门 县级部门 市级部门 上级部门 对应上级部门 部门",
        ),
        Field(
            "main.duties",
            "责任内容",
            "duties",
            "主体责任/责任内容 主体责任/职责 主体责任/内容 主体责任内容 部门职责 主体职责 主要职责 部门责任 县级部门职责 上级部门职责 职责",
        ),
        Field(
            "cooperate",
            "配合责任",
            "helpers",
            "乡镇配合责任 乡镇街道配合责任 乡镇配合职责 配合职责 乡镇职责 乡镇责任 配合事项 属地责任",
        ),
        Field(
            "cooperate.department",
            "配合单位",
            "department",
            "配合责任/责任单位 配合责任/单位 配合责任/部门 乡镇配合责任/责任单位 配合责任单位 配合部门 配合责任部门 协助单位",
        ),
        Field(
            "cooperate.duties",
            "配合责任内容",
            "duties",
            "配合责任/责任内容 配合责任/职责 配合责任/内容 乡镇配合责任/责任内容 乡镇配合责任/职责",
        ),
        BASIS,
    ),
    department=None,
)
KINDS = {columns.kind: columns for columns in (POWER, DELEGATED, SERVICE, ENFORCEMENT, RESPONSIBILITY)}

# Headings of columns that government lists carry and these lists do not: never taken for a neighbour by likeness.
FOREIGN_HEADINGS = frozenset(
    [
        "责任事项",
        "责任事项内容",
        "责任事项依据",
        "责任依据",
        "追责依据",
        "追责对象",
        "追责对象范围",
        "追责情形",
        "问责情形",
        "责任追究情形",
        "承办机构",
        "承办科室",
        "责任科室",
        "内设机构",
        "办理机构",
        "权力来源",
        "运行流程图",
        "流程图",
        "廉政风险点",
        "监督方式",
        "原编码",
        "内部备注",
        "经办人",
        "联系人",
        "填表人",
        "审核人",
        "是否公开",
        "有效状态",
        "状态",
        "裁量基准",
        "处罚种类",
    ]
)

# Words of a title that tell the kinds apart; the first that is found counts.
TITLE_WORDS = {
    "赋权": "delegated",
    "属地管理": "responsibility",
    "执法": "enforcement",
    "政务服务": "service",
    "权力清单": "power",
}

CONTENTS_SHEET = r"(总|事项|清单)?(目录|目次|索引|封面|首页)(页|表)?"
INSTRUCTION_SHEET = r"(填表|填报|填写|使用|编制|操作)?(说明|须知|要求|指南|注意事项)(表|页)?|(填表|填写|填报)?(示例|样表|样例|范例)|数据字典|字典|选项|代码表|下拉(选项|列表)?"
