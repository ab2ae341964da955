"""Who did what at the desk, when, and what it said before and after. Written once: the database refuses any change."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AuditEntry(models.Model):
    """One act. Its words are those of the moment: it stays readable when the person or the thing is gone.

    `before` and `after` are `{label of a field: what it said}`, of changed fields only.
    """

    at = models.DateTimeField("时间", db_index=True)
    # No constraint: the entry outlives the account, and could not be changed to forget it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="人员",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    by_name = models.CharField("人员姓名", max_length=200, blank=True)
    action = models.CharField("操作", max_length=60, db_index=True)
    about_type = models.CharField("对象类别", max_length=100, blank=True)
    about_id = models.CharField("对象编号", max_length=64, blank=True)
    about_name = models.CharField("对象", max_length=500, blank=True)
    note = models.TextField("说明", blank=True)
    before = models.JSONField("原来", default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField("现在", default=dict, encoder=DjangoJSONEncoder)

    #: Wagtail looks for references in every model that is saved; a log is not one more use of what it names.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = verbose_name_plural = "操作记录"
        default_permissions = ("view",)
        indexes = [models.Index(fields=["about_type", "about_id"], name="audit_by_object")]

    def __str__(self) -> str:
        return f"{self.by_name} {self.action} {self.about_name}"
