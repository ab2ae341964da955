"""What results are narrowed and counted by, and the choices a visitor made among it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registries.lists import enums
from registries.places.models import Area, Organisation

from .models import TOPICS, Audience, DocumentKind, SearchDocument


@dataclass(frozen=True)
class FacetField:
    """One way to narrow. `options`: value to label, in the order of display; None: looked up in the database.

    Values of the same facet widen each other (民政局 or 残联), different facets narrow each other.
    """

    key: str
    label: str
    column: str
    options: Mapping[str, str] | None = None
    #: The column holds a set of choices and not a single one.
    is_set: bool = False


def _options(choices: Sequence[tuple[Any, Any]]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices}


#: The keys are the parameters of public addresses: /sousuo/?q=低保&kind=service&mode=4
FACETS = {
    facet.key: facet
    for facet in (
        FacetField("kind", "类别", "kind", _options(DocumentKind.choices)),
        FacetField("township", "乡镇（街道）", "township_id"),
        FacetField("department", "部门", "department_id"),
        FacetField("type", "事项类型", "item_type", _options(enums.ItemType.choices)),
        FacetField("audience", "服务对象", "audiences", _options(Audience.choices), is_set=True),
        FacetField("mode", "四办", "four_modes", _options(enums.FourMode.choices), is_set=True),
        FacetField("handling", "办理方式", "handling_mode", _options(enums.HandlingMode.choices)),
        FacetField("service", "办理渠道", "special_services", _options(enums.SpecialService.choices), is_set=True),
        FacetField("topic", "主题", "topics", _options(TOPICS), is_set=True),
    )
}


@dataclass(frozen=True)
class Filters:
    """The chosen values by facet key. Make it from a request with `Filters.clean(request.GET)`."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def clean(cls, data: Any) -> "Filters":
        """From a QueryDict or a plain mapping of lists; what no facet knows is dropped without a word.

        A township is named by its 12-digit area code, a department by its key.
        """
        chosen = {}
        for key, facet in FACETS.items():
            given = data.getlist(key) if hasattr(data, "getlist") else data.get(key, ())
            values = [given] if isinstance(given, str) else list(given)
            kept = tuple(dict.fromkeys(value for value in map(str, values) if _is_known(facet, value)))
            if kept:
                chosen[key] = kept
        return cls(chosen)

    def __bool__(self) -> bool:
        return bool(self.chosen)

    def without(self, key: str, value: str) -> "Filters":
        """The same filters with one choice undone."""
        rest = {name: tuple(v for v in values if (name, v) != (key, value)) for name, values in self.chosen.items()}
        return Filters({name: values for name, values in rest.items() if values})

    def parameters(self) -> list[tuple[str, str]]:
        """For `urlencode`: [("kind", "service"), …]."""
        return [(key, value) for key, values in self.chosen.items() for value in values]


def _is_known(facet: FacetField, value: str) -> bool:
    if facet.options is not None:
        return value in facet.options
    return value.isascii() and value.isdecimal() and len(value) <= 15


@dataclass(frozen=True)
class FacetChoice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with its choices: those that lead somewhere, and those already chosen."""

    key: str
    label: str
    choices: list[FacetChoice]


def facet_value(key: str, value: object) -> str:
    """How a value of a facet stands among all that a document bears. A township stands by its key, because its code may be
    corrected without the document changing, and the whole city as ""."""
    return f"{key}:{'' if value is None else value}"


def facet_values(document: SearchDocument) -> list[str]:
    """All that the document bears: ["kind:service", "mode:1", "mode:4", "township:"]."""
    borne = []
    for key, facet in FACETS.items():
        value = getattr(document, facet.column)
        values = value if facet.is_set else [value] if value or key == "township" else []
        borne += [facet_value(key, each) for each in values]
    return sorted(borne)


def codes_of_townships(areas: Iterable[Area]) -> dict[str, str]:
    """Key to code of the townships among these places, for the values of the facet."""
    return {str(area.pk): area.code for area in areas if area.is_township}


def counted(
    combinations: Iterable[tuple[Sequence[str], str, int]], filters: Filters, townships: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """Results by value of every facet, under the choices of all the other facets, so that a second choice can be weighed.

    `combinations`: what documents bear (`facet_values`), the matter that they are one of ("" for those that stand for
    themselves), and how many do. A matter counts once. `townships`: `codes_of_townships`.
    """
    counts: dict[str, Counter[str]] = {key: Counter() for key in FACETS}
    matters: dict[str, dict[str, set[str]]] = {key: defaultdict(set) for key in FACETS}
    for borne, matter, many in combinations:
        values = _by_key(borne, townships)
        failed = [key for key, wanted in filters.chosen.items() if not _has_one(key, values[key], wanted)]
        for key in FACETS if not failed else failed[:1] if len(failed) == 1 else ():
            for value in values[key]:
                if matter:
                    matters[key][value].add(matter)
                else:
                    counts[key][value] += many
    everywhere = matters["township"].get("", set())
    for key, by_value in matters.items():
        for value, found in by_value.items():
            counts[key][value] += len(found - everywhere if key == "township" and value else found)
    return spread_over_townships(counts, filters)


def spread_over_townships(counts: dict[str, Counter[str]], filters: Filters) -> dict[str, Counter[str]]:
    """What holds for the whole city (counted under "") counts for every township that has results of its own or was
    chosen, as the filter takes it."""
    everywhere = counts["township"].pop("", 0)
    for township in {*counts["township"], *filters.chosen.get("township", ())}:
        counts["township"][township] += everywhere
    return counts


def _by_key(borne: Iterable[str], townships: Mapping[str, str]) -> dict[str, list[str]]:
    """By facet what a document bears, townships by their codes."""
    values: dict[str, list[str]] = {key: [] for key in FACETS}
    for each in borne:
        key, _, value = each.partition(":")
        if key != "township" or not value:
            values[key].append(value)
        elif value in townships:
            values[key].append(townships[value])
    return values


def _has_one(key: str, values: Sequence[str], wanted: Sequence[str]) -> bool:
    return (key == "township" and "" in values) or not set(values).isdisjoint(wanted)


def fits(document: SearchDocument, filters: Filters) -> bool:
    """Whether a document is among what the filters leave."""
    townships = {str(document.township_id): document.township.code} if document.township else {}
    values = _by_key(facet_values(document), townships)
    return all(_has_one(key, values[key], wanted) for key, wanted in filters.chosen.items())


def labelled_facets(counts: Mapping[str, Mapping[str, int]], filters: Filters, areas: Iterable[Area]) -> list[Facet]:
    """Counts by raw value as facets with labels. `areas`: whose names are known already; at most two queries."""
    names = {area.code: area.name for area in areas}
    facets = []
    for key, facet in FACETS.items():
        chosen = filters.chosen.get(key, ())
        counted = dict(counts.get(key, {}))
        options = facet.options if facet.options is not None else _labels(key, [*counted, *chosen], names)
        choices = [
            FacetChoice(value, label, counted.get(value, 0), value in chosen)
            for value, label in options.items()
            if counted.get(value) or value in chosen
        ]
        if choices:
            facets.append(Facet(key, facet.label, choices))
    return facets


def _labels(key: str, values: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    if not values:
        return {}
    if key == "township":
        known = {code: names[code] for code in values if code in names}
        unknown = set(values) - known.keys()
        if unknown:  # a place that is no more
            known |= dict(Area.objects.filter(code__in=unknown).values_list("code", "name"))
        return dict(sorted(known.items()))
    rows = Organisation.objects.filter(pk__in=values).order_by("kind", "pk").values_list("pk", "name")
    return {str(pk): name for pk, name in rows}
