from django.db import models

from registries.fields import ChoiceListField

from .. import blocks, enums
from ..rows import RowsField
from .base import Item, Typed


class EnforcementItem(Typed, Item):
    """行政执法事项清单的一项 (domain §1.4). `department` is the department that enforces or hands over."""

    category = models.CharField("执法领域", max_length=60, blank=True)
    statutory_subject = models.CharField("法定实施主体", max_length=200, blank=True)
    enforcing_body = models.CharField("实施主体", max_length=200, blank=True)
    enforcement_mode = models.CharField("赋权方式", max_length=12, choices=enums.EnforcementMode.choices, blank=True)
    undertaking_office = models.CharField("承办机构", max_length=200, blank=True)
    first_level = models.CharField("第一责任层级", max_length=1, choices=enums.Level.choices, blank=True)
    punishment_method = models.TextField("处罚的行为、种类、幅度", blank=True, max_length=3000)
    penalty_kinds = ChoiceListField("处罚种类", options=enums.PenaltyKind.choices)
    fine_min = models.DecimalField("罚款下限（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    fine_max = models.DecimalField("罚款上限（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    fine_formula = models.CharField("罚款计算", max_length=300, blank=True)
    discretion_rules = RowsField(blocks.DiscretionBlock(), verbose_name="裁量基准")
    inspection_frequency = models.CharField("检查频次", max_length=200, blank=True)
    inspection_standard = models.TextField("检查标准", blank=True)

    class Meta(Item.Meta):
        verbose_name = verbose_name_plural = "行政执法事项"
