"""How one column of a workbook and one attribute of an item stand for each other, in both directions.

`column_name` is the reader's key for the value (see `reading`), `heading` the words above the column in a download.
Reading gives structured values (lists, dicts, limits); a download gives text a person reads.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Choices
from import_export.fields import Field

from registries.lists.citations import parse_citation
from registries.lists.limits import Limit
from registries.lists.rows import as_stream, plain_rows
from registries.places.models import Organisation

from .normalise import norm


class _Unsaid:
    """The value of a column that the workbook does not have."""

    def __bool__(self) -> bool:
        return False


UNSAID = _Unsaid()


class Cell(Field):
    """A text, carried as it is. What the workbook has no column for stays as the item has it."""

    def __init__(self, heading: str, attribute: str, key: str | None = None) -> None:
        super().__init__(attribute=attribute, column_name=key or attribute)
        self.heading = heading

    def save(self, instance: Any, row: Mapping[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        if row[self.column_name] is not UNSAID:
            self.put(instance, row[self.column_name])

    def put(self, instance: Any, value: Any) -> None:
        present = getattr(instance, self.attribute)
        setattr(instance, self.attribute, as_written(present, self.take(value, instance)))

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return self.show(instance)

    def take(self, value: Any, instance: Any) -> Any:
        """The attribute's value for what the workbook says."""
        return value or ""

    def show(self, instance: Any) -> Any:
        """What a download shows for the attribute."""
        return getattr(instance, self.attribute)


class NameCell(Cell):
    """The name with that of the sub-item in brackets, as one text: 主项（子项）."""

    def put(self, instance: Any, value: Any) -> None:
        if norm(value or "") != norm(str(instance)):
            instance.name, instance.sub_name = value or "", ""

    def show(self, instance: Any) -> str:
        return str(instance)


NONE = "无"  # in a column written once for several rows, a blank would be read as the row above


class GroupCell(Cell):
    """A text that lists write once for several rows."""

    def show(self, instance: Any) -> str:
        return super().show(instance) or NONE


class NumberCell(Cell):
    def take(self, value: Any, instance: Any) -> Any:
        return value


class DateCell(Cell):
    """ISO dates in, dates out."""

    def take(self, value: Any, instance: Any) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) and value else value or None


class ChoiceCell(Cell):
    """One of the choices, by its label."""

    def __init__(self, heading: str, attribute: str, choices: type[Choices], key: str | None = None) -> None:
        super().__init__(heading, attribute, key)
        self.choices = choices

    def take(self, value: Any, instance: Any) -> str:
        return code_of(self.choices, value, self.heading) if value else ""

    def show(self, instance: Any) -> str:
        return str(dict(self.choices.choices).get(getattr(instance, self.attribute), ""))


