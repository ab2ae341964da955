"""Rows of the city's lists: those in force, those of editions announced, and those that were cancelled.

Of a township's list that stands on the unified one only the rows that the township alone has are written: the others are
the city's, whose guide leads to the township's. Rows of one name on lists of several places are one matter.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from registries.lists import enums
from registries.lists.items import (
    DelegatedItem,
    EnforcementItem,
    Item,
    PowerItem,
    ResponsibilityItem,
    ServiceItem,
)
from registries.lists.models import Edition
from registries.places.enums import AreaKind
from search.language.terms import whole_term
from search.models import Audience, SearchDocument

from .addresses import item_address, past_item_address
from .writing import delete_documents, replace_documents


def source_of(edition: Edition) -> str:
    return f"edition:{edition.pk}"


def write_edition(edition: Edition) -> None:
    """An edition was published: its rows become findable from its day on, those before it until then.

    What ended by the day of publication is dropped: no visitor of today can see it.
    """
    if edition.published_at is None or edition.effective_from is None:
        raise ValueError("only a published edition can be found")
    earlier = edition.registry.editions.published().exclude(pk=edition.pk).filter(number__lt=edition.number)
    sources = [source_of(each) for each in earlier]
    documents = SearchDocument.objects.filter(source__in=sources)
    documents.filter(Q(visible_until__isnull=True) | Q(visible_until__gt=edition.effective_from)).update(
        visible_until=edition.effective_from
    )
    ended = Q(visible_until__lte=timezone.localdate(edition.published_at))
    never = Q(visible_from__gte=edition.effective_from)  # replaced before or on the day it began
    delete_documents(documents.filter(ended | never))
    replace_documents(source_of(edition), edition_documents(edition))


def build_editions(day: date) -> Iterator[tuple[str, list[SearchDocument]]]:
    """Editions in force on the day or announced for later."""
    editions = Edition.objects.published().filter(Q(effective_until__isnull=True) | Q(effective_until__gt=day))
    for edition in editions.select_related("registry__area").order_by("pk"):
        if edition.effective_until is None or edition.effective_until > edition.effective_from:
            yield source_of(edition), edition_documents(edition)


def edition_documents(edition: Edition) -> list[SearchDocument]:
    """A document for every row, and one for every row of earlier editions that this one no longer has."""
    items = _own(edition.items, edition).select_related("department")
    documents = [item_document(item, edition) for item in items.iterator(chunk_size=500)]
    names = Counter(document.matter for document in documents)
    for document in documents:
        if names[document.matter] > 1:  # two rows of one list are two matters, whatever their names
            document.matter = ""
    kept = set(items.values_list("code", flat=True))
    return documents + [revoked_document(item, last, edition) for item, last in _revoked(edition, kept)]


def _own(rows: Any, edition: Edition) -> Any:
    """Without the rows that the unified list above has or had."""
    parent = edition.registry.parent_id
    if parent is None:
        return rows
    return rows.exclude(code__in=rows.model.objects.published().filter(edition__registry=parent).values("code"))


def _revoked(edition: Edition, kept: set[str]) -> Iterator[tuple[Item, Edition]]:
    """The last row of each code that earlier editions had, with the edition it stood in."""
    before = edition.registry.editions.published().filter(number__lt=edition.number).order_by("number")
    editions = {each.pk: each for each in before}
    model = edition.registry.list_kind.model
    rows = _own(model.objects.filter(edition__in=editions), edition).exclude(code__in=kept).select_related("department")
    last: dict[str, Item] = {item.code: item for item in rows.order_by("edition__number")}
    for item in last.values():
        yield item, editions[item.edition_id]


def item_document(item: Item, edition: Edition) -> SearchDocument:
    registry = edition.registry
    texts, facts = _TEXTS[type(item)](item)
    department = item.department.name if item.department else ""
    facts = {label: text for label, text in facts.items() if text}
    return SearchDocument(
        key=f"{registry.kind}:{registry.area.code}:{item.code}@{edition.number}",
        kind=registry.kind,
        title=str(item),
        aliases=texts.get("aliases", []),
        codes=[code for code in dict.fromkeys([item.code, *texts.get("codes", [])]) if code],
        details=_lines(texts.get("details", [])),
        bases=_lines(item.basis_texts),
        body=_lines([department, *texts.get("body", []), item.remark]),
        facts=({"部门": department} if department else {}) | facts,
        address=item_address(item, registry),
        matter=f"{registry.kind}:{whole_term(str(item))}",
        area=registry.area,
        township=None if registry.area.kind == AreaKind.CITY else registry.area,
        department=item.department,
        item_type=getattr(item, "item_type", ""),
        visible_from=edition.effective_from,
        visible_until=edition.effective_until,
        **texts.get("columns", {}),
    )


def revoked_document(item: Item, last: Edition, edition: Edition) -> SearchDocument:
    """A row that `edition` no longer has, as it last stood."""
    document = item_document(item, last)
    document.key = f"{document.key}-{edition.number}"
    document.is_revoked = True
    document.matter = ""
    if last.effective_from:
        document.address = past_item_address(item, edition.registry, last.effective_from)
    document.visible_from, document.visible_until = edition.effective_from, edition.effective_until
    return document


def _lines(texts: list[str]) -> str:
    return "\n".join(text for text in texts if text)


def _service(item: ServiceItem) -> tuple[dict[str, Any], dict[str, str]]:
    materials = item.rows("materials")
    topics = [f"p{code}" for code in item.person_topics] + [f"l{code}" for code in item.legal_topics]
    audiences = [Audience.PERSON] if enums.ServiceObject.PERSON in item.service_objects else []
    audiences += [Audience.LEGAL] if set(item.service_objects) - {enums.ServiceObject.PERSON} else []
    texts = {
        "aliases": [name for name in [item.main_name, *item.aliases] if name and name != item.name],
        "codes": [item.basic_code, item.local_basic_code, item.impl_code, item.local_impl_code, item.handle_code],
        "details": [item.result_name, *(row["name"] for row in materials), *item.conditions],
        "body": [
            *(row["name"] for row in item.rows("steps")),
            *item.get_special_services_labels(),
            *item.get_four_modes_labels(),
            item.get_case_type_display(),
            item.get_handling_mode_display(),
            str(item.promised_limit.label) if item.promised_limit else "",
            *item.places,
            item.fee_note,
            *item.local_topics,
            *(f"{row['question']} {row['answer']}" for row in item.rows("faqs")),
        ],
        "columns": {
            "handling_mode": item.handling_mode,
            "audiences": [audience.value for audience in audiences],
            "four_modes": item.four_modes,
            "special_services": item.special_services,
            "topics": topics,
        },
    }
    facts = {
        "承诺时限": str(item.promised_limit.label) if item.promised_limit else "",
        "到现场": "" if item.visits is None else f"{item.visits}次" if item.visits else "不用到现场",
        "材料": f"{len(materials)}份" if materials else "",
        "收费": "收费" if item.is_fee else "不收费",
        "办理地点": item.places[0] if item.places else "",
        "咨询电话": item.consult_phone,
    }
    return texts, facts


def _power(item: PowerItem) -> tuple[dict[str, Any], dict[str, str]]:
    duties = [row["text"] for row in item.rows("duties")]
    texts = {"details": duties, "body": [item.get_item_type_display(), item.exercising_body, item.joint_departments]}
    limit = str(item.promised_limit.label) if item.promised_limit else ""
    return texts, {"类型": item.get_item_type_display(), "承诺时限": limit}


def _delegated(item: DelegatedItem) -> tuple[dict[str, Any], dict[str, str]]:
    texts = {"codes": [item.grant_document], "body": [item.get_item_type_display(), item.get_grant_mode_display()]}
    return texts, {"类型": item.get_item_type_display(), "赋权方式": item.get_grant_mode_display()}


def _enforcement(item: EnforcementItem) -> tuple[dict[str, Any], dict[str, str]]:
    texts = {
        "details": [item.punishment_method, item.inspection_standard],
        "body": [item.category, item.get_item_type_display(), item.statutory_subject, item.enforcing_body],
    }
    return texts, {"类型": item.get_item_type_display(), "领域": item.category}


def _responsibility(item: ResponsibilityItem) -> tuple[dict[str, Any], dict[str, str]]:
    duties = [duty for party in item.rows("parties") for duty in party["duties"]]
    parties = [party["organisation"] for party in item.rows("parties")]
    leads = "、".join(party["organisation"] for party in item.leads)
    return {"details": duties, "body": [item.category, *parties]}, {"主体责任": leads, "类别": item.category}


_TEXTS: dict[type[Item], Any] = {
    ServiceItem: _service,
    PowerItem: _power,
    DelegatedItem: _delegated,
    EnforcementItem: _enforcement,
    ResponsibilityItem: _responsibility,
}
