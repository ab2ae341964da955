"""从Word或文本新建: a text goes in, its structure is shown and corrected, drafts come out."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from ..drafting import guess_genre, page_facts
from ..models import DocumentIndexPage, OfficialDocumentPage
from ..recognition import Line, RecognisedNotice, build_notice, outline_notice
from .forms import NOTICE, POLICY, FactsForm, SourceForm
from .rows import LARGEST_NUMBER_OF_LINES, read_rows, rows_of
from .saving import CannotSaveDraft, save_drafts
from .summary import missing_titles, summaries

NAMESAKES = 10


def index_page(user: Any) -> DocumentIndexPage | None:
    """Where new documents go, when this person may add pages there."""
    page = DocumentIndexPage.objects.first()
    return page if page is not None and page.permissions_for_user(user).can_add_subpage() else None


def trail(parent: Any, title: str) -> list[dict[str, Any]]:
    """Breadcrumbs of a page of the desk about documents."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "首页"},
        {"url": reverse("wagtailadmin_explore", args=[parent.pk]), "label": parent.title},
        {"url": "", "label": title},
    ]


class NewDocumentView(WagtailAdminTemplateMixin, TemplateView):
    """Two steps on one address. Between them everything is in the form, so nothing is kept on the server and nothing expires."""

    page_title = "从Word或文本新建文件"
    header_icon = "doc-full"
    template_name = "documents/desk/new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        parent = index_page(request.user)
        if parent is None:
            raise PermissionDenied
        self.parent = parent
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(self.parent, self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("source_form", SourceForm())
        return super().get_context_data(index=self.parent, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("step") != "outline":
            return self.recognise(request)
        kinds, texts = request.POST.getlist("kind"), request.POST.getlist("text")
        lines = read_rows(kinds, texts)
        if len(kinds) != len(texts) or not lines:
            messages.error(request, "没有收到完整的结构，什么也没有保存。请重新选择文件或者粘贴文本。")
            return self.render_to_response(self.get_context_data())
        if len(lines) > LARGEST_NUMBER_OF_LINES:
            messages.error(request, f"一次最多保存 {LARGEST_NUMBER_OF_LINES} 行。请删去一部分，分几次新建。")
        notice = build_notice(lines)
        form = FactsForm(request.POST)
        if form.is_valid() and "save" in request.POST and len(lines) <= LARGEST_NUMBER_OF_LINES:
            return self.save(notice, form, lines)
        if form.errors and "save" in request.POST:
            wrong = "、".join(f"“{form.fields[name].label}”" for name in form.errors)
            messages.error(request, f"还没有保存：请在“公文信息”里改好{wrong}，再按「存成草稿」。")
        return self.show_outline(lines, notice, form)

    def recognise(self, request: HttpRequest) -> HttpResponse:
        form = SourceForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(source_form=form))
        lines = outline_notice(form.source)
        notice = build_notice(lines)
        for warning in form.warnings:
            messages.warning(request, warning)
        return self.show_outline(lines, notice, FactsForm(initial=_initial(notice)))

    def show_outline(self, lines: Sequence[Line], notice: RecognisedNotice, form: FactsForm) -> HttpResponse:
        rows = rows_of(lines)
        number = form["doc_no"].value()
        context = self.get_context_data(
            form=form,
            rows=rows,
            summaries=summaries(notice),
            missing=missing_titles(notice),
            contact_rows=[row for row in rows if row.contacts],
            namesakes=OfficialDocumentPage.objects.filter(doc_no=number)[:NAMESAKES] if number else (),
        )
        self.template_name = "documents/desk/outline.html"
        return self.render_to_response(context)

    def save(self, notice: RecognisedNotice, form: FactsForm, lines: Sequence[Line]) -> HttpResponse:
        try:
            drafts = save_drafts(notice, form.cleaned_data, parent=self.parent, by=self.request.user)
        except CannotSaveDraft as error:
            messages.error(self.request, str(error))
            return self.show_outline(lines, notice, form)
        count = len(drafts.pages)
        others = f"，连同印发的 {count - 1} 篇文件" if count > 1 else ""
        messages.success(
            self.request, f"已保存草稿“{drafts.first.title[:40]}”{others}。公众还看不到，请逐篇核对后发布。"
        )
        return redirect(reverse("wagtailadmin_pages:edit", args=[drafts.first.pk]))


def _initial(notice: RecognisedNotice) -> dict[str, Any]:
    encloses = any(each.document for each in notice.enclosures)
    genre = guess_genre(notice.title)
    is_notice = encloses or genre == "notice"
    return page_facts(notice.notice) | {"document_type": NOTICE if is_notice else POLICY, "genre": genre}