class ChoiceListCell(ChoiceCell):
    """A set of choices by label; `wider` maps a word that stands for several choices to them."""

    def __init__(
        self,
        heading: str,
        attribute: str,
        choices: type[Choices],
        key: str | None = None,
        wider: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        super().__init__(heading, attribute, choices, key)
        self.wider = {word: [str(code) for code in codes] for word, codes in (wider or {}).items()}

    def take(self, value: Any, instance: Any) -> list[str]:  # type: ignore[override]
        codes: list[str] = []
        for word in value or ():
            codes += self.wider.get(word) or [code_of(self.choices, word, self.heading)]
        return codes

    def show(self, instance: Any) -> str:
        codes = set(getattr(instance, self.attribute))
        words = []
        for word, several in self.wider.items():
            if codes.issuperset(several):
                words.append(word)
                codes.difference_update(several)
        return "、".join([str(label) for code, label in self.choices.choices if code in codes] + words)


class LinesCell(Cell):
    def take(self, value: Any, instance: Any) -> list[str]:
        return list(value or ())

    def show(self, instance: Any) -> str:
        return numbered(getattr(instance, self.attribute))


class LimitCell(Cell):
    """A limit: `{"value": 20, "unit": "working_day"}` in the reading, two columns in the record."""

    def put(self, instance: Any, value: Any) -> None:
        limit = value or {"value": None, "unit": ""}
        number, unit = f"{self.attribute}_value", f"{self.attribute}_unit"
        if limit["value"] != 0 or getattr(instance, number) != 0:  # at once is at once in every unit
            setattr(instance, number, limit["value"])
            setattr(instance, unit, limit["unit"])

    def show(self, instance: Any) -> str:
        limit: Limit | None = getattr(instance, f"{self.attribute}_limit")
        return str(limit) if limit else "无"


class OrganisationCell(Cell):
    """An organisation by its canonical name, which the reader has already made of any alias. Asked for once a name: a
    resource has cells of its own."""

    def __init__(self, heading: str, attribute: str, key: str | None = None) -> None:
        super().__init__(heading, attribute, key)
        self._known: dict[str, Organisation] = {}

    def take(self, value: Any, instance: Any) -> Organisation | None:
        if value and value not in self._known:
            self._known[value] = Organisation.objects.get(name=value)
        return self._known[value] if value else None

    def show(self, instance: Any) -> str:
        organisation = getattr(instance, self.attribute)
        return organisation.name if organisation else NONE


class RowsCell(Cell):
    """Nested rows. A row that the item has already under the same key keeps what the workbook does not say; with
    `is_derived` the workbook says the key alone, and whatever an editor put right in the rest stays."""

    def __init__(
        self,
        heading: str,
        attribute: str,
        key: str | None = None,
        *,
        named: str,
        make: Callable[[Any], dict[str, Any]],
        text: Callable[[dict[str, Any]], str],
        is_derived: bool = False,
    ) -> None:
        super().__init__(heading, attribute, key)
        self.named, self.make, self.text, self.is_derived = named, make, text, is_derived

    def take(self, value: Any, instance: Any) -> Any:
        present = {norm(row.get(self.named) or ""): row for row in plain_rows(getattr(instance, self.attribute))}
        made = [self.make(entry) for entry in value or ()]
        return as_stream(self._joined(present.get(norm(row[self.named]), {}), row) for row in made)

    def _joined(self, present: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
        if self.is_derived:
            return made | {key: value for key, value in present.items() if value}
        return present | as_written(present, made)

    def show(self, instance: Any) -> str:
        return numbered(self.text(row) for row in plain_rows(getattr(instance, self.attribute)))


def as_written(present: Any, said: Any) -> Any:
    """What the workbook says, in the writing the record has already where the two differ in spacing and width alone:
    another hand's brackets are no change of the list."""
    if isinstance(said, str) and isinstance(present, str):
        return present if norm(said) == norm(present) else said
    if isinstance(said, list) and isinstance(present, list):
        known = {norm(text): text for text in present if isinstance(text, str)}
        return [known.get(norm(entry), entry) if isinstance(entry, str) else entry for entry in said]
    if isinstance(said, dict) and isinstance(present, dict):
        return {key: as_written(present.get(key), value) for key, value in said.items()}
    return said


def code_of(choices: type[Choices], label: str, heading: str) -> str:
    """The code with this label. ValueError, for the person who sent the workbook, when there is none."""
    for code, known in choices.choices:
        if known == label:
            return str(code)
    words = "、".join(str(known) for _, known in choices.choices)
    raise ValueError(f"{heading}“{label}”不在允许的范围内，应为：{words}。")


def numbered(lines: Iterable[str]) -> str:
    lines = list(lines)
    return lines[0] if len(lines) == 1 else "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def basis_row(text: str) -> dict[str, Any]:
    """A legal basis from its citation: the words themselves and the parts recognised in them."""
    citation = parse_citation(text)
    return {
        "text": text,
        "law_name": citation.law_name,
        "doc_no": citation.doc_no,
        "article": citation.article,
        "clause_text": citation.clause_text,
        "amendment": citation.amendment,
    }
