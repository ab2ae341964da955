from django.contrib.auth.models import AbstractUser
from django.db import models

from registries.places.models import Organisation


class User(AbstractUser):
    """Someone who works at the desk, for one organisation. What they may touch follows from the organisation."""

    full_name = models.CharField("姓名", max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="所属机构",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="users",
        help_text="决定可以编辑哪些清单和地方。市级统筹机构的人员可以编辑全部。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def get_full_name(self) -> str:
        return self.full_name or super().get_full_name()

    def __str__(self) -> str:
        return self.full_name or self.username
