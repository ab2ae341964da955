"""One table of everything that can be found; the search engines read nothing else."""

from datetime import date
from typing import Any, Self

from django.db import models

from registries.places.models import Area, Organisation


class DocumentKind(models.TextChoices):
    """What a hit is; the order is the order of tabs."""

    SERVICE = "service", "办事"
    POWER = "power", "权力事项"
    DELEGATED = "delegated", "赋权事项"
    ENFORCEMENT = "enforcement", "执法事项"
    RESPONSIBILITY = "responsibility", "属地管理"
    NOTICE = "notice", "通知文件"
    ARTICLE = "article", "政策条款"
    CENTRE = "centre", "民生服务中心"
    POINT = "point", "代办点"
    GRID = "grid", "网格"


class SearchDocumentQuerySet(models.QuerySet[Any]):
    def as_of(self, day: date) -> Self:
        return self.filter(
            models.Q(visible_from__isnull=True) | models.Q(visible_from__lte=day),
            models.Q(visible_until__isnull=True) | models.Q(visible_until__gt=day),
        )


class SearchDocument(models.Model):
    """A thing that can be found. `key` is stable, for example `service:FW01001`; `group` ties its versions together."""

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    title = models.CharField(max_length=1000)
    aliases = models.TextField(blank=True)
    body = models.TextField(blank=True)
    codes = models.TextField(blank=True, help_text="Codes and document numbers, one a line.")
    #: Facts for the card: {"limit": "20个工作日", "materials": 5, …}.
    facts = models.JSONField(default=dict)
    address = models.CharField(max_length=300)
    item_type = models.CharField(max_length=2, blank=True)
    department = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.SET_NULL, related_name="+")
    visible_from = models.DateField(null=True)
    visible_until = models.DateField(null=True)
    #: Which record wrote it, so that one publication replaces all of its own: `edition:12`, `page:5`, `places`.
    source = models.CharField(max_length=40, db_index=True)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        indexes = [models.Index(fields=["kind", "visible_from", "visible_until"], name="search_kind_period")]

    def __str__(self) -> str:
        return self.title
