"""Rows that Django and Wagtail write in English on the first migration, said in Chinese; the rest of them removed."""

import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_migrate
from django.utils.translation import override
from wagtail.models import Collection, Page

ROOT_PAGE = "全部页面"
ROOT_COLLECTION = "全部文件"
#: Wagtail's own groups; the desk has roles of its own.
SPARE_GROUPS = ("Moderators", "Editors")
VERBS = {
    "add": "添加",
    "change": "修改",
    "delete": "删除",
    "view": "查看",
    "publish": "发布",
    "choose": "选用",
    "lock": "锁定",
    "unlock": "解锁",
    "bulk delete": "批量删除",
}
_PERMISSION = re.compile(rf"Can ({'|'.join(VERBS)}) (.+)")


def say_in_chinese(**_: Any) -> None:
    """Runs after every migration; a name someone has changed stays."""
    Page.objects.filter(depth=1, title="Root").update(title=ROOT_PAGE, draft_title=ROOT_PAGE)
    Collection.objects.filter(depth=1, name="Root").update(name=ROOT_COLLECTION)
    Group.objects.filter(name__in=SPARE_GROUPS, user__isnull=True).delete()
    changed = []
    for permission in Permission.objects.filter(name__startswith="Can ").select_related("content_type"):
        if match := _PERMISSION.fullmatch(permission.name):
            model = permission.content_type.model_class()
            label = model._meta.verbose_name if model else match[2]
            with override(settings.LANGUAGE_CODE):  # commands run without a language
                permission.name = f"{VERBS[match[1]]}{label}"
        elif permission.codename == "access_admin":
            permission.name = "进入管理后台"
        changed.append(permission)
    Permission.objects.bulk_update(changed, ["name"])


def connect() -> None:
    """After the last app has its permissions."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    post_migrate.connect(say_in_chinese, sender=with_models[-1], dispatch_uid="first-rows")
