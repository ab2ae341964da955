"""What editors teach the search."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from search.language.query import LONGEST_QUERY, spelled
from search.language.terms import whole_term


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


class BestBet(models.Model):
    """Who asks for exactly this is first shown the document at this address, whatever else is found. The address stays the
    same from edition to edition."""

    query = models.CharField("查询词", max_length=LONGEST_QUERY, help_text="群众在搜索框里写的整句话，例如：残疾证。")
    address = models.CharField(
        "推荐的内容", max_length=500, help_text="公开页面的名称或网址，输入几个字后可以从列表里选。"
    )
    position = models.PositiveSmallIntegerField(
        "顺序",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text="同一个查询词有几条推荐时，数小的在前。",
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["query", "position", "pk"]
        verbose_name = verbose_name_plural = "推荐结果"
        constraints = [
            models.UniqueConstraint(
                fields=["query", "address"],
                name="one_best_bet_a_pair",
                violation_error_message="这个查询词已经推荐了这一条。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.query} → {self.address}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.query = spelled(self.query)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.query = spelled(self.query or "")
        if not whole_term(self.query):
            raise ValidationError({"query": "查询词里要有文字或数字。"})
