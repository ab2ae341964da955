"""The typed rows inside items. Each block names its fields as domain tables do; all texts are plain."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from . import enums
from .rows import OrganisationNameBlock


def _text(label: str, *, required: bool = False, long: bool = False, help_text: str = "") -> blocks.FieldBlock:
    block = blocks.TextBlock if long else blocks.CharBlock
    return block(label=label, required=required, help_text=help_text)


def _choice(label: str, choices: object, *, required: bool = False) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=choices.choices, label=label, required=required)  # type: ignore[attr-defined]


class LegalBasisBlock(blocks.StructBlock):
    """设定依据 (domain §1.6): `text` is the citation word for word, the rest is what was recognised in it."""

    text = _text("依据原文", required=True, long=True, help_text="写到条、款、项，例如：《……条例》第九条第一款。")
    law_name = _text("法律法规名称")
    law_kind = _choice("效力层级", enums.LawKind)
    doc_no = _text("依据文号")
    article = _text("条款号")
    clause_text = _text("条款内容", long=True)
    issuer = _text("颁布机关")
    effective_on = blocks.DateBlock(label="实施日期", required=False)
    amendment = _text("修正版本", help_text="例如：2018年修正。")
    status = _choice("时效", enums.LawStatus)
    url = blocks.URLBlock(label="链接", required=False)
    policy_article = _text("本站文件条款", help_text="本站政策文件的网址和条款锚点，例如：/wenjian/banfa/#第二十一条。")

    class Meta:
        label = "设定依据"
        icon = "openquote"


class MaterialBlock(blocks.StructBlock):
    """申请材料."""

    name = _text("材料名称", required=True)
    kind = _choice("材料类型", enums.MaterialKind)
    form = _choice("提交形式", enums.MaterialForm)
    original = blocks.IntegerBlock(label="原件份数", required=False, min_value=0, default=1)
    copy = blocks.IntegerBlock(label="复印件份数", required=False, min_value=0, default=0)
    paper_size = _text("纸质规格")
    necessity = _choice("必要性", enums.Necessity)
    source = _text("来源渠道")
    source_note = _text("来源说明")
    waiver = _choice("免交方式", enums.Waiver)
    waiver_note = _text("免交说明")
    situation = _text("适用情形", help_text="只在这种情形下需要时填写。")
    standard = _text("受理标准", long=True)
    instructions = _text("填报须知", long=True)
    basis = _text("要求依据")
    blank_form = DocumentChooserBlock(label="空白表格", required=False)
    sample = DocumentChooserBlock(label="示例样表", required=False)
    remark = _text("备注")

    class Meta:
        label = "材料"
        icon = "doc-full"


class StepBlock(blocks.StructBlock):
    """办理环节."""

    name = _text("环节", required=True)
    handler = _text("办理人")
    limit = _text("时限")
    standard = _text("审查标准", long=True)
    result = _text("结果")

    class Meta:
        label = "环节"
        icon = "list-ol"


class SpecialProcedureBlock(blocks.StructBlock):
    """特别程序: hearings, inspections and the like, and whether their days count."""

    name = _text("名称", required=True)
    limit = _text("时限")
    basis = _text("依据")
    is_counted = blocks.BooleanBlock(label="计入办理时限", required=False)

    class Meta:
        label = "特别程序"


class FeeBlock(blocks.StructBlock):
    name = _text("收费项目", required=True)
    standard = _text("收费标准", required=True)
    basis = _text("收费依据")
    can_reduce = blocks.BooleanBlock(label="允许减免", required=False)
    reduction_basis = _text("减免依据")
    remark = _text("备注")

    class Meta:
        label = "收费"


class FaqBlock(blocks.StructBlock):
    question = _text("问题", required=True)
    answer = _text("回答", required=True, long=True)

    class Meta:
        label = "常见问题"
        icon = "help"


class RemedyBlock(blocks.StructBlock):
    """行政救济: reconsideration or lawsuit."""

    way = blocks.ChoiceBlock(choices=[("reconsideration", "行政复议"), ("lawsuit", "行政诉讼")], label="途径")
    organ = _text("机关或法院", required=True)
    address = _text("地址")
    phone = _text("电话")
    url = blocks.URLBlock(label="网址", required=False)

    class Meta:
        label = "救济途径"


class DutyBlock(blocks.StructBlock):
    """责任事项, by stage."""

    stage = blocks.ChoiceBlock(
        choices=[
            (stage, stage) for stage in ("受理责任", "审查责任", "决定责任", "送达责任", "事后监管责任", "其他责任")
        ],
        label="环节",
    )
    text = _text("内容", required=True, long=True)

    class Meta:
        label = "责任事项"


class RiskBlock(blocks.StructBlock):
    """廉政风险点."""

    name = _text("风险点", required=True)
    grade = blocks.ChoiceBlock(choices=[("high", "高"), ("medium", "中"), ("low", "低")], label="等级")
    signs = _text("表现形式", long=True)
    measures = _text("防控措施", long=True)
    responsible = _text("责任岗位")

    class Meta:
        label = "廉政风险点"


class GrantBlock(blocks.StructBlock):
    """承接: one township that takes the matter over, how, from when and until when."""

    organisation = OrganisationNameBlock(label="承接主体", required=True)
    mode = _choice("赋权方式", enums.GrantMode)
    status = _choice("承接状态", enums.GrantStatus)
    effective_from = blocks.DateBlock(label="生效日期", required=False)
    revoked_on = blocks.DateBlock(label="收回日期", required=False)
    mandate = _text("委托书或协议")

    class Meta:
        label = "承接"


class DiscretionBlock(blocks.StructBlock):
    """裁量基准."""

    circumstance = _text("情节", required=True)
    range = _text("幅度", required=True)

    class Meta:
        label = "裁量基准"


class PartyBlock(blocks.StructBlock):
    """责任方: an organisation (or the group “各乡镇（街道）”), its role and its duties in order."""

    organisation = OrganisationNameBlock(label="责任方", required=True)
    role = _choice("责任", enums.PartyRole, required=True)
    is_lead = blocks.BooleanBlock(label="牵头", required=False, help_text="主体责任方有几个时，在其中一个上勾选。")
    duties = blocks.ListBlock(blocks.TextBlock(label="责任内容"), label="责任内容")

    class Meta:
        label = "责任方"
        icon = "group"
