"""Two column types that the lists need and Django lacks: a list of lines, and a set of choices."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class LinesFormField(forms.CharField):
    """A text area; every line is an entry, blank lines are dropped."""

    def __init__(self, **kwargs: Any) -> None:
        for key in ("encoder", "decoder", "max_length"):
            kwargs.pop(key, None)
        kwargs["widget"] = forms.Textarea(attrs={"rows": 4})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class LinesField(models.JSONField):
    """An ordered list of short texts: `["入户核查", "公示"]`; edited one a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        kwargs.setdefault("help_text", self.help_text or "每行一条。")
        return super().formfield(**{"form_class": LinesFormField, **kwargs})


class ChoiceListField(models.CharField):
    """A set of choices in the order of the choices, stored as `,1,4,` so that every database can filter it.

    The Python value is a list of codes: `["1", "4"]`. Filter with `field__has="4"`.
    """

    def __init__(self, *args: Any, options: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        self.options = [(str(code), label) for code, label in options]
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"options": self.options}

    def to_python(self, value: Any) -> list[str]:
        if not value:  # most sets of most rows
            return []
        if isinstance(value, str):
            value = [code for code in value.split(",") if code]
        chosen = {str(code) for code in value}
        known = [code for code, _ in self.options]
        return [code for code in known if code in chosen] + sorted(chosen.difference(known))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[str]:
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> str:
        codes = self.to_python(value)
        return f",{','.join(codes)}," if codes else ""

    def value_to_string(self, obj: Any) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: Any) -> None:
        unknown = set(value).difference(code for code, _ in self.options)
        if unknown:
            raise ValidationError(f"{self.verbose_name}里没有这个选项：{'、'.join(sorted(unknown))}。")
        if not value and not self.blank:
            raise ValidationError(f"请至少选择一项{self.verbose_name}。")

    def run_validators(self, value: Any) -> None:
        super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return forms.MultipleChoiceField(
            choices=self.options,
            required=not self.blank,
            label=self.verbose_name,
            help_text=kwargs.get("help_text", self.help_text),
            widget=kwargs.get("widget", forms.CheckboxSelectMultiple),
        )

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, f"get_{name}_labels", lambda item, field=self: field.labels(getattr(item, field.attname)))

    def labels(self, codes: Iterable[str]) -> list[str]:
        """The labels of these codes, in the order of the choices; an unknown code stands for itself."""
        labels = dict(self.options)
        return [labels.get(code, code) for code in codes]


@ChoiceListField.register_lookup
class Has(models.Lookup):
    """`flags__has="4"`: the set contains this code."""

    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        return f"%,{self.rhs},%"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", [*left_params, self.rhs]
