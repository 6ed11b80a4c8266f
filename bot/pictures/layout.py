"""Where everything stands: one column, a panel for each duty, narrow enough for a telephone.

At 360 pixels, the width of a small telephone, the smallest text is still 11 pixels high.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.i18n import Words
from bot.pictures.lanes import Step, lanes, starts
from bot.pictures.shapes import (
    ROUND,
    SIZE,
    Arrow,
    Badge,
    Drawing,
    Frame,
    Label,
    Paper,
    Pill,
    Rect,
    Shape,
    at,
    badge,
    pill,
    written,
)
from dialogs.messages import Part
from dialogs.picture import Box, Panel, Picture, Row
from dialogs.rules.model import Outcome

WIDTH: Final = 480
TITLE: Final = 20
DUTY: Final = 17
EDGE: Final = 14
INSET: Final = 7
APART: Final = 16
"""Between a label and what is beside it: some fonts are wider than most."""
BETWEEN: Final = 14
LANE: Final = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """Shapes in their place, down to `bottom`. Arrows join a strip at `middle`, a box at `joints`."""

    shapes: tuple[Shape, ...]
    bottom: float
    middle: float = 0
    joints: tuple[tuple[Step, float], ...] = ()


def layout(picture: Picture, words: Words) -> Drawing:
    """A picture laid out in one language."""
    widest = max((lane + 1 for panel in picture.panels for lane in lanes(panel).values()), default=0)
    column = _Column(words, EDGE + INSET, WIDTH - EDGE - INSET - widest * LANE)
    shapes: list[Shape] = []
    bottom: float = EDGE
    for text, size in ((picture.title, TITLE), *((note, SIZE) for note in picture.notes)):
        label = written(words.text(text), EDGE, bottom, WIDTH - EDGE, size, bold=size == TITLE)
        shapes.append(label)
        bottom = label.rect.bottom + INSET
    for panel in picture.panels:
        placed = column.panel(panel, bottom)
        shapes += placed.shapes
        bottom = placed.bottom + BETWEEN
    height = round(bottom)
    return Drawing(WIDTH, height, (Frame(Rect(0, 0, WIDTH, height), "page"), *shapes))


@dataclass(frozen=True, slots=True)
class _Column:
    """The boxes of a picture stand between `left` and `right`; what is at the right of them is for arrows."""

    words: Words
    left: float
    right: float

    def panel(self, panel: Panel, top: float) -> Placed:
        """A duty: its title, and its boxes with the arrows between them; or at once what it comes to."""
        text, right = self.words.text(panel.title), WIDTH - EDGE - INSET
        title = written(text, self.left, top + INSET, right, DUTY, bold=True)
        shapes: list[Shape] = [title]
        bottom = title.rect.bottom + INSET
        if isinstance(panel.begins, Outcome):
            end = at(self._pill(panel.begins, panel, self.right), bottom)
            shapes.append(end)
            bottom = end.rect.bottom + INSET
        joints: dict[Step, float] = {}
        for box in panel.boxes:
            placed = self._box(box, panel, bottom)
            shapes += placed.shapes
            joints.update(placed.joints)
            bottom = placed.bottom + BETWEEN
        sheet = Frame(Rect(EDGE, top, WIDTH - 2 * EDGE, bottom - top), "panel")
        return Placed((sheet, *self._arrows(panel, joints), *shapes), bottom)

    def _box(self, box: Box, panel: Panel, top: float) -> Placed:
        """A question: its number and label, and a row for the answers that lead alike."""
        number = badge(box.number, self.left + INSET)
        label = self._write(box.label, number.rect.right + INSET, self.right - INSET, bold=True)
        strips = [self._strip("header", label, number, top)]
        for row in box.rows:
            strips.append(self._row(row, panel, strips[-1].bottom))
        joints = [((box.number, place), strip.middle) for place, strip in enumerate(strips, -1)]
        return Placed(
            tuple(shape for s in strips for shape in s.shapes), strips[-1].bottom, joints=tuple(joints)
        )

    def _row(self, row: Row, panel: Panel, top: float) -> Placed:
        """Answers at the left; at the right the outcome, or the number of the question they lead to."""
        right = self.right - INSET
        end = badge(row.to, right - ROUND) if isinstance(row.to, int) else self._pill(row.to, panel, right)
        return self._strip("row", self._write(row.label, self.left + INSET, end.rect.x - APART), end, top)

    def _strip(self, paper: Paper, label: Label, mark: Pill | Badge, top: float) -> Placed:
        """A label and a mark beside each other, on a sheet as wide as the column."""
        height = max(label.rect.height, mark.rect.height) + 2 * INSET
        middle = top + height / 2
        sheet = Frame(Rect(self.left, top, self.right - self.left, height), paper)
        placed = at(label, middle - label.rect.height / 2), at(mark, middle - mark.rect.height / 2)
        return Placed((sheet, *placed), top + height, middle)

    def _write(self, part: Part, x: float, right: float, *, bold: bool = False) -> Label:
        return written(self.words.text(part), x, 0, right, bold=bold)

    def _pill(self, outcome: Outcome, panel: Panel, right: float) -> Pill:
        return pill(outcome, self.words.text(panel.end(outcome)), right)

    def _arrows(self, panel: Panel, joints: Mapping[Step, float]) -> tuple[Arrow, ...]:
        """An arrow to every question that is led to, from all rows that lead there."""
        of, found = lanes(panel), starts(panel)
        return tuple(
            Arrow(
                self.right,
                self.right + (of[target] + 1) * LANE,
                tuple(joints[step] for step in steps),
                joints[target, -1],
            )
            for target, steps in found.items()
        )
