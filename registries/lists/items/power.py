from django.db import models

from registries.places.names import validate_phone

from .. import blocks, enums
from ..rows import RowsField
from .base import AppliesToTownshipKinds, Charted, Item, Limited, Typed


class PowerItem(Typed, Limited, AppliesToTownshipKinds, Charted, Item):
    """权力清单（权责清单）的一项 (domain §1.1)."""

    exercising_body = models.CharField("行使主体", max_length=200, blank=True)
    undertaking_office = models.CharField("承办机构", max_length=200, blank=True)
    joint_departments = models.CharField("共同实施部门", max_length=300, blank=True)
    exercise_level = models.CharField(
        "行使层级", max_length=1, choices=enums.Level.choices, default=enums.Level.TOWNSHIP
    )
    power_source = models.CharField("权力来源", max_length=1, choices=enums.PowerSource.choices, blank=True)
    duties = RowsField(blocks.DutyBlock(), verbose_name="责任事项")
    duty_basis = models.TextField("责任事项依据", blank=True)
    accountability_scope = models.TextField("追责对象范围", blank=True)
    accountability_cases = models.TextField("追责情形", blank=True)
    integrity_risks = RowsField(blocks.RiskBlock(), verbose_name="廉政风险点")
    supervision_phone = models.CharField("监督电话", max_length=30, blank=True, validators=[validate_phone])

    class Meta(Item.Meta):
        verbose_name = verbose_name_plural = "权力事项"
