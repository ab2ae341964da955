"""The demonstration's accounts. Passwords are random for each installation and kept beside its database."""

import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from cms.registry_desk import roles
from registries.places.models import Organisation

#: username → (visible name, role, organisation, what the account is for)
ACCOUNTS = {
    "shiji": ("示例市级编辑", roles.CITY_EDITOR, "市政府办公室", "全市清单、文件、地方和人员"),
    "dongta": ("示例东塔编辑", roles.TOWNSHIP_EDITOR, "东塔镇人民政府", "东塔镇的中心、代办点、网格和清单"),
    "bumen": ("示例部门编辑", roles.DEPARTMENT_EDITOR, "审批服务管理局", "本部门的事项，审批局清单的部门核"),
    "bangong": ("示例办公室审核员", roles.DEPARTMENT_EDITOR, "市政府办公室", "市政府办公室清单和文件的部门核"),
    "zhifa": ("示例执法局编辑", roles.DEPARTMENT_EDITOR, "综合执法局", "本部门的事项，执法清单的部门核"),
    "fazhi": ("示例合法性审核员", roles.LEGAL_REVIEWER, "司法局", "清单和文件的合法性审核"),
    "dayin": ("示例打印员", roles.PRINTER, "审批服务管理局", "打印办事指南和公示牌"),
}


def load_accounts() -> dict[str, Any]:
    """Make the accounts with new passwords, note these for `account_lines`, and return the users by name."""
    roles.ensure_roles()
    users, notes = {}, {}
    for username, (full_name, role, organisation, _) in ACCOUNTS.items():
        password = secrets.token_urlsafe(9)
        user = get_user_model().objects.create_user(
            username=username,
            password=password,
            full_name=full_name,
            organisation=Organisation.objects.get(name=organisation),
        )
        user.groups.add(Group.objects.get(name=role))
        users[username] = user
        notes[username] = {"password": password, "mark": _mark(user.password)}
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps(notes, ensure_ascii=False, indent=1), encoding="utf-8")
    return users


def account_lines() -> list[str]:
    """A line an account that still exists: name, password (unless it was changed since), role and purpose."""
    try:
        notes = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    users = {user.username: user for user in get_user_model().objects.filter(username__in=notes, is_active=True)}
    lines = []
    for username, (_, role, _, purpose) in ACCOUNTS.items():
        if username in users and username in notes:
            is_same = notes[username]["mark"] == _mark(users[username].password)
            password = notes[username]["password"] if is_same else "（密码已修改）"
            lines.append(f"{username:<10} {password:<14} {role}：{purpose}")
    return lines


def _path() -> Path:
    return Path(settings.VAR_DIR) / "demo_accounts.json"


def _mark(encoded: str) -> str:
    """Tells whether the password is still the one noted, without checking it (which is slow on purpose)."""
    return hashlib.sha256(encoded.encode()).hexdigest()[:16]
