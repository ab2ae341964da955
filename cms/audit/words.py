"""Columns, children, bodies and permissions of a thing in words."""

import difflib
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from registries.people.models import GridWorker

#: Columns that are no answer of anybody.
LEFT_OUT = frozenset({"last_login", "date_joined", "created_at", "updated_at", "neighbours", "permissions"})
#: Of what Wagtail keeps of every page, what an editor answers.
OF_PAGES = frozenset(
    {"title", "slug", "live", "locked", "owner", "go_live_at", "expire_at", "seo_title", "search_description",
     "show_in_menus"}
)  # fmt: skip
#: Where a node of a tree stands, as the tree keeps it.
OF_TREES = frozenset({"path", "depth", "numchild"})
#: Children that have a log of their own.
OWN_LOG = frozenset({"wagtail_admin_comments"})
ACTS = {
    "add": "新建", "change": "修改", "delete": "删除", "view": "查看", "publish": "发布", "lock": "锁定", "unlock": "解锁",
    "choose": "选用", "bulk": "批量删除",
}  # fmt: skip
#: Numbers of identity cards and mobile telephones, and mailboxes.
OF_A_PERSON = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Characters up to which a text is written down whole, and up to which its differing lines are.
WHOLE, LONGEST = 600, 4000


def columns_of(thing: models.Model) -> list[Any]:
    found = [*thing._meta.concrete_fields, *thing._meta.many_to_many]
    return [column for column in found if not column.primary_key and column.name not in LEFT_OUT and _is_said(column)]


def _is_said(column: Any) -> bool:
    if getattr(column.remote_field, "parent_link", False):
        return False
    return (column.model is not Page or column.name in OF_PAGES) and column.name not in OF_TREES


def words_of(thing: models.Model, column: Any) -> str:
    if column.many_to_many:
        return "、".join(sorted(map(str, getattr(thing, column.name).all())))
    value = getattr(thing, column.attname)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, StreamValue):
        return "\n".join(_lines_of(value))
    if column.is_relation:
        related = getattr(thing, column.name)
        return f"网格员（{related.badge_no}）" if isinstance(related, GridWorker) else str(related)
    if isinstance(value, bool):
        return "是" if value else "否"
    if hasattr(column, "labels"):
        return "、".join(column.labels(value))
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(dict(column.flatchoices or ()).get(value, value))


def children_of(thing: models.Model) -> dict[str, str]:
    """The rows that are edited in one form with the thing (印发件 of a notice), a line each."""
    if not isinstance(thing, ClusterableModel):
        return {}
    said = {}
    for relation in get_all_child_relations(type(thing)):
        name = relation.get_accessor_name()
        if name not in OWN_LOG:
            rows = [
                "，".join(filter(None, (words_of(row, each) for each in columns_of(row) if each != relation.field)))
                for row in getattr(thing, name).all()
            ]
            said[str(relation.related_model._meta.verbose_name)] = "\n".join(rows)
    return said


def permissions_of(group: Group) -> dict[str, str]:
    """What a role may do: with the kinds of things, with pages and with collections; a line each."""
    kinds = group.permissions.select_related("content_type")
    pages = GroupPagePermission.objects.filter(group=group).select_related("page", "permission")
    collections = GroupCollectionPermission.objects.filter(group=group).select_related("collection", "permission")
    lines = {
        "对象权限": {_permission(each) for each in kinds},
        "页面权限": {f"{each.page}：{_act(each.permission)}" for each in pages},
        "集合权限": {f"{each.collection}：{_permission(each.permission)}" for each in collections},
    }
    return {label: "\n".join(sorted(said)) for label, said in lines.items()}


def _permission(permission: Permission) -> str:
    """网格：修改; a permission of its own kind by its name."""
    act = _act(permission)
    model = permission.content_type.model_class()
    return f"{model._meta.verbose_name}：{act}" if model is not None and act != permission.name else permission.name


def _act(permission: Permission) -> str:
    codename = permission.codename
    return ACTS.get(codename.split("_")[0], permission.name) if "_" in codename else permission.name


def shortened(old: str, new: str) -> tuple[str, str]:
    """Both texts whole when they are short; else only their lines that differ, cut when they are very long still."""
    if max(len(old), len(new)) <= WHOLE:
        return old, new
    if not (old and new):
        return _cut(old), _cut(new)
    before, after = old.splitlines(), new.splitlines()
    sides: tuple[list[str], list[str]] = ([], [])
    for mark, start, end, new_start, new_end in difflib.SequenceMatcher(
        a=before, b=after, autojunk=False
    ).get_opcodes():
        if mark == "equal":
            for side in sides:
                side.append(f"（相同的{end - start}段略）")
        else:
            sides[0].extend(before[start:end])
            sides[1].extend(after[new_start:new_end])
    return _cut("\n".join(sides[0])), _cut("\n".join(sides[1]))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……（共{len(text)}字，后面的略）"


def _lines_of(body: StreamValue) -> Iterator[str]:
    """A line a block: its kind and all the words in it. Numbers of persons have no place in what is never emptied."""
    for block in body.get_prep_value():
        label = body.stream_block.child_blocks[block["type"]].label
        yield OF_A_PERSON.sub("（个人号码，不记录）", f"{label}：{' '.join(_words_in(block['value']))}")


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        is_row = value.keys() >= {"type", "value"}
        for entry in [value["value"]] if is_row else value.values():
            yield from _words_in(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _words_in(entry)
    elif value not in (None, ""):
        yield " ".join(str(value).split())
