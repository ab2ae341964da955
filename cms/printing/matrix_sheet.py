"""The matrix of responsibilities on A3 across, as many sheets as it takes; every sheet repeats the organisations."""

from collections.abc import Sequence
from datetime import date

from registries.matrix import MEANING, Matrix

from .pdf import CannotPrint, print_pdf, qr_svg

#: Columns that stay legible beside the matter's name at the usual and at the smallest size of type.
USUAL_COLUMNS, MOST_COLUMNS = 24, 40


def print_matrix(
    matrix: Matrix,
    *,
    title: str,
    edition_label: str,
    chosen: Sequence[str],
    day: date,
    address: str,
    site_name: str,
    is_demonstration: bool,
    notice: str = "",
) -> bytes:
    """The matrix as PDF. `chosen` are the filters in force, in words; `address` the live page that the QR code leads to;
    `notice` what a matrix of another day than today says of itself.
    Raises CannotPrint when there is nothing to print or more organisations than a sheet is wide."""
    if not matrix.matters:
        raise CannotPrint("没有符合条件的事项，没有可以打印的内容。请去掉一些条件。")
    if len(matrix.organisations) > MOST_COLUMNS:
        raise CannotPrint(
            f"有{len(matrix.organisations)}个单位，一张A3横着最多排{MOST_COLUMNS}个。请先按类别或单位筛选，再打印。"
        )
    return print_pdf(
        "matrix.html",
        {
            "matrix": matrix,
            "legend": [{"part": part, "meaning": meaning} for part, meaning in MEANING.items()],
            "size": "" if len(matrix.organisations) <= USUAL_COLUMNS else "dense",
            "title": title,
            "edition_label": edition_label,
            "chosen": chosen,
            "day": day,
            "notice": notice,
            "qr": qr_svg(address),
            "site_name": site_name,
            "is_demonstration": is_demonstration,
        },
    )
