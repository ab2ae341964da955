"""Where a line may not break, and what stands beside a basis that has a number alone."""

import pytest
from django.template.loader import render_to_string

from cms.core.templatetags.lines import keep_brackets, keep_times
from registries.lists.models import Edition


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("工作日9:00—17:00", ["工作日", "9:00—17:00"]),
        ("20个工作日内办结", ["20个工作日"]),
        ("即时办结（15分钟内）", []),
    ],
)
def test_hours_and_working_days_stay_on_one_line(text, kept):
    html = keep_times(text)
    assert [part.partition("</span>")[0] for part in html.split('<span class="nowrap">')[1:]] == kept


def test_what_is_no_markup_stays_none():
    assert keep_times("<b>工作日</b>") == '&lt;b&gt;<span class="nowrap">工作日</span>&lt;/b&gt;'
    assert keep_brackets("各乡镇（街道）") == '各乡镇<span class="nowrap">（街道）</span>'


@pytest.mark.parametrize(
    ("title", "number", "said"),
    [
        ("示例通知", "灵政办发〔2026〕1号", "示例通知（灵政办发〔2026〕1号）"),
        ("", "灵政办发〔2026〕1号", "灵政办发〔2026〕1号"),
    ],
)
def test_a_basis_with_a_number_alone_stands_without_brackets(title, number, said):
    edition = Edition(number=1, basis_title=title, basis_doc_no=number)
    assert f"<dt>依据</dt><dd>{said}</dd>" in render_to_string(
        "registry_desk/_edition_facts.html", {"edition": edition}
    )
