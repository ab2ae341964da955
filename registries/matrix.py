"""The matrix of responsibilities (“属地管理”), composed: matters down, organisations across, in each cell who leads, bears or
assists. One plain object for page, paper and desk alike."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import cached_property

from registries.lists.enums import EVERY_TOWNSHIP, PartyRole
from registries.lists.items import ResponsibilityItem
from registries.places.enums import OrganisationKind
from registries.places.models import Organisation

#: How lists write all townships as one party.
TOWNSHIP_PARTIES = frozenset({EVERY_TOWNSHIP, "乡镇人民政府"})


class Part(TextChoices):
    """What an organisation does in a matter. Of those with 主体责任 one leads."""

    LEAD = "lead", "牵头"
    MAIN = "main", "主体"
    ASSIST = "assist", "配合"


MEANING = {
    Part.LEAD: "负主体责任，并且牵头",
    Part.MAIN: "负主体责任，由别的单位牵头",
    Part.ASSIST: "负配合责任",
}


@dataclass(frozen=True)
class Party:
    organisation: str
    part: Part
    duties: tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """A row of the list with its parties, in the order of the list."""

    code: str
    seq_no: int
    name: str
    category: str
    parties: tuple[Party, ...]

    def parties_of(self, organisation: str) -> list[Party]:
        return [party for party in self.parties if party.organisation == organisation]

    def parties_with(self, part: Part) -> list[Party]:
        return [party for party in self.parties if party.part == part]

    @property
    def lead_count(self) -> int:
        """One in a list that holds; none or several are put right before publication."""
        return len(self.parties_with(Part.LEAD))


@dataclass(frozen=True)
class MatrixRow:
    matter: Matter
    #: The parts of each organisation of the matrix, in its order; mostly none or one.
    cells: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True)
class Matrix:
    matters: tuple[Matter, ...]

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """Those with most main responsibilities first, all townships as one party last."""
        total: Counter[str] = Counter()
        main: Counter[str] = Counter()
        for matter in self.matters:
            for party in matter.parties:
                total[party.organisation] += 1
                main[party.organisation] += party.part != Part.ASSIST
        return tuple(sorted(total, key=lambda name: (name in TOWNSHIP_PARTIES, -main[name], -total[name])))

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(matter.category for matter in self.matters if matter.category))

    @property
    def rows(self) -> list[MatrixRow]:
        return [
            MatrixRow(
                matter,
                tuple(tuple(party.part for party in matter.parties_of(name)) for name in self.organisations),
            )
            for matter in self.matters
        ]

    def narrowed(
        self, *, organisations: Collection[str] = (), categories: Collection[str] = (), parts: Collection[str] = ()
    ) -> "Matrix":
        """The matters of these categories in which one of these organisations has one of these parts. An empty choice
        leaves everything; of the matters that remain all parties stay."""
        return Matrix(
            tuple(
                matter
                for matter in self.matters
                if (not categories or matter.category in categories)
                and (
                    not (organisations or parts)
                    or any(
                        (not organisations or party.organisation in organisations)
                        and (not parts or party.part in parts)
                        for party in matter.parties
                    )
                )
            )
        )

    def duties_of(self, organisation: str) -> list[tuple[Part, list[tuple[Matter, Party]]]]:
        """What this organisation has to do: by part, then in the order of the list; parts that it has nowhere are left out."""
        found: dict[Part, list[tuple[Matter, Party]]] = {part: [] for part in Part}
        for matter in self.matters:
            for party in matter.parties_of(organisation):
                found[party.part].append((matter, party))
        return [(part, entries) for part, entries in found.items() if entries]


def compose_matrix(items: Iterable[ResponsibilityItem]) -> Matrix:
    """The matrix of these rows; asks the database nothing beyond them."""
    return Matrix(tuple(_matter(item) for item in items))


def _matter(item: ResponsibilityItem) -> Matter:
    rows = item.rows("parties")
    main = [row for row in rows if row["role"] == PartyRole.LEAD]
    is_alone = len(main) == 1

    def part(row: dict[str, object]) -> Part:
        if row["role"] != PartyRole.LEAD:
            return Part.ASSIST
        return Part.LEAD if row.get("is_lead") or is_alone else Part.MAIN

    return Matter(
        code=item.code,
        seq_no=item.seq_no,
        name=str(item),
        category=item.category,
        parties=tuple(Party(row["organisation"], part(row), tuple(row.get("duties") or ())) for row in rows),
    )


def is_township_party(name: str, townships: Collection[str]) -> bool:
    """All townships as one party, or one of `townships` by name (see `township_names`)."""
    return name in TOWNSHIP_PARTIES or name in townships


def township_names() -> set[str]:
    """The names of the townships' organisations; one query."""
    townships = Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP)
    return set(townships.values_list("name", flat=True))
