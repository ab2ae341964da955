"""The sheets a clerk prints, judged by what comes out of the printer: text, pages, fonts, code."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from django.template.loader import render_to_string

from cms.printing import pdf as printing
from cms.printing import turns
from cms.printing.board_sheet import print_board
from cms.printing.guide_sheet import print_guide
from cms.printing.pdf import CannotPrint
from registries.boards import BoardPart, compose_board
from registries.guides import GuideMaterial, compose_guide
from registries.people.assigning import set_backup
from tests.cms.guides.test_guides import LOW_INCOME
from tests.factories import AreaFactory, EditionFactory, GridAssignmentFactory, GridFactory, ServiceCentreFactory
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


def test_a_guide_says_on_which_day_it_was_printed_on_every_page(guide, saved):
    text = text_of(saved(print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开")))
    assert text.count("2026年5月1日打印，以扫码页面为准") == text.count("共2页") == 2


@pytest.fixture
def full_guide(guide):
    """A guide in which every field has something of its own to say."""
    sentence = "申请人应当如实提交材料，并对材料的真实性负责；隐瞒有关情况或者提供虚假材料的，依照有关规定处理。"
    materials = tuple(
        GuideMaterial(
            name=f"材料{n:02}（含家庭成员身份、婚姻、收入和财产状况的证明）",
            original=1,
            copy=n % 4,
            necessity="容缺后补" if n % 5 == 0 else "必要",
            source="窗口领取或网上下载" if n % 2 else "自备",
            waiver=("", "查询", "部门核验", "告知承诺")[n % 4],
            notes=(f"说明{n:02}：{sentence}",) if n % 7 == 0 else (),
            situation=f"情形{n:02}" if n % 6 == 0 else "",
        )
        for n in range(40)
    )
    return replace(
        guide,
        aliases=("低保", "低保金"),
        special_services=("上门办",),
        channels=("窗口办理", "上门办"),
        bases=({"text": f"依据一：{sentence}"}, {"text": "依据二"}),
        conditions=tuple(f"条件{n:02}：{sentence}" for n in range(12)),
        prohibitions=(f"禁止一：{sentence}",),
        materials=materials,
        steps=tuple(
            {"name": f"环节{n}", "handler": "窗口人员", "limit": "1日", "standard": sentence} for n in range(6)
        ),
        special_procedures=({"name": "现场勘验", "limit": "5个工作日", "is_counted": False},),
        limit_notes=("公示期不计入。",),
        fee="收费，见收费标准",
        fees=(
            {"name": "工本费", "standard": "10元", "basis": "收费文件", "can_reduce": True, "reduction_basis": "免收"},
        ),
        online_url="https://zwfw.example.cn/" + "a" * 90,
        mobile_url="https://m.example.cn/guide",
        result_delivery=("窗口领取", "邮寄送达"),
        consult_ways=("公众号留言",),
        complaint_ways=("来信投诉",),
        complaint_phone="0951-000-0200",
        rights="有权陈述",
        obligations="如实提供",
        remedies=(
            {"way": "lawsuit", "organ": "示例法院", "address": "示例路9号", "phone": "0951-000-0009"},
            {"way": "reconsideration", "organ": "示例市政府", "address": None, "phone": None},
        ),
    )


#: What a guide carries for other readers than people, and the places in general, which a chosen place replaces.
NOT_SAID = {"places", "key", "area_name", "area_code", "township_name", "township_code"}


def words_of(value: Any) -> Iterator[str]:
    """Every text in a composed guide."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from words_of([text for key, text in value.items() if key != "way"])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words_of(each)
    elif is_dataclass(value):
        yield from words_of([getattr(value, field.name) for field in fields(value) if field.name not in NOT_SAID])


def test_whatever_the_page_of_a_guide_shows_is_on_its_paper(full_guide, saved):
    path = saved(print_guide(full_guide, address=GUIDE_ADDRESS, site_name="九单公开"))
    text = "".join(run("pdftotext", "-raw", path, "-").split())
    assert [value for value in words_of(full_guide) if "".join(value.split()) not in text] == []


def test_a_long_guide_breaks_well(full_guide, saved):
    """No heading alone at the foot, the heading of the table again on every page, no row cut, no line that begins with a
    closing mark."""
    path = saved(print_guide(full_guide, address=GUIDE_ADDRESS, site_name="九单公开"))
    pages = run("pdftotext", "-layout", path, "-").split("\f")[:-1]
    assert len(pages) >= 5
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert not re.match(r"[一二三四五六七八九十]+、", lines[-2]), lines[-2]
        assert not [line for line in lines if line[0] in "，。、；：！？）》”"]
        if "复印件" in page:
            assert "材料名称" in page


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


