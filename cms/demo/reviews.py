"""A draft under review, so that whoever tries the demonstration sees what reviewers see."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from cms.reviews.models import RowComment
from cms.reviews.reviewing import submit
from registries.lists.drafting import start_draft
from registries.lists.models import Edition, Registry

REMARK = "示例：乡镇（街道）办理后，每季度向原部门备案一次。"


def load_review(users: dict[str, Any], *, at: datetime) -> None:
    """The next edition of the delegated list, submitted by the city editor; the department's step waits."""
    registry = Registry.objects.get(kind="delegated")
    draft = start_draft(registry, by=users["shiji"])
    log(instance=registry, action="registry_desk.start_draft", user=users["shiji"], data={"number": draft.number})
    rows = list(draft.items[:3])
    for row in rows:
        row.remark = REMARK
        row.save(update_fields=["remark"])
    Edition.objects.filter(pk=draft.pk).update(
        effective_from=timezone.localdate(at) + timedelta(days=30),
        basis_title="关于调整乡镇（街道）赋权清单的通知（示例，送审稿）",
        change_note="示例数据：三项事项增加备案要求。",
    )
    submit(draft, by=users["shiji"], at=at, note="示例：请重点看备案要求。")
    said = "示例：备案要求写明“每季度”，建议再写明向哪个科室备案。"
    RowComment.objects.create(edition=draft, code=rows[0].code, text=said, author=users["bumen"], at=at)
