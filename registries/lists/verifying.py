"""Was the record tampered with? Everything a digest stands for is worked out again from the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .canonical import RowEntry, canonical_row, digest_of_entries, row_digest, row_entries
from .comparison import Row
from .models import Edition, Registry, RowDigest
from .wording import field_label

CHUNK = 500


@dataclass(frozen=True)
class Fault:
    """What is wrong with an edition: `reasons`, each a sentence; rows are named in them by code, name and field."""

    edition: Edition
    reasons: tuple[str, ...]


def first_fault(registry: Registry) -> Fault | None:
    """The first edition of the registry that is not what was published, or None. Of the rows only codes and digests are
    held, whatever they say."""
    before: Edition | None = None
    editions = registry.editions.published().select_related("registry__area", "adopted").order_by("number")
    for edition in editions:
        reasons = [*_links(before, edition), *_content(edition)]
        if reasons:
            return Fault(edition, tuple(reasons))
        before = edition
    if before is not None and before.effective_until is not None:
        return Fault(before, (f"没有下一版，却写着{before.effective_until}失效。",))
    return None


def _links(before: Edition | None, edition: Edition) -> Iterator[str]:
    """How an edition hangs on the one before it."""
    if before is None:
        if edition.previous_digest:
            yield "它前面的版本不见了：摘要链指向一个已经不在的版本。"
        return
    if edition.previous_digest != before.digest:
        if edition.number != before.number + 1:
            yield f"第{before.number}版和它之间有版本不见了：摘要链接不上。"
        else:
            yield f"摘要链接不上第{before.number}版：两版之一的摘要被改过。"
    if before.effective_until != edition.effective_from:
        yield f"第{before.number}版的失效日期（{before.effective_until}）不是它的生效日期（{edition.effective_from}）。"


def _content(edition: Edition) -> Iterator[str]:
    """Rows and facts against the digests written at publication."""
    recorded = {
        digest.code: RowEntry(digest.code, digest.seq_no, digest.digest)
        for digest in edition.row_digests.iterator(chunk_size=CHUNK)
    }
    rows = edition.items.select_related("department").iterator(chunk_size=CHUNK)
    found = row_entries(rows)
    if digest_of_entries(edition, found) == edition.digest:
        if sorted(found) != sorted(recorded.values()):
            yield "事项和版本摘要都对，但是行摘要被改过。"
        return
    if digest_of_entries(edition, recorded.values()) != edition.digest:
        yield "版本信息（生效日期、依据、说明、发布时间）、版本摘要或行摘要被改过。"
    yield from _rows(edition, recorded, found)


def _rows(edition: Edition, recorded: dict[str, RowEntry], found: list[RowEntry]) -> Iterator[str]:
    """The rows that are not as they were recorded."""
    present = {entry.code: entry for entry in found}
    if len(present) != len(found):
        yield "有的编码出现了两次。"
    for code in sorted(recorded.keys() - present.keys()):
        yield f"编码{code}：这一项被删去了{_known_as(edition, recorded[code])}。"
    for code in sorted(present.keys() - recorded.keys()):
        yield f"编码{code}：这一项是发布以后添进去的“{edition.items.filter(code=code)[0]}”。"
    for code in sorted(recorded.keys() & present.keys()):
        if present[code] == recorded[code]:
            continue
        item = edition.items.select_related("department").filter(code=code)[0]
        if present[code].digest == recorded[code].digest:
            yield f"编码{code}“{item}”：序号被改过，原来是{recorded[code].seq_no}。"
            continue
        yield f"编码{code}“{item}”：{_changed_fields(edition, recorded[code], canonical_row(item))}被改过。"


def _changed_fields(edition: Edition, recorded: RowEntry, row: Row) -> str:
    """The names of the fields, when another edition still says what this row said."""
    original = _twin(edition, recorded)
    if original is None:
        return "内容"
    model = edition.registry.list_kind.model
    names = [name for name in row if name != "seq_no" and row[name] != original.get(name)]
    return "、".join(f"“{field_label(model, name)}”（{name}）" for name in names)


def _known_as(edition: Edition, recorded: RowEntry) -> str:
    twin = _twin(edition, recorded)
    return f"，名称是“{twin['name']}”" if twin else ""


def _twin(edition: Edition, recorded: RowEntry) -> Any:
    """The row of another edition that was recorded to say the same and still does."""
    twins = RowDigest.objects.filter(edition__registry=edition.registry, code=recorded.code, digest=recorded.digest)
    for twin in twins.exclude(edition=edition).order_by("edition__number"):
        item = (
            edition.registry.list_kind.model.objects.filter(edition=twin.edition_id, code=recorded.code)
            .select_related("department")
            .first()
        )
        if item is not None:
            row = canonical_row(item)
            if row_digest(row) == recorded.digest:
                return row
    return None
