"""What is asked of the search, counted by day. No address, person, session or time of day is kept (`search.asked`)."""

from django.db import models

LONGEST_KEPT = 40


class AskedQuery(models.Model):
    """How often something was asked on a day, in the one spelling of queries."""

    day = models.DateField("日期")
    text = models.CharField("查询", max_length=LONGEST_KEPT)
    asked = models.PositiveIntegerField("查询次数", default=0)
    found = models.PositiveIntegerField("找到", default=0, help_text="How many results there were the last time.")
    opened = models.PositiveIntegerField("打开", default=0, help_text="How many of those visits opened a result.")

    class Meta:
        verbose_name = verbose_name_plural = "查询记录"
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="one_count_a_day_and_query")]
        indexes = [models.Index(fields=["text", "day"], name="search_asked_text")]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class DismissedQuery(models.Model):
    """Editors need not do anything about this query."""

    text = models.CharField("查询", max_length=LONGEST_KEPT, unique=True)
    dismissed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "不处理的查询"

    def __str__(self) -> str:
        return self.text