def test_long_names_move_a_board_to_smaller_type_and_too_long_ones_are_refused(with_backup, saved):
    board = compose_board(with_backup.grid, day=DAY)
    long_named = replace(
        board, grid_name="示例社区第十二综合网格（含沿街商铺和三个老旧小区）" * 2, worker_name="阿卜杜热合曼·买买提江"
    )
    path = saved(print_board(long_named, address="http://127.0.0.1/x", site_name="x", is_demonstration=True))
    assert re.search(r"Pages:\s+1\n", run("pdfinfo", path))
    endless = replace(board, grid_name="很长的网格名称" * 60)
    with pytest.raises(CannotPrint, match="精简"):
        print_board(endless, address="x", site_name="x", is_demonstration=False)


def box(west: float, south: float, width: float, height: float) -> list[list[list[float]]]:
    east, north = west + width, south + height
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


@pytest.mark.parametrize(
    ("subject", "other"),
    [
        (box(106.3, 38.1, 0.0004, 0.0004), box(106.3004, 38.1, 0.05, 0.05)),
        (box(106.3, 38.1, 0.0004, 0.03), box(106.3004, 38.1, 0.0004, 0.03)),
        (box(106.3, 38.1, 0.03, 0.0004), box(106.33, 38.1, 0.03, 0.0004)),
    ],
    ids=["a tiny grid", "a tall strip", "a wide strip"],
)
def test_the_name_of_the_grid_can_be_read_on_any_map(assignment, saved, subject, other):
    """At least 3 mm high, and no label of another grid smaller than that."""
    grid = assignment.grid
    grid.boundary = {"type": "Polygon", "coordinates": subject}
    grid.save()
    GridFactory(community=grid.community, boundary={"type": "Polygon", "coordinates": other})
    board = compose_board(grid, day=DAY)
    path = saved(print_board(board, address="http://127.0.0.1/x", site_name="x", is_demonstration=True))
    label = board.map.subject.label
    heights = re.findall(
        r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</word>', run("pdftotext", "-bbox", path, "-")
    )
    sizes = [float(bottom) - float(top) for top, bottom, text in heights if text.startswith("第") and text in label]
    assert sizes
    assert min(sizes) > 3 * 72 / 25.4


def test_a_grid_in_two_parts_with_a_hole_is_drawn_whole(assignment, saved):
    assignment.grid.boundary = {
        "type": "MultiPolygon",
        "coordinates": [
            box(106.3, 38.1, 0.01, 0.01) + box(106.303, 38.103, 0.004, 0.004),
            box(106.32, 38.1, 0.01, 0.01),
        ],
    }
    assignment.grid.save()
    board = compose_board(assignment.grid, day=DAY)
    assert board.map.subject.path.count("M") == 3
    path = saved(print_board(board, address="http://127.0.0.1/x", site_name="x", is_demonstration=True))
    assert "公里" in text_of(path) or "米" in text_of(path)


def test_the_map_names_its_neighbours_in_words_for_a_black_and_white_printer(with_backup, saved):
    board = compose_board(with_backup.grid, day=DAY)
    [neighbour] = [shape.label for shape in board.map.shapes if shape.is_neighbour]
    path = saved(print_board(board, address="http://127.0.0.1/x", site_name="x", is_demonstration=True))
    assert f"相邻的是{neighbour}" in text_of(path)


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


@pytest.mark.parametrize("change", [{"ends_on": DAY}, {"starts_on": DAY + timedelta(days=1)}], ids=["left", "not yet"])
def test_a_worker_who_is_not_on_duty_is_on_no_board(assignment, change):
    for field, day in change.items():
        setattr(assignment, field, day)
    assignment.save()
    board = compose_board(assignment.grid, day=DAY)
    assert (board.worker_name, board.worker_phone, board.photo) == ("", "", None)


@pytest.mark.parametrize("moved", ["away", "to another community"])
def test_a_backup_who_no_longer_works_beside_the_grid_is_not_printed(with_backup, saved, moved):
    beside = with_backup.backup.assignments.get()
    if moved == "away":
        beside.ends_on = DAY
        beside.save()
    else:
        type(beside.grid).objects.filter(pk=beside.grid.pk).update(community=AreaFactory(community=True))
    board = compose_board(with_backup.grid, day=DAY)
    assert (board.backup_name, board.backup_phone) == ("", "")
    path = saved(print_board(board, address="http://127.0.0.1/x", site_name="x", is_demonstration=True))
    assert with_backup.backup.name not in text_of(path)


