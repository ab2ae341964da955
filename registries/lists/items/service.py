from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import models
from wagtail.images import get_image_model_string

from registries.fields import ChoiceListField, LinesField

from .. import blocks, enums, topics
from ..rows import RowsField
from .base import Item, Limited, Typed


class ServiceItem(Typed, Limited, Item):
    """政务服务事项清单的一项 and all of its guide (domain §1.3, §2.3). `department` is the guiding department."""

    main_name = models.CharField("主项名称", max_length=1000, blank=True)
    aliases = LinesField("日常用语", help_text="群众怎么说，每行一个，例如：低保。")
    basic_code = models.CharField("基本编码", max_length=12, blank=True)
    local_basic_code = models.CharField("地方基本编码", max_length=50, blank=True)
    impl_code = models.CharField("实施编码", max_length=36, blank=True)
    local_impl_code = models.CharField("地方实施编码", max_length=50, blank=True)
    handle_code = models.CharField("业务办理项编码", max_length=50, blank=True)
    power_source = models.CharField("权力来源", max_length=1, choices=enums.PowerSource.choices, blank=True)
    exercise_level = models.CharField("行使层级", max_length=1, choices=enums.Level.choices, blank=True)
    exercise_content = models.TextField("行使内容", blank=True)

    organisation_name = models.CharField("实施主体", max_length=200, blank=True)
    organisation_nature = models.CharField(
        "实施主体性质", max_length=1, choices=enums.OrganisationNature.choices, blank=True
    )
    organisation_code = models.CharField("实施主体编码", max_length=50, blank=True)
    entrusting_department = models.CharField("委托部门", max_length=100, blank=True)
    joint_departments = models.CharField("联办机构", max_length=200, blank=True)

    levels = ChoiceListField("办理层级", options=enums.HANDLING_LEVELS)
    service_objects = ChoiceListField("服务对象", options=enums.ServiceObject.choices)
    person_topics = ChoiceListField("自然人主题", options=topics.PERSON_TOPICS)
    legal_topics = ChoiceListField("法人主题", options=topics.LEGAL_TOPICS)
    local_topics = LinesField("地方特色主题")

    handling_mode = models.CharField("办理方式", max_length=10, choices=enums.HandlingMode.choices, blank=True)
    case_type = models.CharField("办件类型", max_length=1, choices=enums.CaseType.choices, blank=True)
    four_modes = ChoiceListField("四办", options=enums.FourMode.choices)
    special_services = ChoiceListField("多元办理", options=enums.SpecialService.choices)
    handling_forms = ChoiceListField("办理形式", options=enums.HandlingForm.choices)
    cross_scope = models.CharField("通办范围", max_length=1, choices=enums.CrossScope.choices, blank=True)
    review_type = models.CharField("审查类型", max_length=10, choices=enums.ReviewType.choices, blank=True)
    is_commitment = models.BooleanField("实行告知承诺制", null=True, blank=True)
    statutory_note = models.TextField("法定时限说明", blank=True)
    promised_note = models.TextField("承诺时限说明", blank=True)
    visits = models.PositiveSmallIntegerField("到办事现场次数", null=True, blank=True)
    visit_reason = models.CharField("必须现场办理的原因", max_length=1000, blank=True)
    quota = models.TextField("数量限制", blank=True)

    conditions = LinesField("受理条件")
    prohibitions = LinesField("禁止性要求")
    materials = RowsField(blocks.MaterialBlock(), verbose_name="申请材料")
    steps = RowsField(blocks.StepBlock(), verbose_name="办理环节")
    special_procedures = RowsField(blocks.SpecialProcedureBlock(), verbose_name="特别程序")
    offline_flow = models.TextField("窗口办理流程", blank=True)
    online_flow = models.TextField("网上办理流程", blank=True)
    flowchart = models.ForeignKey(
        get_image_model_string(),
        verbose_name="流程图",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    flowchart_text = models.TextField("流程图文字说明", blank=True)

    is_fee = models.BooleanField("是否收费", default=False)
    fee_note = models.TextField("收费说明", blank=True)
    fees = RowsField(blocks.FeeBlock(), verbose_name="收费项目")

    places = LinesField("办理地点", help_text="每行一处，例如：各乡镇（街道）民生服务中心综合窗口。")
    hours = models.CharField("办理时间", max_length=500, blank=True)
    is_in_centre = models.BooleanField("进驻民生服务中心", null=True, blank=True)
    window_no = models.CharField("窗口号", max_length=50, blank=True)
    consult_phone = models.CharField("咨询电话", max_length=100, blank=True)
    complaint_phone = models.CharField("投诉电话", max_length=100, blank=True)
    consult_ways = LinesField("其他咨询方式")
    complaint_ways = LinesField("其他投诉方式")

    is_online = models.BooleanField("可网上办理", null=True, blank=True)
    online_depth = models.CharField("网上办理深度", max_length=100, blank=True)
    online_url = models.URLField("网办地址", blank=True)
    mobile_url = models.URLField("移动端地址", blank=True)
    can_book = models.BooleanField("可预约", null=True, blank=True)
    can_pay_online = models.BooleanField("可网上支付", null=True, blank=True)
    can_express = models.BooleanField("可邮寄", null=True, blank=True)
    can_use_terminal = models.BooleanField("可自助终端办理", null=True, blank=True)
    run_system = models.CharField("业务系统", max_length=100, blank=True)
    intermediary = models.TextField("中介服务", blank=True)

    result_types = ChoiceListField("结果类型", options=enums.ResultType.choices)
    result_name = models.CharField("结果名称", max_length=200, blank=True)
    result_delivery = ChoiceListField("送达方式", options=enums.Delivery.choices)
    faqs = RowsField(blocks.FaqBlock(), verbose_name="常见问题")
    rights = models.TextField("申请人权利", blank=True)
    obligations = models.TextField("申请人义务", blank=True)
    remedies = RowsField(blocks.RemedyBlock(), verbose_name="救济途径")

    if TYPE_CHECKING:  # made by ChoiceListField
        get_four_modes_labels: Callable[[], list[str]]
        get_handling_forms_labels: Callable[[], list[str]]
        get_levels_labels: Callable[[], list[str]]
        get_result_delivery_labels: Callable[[], list[str]]
        get_service_objects_labels: Callable[[], list[str]]
        get_special_services_labels: Callable[[], list[str]]

    class Meta(Item.Meta):
        verbose_name = verbose_name_plural = "政务服务事项"
