"""Two versions of a policy, article by article."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.documents.comparing import compare_bodies, match_provisions, provisions_of, successors
from cms.documents.models import PolicyPage
from tests.cms.public_pages import queries_of

NUMBERS = "一二三四五六七八九十"


def body(*texts):
    """Articles one after another with these texts."""
    return [
        type("Block", (), {"block_type": "article", "value": {"number": f"第{number}条", "text": text, "items": []}})
        for number, text in zip(NUMBERS, texts, strict=False)
    ]


def said(old, new):
    comparison = compare_bodies(body(*old), body(*new))
    return [(change.kind, change.label, change.former_label) for change in comparison.changes], comparison.unchanged


AIM = "为了加强网格员队伍建设，制定本办法。"
TERM = "网格员每届任期三年，可以连任。"
PAY = "网格员的报酬按月发放，由乡镇（街道）考核。"
LEAVE = "网格员请假三天以上的，由B岗代行职责。"


def test_equal_texts_have_no_changes():
    assert said([AIM, TERM], [AIM, TERM]) == ([], 2)


def test_a_new_article_in_the_middle_only_renumbers_what_follows():
    assert said([AIM, TERM, PAY], [AIM, LEAVE, TERM, PAY]) == (
        [("added", "第二条", ""), ("renumbered", "第三条", "第二条"), ("renumbered", "第四条", "第三条")],
        1,
    )


def test_an_article_that_went_stands_where_it_stood():
    assert said([AIM, TERM, PAY], [AIM, PAY]) == (
        [("removed", "第二条", ""), ("renumbered", "第二条", "第三条")],
        1,
    )
    assert said([LEAVE, AIM], [AIM])[0][0] == ("removed", "第一条", "")


def test_changed_words_are_marked_on_both_sides():
    comparison = compare_bodies(body(AIM, TERM), body(AIM, "网格员每届任期五年，可以连任一次。"))
    (change,) = comparison.changes
    assert change.kind == "changed"
    assert [(part.mark, part.text) for part in change.old_segments if part.mark != "same"] == [("del", "三")]
    assert [(part.mark, part.text) for part in change.new_segments if part.mark != "same"] == [
        ("ins", "五"),
        ("ins", "一次"),
    ]


def test_an_article_changed_and_renumbered_at_once_is_found_by_likeness():
    changes, unchanged = said([AIM, TERM], [AIM, LEAVE, "网格员每届任期五年，可以连任。"])
    assert changes == [("added", "第二条", ""), ("changed", "第三条", "第二条")]
    assert unchanged == 1


def test_one_number_with_wholly_other_words_is_an_article_that_went_and_one_that_came():
    assert [kind for kind, *_ in said([AIM, TERM], [AIM, "公示牌应当写明投诉电话。"])[0]] == ["removed", "added"]


def test_blanks_and_width_are_no_change():
    assert said(["共 3 条（甲）"], ["共3条(甲)"]) == ([], 1)


def test_a_task_tells_its_units_and_its_deadline():
    def task(deadline):
        value = {"number": "1.", "heading": "规范场所", "text": "配齐设施。", "units": ["民政局"], "deadline": deadline}
        return [type("Block", (), {"block_type": "task", "value": value})]

    (change,) = compare_bodies(task("4月底前"), task("6月底前")).changes
    assert change.label == "1.规范场所"
    assert "完成时限：6月底前" in change.new.text


def test_links_of_the_old_text_lead_to_what_stands_for_them():
    found = successors(body(AIM, TERM, PAY), body(AIM, LEAVE, TERM), "/wenjian/xin/")
    assert found["第二条"] == {"label": "第三条", "url": "/wenjian/xin/#第三条"}
    assert found["第三条"] == {"label": "", "url": ""}


TEXTS = st.lists(st.sampled_from([AIM, TERM, PAY, LEAVE, "甲", "乙。", ""]), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_every_article_is_told_once_and_the_segments_are_the_texts(old, new):
    """Nothing is lost: what stayed, changed and went is the old text; what stayed, changed and came the new one."""
    comparison = compare_bodies(body(*old), body(*new))
    counts = comparison.counts
    both = comparison.unchanged + counts["changed"] + counts["renumbered"]
    assert (both + counts["removed"], both + counts["added"]) == (len(old), len(new))
    for change in comparison.changes:
        if change.kind == "changed":
            assert "".join(part.text for part in change.old_segments) == change.old.text
            assert "".join(part.text for part in change.new_segments) == change.new.text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_matching_joins_each_article_at_most_once(old, new):
    partners = match_provisions(provisions_of(body(*old)), provisions_of(body(*new)))
    assert len(set(partners.values())) == len(partners)


# The pages


def articles(*texts):
    return [
        ("article", {"number": f"第{number}条", "text": text, "items": []})
        for number, text in zip(NUMBERS, texts, strict=False)
    ]


@pytest.fixture
def old(add):
    return add(PolicyPage, "jiu", title="旧办法", doc_no="灵政办发〔2021〕20号", body=articles(AIM, TERM, PAY))


@pytest.fixture
def new(add, old):
    changed = "网格员每届任期五年，可以连任。"
    return add(PolicyPage, "xin", title="新办法", supersedes=old, body=articles(AIM, LEAVE, changed))


@pytest.mark.django_db
def test_the_new_policy_is_compared_with_the_one_it_replaces(read, new):
    text = read("/wenjian/xin/duizhao/")
    assert "新增1条，修改1条，删去1条；不变1条。" in text
    assert "<del>三</del>" in text
    assert "<ins>五</ins>" in text
    assert f"<ins>{LEAVE}</ins>" in text
    assert f"<del>{PAY}</del>" in text
    assert 'href="/wenjian/xin/#第三条"' in text
    assert "灵政办发〔2021〕20号" in text
    assert 'href="/wenjian/xin/duizhao/"' in read("/wenjian/xin/")


@pytest.mark.django_db
def test_a_link_to_an_article_of_the_old_policy_still_arrives_and_leads_on(read, new):
    text = read("/wenjian/jiu/")
    assert "已被代替" in text
    assert '<a href="/wenjian/xin/">看新的文件</a>' in text
    assert 'id="第二条"' in text
    assert '新文件里对应的是：<a href="/wenjian/xin/#第三条">第三条</a>' in text
    assert "新文件里没有对应的条文" in text
    assert 'href="/wenjian/xin/duizhao/"' in text


@pytest.mark.django_db
def test_until_the_new_policy_holds_the_old_one_leads_nowhere(read, new):
    new.effective_on = timezone.localdate() + timedelta(days=1)
    new.save()
    assert "新文件里" not in read("/wenjian/jiu/")


@pytest.mark.django_db
def test_what_is_not_public_is_compared_with_nothing(client, new, old, restrict, read):
    assert client.get("/wenjian/jiu/duizhao/").status_code == 404, "it replaces nothing"
    restriction = restrict(old)
    assert client.get("/wenjian/xin/duizhao/").status_code == 404
    restriction.delete()
    restrict(new)
    assert client.get("/wenjian/xin/duizhao/").status_code == 302
    assert "新文件里" not in read("/wenjian/jiu/")
    new.unpublish()
    assert client.get("/wenjian/xin/duizhao/").status_code == 404


@pytest.mark.django_db
def test_pages_cost_the_same_whatever_the_number_of_articles(client, old, new):
    before = [queries_of(client, address) for address in ("/wenjian/jiu/", "/wenjian/xin/duizhao/")]
    old.body, new.body = articles(*[AIM] * 9), articles(*[TERM] * 10)
    old.save()
    new.save()
    assert [queries_of(client, address) for address in ("/wenjian/jiu/", "/wenjian/xin/duizhao/")] == before
