"""The notice board of a grid: whole, in parts, and never longer than the assignment lasts."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from registries.people.models import GridAssignment
from registries.places.models import Grid
from tests.cms.public_pages import queries_of, read
from tests.factories import (
    AgencyPointFactory,
    AreaFactory,
    GridAssignmentFactory,
    GridFactory,
    GridWorkerFactory,
    ServiceCentreFactory,
)

pytestmark = pytest.mark.django_db


def url(grid, tail=""):
    return f"/gongshi/{grid.code}/{tail}"


@pytest.fixture
def community():
    township = AreaFactory(name="东塔镇")
    return AreaFactory(community=True, parent=township, name="示例北苑社区")


@pytest.fixture
def grid(community):
    return GridFactory(
        community=community,
        place=(0, 0),
        supervision_phone="0951-000-9000",
        buildings=["示例花园1号楼", "示例花园2号楼"],
    )


@pytest.fixture
def worker():
    return GridWorkerFactory(name="示例网格员甲", phone="0951-000-7001", badge_no="T9001", with_photo=True)


@pytest.fixture
def assignment(grid, worker):
    return GridAssignmentFactory(grid=grid, worker=worker)


def test_a_whole_board_says_what_article_21_asks(client, assignment, grid, worker):
    page = read(client, url(grid))
    for part in ("示例网格员甲", "0951-000-7001", *worker.services, *worker.duties, grid.bounds_text):
        assert part in page
    assert f'alt="{worker.photo.alt_text}"' in page
    assert 'class="map-area-current"' in page
    assert "示例花园1号楼、示例花园2号楼" in page
    assert 'href="tel:0951-000-9000"' in page
    assert url(grid, "gongshi.pdf") in page
    assert "公示信息正在完善" not in page


def test_a_board_links_to_its_community_township_and_neighbours(client, assignment, grid, community):
    neighbour = GridFactory(community=community, place=(1, 0))
    far = GridFactory(community=community, place=(5, 5))
    page = read(client, url(grid))
    assert f'href="/difang/{community.code}/"' in page
    assert f'href="/difang/{community.parent.code}/"' in page
    assert f'<a href="{url(neighbour)}" aria-label="{neighbour.name}，与本网格相邻">' in page
    assert f'<a href="{url(far)}" aria-label="{far.name}">' in page
    assert f'<a href="{url(grid)}"' not in page  # the subject is no link to itself
    assert f"相邻的有{neighbour.name.removeprefix(community.name)}。" in page


def test_the_backup_is_shown_while_on_duty(client, assignment, community):
    beside = GridFactory(community=community, place=(1, 0))
    backup = GridAssignmentFactory(grid=beside, worker=GridWorkerFactory(name="示例B岗", phone="0951-000-7002"))
    GridAssignment.objects.filter(pk=assignment.pk).update(backup=backup.worker)
    page = read(client, url(assignment.grid))
    assert "示例B岗" in page
    assert 'href="tel:0951-000-7002"' in page
    GridAssignment.objects.filter(pk=backup.pk).update(ends_on=timezone.localdate())
    assert "示例B岗" not in read(client, url(assignment.grid))


def test_nothing_beyond_article_21_is_said_of_a_person(client, assignment, worker):
    page = read(client, url(assignment.grid))
    assert worker.badge_no not in page
    assert worker.get_kind_display() not in page


def test_search_engines_are_asked_to_stay_out(client, assignment, grid):
    assert '<meta name="robots" content="noindex' in read(client, url(grid))
    assert "noindex" in client.get(url(grid, "gongshi.pdf"))["X-Robots-Tag"]
    text = client.get("/sitemap-boards.xml").content.decode()
    assert "/gongshi/</loc>" in text
    assert grid.code not in text


def test_the_day_the_assignment_ends_the_person_is_gone(client, assignment, grid, worker):
    """From the page, from the paper and from the index."""
    assert client.get(url(grid, "gongshi.pdf")).status_code == 200
    GridAssignment.objects.filter(pk=assignment.pk).update(ends_on=timezone.localdate())
    page = read(client, url(grid))
    assert "现在没有在岗的网格员" in page
    refused = client.get(url(grid, "gongshi.pdf"))
    assert refused.status_code == 409
    for text in (page, refused.content.decode(), read(client, "/gongshi/"), read(client, "/gongshi/?q=示例")):
        for personal in (worker.name, worker.phone, "fill-252x336"):
            assert personal not in text


def test_an_assignment_to_come_is_not_shown_yet(client, assignment, grid, worker):
    GridAssignment.objects.filter(pk=assignment.pk).update(starts_on=timezone.localdate() + timedelta(days=1))
    assert worker.name not in read(client, url(grid))
    assert client.get(url(grid, "gongshi.pdf")).status_code == 409


def test_an_incomplete_board_shows_what_there_is_and_whom_to_call(client, grid, community):
    GridAssignmentFactory(grid=grid, worker=GridWorkerFactory(name="示例网格员乙", services=[]))
    point = AgencyPointFactory(area=community)
    centre = ServiceCentreFactory(area=community.parent)
    page = read(client, url(grid))
    assert "公示信息正在完善" in page
    assert "还缺少网格员照片、服务内容。" in page
    for there in ("示例网格员乙", "暂无照片", point.name, point.phone, centre.name, centre.phone):
        assert there in page
    assert "gongshi.pdf" not in page


def test_a_board_without_anything_is_still_a_page(client, community):
    bare = GridFactory(community=community, boundary=None, bounds_text="", households=None, population=None)
    page = read(client, url(bare))
    assert "现在没有在岗的网格员，还缺少网格示意图、责任区。" in page
    assert "网格示意图正在绘制" in page


def test_the_sheet_is_a_pdf(client, assignment, grid):
    response = client.get(url(grid, "gongshi.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="gongshi-{grid.code}.pdf"'
    assert response.content.startswith(b"%PDF")


def test_an_incomplete_sheet_is_refused_with_every_reason_and_its_cure(client, grid):
    Grid.objects.filter(pk=grid.pk).update(boundary=None, bounds_text="")
    GridAssignmentFactory(grid=grid, worker=GridWorkerFactory(duties=[]))
    response = client.get(url(grid, "gongshi.pdf"))
    page = response.content.decode()
    assert response.status_code == 409
    for sentence in (
        "缺少网格示意图。请在网格里录入边界。",
        "缺少责任区。请在网格里填写四至范围。",
        "缺少网格员照片。请给网格员上传照片。",
        "缺少管理职责。请填写网格员的管理职责。",
    ):
        assert sentence in page
    assert url(grid) in page


def test_a_lost_photo_is_named_and_breaks_nothing(client, assignment, grid, worker):
    Path(worker.photo.file.path).unlink()
    assert "暂无照片" in read(client, url(grid))
    refused = client.get(url(grid, "gongshi.pdf"))
    assert refused.status_code == 409
    assert "重新上传照片" in refused.content.decode()


@pytest.mark.parametrize("tail", ["", "gongshi.pdf"])
@pytest.mark.parametrize("code", ["640181001901999", "000000000000000"])
def test_a_code_nobody_has_is_not_found(client, assignment, code, tail):
    assert client.get(f"/gongshi/{code}/{tail}").status_code == 404


@pytest.mark.parametrize("address", ["/gongshi/6401810019010/", "/gongshi/abc/", "/gongshi/6401810019010011/"])
def test_what_is_no_code_is_not_found(client, assignment, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
@pytest.mark.parametrize("what", ["grid", "community"])
def test_grids_of_other_days_have_no_board(client, assignment, grid, community, what, field):
    today = timezone.localdate()
    changed = grid if what == "grid" else community
    day = today + timedelta(days=1) if field == "valid_from" else today
    type(changed).objects.filter(pk=changed.pk).update(**{field: day})
    for tail in ("", "gongshi.pdf"):
        assert client.get(url(grid, tail)).status_code == 404
    assert grid.code not in read(client, "/gongshi/")
    assert grid.code not in read(client, "/gongshi/?q=示例")


def test_the_index_goes_from_township_to_community_to_grid(client, grid, community):
    other = GridFactory(community=AreaFactory(community=True))
    page = read(client, "/gongshi/")
    places = [page.index(f">{text}<") for text in (community.parent.name, community.name)]
    assert places == sorted(places)
    assert url(grid) in page
    assert url(other) in page
    for narrowed in (f"/gongshi/?township={community.parent.code}", f"/gongshi/?community={community.code}"):
        page = read(client, narrowed)
        assert url(grid) in page
        assert url(other) not in page


@pytest.mark.parametrize(
    "query",
    [
        "北苑",
        "东塔镇",
        "示例花园",
        "花园2号楼",
        "花园１号楼",
        "1号楼 ２号",
        "示例东路",
        "北苑 花园",
        "　东塔镇　2号楼",
        "花园2号",
    ],
)
def test_a_grid_is_found_by_name_place_buildings_and_streets(client, grid, query):
    other = GridFactory(bounds_text="别处")
    page = client.get("/gongshi/", {"q": query}).content.decode()
    assert url(grid) in page
    assert url(other) not in page


def test_a_grid_is_found_by_its_code(client, grid):
    assert url(grid) in read(client, f"/gongshi/?q={grid.code}")


@pytest.mark.parametrize(
    "query", ["没有的小区", "u793a", "[", "5b", '"', "'", "%", "_", "\\", "\x00", "　", "*" * 300, "\\u793a"]
)
def test_any_words_get_an_answer(client, grid, query):
    response = client.get("/gongshi/", {"q": query})
    assert response.status_code == 200
    if query.strip(" \x00　"):
        assert "没有找到" in response.content.decode()


def test_without_grids_the_index_says_whom_to_call(client):
    page = read(client, "/gongshi/")
    assert "还没有登记网格" in page
    assert "/difang/" in page


def test_the_name_of_a_worker_finds_nothing(client, assignment, worker):
    assert "没有找到" in read(client, f"/gongshi/?q={worker.name}")


def test_queries_of_a_board(client, assignment, grid, community):
    # the grid with community, agency point and centre + the assignment with worker, photo and backup + the grids of the
    # community + the neighbours + which documents are restricted and the titles of the others, to link article 21
    # + the site + its identity (the photo's rendition is remembered by the cache)
    assert queries_of(client, url(grid)) == 8
    around = [GridAssignmentFactory(grid=GridFactory(community=community, place=(column, 0))) for column in range(1, 9)]
    GridAssignment.objects.filter(pk=assignment.pk).update(backup=around[0].worker)
    # all of these + where the backup is on duty
    assert queries_of(client, url(grid)) == 9


def test_queries_of_the_index(client, grid):
    # how many grids each township has + these townships + the grids with community and township + the site
    # + its identity
    assert queries_of(client, "/gongshi/") == 5
    assert queries_of(client, "/gongshi/?q=示例") == 5
    for _ in range(5):
        GridFactory.create_batch(3, community=AreaFactory(community=True))
    assert queries_of(client, "/gongshi/") == 5
    assert queries_of(client, "/gongshi/?q=示例") == 5


class TestAnotherDay:
    """Who looked after the grid on a day, as far as that is still anybody's business."""

    PAST = "@2022-06-01/"

    @pytest.fixture
    def assignment(self, grid, worker):
        return GridAssignmentFactory(grid=grid, worker=worker, starts_on=date(2021, 4, 1))

    def test_who_is_still_on_duty_is_named_on_a_past_day(self, client, assignment, grid, worker):
        page = read(client, url(grid, self.PAST))
        assert worker.name in page
        assert "不是现行内容" in page
        assert "2022年6月1日" in page
        assert "责任区、电话和服务内容是现在登记的" in page
        assert '<meta name="robots" content="noindex' in page
        assert f'rel="canonical" href="{settings.SITE_ADDRESS}{url(grid)}"' in page
        assert "gongshi.pdf" not in page, "only today's board is for a wall"

    def test_who_has_left_stays_withdrawn_whatever_day_is_asked_for(self, client, assignment, grid, worker):
        GridAssignment.objects.filter(pk=assignment.pk).update(ends_on=timezone.localdate())
        GridAssignmentFactory(grid=grid, worker__name="示例接替者", starts_on=timezone.localdate())
        page = read(client, url(grid, self.PAST))
        for personal in (worker.name, worker.phone, "fill-252x336", *worker.services, "示例接替者"):
            assert personal not in page
        assert "那一天在岗的网格员已经离岗" in page

    def test_a_worker_who_moved_on_to_another_grid_is_named_where_they_worked(self, client, assignment, grid, worker):
        GridAssignment.objects.filter(pk=assignment.pk).update(ends_on=date(2023, 1, 1))
        elsewhere = GridFactory(community=grid.community, place=(1, 0))
        GridAssignmentFactory(grid=elsewhere, worker=worker, starts_on=date(2023, 1, 1))
        assert worker.name in read(client, url(grid, self.PAST))
        assert worker.name not in read(client, url(grid))
        assert worker.name not in read(client, url(elsewhere, self.PAST))

    def test_a_backup_who_has_left_is_not_named_either(self, client, assignment, grid, community):
        beside = GridFactory(community=community, place=(1, 0))
        backup = GridAssignmentFactory(grid=beside, worker__name="示例B岗", starts_on=date(2021, 4, 1))
        GridAssignment.objects.filter(pk=assignment.pk).update(backup=backup.worker)
        assert "示例B岗" in read(client, url(grid, self.PAST))
        GridAssignment.objects.filter(pk=backup.pk).update(ends_on=timezone.localdate())
        assert "示例B岗" not in read(client, url(grid, self.PAST))

    def test_a_day_without_a_worker_says_only_that(self, client, assignment, grid, worker):
        page = read(client, url(grid, "@2020-06-01/"))
        assert "那一天没有在岗的网格员" in page
        assert worker.name not in page

    def test_days_to_come_have_no_board_and_days_before_the_grid_neither(self, client, assignment, grid):
        future = timezone.localdate() + timedelta(days=3)
        Grid.objects.filter(pk=grid.pk).update(valid_from=date(2021, 1, 1))
        assert client.get(url(grid, f"@{future}/")).status_code == 404
        assert client.get(url(grid, "@2020-06-01/")).status_code == 404
        assert client.get("/gongshi/123/@2021-06-01/").status_code == 404
        assert "请选择今天或更早的日期" in read(client, url(grid, f"?day={future}"))
        assert "还没有这个网格" in read(client, url(grid, "?day=2020-06-01"))
        assert "不是日期" in read(client, url(grid, "?day=x"))
        assert client.get(url(grid, "?day=2022-06-01"))["Location"] == url(grid, self.PAST)
        assert client.get(url(grid, f"{self.PAST}?day={timezone.localdate()}"))["Location"] == url(grid)

    def test_neighbours_lead_to_the_same_day(self, client, assignment, grid, community):
        neighbour = GridFactory(community=community, place=(1, 0))
        assert f'href="{url(neighbour, self.PAST)}"' in read(client, url(grid, self.PAST))

    def test_a_past_day_costs_one_query_more(self, client, assignment, grid):
        today = queries_of(client, url(grid))
        assert queries_of(client, url(grid, self.PAST)) == today + 1
        GridAssignmentFactory.create_batch(3, grid__community=grid.community)
        assert queries_of(client, url(grid, self.PAST)) == today + 1
