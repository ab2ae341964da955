"""No table: the permissions of the desk that belong to no single model."""

from django.db import models


class Desk(models.Model):
    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("publish_edition", "可以发布清单版本"),
            ("print_sheets", "可以使用打印页"),
        ]
        verbose_name = verbose_name_plural = "清单工作台"

    def __str__(self) -> str:
        return "清单工作台"
