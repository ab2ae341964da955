"""The map of a board in the measures of paper: labels as large as their grids hold, whatever the shape of the community.

A label too small to read is left out (the board names the neighbours in words too); that of the grid the map is about then
stands beside it.
"""

from dataclasses import dataclass

from registries.places.maps import GridMap, MapShape

#: Width of the map on the sheet, and heights of labels, in millimetres.
MAP_WIDTH = 214
SUBJECT_LABEL, LABEL, SMALLEST_LABEL, SCALE_LABEL = 7.8, 5.6, 3.2, 4.2
#: Room for the scale below the grids, in millimetres.
FOOT = 9
SUBJECT_LINE, LINE, LEADER = 1.5, 0.4, 10
#: Share of the height that a letter or digit is wide, and the gaps around a character.
NARROW, GAP = 0.6, 1.1


@dataclass(frozen=True)
class Label:
    text: str
    x: float
    y: float
    size: float
    is_subject: bool = False
    anchor: str = "middle"


@dataclass(frozen=True)
class BoardDrawing:
    """What the template draws, in units of the view box."""

    map: GridMap
    view_box: str
    #: Widths of the lines around the grid the map is about and around the others.
    subject_line: str
    line: str
    labels: tuple[Label, ...]
    #: Where the grid the map is about is too small for its name: a line from it to the label beside it.
    leader: str
    scale_path: str
    scale_label: Label


def board_drawing(grid_map: GridMap, height_mm: float) -> BoardDrawing:
    mm = max(grid_map.width / MAP_WIDTH, grid_map.height / (height_mm - FOOT))
    labels = [_label(shape, mm) for shape in grid_map.shapes if _holds(shape) >= SMALLEST_LABEL * mm]
    leader, subject = "", grid_map.subject
    if subject is not None and not any(label.is_subject for label in labels):
        is_left = subject.x > grid_map.width / 2
        away = (-1 if is_left else 1) * (subject.room / 2 + LEADER * mm)
        leader = f"M{subject.x:.1f} {subject.y:.1f}h{away:.1f}"
        beside, anchor = subject.x + away * 1.05, "end" if is_left else "start"
        labels.append(Label(subject.label, beside, subject.y + 0.36 * LABEL * mm, LABEL * mm, True, anchor))
    metres, left, top = grid_map.scale_metres, 4 * mm, grid_map.height + 3 * mm
    return BoardDrawing(
        map=grid_map,
        view_box=f"0 0 {grid_map.width:.1f} {grid_map.height + FOOT * mm:.1f}",
        subject_line=f"{SUBJECT_LINE * mm:.1f}",
        line=f"{LINE * mm:.1f}",
        labels=tuple(labels),
        leader=leader,
        scale_path=f"M{left:.1f} {top:.1f}v{2 * mm:.1f}h{grid_map.scale_length:.1f}v{-2 * mm:.1f}",
        scale_label=Label(
            f"{metres}米" if metres < 1000 else f"{metres // 1000}公里",
            left + grid_map.scale_length + 2 * mm,
            top + 2.6 * mm,
            SCALE_LABEL * mm,
            anchor="start",
        ),
    )


def _holds(shape: MapShape) -> float:
    """The largest type in which the shape holds its label."""
    characters = sum(NARROW if character.isascii() else 1 for character in shape.label)
    return shape.room / max(characters, 1) / GAP


def _label(shape: MapShape, mm: float) -> Label:
    """As large as wanted or as the grid holds."""
    size = min((SUBJECT_LABEL if shape.is_subject else LABEL) * mm, _holds(shape))
    return Label(shape.label, shape.x, shape.y + 0.36 * size, size, shape.is_subject)
