"""Where reviews enter the desk: addresses, the first page, the question before publication, the log."""

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter

from registries.lists.models import Edition

from .models import Review
from .waiting import own_reviews, steps_for


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    return [path("", include("cms.reviews.urls", namespace="reviews"))]


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/reviews.css"))


@hooks.register("object_to_publication")
def only_what_was_approved(edition: Edition) -> list[str]:
    if Review.objects.filter(edition=edition, state=Review.State.APPROVED).exists():
        return []
    if edition.is_locked:
        return ["这份草稿正在审核，审核通过以后才能发布。"]
    return ["草稿要先送审，部门核和合法性审核都通过以后才能发布。"]


class WaitingPanel(Component):
    """What waits for this person, above everything else on the first page."""

    name = "reviews"
    template_name = "reviews/waiting.html"
    order = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"steps": steps_for(user), "own": own_reviews(user)}


@hooks.register("construct_homepage_panels", order=1)  # after the desk has chosen its own
def first_page(request: Any, panels: list[Any]) -> None:
    panels.append(WaitingPanel())


class ReviewURLFinder(ModelAdminURLFinder):
    """Wagtail's reports and history lead to the page of the review."""

    def construct_edit_url(self, instance: Review) -> str:
        return reverse("reviews:review", args=[instance.edition_id])


register_admin_url_finder(Review, ReviewURLFinder)


class _Sentence(LogFormatter):
    """A log entry in words: `text` with what the entry noted."""

    text = ""
    FACTS = ("number", "step", "comment", "reason", "code", "recipient", "name", "unit", "address", "days")

    def format_message(self, log_entry: Any) -> str:
        return self.text.format(**{**dict.fromkeys(self.FACTS, ""), **(log_entry.data or {})})


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for name, label, text in (
        ("submit", "送审", "把第{number}版草稿送审"),
        ("approve", "审核通过", "通过了第{number}版的{step}：{comment}"),
        ("send_back", "退回", "在{step}退回了第{number}版：{comment}"),
        ("withdraw", "撤回送审", "撤回了第{number}版的送审"),
        ("skip", "不经审核放行", "不经审核放行了第{number}版，理由：{reason}"),
        ("comment", "提意见", "对第{number}版的{code}提了意见"),
        ("resolve", "处理意见", "把对第{number}版的{code}的意见标为处理"),
        ("make_link", "建立征求意见链接", "给{recipient}建立了第{number}版的链接，{days}天有效"),
        ("revoke_link", "撤销链接", "撤销了给{recipient}的第{number}版的链接"),
        ("view_by_link", "用链接查看", "给{recipient}的链接打开了第{number}版草稿（{address}）"),
        ("comment_by_link", "用链接提意见", "{unit}{name}用给{recipient}的链接对第{number}版提了意见（{address}）"),
    ):
        formatter = type("_Formatter", (_Sentence,), {"label": label, "text": text})
        actions.register_action(f"reviews.{name}")(formatter)
