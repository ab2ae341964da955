"""What all views of rows share: the edition above them, who may change what in it, and its addresses."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

from registries.lists.kinds import KINDS
from registries.lists.models import Edition

from ..marks import previous_of
from ..permissions import ReachPolicy

PUBLISHED = "这一版已经发布，不能再改。"
LOCKED = "这份草稿正在审核，不能修改。"


class UnderEdition:
    """A view below an edition, which comes from the address or from the row."""

    @cached_property
    def edition(self) -> Edition:
        policy = ReachPolicy(Edition)
        rows = policy.readable(self.request.user).select_related("registry__area")  # type: ignore[attr-defined]
        return get_object_or_404(rows, pk=self.edition_pk(), registry__kind=self.kind)

    def edition_pk(self) -> int:
        return self.kwargs["edition"]  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        return self.index_url_name.split(":")[0].removeprefix("rows_")  # type: ignore[attr-defined]

    @cached_property
    def is_open(self) -> bool:
        """Whether this person may add rows to this edition."""
        return ReachPolicy(Edition).writable(self.request.user).filter(pk=self.edition.pk).exists()  # type: ignore[attr-defined]

    @cached_property
    def changeable(self) -> set[int]:
        """The rows of this edition that this person may change: a department's are its own."""
        rows = ReachPolicy(KINDS[self.kind].model).writable(self.request.user)  # type: ignore[attr-defined]
        return set(rows.filter(edition=self.edition).values_list("pk", flat=True))

    @cached_property
    def before(self) -> Edition | None:
        """The edition this one is compared with."""
        return previous_of(self.edition)

    def rows_url(self, name: str = "index", *more: int) -> str:
        return reverse(f"rows_{self.kind}:{name}", args=(self.edition.pk, *more))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        registry = self.edition.registry
        return [
            {"url": reverse("wagtailadmin_home"), "label": "首页"},
            {"url": reverse("registry_desk:registry", args=(registry.pk,)), "label": str(registry)},
            {"url": self.rows_url(), "label": f"{registry} {edition_name(self.edition)}"},
            *([{"url": "", "label": self.here()}] if self.here() else []),
        ]

    def here(self) -> str:
        return ""


class UnderRow(UnderEdition):
    def edition_pk(self) -> int:
        return self.object.edition_id  # type: ignore[attr-defined]

    def here(self) -> str:
        return str(self.object)[:40]  # type: ignore[attr-defined]

    def get_success_url(self) -> str:
        return self.rows_url()


def edition_name(edition: Edition) -> str:
    return f"第{edition.number}版" + ("" if edition.is_published else "（草稿）")


def frozen(request: Any, address: str) -> HttpResponse:
    messages.warning(
        request,
        "这里只能查看：已发布的版本和正在审核的草稿不能修改，草稿里的事项只有负责它的人员可以修改。要改动请新建草稿，或先撤回送审。",
    )
    return redirect(address)
