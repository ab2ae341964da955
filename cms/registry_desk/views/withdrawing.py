"""Withdrawing the latest edition, with a reason that the public reads."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.log_actions import log

from registries.lists.comparison import compare_editions
from registries.lists.models import Edition
from registries.lists.withdrawing import CannotWithdraw, reasons_against_withdrawing, withdraw_edition

from ..forms import WithdrawalForm
from .registry_views import DeskView


class WithdrawView(DeskView):
    template_name = "registry_desk/withdraw.html"
    page_title = "撤回"

    @cached_property
    def published(self) -> list[Edition]:
        """The edition to withdraw and the one before it, whose rows come back."""
        editions = list(self.registry.editions.published().order_by("-number")[:2])
        for edition in editions:
            edition.registry = self.registry
        return editions

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.may_publish:
            messages.error(request, "您没有撤回的权限。请联系负责发布的人员。")
            return self.back()
        if reasons := reasons_against_withdrawing(self.registry, self.published):
            messages.error(request, "".join(reasons))
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        withdrawn, *before = self.published
        kwargs.setdefault("form", WithdrawalForm())
        return super().get_context_data(
            edition=withdrawn,
            before=before[0] if before else None,
            restored=compare_editions(withdrawn, before[0]) if before else None,
            is_coming=withdrawn.begins_after(timezone.localdate()),
            **kwargs,
        )

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        form = WithdrawalForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if form.cleaned_data["number"] != self.published[0].number:
            messages.error(request, "打开本页以后有人发布了新的版本，没有撤回。请核对现在最新的一版。")
            return self.back()
        now = timezone.now()
        try:
            withdrawal = withdraw_edition(
                self.registry,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=now,
                day=timezone.localdate(now),
            )
        except CannotWithdraw as error:
            messages.error(request, str(error))
            return self.back()
        number = withdrawal.number - 1
        log(
            instance=self.registry,
            action="registry_desk.withdraw",
            data={"number": number, "reason": withdrawal.change_note},
        )
        messages.success(
            request, f"第{number}版已撤回，第{withdrawal.number}版从{withdrawal.effective_from}起恢复以前的内容。"
        )
        return self.back()
