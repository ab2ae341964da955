from django.db import models

from .. import blocks, enums
from ..rows import RowsField
from .base import AppliesToTownshipKinds, Item, Typed


class DelegatedItem(Typed, AppliesToTownshipKinds, Item):
    """赋权清单的一项 (domain §1.2). `department` is the department that held the power (原实施部门)."""

    grant_mode = models.CharField("赋权方式", max_length=12, choices=enums.GrantMode.choices, blank=True)
    grant_status = models.CharField(
        "承接状态", max_length=12, choices=enums.GrantStatus.choices, default=enums.GrantStatus.TAKEN
    )
    effective_on = models.DateField("生效日期", null=True, blank=True)
    revoked_on = models.DateField("收回日期", null=True, blank=True)
    grant_document = models.CharField("赋权依据文件", max_length=300, blank=True)
    guiding_department = models.CharField("指导培训单位", max_length=200, blank=True)
    grants = RowsField(blocks.GrantBlock(), verbose_name="承接主体")

    class Meta(Item.Meta):
        verbose_name = verbose_name_plural = "赋权事项"
