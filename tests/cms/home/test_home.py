"""The front page: search first, then the nine documents, matters, townships, boards and what changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.core.templatetags.lines import keep_brackets
from cms.documents.enums import Genre
from cms.documents.models import DocumentIndexPage, Enclosure, NoticePage, PolicyPage
from cms.home.models import HomePage
from registries.lists.drafting import start_draft
from registries.lists.kinds import KINDS
from registries.lists.publication import publish_edition
from tests.cms.public_pages import queries_of, read
from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    EditionFactory,
    GridAssignmentFactory,
    GridFactory,
    ServiceCentreFactory,
    item_factory,
)

pytestmark = pytest.mark.django_db
WRITTEN_ON = date(2021, 3, 31)


@pytest.fixture(autouse=True)
def home():
    """The page tree of a fresh site: a front page and nothing below it."""
    root = Page.get_first_root_node()
    root.get_children().delete()
    root = Page.get_first_root_node()
    page = root.add_child(instance=HomePage(title="首页", slug="home"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": page})
    Site.clear_site_root_paths_cache()
    yield page
    Site.clear_site_root_paths_cache()


@pytest.fixture
def shelf(home):
    return home.add_child(instance=DocumentIndexPage(title="政策文件", slug="wenjian"))


def policy(shelf, title, **values):
    values = {"genre": Genre.MEASURES, "issuers": "示例机关", "written_on": WRITTEN_ON, **values}
    return shelf.add_child(instance=PolicyPage(title=title, **values))


def notice(shelf, policies=(), kinds=tuple(KINDS), title="关于印发示例文件的通知", **values):
    values = {"genre": Genre.NOTICE, "issuers": "示例机关", "written_on": WRITTEN_ON, **values}
    page = NoticePage(title=title, doc_no="灵政办发〔2021〕20号", **values)
    page.enclosures.set(
        [Enclosure(title=each.title, policy=each) for each in policies]
        + [Enclosure(title=f"印发的{KINDS[kind].label}", list_kind=kind) for kind in kinds]
    )
    for place, enclosure in enumerate(page.enclosures.all()):
        enclosure.sort_order = place
    return shelf.add_child(instance=page)


def nine_documents(shelf, **values):
    return notice(shelf, [policy(shelf, f"示例政策{number}") for number in range(1, 5)], **values)


def test_an_empty_record_still_has_a_front_page(client):
    page = read(client, "/")
    assert "要办什么事？" in page
    assert 'action="/sousuo/"' in page
    assert "五张清单" in page
    assert page.count("尚未公布") == 5
    for sentence in ("政务服务事项清单公布以后", "还没有登记民生服务中心", "还没有登记网格", "还没有公布清单和文件"):
        assert sentence in page


def test_search_comes_first_with_the_editors_hot_words(client, home):
    home.hot_words = ["低保", "高龄津贴"]
    home.introduction = "查事项、看指南。"
    home.save()
    page = read(client, "/")
    assert page.index('id="hero-search"') < page.index("五张清单")
    assert "查事项、看指南。" in page
    assert 'href="/sousuo/?q=%E4%BD%8E%E4%BF%9D">低保</a>' in page


def test_too_many_or_too_long_hot_words_are_refused(home):
    home.hot_words = [f"词{number}" for number in range(11)]
    with pytest.raises(ValidationError, match="最多10个"):
        home.full_clean()
    home.hot_words = ["城乡居民基本养老保险参保登记"]
    with pytest.raises(ValidationError, match="请写短一些"):
        home.full_clean()


def test_the_nine_documents_stand_in_the_order_of_the_notice(client, shelf):
    EditionFactory(registry__kind="power", published=True, items=3)
    nine_documents(shelf)
    page = read(client, "/")
    titles = [f"示例政策{number}" for number in range(1, 5)] + [f"印发的{kind.label}" for kind in KINDS.values()]
    places = [page.index(f">{title}<") for title in titles]
    assert places == sorted(places)
    assert "九个文件" in page
    assert "灵政办发〔2021〕20号" in page
    assert 'href="/qingdan/quanli/"' in page
    assert "清单　3项" in page
    assert page.count("尚未公布") == 4


def test_the_policies_lead_to_their_pages(client, shelf):
    first = policy(shelf, "示例方案", slug="fangan")
    notice(shelf, [first], kinds=())
    assert 'href="/wenjian/fangan/"' in read(client, "/")


def test_the_latest_notice_counts(client, shelf):
    nine_documents(shelf)
    notice(shelf, kinds=["power"], title="后来的通知", slug="houlai", written_on=date(2022, 1, 1))
    page = read(client, "/")
    assert "一个文件" in page
    assert 'href="/wenjian/houlai/"' in page


def test_a_policy_that_is_no_longer_public_has_no_link(client, shelf):
    hidden, restricted = policy(shelf, "示例草稿", slug="caogao"), policy(shelf, "示例内部", slug="neibu")
    notice(shelf, [hidden, restricted], kinds=())
    hidden.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    page = read(client, "/")
    assert "/wenjian/caogao/" not in page
    assert "/wenjian/neibu/" not in page
    assert page.count("尚未公布") == 2


def test_a_draft_or_restricted_notice_is_not_there(client, shelf):
    draft = notice(shelf, title="草稿通知", slug="caogao", live=False)
    restricted = notice(shelf, title="内部通知", slug="neibu")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    page = read(client, "/")
    for secret in (draft.title, restricted.title, "caogao", "neibu"):
        assert secret not in page
    assert "五张清单" in page


def test_matters_by_audience_and_topic_with_their_numbers(client):
    EditionFactory(
        published=True,
        items=[
            {"name": "低保", "service_objects": ["1"], "person_topics": ["085"]},
            {"name": "社保", "service_objects": ["1", "2"], "person_topics": ["085"], "legal_topics": ["035"]},
            {"name": "生育", "service_objects": ["1"], "person_topics": ["005", "999"]},
        ],
    )
    page = read(client, "/")
    assert 'href="/banshi/?service_objects=1&amp;person_topics=085"' in page
    assert "service_objects=2" in page
    assert "legal_topics=035" in page
    assert "全部3项" in page
    assert "全部1项" in page
    person = page[page.index("个人办事") : page.index("企业和单位办事")]
    # most matters first, 其他 last
    assert person.index("社会保障") < person.index("生育收养") < person.index(">其他<")
    assert "2项" in person


@pytest.mark.parametrize("query", ["service_objects=1&person_topics=085", "service_objects=2&legal_topics=035"])
def test_a_topic_leads_to_as_many_matters_as_it_says(client, query):
    EditionFactory(
        published=True,
        items=[
            {"name": "甲事项", "service_objects": ["1", "2"], "person_topics": ["085"], "legal_topics": ["035"]},
            {"name": "乙事项", "service_objects": ["1", "2"], "person_topics": ["005"], "legal_topics": ["005"]},
        ],
    )
    found = read(client, f"/banshi/?{query}")
    assert "甲事项" in found
    assert "乙事项" not in found


def test_townships_and_boards_are_one_step_away(client):
    centre = ServiceCentreFactory()
    community = AreaFactory(community=True, parent=centre.area)
    GridFactory.create_batch(2, community=community)
    page = read(client, "/")
    assert f'href="/difang/{centre.area.code}/"' in page
    assert keep_brackets("1个村（社区）") in page
    assert f'href="/gongshi/?community={community.code}"' in page
    assert f"{community.name}（2）" in page


def test_places_and_grids_of_other_days_are_not_there(client):
    today = timezone.localdate()
    old = AreaFactory(name="示例旧镇", valid_until=today)
    future = AreaFactory(name="示例新镇", valid_from=today + timedelta(days=1))
    grid = GridFactory(valid_until=today)
    page = read(client, "/")
    assert old.name not in page
    assert future.name not in page
    assert grid.community.code not in page


def test_what_changed_lately_newest_first(client, shelf):
    EditionFactory(registry__kind="power", published=True, published_at=datetime(2021, 3, 31, tzinfo=UTC))
    EditionFactory(registry__kind="service", published=True, published_at=datetime(2021, 5, 1, tzinfo=UTC))
    notice(shelf, kinds=["power"], first_published_at=datetime(2021, 4, 15, tzinfo=UTC))
    page = read(client, "/")
    changes = page[page.index('id="changes"') :]
    places = [changes.index(text) for text in ("2021-05-01", "2021-04-15", "2021-03-31")]
    assert places == sorted(places)
    assert "2021年3月31日起执行（第1版）" in changes


def test_an_edition_that_was_replaced_leads_to_its_own_day(client):
    first = EditionFactory(registry__kind="power", published=True)
    _next_edition(first.registry, date(2022, 1, 1))
    page = read(client, "/")
    assert 'href="/qingdan/quanli/@2021-03-31/"' in page
    assert "调整</a>" in page


def test_drafts_and_editions_to_come_are_not_there(client):
    first = EditionFactory(published=True, items=[{"name": "现行", "person_topics": ["085"]}])
    tomorrow = timezone.localdate() + timedelta(days=1)
    _next_edition(first.registry, tomorrow, name="将来", person_topics=["005"])
    draft = start_draft(first.registry, by=None)
    item_factory("service")(edition=draft, name="草稿", person_topics=["145"])
    page = read(client, "/")
    assert "社会保障" in page
    for secret in (
        "生育收养",
        "医疗卫生",
        "第2版",
        str(tomorrow.year) + "年" + str(tomorrow.month) + "月" + str(tomorrow.day),
    ):
        assert secret not in page


def test_names_from_the_record_are_escaped(client, shelf, home):
    home.hot_words = ['"><b>词']
    home.save()
    AreaFactory(name="<b>镇</b>")
    notice(shelf, kinds=["power"], title="<script>alert(1)</script>")
    page = read(client, "/")
    assert "<b>" not in page
    assert "<script>alert" not in page


def test_queries_do_not_grow(client, shelf, home):
    first = EditionFactory(registry__kind="power", published=True)
    EditionFactory(published=True)
    nine_documents(shelf)
    GridAssignmentFactory(grid=GridFactory(community=AreaFactory(community=True, parent=ServiceCentreFactory().area)))
    # Wagtail finds the page: the site + the home page + its ancestors + their view restrictions = 4
    # the documents: editions in force + restrictions + the notice + its enclosures + restrictions + the policies = 6
    # rows of each list in force: two here, five at most = 2
    # matters: the edition of services + its rows = 2
    # the townships with centre and number of villages = 1
    # the grids with community and township = 1
    # what changed: editions + restrictions + notices + restrictions + policies = 5
    # the identity of the site = 1
    assert queries_of(client, "/") == 22
    _next_edition(first.registry, date(2022, 1, 1))
    _next_edition(first.registry, date(2023, 1, 1))
    for number in range(6):
        policy(shelf, f"另一政策{number}")
        notice(shelf, kinds=["power"], title=f"另一通知{number}", written_on=date(2020, 1, 1))
        centre = ServiceCentreFactory()
        AgencyPointFactory(area=AreaFactory(village=True, parent=centre.area))
        GridFactory.create_batch(3, community=AreaFactory(community=True, parent=centre.area))
    assert queries_of(client, "/") == 22


def _next_edition(registry, day, **values):
    draft = start_draft(registry, by=None)
    if values:
        item_factory(registry.kind)(edition=draft, **values)
    type(draft).objects.filter(pk=draft.pk).update(effective_from=day, change_note="调整")
    draft.refresh_from_db()
    return publish_edition(draft, by=None, at=timezone.now())
