"""Rows that exist for a time."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that exist for a time: `valid_from` (null: always was) to the exclusive `valid_until` (null: still is)."""

    def as_of(self, day: date) -> Self:
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=day),
        )

    def beside(self, row: "Dated") -> Self:
        """Rows whose time meets that of this row."""
        rows = self
        if row.valid_until is not None:
            rows = rows.filter(models.Q(valid_from__isnull=True) | models.Q(valid_from__lt=row.valid_until))
        if row.valid_from is not None:
            rows = rows.filter(models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=row.valid_from))
        return rows


class Dated(models.Model):
    valid_from = models.DateField("启用日期", null=True, blank=True, help_text="留空表示一直存在。")
    valid_until = models.DateField(
        "撤销日期", null=True, blank=True, help_text="从这一天起不再使用；留空表示仍在使用。"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message="撤销日期须晚于启用日期。",
            ),
        ]

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until > day
        )

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise ValidationError({"valid_until": "撤销日期须晚于启用日期。"})
