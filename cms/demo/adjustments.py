"""What came after the first editions: two lists adjusted together, a township that took the new one over, and a list whose
next edition is announced. Each is drafted, reviewed and released by the acts that the desk has."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from cms.releases.checking import fingerprint
from cms.releases.models import Release
from cms.releases.preparing import prepare
from cms.releases.releasing import carry_out
from cms.reviews.reviewing import approve, submit
from registries.lists.adopting import adopt_edition
from registries.lists.comparison import compare_editions
from registries.lists.drafting import start_draft
from registries.lists.models import Edition, Registry
from registries.lists.publication import publish_edition
from registries.lists.rows import as_stream

from .corrections import correct_draft
from .lists import DemonstrationFault, add_words, fill_from_workbook
from .townships import CHONGXING

#: After the last document that the adjusted lists rest on, and before laws that other rows rest on were repealed.
ADJUSTED_FROM = date(2022, 7, 1)
ADJUSTED = ("power", "service")
ADJUSTMENT = ("示例办发〔2022〕1号", "关于调整乡镇（街道）权力清单和政务服务事项清单的通知（示例）")
#: The announced edition is to come for whoever tries the demonstration soon after it was loaded, and in force for others.
ANNOUNCED_AHEAD = timedelta(days=60)
ANNOUNCED = "enforcement"
ANNOUNCEMENT = ("示例办发〔{year}〕2号", "关于调整乡镇（街道）行政执法事项清单的通知（示例）")
#: Replaced on 5 June 2022; since then no edition may rest on it.
REPEALED, IN_FORCE = "环境噪声污染防治法", "噪声污染防治法"
#: Who checks first, by the organisation that answers for the list.
CHECKERS = {"市政府办公室": "bangong", "审批服务管理局": "bumen", "综合执法局": "zhifa"}


def load_adjustments(users: dict[str, Any], *, at: datetime) -> None:
    adjusted = [_adjusted(kind, users, at) for kind in ADJUSTED]
    _release(*ADJUSTMENT, ADJUSTED_FROM, adjusted, users, at)
    _take_over(users, at)
    today = timezone.localdate(at)
    begins, (doc_no, title) = today + ANNOUNCED_AHEAD, ANNOUNCEMENT
    _release(doc_no.format(year=today.year), title, begins, [_announced(begins, users, at)], users, at)


def _adjusted(kind: str, users: dict[str, Any], at: datetime) -> Edition:
    """The workbook of the new edition over the rows of the old one, ready for release."""
    draft = _start(kind, users, ADJUSTED_FROM)
    fill_from_workbook(draft, f"{kind}_2022")
    if kind == "service":
        add_words(draft)
    correct_draft(draft, by=users["shiji"], day=at.date())
    return _approved(draft, users, at)


def _announced(begins: date, users: dict[str, Any], at: datetime) -> Edition:
    draft = _start(ANNOUNCED, users, begins)
    replace_law(draft, REPEALED, IN_FORCE)
    return _approved(draft, users, at)


def _start(kind: str, users: dict[str, Any], begins: date) -> Edition:
    registry = Registry.objects.get(kind=kind, parent=None)
    draft = start_draft(registry, by=users["shiji"])
    draft.effective_from = begins
    draft.save(update_fields=["effective_from"])
    log(instance=registry, action="registry_desk.start_draft", user=users["shiji"], data={"number": draft.number})
    return draft


def replace_law(draft: Edition, old: str, new: str) -> None:
    """Rows that rest on a law that holds no more rest on the one that came after it."""
    for row in draft.items:
        bases = row.rows("legal_bases")
        kept = [basis for basis in bases if basis.get("law_name", "").removeprefix("中华人民共和国") != old]
        if len(kept) < len(bases):
            row.legal_bases = as_stream([*kept, {"text": f"《{new}》", "law_name": new}])
            row.save(update_fields=["legal_bases"])


def _approved(draft: Edition, users: dict[str, Any], at: datetime) -> Edition:
    """Past both steps of its review."""
    draft.change_note = _change_note(draft)
    draft.save(update_fields=["change_note"])
    review = submit(draft, by=users["shiji"], at=at, note="示例：请按对照表审核。")
    for username in (CHECKERS[str(draft.registry.owner)], "fazhi"):
        step = review.current_workflow_task_state.pk
        review = approve(review, step=step, by=users[username], at=at, comment="示例：同意。")
    draft.refresh_from_db()
    return draft


def _change_note(draft: Edition) -> str:
    changes = compare_editions(draft.registry.editions.get(number=draft.number - 1), draft)
    counts = {"新增": len(changes.added), "取消": len(changes.removed), "调整": len(changes.changed)}
    said = "，".join(f"{act}{count}项" for act, count in counts.items() if count)
    return f"示例数据：{said}。不是灵武市正式公布的清单。"


def _release(
    doc_no: str, title: str, begins: date, editions: list[Edition], users: dict[str, Any], at: datetime
) -> None:
    by = users["shiji"]
    release = prepare(Release(doc_no=doc_no, title=title, effective_on=begins), editions=editions, pages=[], by=by)
    release = carry_out(release, by=by, at=at, seen=fingerprint(release))
    if not release.is_released:
        raise DemonstrationFault(f"{doc_no}：{release.obstacles}")


def _take_over(users: dict[str, Any], at: datetime) -> None:
    """One township follows the unified list; the other has still to."""
    registry = Registry.objects.get(kind="service", area__code=CHONGXING)
    draft = start_draft(registry, by=users["shiji"])
    adopt_edition(draft, Edition.objects.get(registry=registry.parent, number=2))
    draft.refresh_from_db()
    draft.effective_from = ADJUSTED_FROM
    draft.basis_doc_no, draft.basis_title = ADJUSTMENT
    draft.change_note = _change_note(draft)
    draft.save()
    publish_edition(draft, by=users["shiji"], at=at)
