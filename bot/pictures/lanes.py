"""Which lane each arrow takes at the right of a column. Those to one question share it; others never meet."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.picture import Panel

Step = tuple[int, int]
"""A row by its box's number and its place within; a box's header stands before its first row, at -1."""


def starts(panel: Panel) -> Mapping[int, tuple[Step, ...]]:
    """For each question that is led to, the rows that lead there, from the top."""
    found: dict[int, tuple[Step, ...]] = {}
    for box in panel.boxes:
        for place, row in enumerate(box.rows):
            if isinstance(row.to, int):
                found[row.to] = (*found.get(row.to, ()), (box.number, place))
    return found


def lanes(panel: Panel) -> Mapping[int, int]:
    """For each question that is led to, its lane: 0 is nearest to the column. Short ways are nearer."""
    spans = {target: (rows[0], (target, -1)) for target, rows in starts(panel).items()}
    taken: list[list[tuple[Step, Step]]] = []
    found: dict[int, int] = {}
    for target, span in sorted(spans.items(), key=lambda item: (item[0] - item[1][0][0], item[0])):
        free = (
            lane
            for lane, others in enumerate(taken)
            if all(span[1] < other[0] or other[1] < span[0] for other in others)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(span)
        found[target] = lane
    return found
