import json
from typing import Any

import pytest

from tests.demo_site import DemoSite


@pytest.fixture
def passwords(demo_site: DemoSite) -> dict[str, str]:
    notes = json.loads((demo_site.var / "demo_accounts.json").read_text())
    return {name: note["password"] for name, note in notes.items()}


@pytest.fixture
def log_in(page: Any, passwords: dict[str, str]) -> Any:
    def act(username: str) -> Any:
        page.goto("/guanli/login/")
        page.get_by_label("用户名").fill(username)
        page.locator("input[name=password]").fill(passwords[username])
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/guanli/")
        return page

    return act
