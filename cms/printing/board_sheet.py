"""The A3 notice board of a grid."""

import math

from registries.boards import NoticeBoard

from .pdf import CannotPrint, data_uri, print_pdf, qr_svg

#: Lines of services and duties that fit the right half of the sheet, by size of type, and characters a line then holds.
SIZES = (("normal", 10, 22), ("dense", 14, 30), ("denser", 21, 36))
#: Characters about the responsibility area that fit under the map at its full height, and under a lower one.
AREA_CHARACTERS, MOST_AREA_CHARACTERS = 100, 280
PHOTO_FILTER = "fill-630x840|jpegquality-85"


def print_board(board: NoticeBoard, *, address: str, site_name: str, is_demonstration: bool) -> bytes:
    """The board as PDF, always one page. Raises CannotPrint, with every missing part and its cure, unless all parts of
    article 21 are there and fit."""
    if board.missing:
        raise CannotPrint(*board.reasons)
    size = _size_for([*board.services, *board.duties])
    if size is None:
        raise CannotPrint("服务内容和管理职责太长，一张A3放不下。请各精简到十行以内、每行不超过三十五个字，再打印。")
    about_area = len(board.bounds_text + board.responsibility_text + "".join(board.buildings))
    if about_area > MOST_AREA_CHARACTERS:
        raise CannotPrint(
            f"四至范围、责任区说明和楼栋共{about_area}字，一张A3放不下。请精简到{MOST_AREA_CHARACTERS}字以内，再打印。"
        )
    rendition = board.photo.get_rendition(PHOTO_FILTER)
    with rendition.file.open("rb") as file:
        photo = data_uri(file.read(), "image/jpeg")
    return print_pdf(
        "board.html",
        {
            "board": board,
            "photo": photo,
            "size": size if about_area <= AREA_CHARACTERS else f"{size} low-map",
            "qr": qr_svg(address),
            "site_name": site_name,
            "is_demonstration": is_demonstration,
        },
    )


def _size_for(lines: list[str]) -> str | None:
    """The largest type in which these lines fit, or None."""
    for name, most, width in SIZES:
        if sum(math.ceil(len(line) / width) for line in lines) <= most:
            return name
    return None
