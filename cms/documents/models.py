"""Notices and policies as pages: the metadata of an official document, and a body of parts, articles and tasks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from registries.lists.kinds import KIND_CHOICES, KINDS, ListKind

from .blocks import PolicyBody
from .enums import SUBJECTS, Disclosure, DisclosureAudience, DisclosureTerm, Genre, Validity
from .former_texts import FormerText

__all__ = ["DocumentIndexPage", "Enclosure", "FormerText", "NoticePage", "OfficialDocumentPage", "PolicyPage"]

validate_doc_no = RegexValidator(
    r"^[\u4e00-\u9fa5]+〔[12]\d{3}〕[1-9]\d*号$", "文号写作“灵政办发〔2021〕20号”：六角括号，不加“第”，序号前不加0。"
)
validate_index_no = RegexValidator(
    r"^[0-9A-Z]{9,18}/\d{4}-\d{5,6}$", "索引号写作“机构代码/年份-流水号”，例如640181001/2021-00020。"
)


class DocumentIndexPage(Page):
    """/wenjian/: all notices and policies."""

    introduction = models.TextField("说明", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["documents.NoticePage", "documents.PolicyPage"]
    max_count = 1
    template = "documents/index.html"

    class Meta:
        verbose_name = verbose_name_plural = "政策文件栏目"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .views import index_context

        return super().get_context(request, *args, **kwargs) | index_context(self, request)


class OfficialDocumentPage(Page):
    """What every official document states of itself (domain §4.2)."""

    index_no = models.CharField("索引号", max_length=40, blank=True, validators=[validate_index_no])
    doc_no = models.CharField("发文字号", max_length=60, blank=True, validators=[validate_doc_no])
    unified_no = models.CharField("统一编号", max_length=40, blank=True)
    issuers = models.CharField("发文机关", max_length=200, help_text="联合发文用顿号隔开。")
    publisher = models.CharField("发布机构", max_length=120, blank=True)
    owner_department = models.CharField("责任部门", max_length=120, blank=True)
    category = models.CharField("所属分类", max_length=60, blank=True)
    written_on = models.DateField("成文日期")
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True, help_text="最后一天；试行、暂行的文件应填写。")
    subject = models.CharField("主题分类", max_length=40, choices=SUBJECTS, default="综合政务")
    genre = models.CharField("体裁", max_length=20, choices=Genre.choices)
    disclosure = models.CharField("公开方式", max_length=12, choices=Disclosure.choices, default=Disclosure.OPEN)
    disclosure_term = models.CharField(
        "公开时限", max_length=12, choices=DisclosureTerm.choices, default=DisclosureTerm.LONG
    )
    disclosure_audience = models.CharField(
        "公开范围", max_length=12, choices=DisclosureAudience.choices, default=DisclosureAudience.SOCIETY
    )
    validity = models.CharField("有效性", max_length=20, choices=Validity.choices, default=Validity.VALID)
    supersedes = models.ForeignKey(
        "self",
        verbose_name="代替的文件",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="superseded_by",
    )
    interprets = models.ForeignKey(
        "self",
        verbose_name="解读的文件",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="interpretations",
    )
    keywords = models.CharField("关键词", max_length=200, blank=True, help_text="用空格隔开。")
    abstract = models.TextField("内容概述", blank=True)
    review_due_on = models.DateField("复核日期", null=True, blank=True)
    is_demonstration = models.BooleanField(
        "示例文本", default=False, help_text="在页面上标明正文为示例，不是文件原文。"
    )

    metadata_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("doc_no"), FieldPanel("index_no"), FieldPanel("unified_no")]),
                FieldRowPanel([FieldPanel("issuers"), FieldPanel("publisher"), FieldPanel("owner_department")]),
                FieldRowPanel([FieldPanel("written_on"), FieldPanel("effective_on"), FieldPanel("expires_on")]),
            ],
            "文号和日期",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("genre"), FieldPanel("subject"), FieldPanel("category")]),
                FieldRowPanel(
                    [FieldPanel("disclosure"), FieldPanel("disclosure_term"), FieldPanel("disclosure_audience")]
                ),
                FieldRowPanel([FieldPanel("validity"), FieldPanel("review_due_on")]),
                FieldPanel("supersedes"),
                FieldPanel("interprets"),
            ],
            "分类和公开",
        ),
        MultiFieldPanel([FieldPanel("keywords"), FieldPanel("abstract"), FieldPanel("is_demonstration")], "内容"),
    ]

    class Meta:
        verbose_name = verbose_name_plural = "公文"

    subpage_types: list[str] = []
    is_creatable = False

    def clean(self) -> None:
        super().clean()
        if self.effective_on and self.expires_on and self.expires_on < self.effective_on:
            raise ValidationError({"expires_on": "有效期不能在施行日期之前结束。"})


class NoticePage(OfficialDocumentPage):
    """A notice (通知) that prints its enclosures (印发件) in order."""

    salutation = models.CharField("主送机关", max_length=300, blank=True)
    body = StreamField(PolicyBody(), verbose_name="正文", blank=True)
    approval = models.CharField("审定说明", max_length=300, blank=True, help_text="例如：经市政府常务会议审定。")

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [*Page.content_panels, FieldPanel("salutation"), FieldPanel("body"), FieldPanel("approval")], "正文"
            ),
            ObjectList([InlinePanel("enclosures", label="印发件")], "印发件"),
            ObjectList(OfficialDocumentPage.metadata_panels, "公文信息"),
            ObjectList(Page.promote_panels, "网址"),
        ]
    )
    parent_page_types = ["documents.DocumentIndexPage"]
    template = "documents/notice.html"

    class Meta:
        verbose_name = verbose_name_plural = "通知"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .views import notice_context

        return super().get_context(request, *args, **kwargs) | notice_context(self, request)


class PolicyPage(RoutablePageMixin, OfficialDocumentPage):
    """A policy: plan, measures or opinion, its body in parts, chapters, articles, items and tasks."""

    body = StreamField(PolicyBody(), verbose_name="正文", blank=True)
    # Asked when an edit of the text in public is published (desk.publishing), and part of that revision.
    correction_note = models.TextField("勘误说明", blank=True)
    withholds_former_text = models.BooleanField("不再公开原文", default=False)

    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("body")], "正文"),
            ObjectList(OfficialDocumentPage.metadata_panels, "公文信息"),
            ObjectList(Page.promote_panels, "网址"),
        ]
    )
    parent_page_types = ["documents.DocumentIndexPage"]
    template = "documents/policy.html"

    class Meta:
        verbose_name = verbose_name_plural = "政策文件"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .views import policy_context

        return super().get_context(request, *args, **kwargs) | policy_context(self, request)

    @path("duizhao/")
    def comparison(self, request: HttpRequest) -> HttpResponse:
        """The policy beside the one it replaces, article by article."""
        from .views import comparison_context

        context = Page.get_context(self, request) | comparison_context(self, request)
        return TemplateResponse(request, "documents/comparison.html", context)

    @path("wenben/<int:number>/")
    def former_text(self, request: HttpRequest, number: int) -> HttpResponse:
        """What the policy said before its `number`th correction."""
        from .corrections import former_text_context

        context = Page.get_context(self, request) | former_text_context(self, request, number)
        return TemplateResponse(request, self.template, context)

    @path("wenben/<int:number>/duizhao/")
    def correction(self, request: HttpRequest, number: int) -> HttpResponse:
        """That text beside the next one that is public."""
        from .corrections import correction_context

        context = Page.get_context(self, request) | correction_context(self, request, number)
        return TemplateResponse(request, "documents/comparison.html", context)


class Enclosure(Orderable):
    """One of the documents a notice prints: a policy page or a kind of list."""

    notice = ParentalKey(NoticePage, on_delete=models.CASCADE, related_name="enclosures")
    title = models.CharField("名称", max_length=200)
    policy = models.ForeignKey(
        PolicyPage,
        verbose_name="政策文件",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enclosed_in",
    )
    list_kind = models.CharField("清单", max_length=20, choices=KIND_CHOICES, blank=True)

    panels = [FieldPanel("title"), FieldRowPanel([FieldPanel("policy"), FieldPanel("list_kind")])]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "印发件"

    def clean(self) -> None:
        if bool(self.policy_id) == bool(self.list_kind):
            raise ValidationError("每个印发件选一篇政策文件或一种清单，二者选一。")

    @property
    def kind(self) -> ListKind | None:
        return KINDS.get(self.list_kind)
