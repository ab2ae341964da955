"""What can be found, one row a thing, and the words that editors teach the search. Engines read nothing else."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from registries.fields import ChoiceListField, LinesField
from registries.lists import enums, topics
from registries.places.models import Area, Organisation

from .language.terms import whole_term


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
    is_later = models.BooleanField(default=False, help_text="An act that comes after the beginning (`search.ranking`).")
    is_revoked = models.BooleanField("已取消", default=False, help_text="Found, labelled and placed last.")

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        indexes = [
            models.Index(fields=["kind", "visible_from", "visible_until"], name="search_kind_period"),
            models.Index(fields=["matter"], name="search_matter", condition=~models.Q(matter="")),
        ]

    def __str__(self) -> str:
        return self.title


class Mirror(models.Model):
    """The index of a search server that mirrors the documents, at most one row. Without it nothing is mirrored, and no
    change is noted down."""

    #: The index that answers; "" until the first one is complete.
    index = models.CharField(max_length=100, blank=True)
    #: The index that is being filled to take its place. It gets every change as well.
    building = models.CharField(max_length=100, blank=True)
    #: What the index was laid out as; documents laid out otherwise need a new one.
    layout = models.CharField(max_length=64, blank=True)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_mirror")]

    def __str__(self) -> str:
        return self.index


class IndexChange(models.Model):
    """A document was written or deleted, and the mirror has not been told yet. Written by triggers of the database in
    the transaction of the change (`search.outbox`); the key counts upwards, and the mirror keeps the latest."""

    document = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.pk}: {self.document}"


class SynonymQuerySet(models.QuerySet[Any]):
    def pairs(self) -> "Iterable[tuple[str, str, float]]":
        """(said, meant, weight), the two-way ones in both directions."""
        for synonym in self:
            yield synonym.term, synonym.target, synonym.weight
            if not synonym.is_directional:
                yield synonym.target, synonym.term, synonym.weight

    def update(self, **values: Any) -> int:
        """Also said to those who keep the synonyms in memory."""
        return super().update(**{"changed_at": timezone.now(), **values})


class Synonym(models.Model):
    """People say `term` and mean `target`. A change takes effect with the next query."""

    term = models.CharField("群众用语", max_length=60, help_text="群众怎么说，例如：低保。")
    target = models.CharField("规范用语", max_length=120, help_text="清单和文件里怎么写，例如：最低生活保障。")
    weight = models.FloatField(
        "权重",
        default=0.9,
        validators=[MinValueValidator(0.1), MaxValueValidator(1)],
        help_text="0.1到1：越大，按规范用语找到的结果越靠前。",
    )
    is_directional = models.BooleanField(
        "单向", default=True, help_text="单向：查“低保”也查“最低生活保障”，反过来不查。"
    )

    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["term", "-weight", "target"]
        verbose_name = verbose_name_plural = "同义词"
        constraints = [
            models.UniqueConstraint(
                fields=["term", "target"],
                name="one_synonym_a_pair",
                violation_error_message="这一对同义词已经有了。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} {'→' if self.is_directional else '↔'} {self.target}"

    def clean(self) -> None:
        term, target = whole_term(self.term or ""), whole_term(self.target or "")
        if self.term and len(term) < 3:  # the mark and two characters
            raise ValidationError({"term": "群众用语至少两个字，只写标点或单个字会让不相干的结果都出来。"})
        if self.target and not target:
            raise ValidationError({"target": "规范用语里要有文字。"})
        if term and term == target:
            raise ValidationError({"target": "规范用语与群众用语相同，不需要同义词。"})
