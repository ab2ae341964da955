"""The print page says what can be printed, and what is missing where it cannot."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registries.boards import compose_board, missing_parts
from tests.factories import (
    EditionFactory,
    GridAssignmentFactory,
    GridFactory,
    GridWorkerFactory,
    RegistryFactory,
    ServiceCentreFactory,
    ServiceItemFactory,
)

pytestmark = pytest.mark.django_db


def printed(client, **query):
    return client.get(reverse("registry_desk:print"), query).context


def test_boards_are_listed_with_what_they_lack(people, chongxing):
    [board] = printed(people.printer)["boards"]
    assert board.code == chongxing.grid.code
    assert board.missing == ("缺少网格员照片。请给网格员上传照片。",)
    assert board.address is None
    worker = chongxing.assignment.worker
    worker.photo = GridWorkerFactory(with_photo=True).photo
    worker.save()
    [board] = printed(people.printer)["boards"]
    assert board.missing == ()
    assert board.address == reverse("board_pdf", args=[chongxing.grid.code])


@pytest.mark.parametrize(
    "grid", [{}, {"boundary": None}, {"bounds_text": ""}], ids=["whole", "without a boundary", "without bounds"]
)
@pytest.mark.parametrize("worker", [None, {}, {"with_photo": True}, {"services": [], "duties": []}])
def test_the_listing_and_the_board_itself_agree_on_what_is_missing(grid, worker):
    grid = GridFactory(**grid)
    made = GridAssignmentFactory(grid=grid, worker=GridWorkerFactory(**worker)).worker if worker is not None else None
    assert missing_parts(grid, made) == compose_board(grid, day=timezone.localdate()).missing


def test_guides_are_those_of_the_place_in_force_today(people, chongxing):
    registry = RegistryFactory(kind="service")
    rows = [
        {"name": "两级都办", "code": "A1", "aliases": ["低保"]},
        {"name": "只在乡镇办", "code": "A2", "levels": ["5"]},
        {"name": "没写环节", "code": "A3", "levels": ["5"], "steps": []},
    ]
    EditionFactory(registry=registry, published=True, items=rows)
    draft = EditionFactory(registry=registry, items=0)
    ServiceItemFactory(edition=draft, name="还在草稿里", code="A4")

    at_centre = {sheet.code: sheet for sheet in printed(people.printer)["guides"]}
    assert set(at_centre) == {"A1", "A2", "A3"}
    assert at_centre["A3"].missing == ("缺少办理环节",)
    assert at_centre["A1"].address == reverse("guide_pdf", args=["A1", chongxing.area.code])
    at_point = printed(people.printer, cun=chongxing.village.code)["guides"]
    assert [sheet.code for sheet in at_point] == ["A1"]
    assert [sheet.code for sheet in printed(people.printer, q="只在乡")["guides"]] == ["A2"]
    assert [sheet.code for sheet in printed(people.printer, q="低保 \uff41\uff11")["guides"]] == ["A1"]
    assert (
        "没有找到“没有的事”" in people.printer.get(reverse("registry_desk:print"), {"q": "没有的事"}).content.decode()
    )


def test_every_sheet_listed_as_printable_has_a_page_and_a_file(people, chongxing):
    """A township that has its own list prints the matters of that list."""
    EditionFactory(registry=RegistryFactory(kind="service"), published=True, items=[{"name": "全市都办", "code": "A1"}])
    own = RegistryFactory(kind="service", area=chongxing.area)
    EditionFactory(registry=own, published=True, items=[{"name": "本镇自有", "code": "Z1"}])
    ServiceCentreFactory(area=chongxing.area)
    guides = printed(people.printer)["guides"]
    assert [sheet.code for sheet in guides] == ["Z1"]
    assert people.printer.get(guides[0].page).status_code == 200
    assert people.printer.get(guides[0].address)["Content-Type"] == "application/pdf"


def test_another_township_or_none_can_not_be_asked_for(people, chongxing, linhe):
    for wanted in (linhe.area.code, "", "x" * 400, "640181999000"):
        assert printed(people.printer, difang=wanted, cun=linhe.village.code)["place"] == chongxing.area
    assert {area.code for area in printed(people.city)["townships"]} == {chongxing.area.code, linhe.area.code}
