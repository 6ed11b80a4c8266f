"""A picture as SVG that stands by itself: on its own ground, text as text, no script, nothing from elsewhere.

Whoever does not see it hears the same: all questions, answers and outcomes are in its description.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from bot.i18n import Words
from bot.pictures.layout import layout
from bot.pictures.shapes import END, SIGN, SIZE, Arrow, Badge, Frame, Label, Pill, Rect, Shape, leading
from dialogs.picture import Picture
from dialogs.rules.model import Outcome

FONTS: Final = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Hiragino Sans GB', "
    "'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"
)
INK: Final = "#1b2430"
LINES: Final = "#2f4f7f"
PAPERS: Final = {
    "page": ("#eef1f5", "#c3cad4"),
    "panel": ("#ffffff", "#c3cad4"),
    "header": ("#dfe8f5", "#8fa3c0"),
    "row": ("#ffffff", "#8fa3c0"),
}
"""Each sheet and its edge."""
ENDS: Final = {
    Outcome.APPLIES: ("#1a6334", "#1a6334", "#ffffff", ""),
    Outcome.ASK_THE_OFFICE: ("#fff3d1", "#8a5a00", "#4d3200", "5 3"),
    Outcome.DOES_NOT_APPLY: ("#ffffff", "#5b6572", "#333c47", ""),
    Outcome.NOT_IN_FORCE: ("#ffffff", "#5b6572", "#333c47", "2 3"),
}
"""Each outcome's ground, edge and ink, and how its edge is dashed."""
SIGNS: Final = {
    Outcome.APPLIES: "M-5 0 L-1.5 4 L5 -4.5",
    Outcome.ASK_THE_OFFICE: "M-3.5 -3 C-3.5 -7.5 3.5 -7.5 3.5 -3 C3.5 -.5 0 -.5 0 2.5 M0 5.7 L0 6",
    Outcome.DOES_NOT_APPLY: "M-5 0 L5 0",
    Outcome.NOT_IN_FORCE: "M-4.5 4.5 L4.5 -4.5",
}
"""A tick, a question mark, a dash, a slash; drawn, as a font may have none."""
CORNERS: Final = {"page": 12, "panel": 8}
BEND: Final = 6
BASE: Final = 1.04
"""From the top of a line to its base line, in parts of the font size."""


def svg(picture: Picture, words: Words) -> str:
    """The picture of an instrument in one language."""
    drawing = layout(picture, words)
    id_ = f"{picture.instrument.id}.{words.language}"
    size = f'width="{drawing.width}" height="{drawing.height}"'
    box = f'viewBox="0 0 {drawing.width} {drawing.height}"'
    spoken = f'xml:lang="{words.language.replace("_", "-")}" aria-labelledby="{id_}.title {id_}.desc"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" {spoken}>',
        f'<title id="{id_}.title">{escape(words.text(picture.title))}</title>',
        f'<desc id="{id_}.desc">{escape(described(picture, words))}</desc>',
        f'<g font-family="{FONTS}" fill="{INK}">',
        *(line for shape in drawing.shapes for line in _painted(shape)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def described(picture: Picture, words: Words) -> str:
    """The picture for those who do not see it, line by line."""
    lines = [words.text(note) for note in picture.notes]
    for panel in picture.panels:
        lines.append(words.text(panel.title))
        if isinstance(panel.begins, Outcome):
            lines.append(words.text(panel.end(panel.begins)))
        for box in panel.boxes:
            lines.append(f"{box.number} {words.text(box.label)}")
            ends = [
                str(row.to) if isinstance(row.to, int) else words.text(panel.end(row.to)) for row in box.rows
            ]
            lines += [f"{words.text(row.label)} → {end}" for row, end in zip(box.rows, ends, strict=True)]
    return "\n".join(lines)


def _painted(shape: Shape) -> Iterator[str]:
    """A shape's elements."""
    match shape:
        case Frame(rect, paper):
            fill, edge = PAPERS[paper]
            yield _rect(rect, fill, edge, CORNERS.get(paper, 0))
        case Label(rect, lines, size, bold):
            yield _text(lines, rect.x, rect.y, size, bold=bold)
        case Badge(rect, number):
            x, radius = rect.x + rect.width / 2, rect.width / 2
            yield f'<circle cx="{_n(x)}" cy="{_n(rect.middle)}" r="{_n(radius)}" fill="{LINES}"/>'
            ink = f'fill="{PAPERS["row"][0]}" text-anchor="middle"'
            yield _text((str(number),), x, rect.middle - leading(SIZE) / 2, SIZE, bold=True, more=ink)
        case Pill():
            yield from _pill(shape)
        case Arrow():
            yield from _arrow(shape)


def _pill(pill: Pill) -> Iterator[str]:
    """What applies is round, what is not the case is square."""
    fill, edge, ink, dashes = ENDS[pill.outcome]
    round_ = pill.outcome in (Outcome.APPLIES, Outcome.ASK_THE_OFFICE)
    rect = pill.rect
    yield _rect(rect, fill, edge, rect.height / 2 if round_ else 3, dashes)
    moved = f"translate({_n(rect.x + SIGN / 2 + 2)} {_n(rect.middle)})"
    yield (
        f'<path transform="{moved}" d="{SIGNS[pill.outcome]}" '
        f'fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
    )
    top = rect.middle - leading(SIZE) / 2
    middle = (rect.x + SIGN + rect.right - END) / 2
    yield _text((pill.text,), middle, top, SIZE, more=f'fill="{ink}" text-anchor="middle"')


def _arrow(arrow: Arrow) -> Iterator[str]:
    """All ways of a lane over a margin of paper, so that it is seen which lines only cross."""
    tip, neck = arrow.edge, arrow.edge + 9
    ways = [
        f"M{_n(tip)} {_n(start)} H{_n(arrow.lane - BEND)} q{BEND} 0 {BEND} {BEND} "
        f"V{_n(arrow.end - BEND)} q0 {BEND} -{BEND} {BEND} H{_n(neck)}"
        for start in arrow.starts
    ]
    way = f'd="{" ".join(ways)}" fill="none"'
    yield f'<path {way} stroke="{PAPERS["panel"][0]}" stroke-width="7"/>'
    yield f'<path {way} stroke="{LINES}" stroke-width="2"/>'
    head = f"M{_n(tip)} {_n(arrow.end)} l10 -5.5 v11 z"
    yield f'<path d="{head}" fill="{LINES}"/>'


def _rect(rect: Rect, fill: str, edge: str, corner: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<rect x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.width)}" height="{_n(rect.height)}" '
        f'rx="{_n(corner)}" fill="{fill}" stroke="{edge}"{dashed}/>'
    )


def _text(
    lines: tuple[str, ...], x: float, y: float, size: int, *, bold: bool = False, more: str = ""
) -> str:
    """Lines of text, each on its own base line."""
    spans = "".join(
        f'<tspan x="{_n(x)}" y="{_n(y + place * leading(size) + size * BASE)}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    weight = ' font-weight="700"' if bold else ""
    return f'<text font-size="{size}"{weight}{" " * bool(more)}{more}>{spans}</text>'


def _n(number: float) -> str:
    """A length as short as it can be written."""
    return f"{number:.1f}".removesuffix(".0")
