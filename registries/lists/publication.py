"""Publishing an edition: all or nothing, and frozen from then on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from .canonical import digest_of_entries, row_entries
from .drafting import assign_codes, unlock
from .enums import EditionKind
from .models import Edition, Registry, RowDigest
from .rules import blocking_findings
from .standing import divergence_reasons

#: Sent inside the publishing transaction with `edition`: whatever must never lag behind the record listens here.
edition_published = Signal()


class CannotPublish(Exception):
    """Why an edition cannot be published: `reasons`, each a sentence for the editor."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def publish_edition(edition: Edition, *, by: Any, at: datetime) -> Edition:
    """Publish a draft: end the edition before it, chain the digests, freeze.

    Raises CannotPublish with every reason at once and leaves everything as it was.
    """
    registry = Registry.objects.select_for_update(of=("self",)).select_related("area").get(pk=edition.registry_id)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    edition.registry = registry
    previous = registry.editions.published().newest()
    reasons = _reasons_against(edition, previous)
    if reasons:
        raise CannotPublish(reasons)
    unlock(edition)
    assign_codes(edition)
    if previous is not None:
        Edition.objects.filter(pk=previous.pk).update(effective_until=edition.effective_from)
        edition.previous_digest = previous.digest
    edition.published_at, edition.published_by = at, by
    entries = row_entries(edition.items.select_related("department").iterator(chunk_size=500))
    RowDigest.objects.bulk_create((RowDigest(edition=edition, **entry._asdict()) for entry in entries), batch_size=500)
    edition.digest = digest_of_entries(edition, entries)
    edition.save()
    edition_published.send(sender=Edition, edition=edition)
    return edition


def reasons_against(edition: Edition) -> list[str]:
    """Every reason why this edition cannot be published as it stands here, each a sentence. Nothing is written."""
    return _reasons_against(edition, edition.registry.editions.published().newest())


def _reasons_against(edition: Edition, previous: Edition | None) -> list[str]:
    reasons = []
    if edition.is_published:
        return [f"“{edition}”已经发布过了。"]
    if edition.effective_from is None:
        reasons.append("没有填写生效日期。请填写从哪一天起按本版执行。")
    elif previous and previous.effective_from and edition.effective_from < previous.effective_from:
        reasons.append(
            f"生效日期{edition.effective_from}早于上一版的生效日期{previous.effective_from}。请改为同一天或更晚的日期。"
        )
    if edition.kind != EditionKind.WITHDRAWAL and not edition.items.exists():
        reasons.append("草稿里没有事项。请先录入或导入事项。")
    if edition.kind == EditionKind.CORRECTION and not edition.change_note.strip():
        reasons.append("勘误没有变更说明。请写明改正了哪里，公众据此知道错在什么地方。")
    if edition.kind == EditionKind.WITHDRAWAL and not edition.change_note.strip():
        reasons.append("撤回没有说明原因。请写明为什么撤回。")
    unnamed = edition.items.filter(name="").values_list("seq_no", flat=True)[:20]
    if unnamed:
        reasons.append(f"序号{'、'.join(map(str, unnamed))}缺少事项名称。请补上名称或删除该行。")
    if previous is not None:
        reasons += _codes_used_again(edition, previous)
    if edition.kind != EditionKind.WITHDRAWAL:  # its rows were published before: what held is restored as it was
        reasons += [f"{finding}" for finding in blocking_findings(edition)]
        reasons += divergence_reasons(edition)
        reasons += _undecided(edition)
    return reasons


def _undecided(edition: Edition) -> list[str]:
    count = edition.conflicts.filter(choice="", code__in=edition.items.values("code")).count()
    return [f"还有{count}处承接冲突没有处理。请逐处选择采用上级的还是保留本地的。"] if count else []


def _codes_used_again(edition: Edition, previous: Edition) -> list[str]:
    """A code that comes back after its matter was cancelled must come back for that matter."""
    model = edition.registry.list_kind.model
    back = edition.items.exclude(code="").exclude(code__in=previous.items.values("code"))
    codes = dict(back.values_list("code", "name"))
    earlier = model.objects.published().filter(edition__registry=edition.registry, code__in=back.values("code"))
    bearers = dict(earlier.order_by("edition__number").values_list("code", "name"))
    return [
        f"编码{code}原来属于已经取消的“{bearers[code]}”，不能再给“{name}”。请换一个编码，或留空由系统编制。"
        for code, name in codes.items()
        if code in bearers and bearers[code] != name
    ]
