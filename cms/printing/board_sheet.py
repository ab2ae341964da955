"""The A3 notice board of a grid."""

from registries.boards import NoticeBoard

from .pdf import CannotPrint, data_uri, print_pdf, qr_svg

PHOTO_FILTER = "fill-630x840|jpegquality-85"


def print_board(board: NoticeBoard, *, address: str, site_name: str, is_demonstration: bool) -> bytes:
    """The board as PDF. Raises CannotPrint, with every missing part and its cure, unless all parts of article 21 are
    there."""
    if board.missing:
        raise CannotPrint(*board.reasons)
    rendition = board.photo.get_rendition(PHOTO_FILTER)
    with rendition.file.open("rb") as file:
        photo = data_uri(file.read(), "image/jpeg")
    return print_pdf(
        "board.html",
        {
            "board": board,
            "photo": photo,
            "qr": qr_svg(address),
            "site_name": site_name,
            "is_demonstration": is_demonstration,
        },
    )
