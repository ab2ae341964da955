"""What journeys of releases begin with: drafts of city lists, and their approval."""

import re
from typing import Any


def start_draft(page: Any, name: str) -> None:
    """A draft in which the first row says something else."""
    page.goto("/guanli/")
    page.get_by_role("link", name=re.compile(f"^灵武市.*{name}")).first.click()
    page.get_by_role("button", name="新建草稿").click()
    page.get_by_role("link", name="修改事项").click()
    page.locator("table.listing tbody a").first.click()
    page.locator("[name=remark]").evaluate("field => { field.value = '随印发批次调整。'; }")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_load_state()


#: The two steps of a review have a journey of their own.
APPROVE = """
from django.utils import timezone
from cms.reviews.reviewing import skip
from cms.users.models import User
from registries.lists.models import Edition
owner = User(username="owner", is_superuser=True)
owner.save()
for draft in Edition.objects.drafts().filter(registry__area__kind="city", registry__kind__in=["power", "service"]):
    draft.effective_from = "2022-10-01"
    draft.save()
    skip(draft, by=owner, at=timezone.now(), reason="示例：放行")
"""
