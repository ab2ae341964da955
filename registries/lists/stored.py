"""Rows as the database keeps them, read answer by answer: most rows of two editions are the same and are never read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connections

from .canonical import DEPARTMENT, UNSAID, plain_answer

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from .models import Edition


class Columns:
    """The columns of the content of a kind of item, in one order: what is no part of what a row says comes first."""

    def __init__(self, edition: "Edition", connection: "BaseDatabaseWrapper") -> None:
        fields = {field.name: field for field in edition.registry.list_kind.model.content_fields()}
        self.names = sorted(fields, key=lambda name: name not in UNSAID)
        self.fields = [fields[name] for name in self.names]
        self.sources = [f"{name}__name" if name == DEPARTMENT else fields[name].attname for name in self.names]
        self.places = {name: place for place, name in enumerate(self.names)}
        self.connection = connection

    def answer(self, place: int, value: Any) -> Any:
        """What a stored value says in a canonical row."""
        if self.names[place] == DEPARTMENT:
            return value
        field = self.fields[place]
        if hasattr(field, "from_db_value"):
            value = field.from_db_value(value, None, self.connection)
        return plain_answer(field, value)


class StoredRow(Mapping[str, Any]):
    """The canonical row of what is stored; an answer is made when somebody asks for it."""

    __slots__ = ("columns", "stored")

    def __init__(self, columns: Columns, stored: Sequence[Any]) -> None:
        self.columns, self.stored = columns, stored

    def __getitem__(self, name: str) -> Any:
        place = self.columns.places[name]
        return self.columns.answer(place, self.stored[place])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.names)

    def __len__(self) -> int:
        return len(self.columns.names)

    def differences(self, later: "StoredRow") -> dict[str, tuple[Any, Any]]:
        """`comparison.changed_fields` of two rows of one kind. Only columns that differ are read: what is stored alike says
        the same."""
        first = len(UNSAID)
        if self.stored[first:] == later.stored[first:]:
            return {}
        sides = zip(self.columns.names, self.stored, later.stored, strict=True)
        pairs = {name: (self[name], later[name]) for name, old, new in sides if old != new and name not in UNSAID}
        return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def stored_rows(edition: "Edition") -> list[StoredRow]:
    """The rows in the order of the list. One query, and none of the costs of items: Django's converters are passed by."""
    items = edition.items
    columns = Columns(edition, connections[items.db])
    with columns.connection.cursor() as cursor:
        cursor.execute(*items.values_list(*columns.sources).query.sql_with_params())
        return [StoredRow(columns, row) for row in cursor.fetchall()]
