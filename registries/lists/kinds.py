"""The kinds of list. A kind ties a slug to its model and to the words people use for it.

Adding one: docs/how-to/add-a-kind.md.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from .items import Item


@dataclass(frozen=True)
class ListKind:
    key: str
    #: The word in public addresses: /qingdan/<slug>/
    slug: str
    #: Prefix of codes the system assigns.
    prefix: str
    label: str
    item_label: str
    model_name: str
    summary: str

    @property
    def model(self) -> "type[Item]":
        return apps.get_model("lists", self.model_name)

    def __str__(self) -> str:
        return self.label


KINDS = {
    kind.key: kind
    for kind in (
        ListKind("power", "quanli", "QL", "权力清单", "权力事项", "PowerItem", "乡镇（街道）依法可以做哪些事，依据是什么。"),
        ListKind("delegated", "fuquan", "FQ", "赋权清单", "赋权事项", "DelegatedItem", "市级部门交给乡镇（街道）办理的事项。"),
        ListKind("service", "fuwu", "FW", "政务服务事项清单", "服务事项", "ServiceItem", "群众和企业可以申请办理的事，每项都有办事指南。"),
        ListKind("enforcement", "zhifa", "ZF", "行政执法事项清单", "执法事项", "EnforcementItem", "哪些行为会被查处，由谁查处，依据是什么。"),
        ListKind("responsibility", "shudi", "SD", "“属地管理”责任清单", "属地管理事项", "ResponsibilityItem", "一件事由谁负主体责任，谁来配合。"),
    )
}  # fmt: skip
KIND_CHOICES = [(kind.key, kind.label) for kind in KINDS.values()]
_BY_SLUG = {kind.slug: kind for kind in KINDS.values()}


def kind_of(key: str) -> ListKind:
    """The kind with this key; KeyError when there is none."""
    return KINDS[key]


def kind_by_slug(slug: str) -> ListKind | None:
    return _BY_SLUG.get(slug)
