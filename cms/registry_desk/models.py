"""The permissions of the desk that belong to no single model, and forms somebody has not finished."""

from django.conf import settings
from django.db import models

from registries.lists.models import Edition


class Desk(models.Model):
    """No table."""

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


class UnfinishedForm(models.Model):
    """What somebody has typed into the form of a row and not saved: theirs alone, no part of the draft."""

    NEW_ROW = 0

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    row = models.PositiveBigIntegerField("行", default=NEW_ROW)
    content = models.JSONField("填写的内容")
    kept_at = models.DateTimeField("保留时间")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = verbose_name_plural = "未保存的内容"
        constraints = [
            models.UniqueConstraint(fields=["person", "edition", "row"], name="one_unfinished_form_a_person_and_row")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.edition}"