def test_a_photo_that_cannot_be_read_is_refused_with_the_cure(assignment):
    photo = assignment.worker.photo
    photo.file.storage.delete(photo.file.name)
    with pytest.raises(CannotPrint, match="重新上传照片"):
        print_board(compose_board(assignment.grid, day=DAY), address="x", site_name="x", is_demonstration=False)


def test_a_rare_character_is_printed_or_refused_by_name_never_as_an_empty_box(assignment, saved):
    board = replace(compose_board(assignment.grid, day=DAY), worker_name="𬭚㛃䶮𠅤")
    path = saved(print_board(board, address="http://127.0.0.1/x", site_name="x", is_demonstration=True))
    assert "𬭚㛃䶮𠅤" in text_of(path)
    with pytest.raises(CannotPrint, match=r"字体里没有“\uE123”（U\+E123）.*安装"):
        print_board(replace(board, worker_name="王\ue123"), address="x", site_name="x", is_demonstration=True)


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


@pytest.mark.parametrize("failure", ["does not start", "breaks down"])
def test_a_print_process_that_fails_is_logged_and_answered_with_a_sentence(client, monkeypatch, caplog, failure):
    EditionFactory(published=True, items=[LOW_INCOME])
    address = f"/banshi/FW01001/{ServiceCentreFactory().area.code}/zhinan.pdf"
    program = "/nowhere/python" if failure == "does not start" else "/bin/false"
    monkeypatch.setattr(printing.sys, "executable", program)
    response = client.get(address)
    assert response.status_code == 503
    assert response["Retry-After"]
    page = response.content.decode()
    assert "请稍后重试" in page
    assert f'href="{address}">再试一次' in page
    assert any(record.levelname == "ERROR" and record.name == "cms.printing.pdf" for record in caplog.records)


def test_when_many_print_at_once_the_last_are_told_to_come_again(client, monkeypatch):
    """One prints, one waits; whoever comes then has an answer at once, and the web server its threads."""
    EditionFactory(published=True, items=[LOW_INCOME])
    address = f"/banshi/FW01001/{ServiceCentreFactory().area.code}/zhinan.pdf"
    begun, finish = Event(), Event()

    def hold() -> None:
        with turns.print_turn() as is_mine:
            assert is_mine
            begun.set()
            finish.wait(30)

    clerks = [Thread(target=hold) for _ in range(turns.PLACES)]
    for clerk in clerks:
        clerk.start()
    try:
        assert begun.wait(30)
        while turns._places._value:  # until the last clerk stands in the queue
            sleep(0.01)
        response = client.get(address)
        assert response.status_code == 503
        assert "现在打印的人多" in response.content.decode()
    finally:
        finish.set()
        for clerk in clerks:
            clerk.join()
    assert client.get(address)["Content-Type"] == "application/pdf"


def test_the_same_sheet_asked_for_by_those_who_wait_is_rendered_once(guide, monkeypatch):
    """It was not there when they came; it is when their turn comes."""
    first = print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开")
    found = printing.store.get
    answers = iter([lambda key: None, found])
    monkeypatch.setattr(printing.store, "get", lambda key: next(answers)(key))
    monkeypatch.setattr(printing, "_render", lambda *arguments: pytest.fail("rendered again"))
    assert print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开") == first


def test_equal_content_is_rendered_once(guide, monkeypatch):
    first = print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开")
    monkeypatch.setattr(printing, "_render", lambda *arguments: pytest.fail("rendered again"))
    assert print_guide(guide, address=GUIDE_ADDRESS, site_name="九单公开") == first


def test_the_pdf_address_answers_with_a_file(client, saved):
    EditionFactory(published=True, items=[LOW_INCOME])
    centre = ServiceCentreFactory()
    response = client.get(f"/banshi/FW01001/{centre.area.code}/zhinan.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert centre.phone in text_of(saved(response.content))


def test_the_same_input_makes_the_same_bytes(guide):
    html = render_to_string("print/guide.html", {"guide": guide, "sections": [], "qr": "", "site_name": "x"})
    assert printing._render(html) == printing._render(html)
