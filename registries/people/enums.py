from django.db import models


class WorkerKind(models.TextChoices):
    """Where a grid worker comes from (考核管理办法 第三条)."""

    FULL_TIME = "full_time", "专职"
    GROUP_HEAD = "group_head", "村民小组长"
    COMMITTEE = "committee", "“两委”成员兼任"
    SUPERVISOR = "supervisor", "村监会成员兼任"
