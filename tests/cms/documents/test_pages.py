"""Notices and policies as visitors see them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.documents.models import Enclosure, NoticePage, PolicyPage
from registries.lists.rows import as_stream
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db

PLAN = [
    ("part", {"number": "二、", "text": "主要任务"}),
    (
        "task",
        {
            "number": "1.",
            "heading": "规范场所",
            "text": "（1）统一名称。\n配齐设施。",
            "units": ["各乡镇（街道）", "民政局"],
            "deadline": "2021年4月底前",
            "due_on": date(2021, 4, 30),
        },
    ),
    ("phase", {"number": "（一）", "heading": "组织实施", "period": "2月至3月", "text": "按方案推进。"}),
    ("standard", {"name": "工作纪律", "score": 30, "points": [{"number": "1.", "text": "按时上下班"}]}),
    ("table", {"caption": "分工", "rows": [["单位", "任务", ""], ["民政局", "指导"]]}),
    ("attachment", {"number": "1.", "title": "示例细则"}),
]


def enclosure(title, **values):
    return Enclosure(title=title, **values)


def test_a_notice_states_its_metadata_under_a_vermilion_head(add, read):
    add(
        NoticePage,
        "tongzhi",
        title="关于示例的通知",
        doc_no="灵政办发〔2021〕20号",
        index_no="640181001/2021-00020",
        salutation="各乡镇人民政府：",
        approval="常务会议审定",
        owner_department="示例部门",
        category="市政府办发",
        effective_on=date(2021, 4, 1),
    )
    page = read("/wenjian/tongzhi/")
    assert '<p class="document-issuer">示例市人民政府办公室文件</p>' in page
    for fact in (
        "640181001/2021-00020", "灵政办发〔2021〕20号", "2021年3月31日", "2021年4月1日", "综合政务", "主动公开", "长期公开", "面向社会",
        "示例部门", "市政府办发", "常务会议审定", "各乡镇人民政府：", "（此件公开发布）",
    ):  # fmt: skip
        assert fact in page


def test_what_is_not_open_to_all_does_not_say_so(add, read):
    add(NoticePage, "tongzhi", disclosure="on_request")
    assert "此件公开发布" not in read("/wenjian/tongzhi/")


def test_enclosures_stand_in_order_with_their_links(add, read):
    EditionFactory(published=True, registry__kind="service", items=1)
    policy = add(PolicyPage, "banfa", title="示例办法")
    add(
        NoticePage,
        "tongzhi",
        enclosures=[
            enclosure("丙办法", policy=policy, sort_order=0),
            enclosure("甲服务清单", list_kind="service", sort_order=1),
            enclosure("乙权力清单", list_kind="power", sort_order=2),
        ],
    )
    page = read("/wenjian/tongzhi/")
    assert page.index("丙办法") < page.index("甲服务清单") < page.index("乙权力清单")
    assert 'href="/wenjian/banfa/"' in page
    assert 'class="tile" href="/qingdan/fuwu/"' in page
    assert "清单尚未公布" in page
    assert 'class="tile" href="/qingdan/quanli/"' not in page
    assert "共3个" in page


def test_an_enclosed_policy_leads_back_to_its_notice_and_bears_no_head_of_its_own(add, read):
    policy = add(PolicyPage, "banfa", title="示例办法", doc_no="灵政办发〔2021〕20号")
    add(
        NoticePage,
        "tongzhi",
        title="关于印发示例办法的通知",
        doc_no="灵政办发〔2021〕20号",
        enclosures=[enclosure("示例办法", policy=policy)],
    )
    page = read("/wenjian/banfa/")
    assert "（灵政办发〔2021〕20号印发）" in page
    assert "印发本文件的通知" in page
    assert 'href="/wenjian/tongzhi/"' in page
    assert "document-issuer" not in page
    assert "document-sign" not in page


def test_every_part_has_its_permanent_address(add, read):
    add(
        PolicyPage,
        "banfa",
        body=[*[(kind, value) for kind, value in PLAN], ("article", {"number": "第三条", "text": "丁"})],
    )
    page = read("/wenjian/banfa/")
    for anchor in ("二", "任务-1", "任务-1-1", "考核-1", "考核-1-1", "第三条"):
        assert page.count(f'id="{anchor}"') == 1, anchor


def test_articles_items_and_contents(add, read):
    add(PolicyPage, "banfa")
    page = read("/wenjian/banfa/")
    assert 'id="第二条-二"' in page
    assert '<a href="#第二章">第二章 公示</a>' in page
    assert '<a href="#第二条">第二条 有下列情形的</a>' in page
    assert "<p>第二段。</p>" in page


def test_a_task_names_who_does_it_and_by_when(add, read):
    add(PolicyPage, "fangan", body=PLAN)
    page = read("/wenjian/fangan/")
    assert "各乡镇（街道）、民政局" in page
    assert "2021年4月底前" in page
    assert '<time datetime="2021-04-30">2021年4月30日</time>' in page
    assert "2月至3月" in page
    assert '工作纪律<span class="standard-score">30分</span>' in page


def test_headings_skip_no_level(add, read):
    add(PolicyPage, "fangan", body=PLAN)
    page = read("/wenjian/fangan/")
    assert '<h2 class="document-part" id="二">' in page
    assert '<h3><a class="line-number" href="#任务-1"' in page  # a task straight below a part
    assert "<h4" not in page


def test_headings_of_the_same_kind_have_the_same_level(add, read):
    standards = [("standard", {"name": name, "score": 10, "points": []}) for name in ("甲", "乙")]
    add(PolicyPage, "banfa", body=standards)
    assert read("/wenjian/banfa/").count("<h2>甲<") == 1
    assert read("/wenjian/banfa/").count("<h2>乙<") == 1


def test_a_table_has_heading_cells_and_full_rows(add, read):
    add(PolicyPage, "fangan", body=PLAN)
    page = read("/wenjian/fangan/")
    assert '<th scope="col">单位</th><th scope="col">任务</th><td></td>' in page
    assert "<td>民政局</td><td>指导</td><td></td>" in page
    assert "<caption>分工</caption>" in page


def test_an_attachment_that_is_a_policy_of_this_site_is_a_link(add, read, restrict):
    add(PolicyPage, "fangan", body=PLAN)
    assert 'href="/wenjian/xize/"' not in read("/wenjian/fangan/")
    details = add(PolicyPage, "xize", title="示例细则")
    assert '<a href="/wenjian/xize/">示例细则</a>' in read("/wenjian/fangan/")
    restrict(details)
    assert 'href="/wenjian/xize/"' not in read("/wenjian/fangan/")


def test_texts_are_escaped(add, read):
    add(PolicyPage, "banfa", title="<b>办法</b>", body=[("paragraph", "<script>alert(1)</script>")])
    page = read("/wenjian/banfa/")
    assert "<script>alert" not in page
    assert "<b>办法" not in page


def test_an_example_text_says_so(add, read):
    add(PolicyPage, "banfa", is_demonstration=True)
    assert "示例文本" in read("/wenjian/banfa/")
    add(PolicyPage, "zhengshi")
    assert "示例文本" not in read("/wenjian/zhengshi/")


TOMORROW = timezone.localdate() + timedelta(days=1)
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"validity": "repealed"}, "本文件已经废止"),
        ({"validity": "expired"}, "本文件已经失效"),
        ({"validity": "amended"}, "本文件已经修改"),
        ({"validity": "partly_repealed"}, "部分内容已经废止"),
        ({"expires_on": YESTERDAY}, "的有效期到"),
        ({"effective_on": TOMORROW}, "现在还没有生效"),
    ],
)
def test_the_reader_is_told_when_a_document_does_not_simply_hold(add, read, values, says):
    add(PolicyPage, "banfa", **values)
    assert says in read("/wenjian/banfa/")


@pytest.mark.parametrize("values", [{}, {"expires_on": timezone.localdate()}, {"effective_on": timezone.localdate()}])
def test_a_document_in_force_has_no_banner(add, read, values):
    add(PolicyPage, "banfa", **values)
    assert "message-warn" not in read("/wenjian/banfa/")
    assert "message-stop" not in read("/wenjian/banfa/")


def test_a_successor_is_named_on_both_pages(add, read):
    old = add(PolicyPage, "jiu", title="旧办法")
    new = add(PolicyPage, "xin", title="新办法", supersedes=old)
    page = read("/wenjian/jiu/")
    assert "已被代替" in page
    assert 'href="/wenjian/xin/"' in page
    assert "本文件代替的文件" in read("/wenjian/xin/")
    new.effective_on = TOMORROW
    new.save()
    assert "已被代替" not in read("/wenjian/jiu/")


def test_interpretations_are_linked_both_ways(add, read):
    policy = add(PolicyPage, "banfa", title="示例办法")
    add(PolicyPage, "jiedu", title="示例办法解读", genre="other", interprets=policy)
    assert "政策解读" in read("/wenjian/banfa/")
    assert 'href="/wenjian/jiedu/"' in read("/wenjian/banfa/")
    assert 'href="/wenjian/banfa/"' in read("/wenjian/jiedu/")


def test_an_article_names_the_rows_that_rest_on_it(add, read):
    add(PolicyPage, "banfa")
    bases = as_stream([{"text": "示例依据", "policy_article": "/wenjian/banfa/#第二条"}])
    EditionFactory(
        published=True,
        items=[{"name": "示例事项", "code": "FW1", "legal_bases": bases}, {"name": "别的事项", "code": "FW2"}],
    )
    page = read("/wenjian/banfa/")
    assert "依据本条的事项：" in page
    assert '<a href="/banshi/FW1/">示例事项</a>' in page
    assert "别的事项" not in page


def test_rows_of_a_draft_rest_on_nothing_yet(add, read):
    add(PolicyPage, "banfa")
    bases = as_stream([{"text": "示例依据", "policy_article": "/wenjian/banfa/#第二条"}])
    EditionFactory(items=[{"name": "草稿事项", "code": "FW1", "legal_bases": bases}])
    assert "草稿事项" not in read("/wenjian/banfa/")


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_a_notice_costs_the_same_however_much_it_encloses(add, client):
    policies = [add(PolicyPage, f"banfa-{number}") for number in range(8)]
    add(NoticePage, "yi", enclosures=[enclosure("一", policy=policies[0])])
    add(NoticePage, "ba", enclosures=[enclosure(str(place), policy=each) for place, each in enumerate(policies)])
    assert counted(client, "/wenjian/yi/") == counted(client, "/wenjian/ba/")


def test_a_policy_costs_the_same_however_long_it_is(add, client):
    add(PolicyPage, "duan", body=PLAN)
    add(PolicyPage, "chang", body=PLAN * 10)
    assert counted(client, "/wenjian/duan/") == counted(client, "/wenjian/chang/")


def test_a_draft_can_be_previewed_before_it_is_saved(section, add):
    """The desk shows a page that has no place in the tree yet, its enclosures in memory only."""
    policy = add(PolicyPage, "banfa", title="示例办法")
    draft = NoticePage(
        title="还没保存的通知", slug="xin", issuers="示例机关", written_on=date(2021, 3, 31), genre="notice"
    )
    draft.enclosures = [enclosure("示例办法", policy=policy)]
    draft.set_url_path(section)
    page = draft.make_preview_request().render().content.decode()
    assert "还没保存的通知" in page
    assert 'href="/wenjian/banfa/"' in page
