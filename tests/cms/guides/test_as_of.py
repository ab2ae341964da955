"""A guide on any day; a matter that is gone leads to its page in the list."""

import subprocess
from datetime import date, timedelta

import pytest
from django.utils import timezone

from registries.lists.drafting import start_draft
from tests.cms.public_pages import queries_of, read
from tests.factories import EditionFactory, ServiceCentreFactory
from tests.registries.lists.conftest import add_item, publish
from tests.tools import tool

pytestmark = pytest.mark.django_db

OLD_PHONE, NEW_PHONE = "0951-000-0111", "0951-000-0222"


@pytest.fixture
def registry():
    edition = EditionFactory(
        published=True, items=[{"name": "生育登记", "code": "FW1", "hours": "旧的时间", "consult_phone": OLD_PHONE}]
    )
    draft = start_draft(edition.registry, by=None)
    draft.items.filter(code="FW1").update(hours="新的时间", consult_phone=NEW_PHONE)
    publish(draft, date(2022, 1, 1))
    return edition.registry


def test_a_guide_says_what_it_said_that_day(client, registry):
    page = read(client, "/banshi/FW1/@2021-06-01/")
    assert "旧的时间" in page
    assert "新的时间" not in page
    assert "第1版，2021年3月31日起执行，到2021年12月31日为止" in page
    assert "noindex" in page
    assert "新的时间" in read(client, "/banshi/FW1/")


def test_at_a_place_its_telephones_are_those_of_today(client, registry):
    centre = ServiceCentreFactory()
    page = read(client, f"/banshi/FW1/{centre.area.code}/@2021-06-01/")
    assert "它的地址、时间和电话是现在登记的" in page
    assert f"/banshi/FW1/{centre.area.code}/@2021-06-01/zhinan.pdf" in page


def test_the_paper_of_a_past_day_says_so_above_everything_and_its_code_leads_to_today(client, registry, tmp_path):
    area = ServiceCentreFactory().area.code
    response = client.get(f"/banshi/FW1/{area}/@2021-06-01/zhinan.pdf")
    text = paper(response, tmp_path)
    assert "不是现行内容：这是2021年6月1日的办事指南（第1版，2021年3月31日起执行，到2021年12月31日为止）" in text
    assert "它的地址、时间和电话是现在登记的" in text
    assert "2021年6月1日的指南，以扫码页面为准" in text
    assert OLD_PHONE in text
    assert NEW_PHONE not in text
    assert response["X-Robots-Tag"] == "noindex"
    assert "2021-06-01" in response["Content-Disposition"]
    today = client.get(f"/banshi/FW1/{area}/zhinan.pdf")
    assert "不是现行内容" not in paper(today, tmp_path)
    assert "X-Robots-Tag" not in today


def test_the_paper_of_a_day_to_come_exists_once_announced_and_never_shows_a_draft(client, registry, tmp_path):
    area = ServiceCentreFactory().area.code
    future = timezone.localdate() + timedelta(days=9)
    address = f"/banshi/FW1/{area}/@{future}/zhinan.pdf"
    draft = start_draft(registry, by=None)
    draft.items.filter(code="FW1").update(consult_phone="0951-000-0333")
    assert client.get(address).status_code == 404
    publish(draft, future)
    text = paper(client.get(address), tmp_path)
    assert "尚未施行" in text
    assert "0951-000-0333" in text
    assert client.get(f"/banshi/FW1/{area}/@2020-01-01/zhinan.pdf").status_code == 404


def paper(response, tmp_path):
    """The words of a PDF, without the spaces of its layout."""
    assert response.status_code == 200
    path = tmp_path / "sheet.pdf"
    path.write_bytes(response.content)
    done = subprocess.run([tool("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def test_a_place_not_yet_open_that_day_has_no_guide_for_it(client, registry):
    centre = ServiceCentreFactory(valid_from=date(2022, 1, 1))
    assert client.get(f"/banshi/FW1/{centre.area.code}/@2021-06-01/").status_code == 404
    assert client.get(f"/banshi/FW1/{centre.area.code}/@2022-06-01/").status_code == 200


def test_the_date_control_and_the_choice_of_places_keep_each_other(client, registry):
    code = ServiceCentreFactory().area.code
    assert client.get(f"/banshi/FW1/{code}/?day=2021-06-01")["Location"] == f"/banshi/FW1/{code}/@2021-06-01/"
    assert client.get(f"/banshi/FW1/@2021-06-01/?place={code}")["Location"] == f"/banshi/FW1/{code}/@2021-06-01/"
    today = timezone.localdate()
    assert client.get(f"/banshi/FW1/?day={today}")["Location"] == "/banshi/FW1/"
    assert "不是日期" in read(client, "/banshi/FW1/?day=x")


def test_a_day_to_come_is_shown_when_something_is_announced_for_it(client, registry):
    future = timezone.localdate() + timedelta(days=9)
    assert client.get(f"/banshi/FW1/@{future}/").status_code == 404
    assert "还没有公布新的调整" in read(client, f"/banshi/FW1/?day={future}")
    draft = start_draft(registry, by=None)
    draft.items.filter(code="FW1").update(hours="将来的时间")
    add_item(draft, "将来事项", code="FW9")
    publish(draft, future)
    page = read(client, f"/banshi/FW1/@{future}/")
    assert "将来的时间" in page
    assert "尚未施行" in page
    assert client.get("/banshi/FW9/").status_code == 404


def test_the_guide_of_a_cancelled_matter_leads_to_its_page_in_the_list(client, registry):
    draft = start_draft(registry, by=None)
    draft.items.filter(code="FW1").delete()
    add_item(draft, "别的事项")
    publish(draft, date(2023, 1, 1))
    assert client.get("/banshi/FW1/")["Location"] == "/qingdan/fuwu/FW1/"
    assert "已取消" in read(client, "/qingdan/fuwu/FW1/")
    assert "旧的时间" in read(client, "/banshi/FW1/@2021-06-01/")


def test_a_past_day_costs_what_today_costs(client, registry):
    centre = ServiceCentreFactory()
    for place in ("", f"{centre.area.code}/"):
        today = queries_of(client, f"/banshi/FW1/{place}") - 2  # related matters are today's (test_guides)
        assert queries_of(client, f"/banshi/FW1/{place}@2021-06-01/") == today
