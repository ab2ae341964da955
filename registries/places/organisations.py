from django.core.exceptions import ValidationError
from django.db import models

from registries.fields import LinesField

from .areas import Area
from .dated import Dated
from .enums import OrganisationKind
from .names import validate_phone, validate_uscc


class Organisation(Dated):
    """A department, township government or partner that lists name; `aliases` are the other ways of writing it."""

    name = models.CharField("名称", max_length=60, unique=True)
    full_name = models.CharField("全称", max_length=120, blank=True)
    kind = models.CharField("类别", max_length=12, choices=OrganisationKind.choices)
    area = models.ForeignKey(
        Area,
        verbose_name="所在乡镇（街道）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    aliases = LinesField("别称", help_text="工作簿里可能出现的其他写法，每行一个。")
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[validate_uscc])
    phone = models.CharField("电话", max_length=30, blank=True, validators=[validate_phone])

    class Meta(Dated.Meta):
        ordering = ["kind", "pk"]
        verbose_name = verbose_name_plural = "机构"

    def __str__(self) -> str:
        return self.name

    @property
    def is_city_wide(self) -> bool:
        """Its people look after the lists and places of every township."""
        return self.kind == OrganisationKind.CITY

    @property
    def written_names(self) -> list[str]:
        """Every way of writing it: name, full name, aliases."""
        return [name for name in (self.name, self.full_name, *self.aliases) if name]

    def clean(self) -> None:
        super().clean()
        if self.kind == OrganisationKind.TOWNSHIP:
            if self.area is None:
                raise ValidationError({"area": "乡镇（街道）机构须选择所在的乡镇（街道）。"})
            if not self.area.is_township:
                raise ValidationError({"area": f"“{self.area}”不是乡镇（街道）。请选择乡镇（街道）。"})
        self._refuse_names_of_others()

    def _refuse_names_of_others(self) -> None:
        """A name that means two organisations would make workbooks ambiguous."""
        from .resolving import OrganisationDirectory

        others = OrganisationDirectory(Organisation.objects.exclude(pk=self.pk))
        for field in ("name", "full_name", "aliases"):
            value = getattr(self, field)
            for written in value if isinstance(value, list) else [value]:
                other = others.exactly(written)
                if other is not None:
                    raise ValidationError({field: f"“{written}”已经指“{other}”。请换一个写法，或先从那个机构删去。"})
