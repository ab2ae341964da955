"""The A3 notice board of a grid."""

import math

from registries.boards import NoticeBoard

from .board_map import board_drawing
from .pdf import CannotPrint, DoesNotFit, data_uri, print_pdf, qr_svg

#: Lines of services and duties that fit the right half of the sheet, by size of type, and characters a line then holds.
SIZES = (("normal", 10, 22), ("dense", 14, 30), ("denser", 21, 36))
#: Characters about the responsibility area that fit under the map at its full height, and under a lower one.
AREA_CHARACTERS, MOST_AREA_CHARACTERS = 100, 280
#: Heights of the map in millimetres (`.map` and `.low-map .map` of 30-board.css).
MAP_HEIGHT, LOW_MAP_HEIGHT = 140, 108
PHOTO_FILTER = "fill-630x840|format-jpeg|jpegquality-85"


def print_board(board: NoticeBoard, *, address: str, site_name: str, is_demonstration: bool) -> bytes:
    """The board as PDF, always one page. Raises CannotPrint, with every missing part and its cure, unless all parts of
    article 21 are there and fit."""
    if board.map is None or board.missing:
        raise CannotPrint(*board.reasons)
    sizes = _sizes_for([*board.services, *board.duties])
    if not sizes:
        raise CannotPrint("服务内容和管理职责太长，一张A3放不下。请各精简到十行以内、每行不超过三十五个字，再打印。")
    about_area = len(board.bounds_text + board.responsibility_text + "".join(board.buildings))
    if about_area > MOST_AREA_CHARACTERS:
        raise CannotPrint(
            f"四至范围、责任区说明和楼栋共{about_area}字，一张A3放不下。请精简到{MOST_AREA_CHARACTERS}字以内，再打印。"
        )
    try:
        with board.photo.get_rendition(PHOTO_FILTER).file.open("rb") as file:
            photo = data_uri(file.read(), "image/jpeg")
    except OSError as error:
        raise CannotPrint("网格员照片的文件读不出来。请给网格员重新上传照片。") from error
    context = {
        "board": board,
        "photo": photo,
        "neighbours": [shape.label for shape in board.map.shapes if shape.is_neighbour],
        "qr": qr_svg(address),
        "site_name": site_name,
        "is_demonstration": is_demonstration,
    }
    has_low_map = about_area > AREA_CHARACTERS
    # The counts above are a guess at what fits; the layout itself decides, and long names may ask for the smallest size.
    for size, is_low in dict.fromkeys([(sizes[0], has_low_map), (sizes[-1], True)]):
        context["size"] = f"{size} low-map" if is_low else size
        context["drawing"] = board_drawing(board.map, LOW_MAP_HEIGHT if is_low else MAP_HEIGHT)
        try:
            return print_pdf("board.html", context, most_pages=1)
        except DoesNotFit:
            continue
    raise CannotPrint("名称、服务内容和责任区合起来太长，一张A3放不下。请精简后再打印。")


def _sizes_for(lines: list[str]) -> list[str]:
    """The sizes of type in which these lines fit, the largest first."""
    return [name for name, most, width in SIZES if sum(math.ceil(len(line) / width) for line in lines) <= most]
