"""The sheets a clerk prints, judged by what comes out of the printer: text, pages, fonts, code."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from cms.printing import pdf as printing
from cms.printing.board_sheet import print_board
from cms.printing.guide_sheet import print_guide
from cms.printing.pdf import CannotPrint
from registries.boards import BoardPart, compose_board
from registries.guides import compose_guide
from registries.people.assigning import set_backup
from tests.cms.guides.test_guides import LOW_INCOME
from tests.factories import EditionFactory, GridAssignmentFactory, GridFactory, ServiceCentreFactory
from tests.tools import tool

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)
GUIDE_ADDRESS = "http://127.0.0.1:8000/banshi/FW01001/640181102000/"


@pytest.fixture
def guide():
    item = EditionFactory(published=True, items=[LOW_INCOME]).items.select_related("edition__registry").get()
    return compose_guide(item, ServiceCentreFactory(), day=DAY)


@pytest.fixture
def assignment():
    return GridAssignmentFactory(worker__with_photo=True, grid__place=(0, 0))


@pytest.fixture
def with_backup(assignment):
    """The assignment with a backup from the grid beside it: the board at its fullest."""
    grid = assignment.grid
    beside = GridAssignmentFactory(grid=GridFactory(community=grid.community, place=(1, 0)))
    assert grid.neighbours.filter(pk=beside.grid.pk).exists()
    set_backup(assignment, beside.worker)
    return assignment


def run(program: str, *arguments: str | Path) -> str:
    done = subprocess.run([tool(program), *map(str, arguments)], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


@pytest.fixture
def saved(tmp_path):
    def save(content: bytes) -> Path:
        path = tmp_path / "sheet.pdf"
        path.write_bytes(content)
        return path

    return save


def text_of(path: Path) -> str:
    return "".join(run("pdftotext", "-layout", path, "-").split())


def code_on(path: Path, tmp_path: Path) -> str:
    run("pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-png", path, tmp_path / "page")
    picture = next(tmp_path.glob("page*.png"))
    return run("zbarimg", "-q", "--raw", "--nodbus", picture).strip()


def test_a_guide_on_paper(guide, saved, tmp_path):
    path = saved(print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开"))
    text = text_of(path)
    for said in (
        guide.name,
        guide.place.name,
        guide.place.address,
        guide.place.phone,
        "20个工作日内办结",
        "免交（部门核验）",
    ):
        assert "".join(said.split()) in text
    facts = run("pdfinfo", path)
    assert 2 <= int(re.search(r"Pages:\s+(\d+)", facts)[1]) <= 4
    assert "595.276 x 841.89" in facts
    assert "Tagged:          yes" in facts
    assert code_on(path, tmp_path) == GUIDE_ADDRESS


def test_every_font_is_embedded(guide, saved):
    lines = run("pdffonts", saved(print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开"))).splitlines()[2:]
    assert lines
    assert all(re.search(r" yes yes (yes|no) ", line) for line in lines), lines


def test_a_guide_is_a_sound_file(guide, saved):
    assert "No syntax or stream encoding errors" in run(
        "qpdf", "--check", saved(print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开"))
    )


def test_a_board_on_paper(assignment, saved, tmp_path):
    board = compose_board(assignment.grid, day=DAY)
    address = f"http://127.0.0.1:8000/gongshi/{board.grid_code}/"
    path = saved(print_board(board, address=address, site_name="九单公开", is_demonstration=True))
    text = text_of(path)
    for said in (
        board.worker_name,
        board.worker_phone,
        board.bounds_text,
        *board.services,
        *board.duties,
        "网格示意图",
    ):
        assert "".join(said.split()) in text
    facts = run("pdfinfo", path)
    assert re.search(r"Pages:\s+1\n", facts)
    assert "A3" in facts
    assert code_on(path, tmp_path) == address


@pytest.mark.parametrize("part", BoardPart)
def test_a_board_that_lacks_a_part_of_article_21_is_refused_with_the_reason(assignment, part):
    grid, worker = assignment.grid, assignment.worker
    if part in (BoardPart.MAP, BoardPart.RESPONSIBILITY_AREA):
        setattr(grid, {"map": "boundary", "responsibility_area": "bounds_text"}[part], None if part == "map" else "")
        grid.save()
    elif part == BoardPart.NAME:
        assignment.ends_on = DAY
        assignment.save()
    else:
        setattr(worker, part.value, None if part == "photo" else [] if part in ("services", "duties") else "")
        worker.save()
    board = compose_board(grid, day=DAY)
    with pytest.raises(CannotPrint) as refusal:
        print_board(board, address="x", site_name="九单公开", is_demonstration=False)
    assert any(part.label in reason for reason in refusal.value.reasons)


@pytest.mark.parametrize(("lines", "length", "area"), [(10, 10, 1), (14, 28, 2), (21, 34, 5)])
def test_a_board_with_much_to_say_stays_on_one_page(with_backup, saved, lines, length, area):
    with_backup.worker.services = [f"{n:02}" + "帮" * (length - 2) for n in range(lines // 2)]
    with_backup.worker.duties = [f"{n:02}" + "责" * (length - 2) for n in range(lines - lines // 2)]
    with_backup.worker.save()
    with_backup.grid.bounds_text = "东至示例一路，西至示例二路，南至示例三路，北至示例四路，" * min(area, 4)
    with_backup.grid.responsibility_text = "示例小区一期、二期和沿街商铺，以及周边道路和公共场所。" * area
    with_backup.grid.households, with_backup.grid.population = 354, 823
    with_backup.grid.save()
    board = compose_board(with_backup.grid, day=DAY)
    path = saved(print_board(board, address="http://127.0.0.1/x", site_name="九单公开", is_demonstration=True))
    assert re.search(r"Pages:\s+1\n", run("pdfinfo", path))
    text = text_of(path)
    assert board.backup_name
    assert all("".join(line.split()) in text for line in (*board.services, *board.duties))


def test_a_board_with_too_much_to_say_is_refused_with_the_cure(assignment):
    assignment.worker.services = ["很长的服务内容" * 8] * 40
    assignment.worker.save()
    with pytest.raises(CannotPrint, match="精简"):
        print_board(compose_board(assignment.grid, day=DAY), address="x", site_name="x", is_demonstration=False)
    assignment.worker.services = ["低保代办"]
    assignment.worker.save()
    assignment.grid.responsibility_text = "示例楼栋" * 100
    assignment.grid.save()
    with pytest.raises(CannotPrint, match="字以内"):
        print_board(compose_board(assignment.grid, day=DAY), address="x", site_name="x", is_demonstration=False)


def test_a_worker_who_left_is_on_no_board(assignment):
    assignment.ends_on = DAY
    assignment.save()
    board = compose_board(assignment.grid, day=DAY)
    assert (board.worker_name, board.worker_phone, board.photo) == ("", "", None)


@pytest.mark.parametrize(
    "content",
    [
        '<img src="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_rendering_reaches_neither_files_nor_the_network(content, saved):
    path = saved(printing._render(f"<html lang='zh'><title>x</title><body><p>sheet</p>{content}</body></html>"))
    assert text_of(path) == "sheet"
    assert b"root:" not in path.read_bytes()
    assert "/EmbeddedFile" not in run("qpdf", "--qdf", "--object-streams=disable", path, "-")


def test_a_layout_that_takes_for_ever_is_stopped_with_a_sentence(monkeypatch):
    monkeypatch.setattr(printing, "TIMEOUT_SECONDS", 3)
    nested = "<div style='display:flex'>" * 14 + "x" + "</div>" * 14
    with pytest.raises(CannotPrint, match="超时"):
        printing._render(f"<html><title>x</title><body>{nested}</body></html>")


def test_equal_content_is_rendered_once(guide, monkeypatch):
    first = print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开")
    monkeypatch.setattr(printing, "_render", lambda html: pytest.fail("rendered again"))
    assert print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开") == first


def test_the_pdf_address_answers_with_a_file(client, saved):
    EditionFactory(published=True, items=[LOW_INCOME])
    centre = ServiceCentreFactory()
    response = client.get(f"/banshi/FW01001/{centre.area.code}/zhinan.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert centre.phone in text_of(saved(response.content))
