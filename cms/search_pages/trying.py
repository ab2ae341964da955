"""Trying a query on every engine: how it is read, what is found, and why each hit stands where it does."""

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from search.engines.choice import NotAnsweredError
from search.explaining import Explanation, explain
from search.language.query import LONGEST_QUERY

from .desk_page import SearchDeskView

HITS = 10
ENGINES = {"database": "数据库检索", "elasticsearch": "Elasticsearch"}
#: Why the search server does not answer.
CONDITIONS = {
    "not used": "没有使用搜索服务器，全部查询由数据库回答。",
    "not built": "搜索服务器上还没有索引，请管理员运行 manage.py search_index rebuild。",
    "catching up": "搜索服务器还在接收变更，稍后再试。",
    "unreachable": "搜索服务器连不上，现在由数据库回答。",
    "failing": "搜索服务器刚才没有按时回答，现在由数据库回答。",
    "ok": "搜索服务器没有按时回答。",
}


class TryForm(forms.Form):
    q = forms.CharField(label="查询", max_length=LONGEST_QUERY, required=False)
    ri = forms.DateField(label="哪一天", required=False, widget=forms.DateInput(attrs={"type": "date"}))


@dataclass(frozen=True)
class Answer:
    """What one engine said; `problem` instead of an explanation when it could not."""

    label: str
    explanation: Explanation | None = None
    milliseconds: float = 0.0
    problem: str = ""

    @property
    def lines(self) -> list[tuple[Any, list[Any]]]:
        if self.explanation is None:
            return []
        return list(zip(self.explanation.results.hits, self.explanation.reasons, strict=True))


class TryView(SearchDeskView):
    """/guanli/shijiansuo/?q=低保"""

    template_name = "search_desk/try.html"
    page_title = "试一试检索"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        form = TryForm(self.request.GET if "q" in self.request.GET else None, initial={"ri": today})
        query = form.cleaned_data["q"] if form.is_valid() else ""
        day = (form.cleaned_data["ri"] or today) if form.is_valid() else today
        answers = [_ask(query, day, engine) for engine in ENGINES] if query.strip() else []
        return super().get_context_data(form=form, answers=answers, query=query, **kwargs)


def _ask(query: str, day: date, engine: str) -> Answer:
    started = time.perf_counter()
    try:
        explanation = explain(query, day=day, size=HITS, engine=engine)
    except NotAnsweredError as error:
        return Answer(ENGINES[engine], problem=CONDITIONS[str(error)])
    return Answer(ENGINES[engine], explanation, (time.perf_counter() - started) * 1000)
