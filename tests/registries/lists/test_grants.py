"""Which township took a power over, as the rows say or as the item says for all."""

from datetime import date

import pytest

from registries.lists.grants import grant_to, grants_of, taken_over
from registries.lists.items import DelegatedItem
from registries.lists.rows import as_stream
from registries.places.enums import AreaKind, OrganisationKind
from registries.places.models import Area, Organisation

FROM, UNTIL = date(2021, 3, 31), date(2024, 7, 1)


def township(name="崇兴镇", kind=AreaKind.TOWN):
    return Organisation(name=f"{name}人民政府", kind=OrganisationKind.TOWNSHIP, area=Area(name=name, kind=kind))


def item(*rows, **values):
    defaults = {
        "name": "户外广告审批",
        "grant_mode": "entrusted",
        "effective_on": FROM,
        "township_kinds": ["township", "street"],
    }
    return DelegatedItem(grants=as_stream(rows), **defaults | values)


CHONGXING = {"organisation": "崇兴镇人民政府"}


def test_an_item_without_rows_is_taken_over_by_every_township_of_its_kinds():
    grant = grant_to(item(), township())
    assert (grant.mode_label, grant.effective_from, grant.revoked_on) == ("委托下放", FROM, None)
    assert grant_to(item(township_kinds=["street"]), township()) is None
    assert grant_to(item(township_kinds=["street"]), township("城区街道", AreaKind.STREET)) is not None


def test_rows_name_the_townships_that_took_it_over_and_no_other():
    row = item(CHONGXING)
    assert grant_to(row, township()) is not None
    assert grant_to(row, township("临河镇")) is None
    assert [grant.organisation for grant in grants_of(row)] == ["崇兴镇人民政府"]


def test_a_row_says_more_than_the_item_and_the_item_fills_what_it_leaves_open():
    row = item(CHONGXING | {"mode": "direct", "revoked_on": "2024-07-01", "mandate": "委托书1号"})
    grant = grant_to(row, township())
    assert (grant.mode_label, grant.effective_from, grant.revoked_on, grant.mandate) == (
        "直接赋权",
        FROM,
        UNTIL,
        "委托书1号",
    )


def test_a_row_for_all_townships_leaves_each_its_own():
    row = item({"organisation": "各乡镇（街道）"}, CHONGXING | {"mode": "window"})
    assert grant_to(row, township("临河镇")).mode_label == "委托下放"
    assert grant_to(row, township("临河镇")).organisation == "临河镇人民政府"
    assert grant_to(row, township()).mode_label == "窗口延伸"


@pytest.mark.parametrize(
    ("values", "day", "label"),
    [
        ({}, date(2021, 3, 30), "尚未生效"),
        ({}, FROM, "已承接"),
        ({"revoked_on": "2024-07-01"}, date(2024, 6, 30), "将收回"),
        ({"revoked_on": "2024-07-01", "status": "revoked"}, date(2024, 6, 30), "将收回"),
        ({"revoked_on": "2024-07-01", "status": "revoked"}, UNTIL, "已收回"),
        ({"status": "revoked"}, FROM, "已收回"),
        ({"status": "planned"}, FROM, "拟赋权"),
        ({"status": "suspended"}, FROM, "暂缓"),
    ],
)
def test_the_state_is_that_of_the_day_asked_for(values, day, label):
    assert grant_to(item(CHONGXING | values), township()).state_on(day)[1] == label


def test_what_a_township_took_over_keeps_the_order_of_the_list():
    items = [item(CHONGXING, name="甲"), item({"organisation": "临河镇人民政府"}, name="乙"), item(name="丙")]
    assert [each.name for each, _ in taken_over(items, township())] == ["甲", "丙"]
