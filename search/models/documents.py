"""What can be found, one row a thing. Engines read nothing else."""

from datetime import date
from typing import Any, Self

from django.db import models

from registries.fields import ChoiceListField, LinesField
from registries.lists import enums, topics
from registries.places.models import Area, Organisation


class DocumentKind(models.TextChoices):
    """What a hit is; the order is the order of tabs and of hits that fit equally well."""

    SERVICE = "service", "办事"
    POWER = "power", "权力事项"
    DELEGATED = "delegated", "赋权事项"
    ENFORCEMENT = "enforcement", "执法事项"
    RESPONSIBILITY = "responsibility", "属地管理"
    NOTICE = "notice", "政策文件"
    ARTICLE = "article", "政策条款"
    CENTRE = "centre", "民生服务中心"
    POINT = "point", "代办点"
    GRID = "grid", "网格"


class Audience(models.TextChoices):
    PERSON = "person", "个人"
    LEGAL = "legal", "企业和组织"


TOPICS = [(f"p{code}", label) for code, label in topics.PERSON_TOPICS]
TOPICS += [(f"l{code}", label) for code, label in topics.LEGAL_TOPICS]


class SearchDocumentQuerySet(models.QuerySet[Any]):
    def as_of(self, day: date) -> Self:
        """What is public on this day."""
        return self.filter(
            models.Q(visible_from__isnull=True) | models.Q(visible_from__lte=day),
            models.Q(visible_until__isnull=True) | models.Q(visible_until__gt=day),
        )


class SearchDocument(models.Model):
    """A thing that can be found. Written by `search.documents.replace_documents` only, which keeps the index in step.

    Its texts are plain; the columns after `facts` are what results are filtered and counted by.
    """

    #: Stable and unique, for example `service:640181000000:FW01001@3`.
    key = models.CharField(max_length=160, unique=True)
    #: Which record wrote it, so that the record replaces all of its own: `edition:12`, `page:5`, `grid:7`.
    source = models.CharField(max_length=40, db_index=True)
    kind = models.CharField("类别", max_length=16, choices=DocumentKind.choices)
    title = models.CharField("标题", max_length=2100)
    aliases = LinesField("别名", help_text="Other names that find it as surely as its title.")
    codes = LinesField("编码和文号")
    details = models.TextField("要点", blank=True, help_text="Materials, results, conditions, duties.")
    bases = models.TextField("依据", blank=True)
    body = models.TextField("正文", blank=True)
    #: Facts for the card, label to text, in order: {"承诺时限": "20个工作日", "材料": "5份"}.
    facts = models.JSONField("卡片", default=dict)
    address = models.CharField("网址", max_length=500)
    #: Documents that bear the same are one matter in several places, and one result. Empty: it stands for itself.
    matter = models.CharField("同一事项", max_length=220, blank=True)

    area = models.ForeignKey(Area, verbose_name="地方", null=True, on_delete=models.CASCADE, related_name="+")
    township = models.ForeignKey(
        Area,
        verbose_name="乡镇（街道）",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Empty: it holds for the whole city.",
    )
    department = models.ForeignKey(
        Organisation, verbose_name="部门", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    item_type = models.CharField("事项类型", max_length=2, choices=enums.ItemType.choices, blank=True)
    handling_mode = models.CharField("办理方式", max_length=10, choices=enums.HandlingMode.choices, blank=True)
    audiences = ChoiceListField("服务对象", options=Audience.choices)
    four_modes = ChoiceListField("四办", options=enums.FourMode.choices)
    special_services = ChoiceListField("多元办理", options=enums.SpecialService.choices)
    topics = ChoiceListField("主题", options=TOPICS, max_length=400)

    visible_from = models.DateField(null=True)
    visible_until = models.DateField(null=True, help_text="From this day on it is not public any more.")
    is_revoked = models.BooleanField("已取消", default=False, help_text="Found, labelled and placed last.")

    # What follows from the rest (`search.documents.writing.complete`), ready for the engines.
    #: All it is narrowed and counted by: ",kind:service,mode:1,mode:4,township:,".
    facets = models.TextField(default=",")
    #: What it is worth whatever is asked, and when an act is asked for (`search.ranking`).
    standing = models.FloatField(default=1.0)
    standing_for_acts = models.FloatField(default=1.0)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        indexes = [
            models.Index(fields=["kind", "visible_from", "visible_until"], name="search_kind_period"),
            models.Index(fields=["matter"], name="search_matter"),
        ]

    def __str__(self) -> str:
        return self.title
