from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import words
from bot.pictures import measure, svg
from bot.pictures.layout import layout
from bot.pictures.mermaid import mermaid
from bot.pictures.shapes import Arrow, Badge, Drawing, Frame, Label, Pill, Rect
from bot.rulebook import rulebook
from dialogs.picture import Picture, picture
from dialogs.rules.load import load
from tests.dialogs.rules.small import changed

BOOK = rulebook()
TODAY, SUMMER = date(2026, 11, 21), date(2017, 7, 25)
LANGUAGES = ("en", "zh_CN")
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "g", "rect", "circle", "path", "text", "tspan"}
ODD = 'A & B <i>"quoted"</i> #1 `code`'

every = pytest.mark.parametrize(
    ("drawn", "language"),
    [
        pytest.param(picture(one, BOOK, day, dated=True), language, id=f"{one.id}-{day}-{language}")
        for one in BOOK.instruments.values()
        for day in (SUMMER, TODAY)
        for language in LANGUAGES
    ],
)


def odd() -> Picture:
    """A picture whose title has every character that is more than itself somewhere."""
    title = ODD.replace('"', '\\"')
    book = load(changed("cn/city.toml", 'title = "Notice of the city"', f'title = "{title}"'))
    return picture(book.instruments["city-2020"], book, TODAY)


def marks(drawing: Drawing) -> list[Label | Pill | Badge]:
    """Everything that says something."""
    return [shape for shape in drawing.shapes if isinstance(shape, Label | Pill | Badge)]


def lines_of(arrow: Arrow) -> list[Rect]:
    """The straight pieces of an arrow, as rectangles as thick as the pen."""
    across = [Rect(arrow.edge, y - 1, arrow.lane - arrow.edge, 2) for y in (*arrow.starts, arrow.end)]
    down = Rect(arrow.lane - 1, arrow.starts[0], 2, arrow.end - arrow.starts[0])
    return [*across, down]


def luminance(colour: str) -> float:
    """How bright a colour is, by WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, by WCAG 2."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@every
def test_an_svg_stands_by_itself(drawn: Picture, language: str) -> None:
    """It is well-formed, has a name and a description, runs nothing and fetches nothing."""
    root = ET.fromstring(svg.svg(drawn, words(language)))  # noqa: S314 - our own text
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    assert (root.get("role"), str(root.get("aria-labelledby")).split()) == ("img", list(ids))
    assert [element.tag for element in ids.values()] == [f"{SVG}title", f"{SVG}desc"]
    values = [value for element in root.iter() for name, value in element.items()]
    assert not [value for value in values if "url(" in value or "://" in value]
    assert not [name for element in root.iter() for name in element.attrib if name.lower().startswith("on")]


@every
def test_all_its_words_are_text_and_are_in_the_description(drawn: Picture, language: str) -> None:
    """What a picture says can be selected, searched and heard."""
    spoken = words(language)
    root = ET.fromstring(svg.svg(drawn, spoken))  # noqa: S314 - our own text
    shown = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")).replace(" ", "")
    heard = str(root.findtext(f"{SVG}desc"))
    told = [one for panel in drawn.panels for box in panel.boxes for one in (box, *box.rows)]
    parts = [*(part.label for part in told), *(panel.title for panel in drawn.panels), *drawn.notes]
    assert [part for part in map(spoken.text, parts) if part.replace(" ", "") not in shown] == []
    assert [part for part in map(spoken.text, parts) if part not in heard] == []


@every
def test_nothing_covers_anything(drawn: Picture, language: str) -> None:
    """Texts, outcomes and numbers keep clear of each other, and within the sheet."""
    drawing = layout(drawn, words(language))
    assert [(a, b) for a, b in combinations(marks(drawing), 2) if meet(a.rect, b.rect)] == []
    sheet = Rect(10, 10, drawing.width - 20, drawing.height - 20)
    assert [one for one in marks(drawing) if not inside(one.rect, sheet)] == []


def meet(one: Rect, other: Rect) -> bool:
    """Whether two rectangles have more than an edge in common."""
    across = one.x < other.right and other.x < one.right
    return across and one.y < other.bottom and other.y < one.bottom


def inside(one: Rect, other: Rect) -> bool:
    """Whether a rectangle lies within another."""
    return other.x <= one.x and other.y <= one.y and one.right <= other.right and one.bottom <= other.bottom


@every
def test_arrows_run_beside_the_questions(drawn: Picture, language: str) -> None:
    """No arrow runs over anything said, or along another; each stays in its panel."""
    drawing = layout(drawn, words(language))
    arrows = [shape for shape in drawing.shapes if isinstance(shape, Arrow)]
    covered = [one.rect for one in marks(drawing)] + [
        shape.rect
        for shape in drawing.shapes
        if isinstance(shape, Frame) and shape.paper in ("header", "row")
    ]
    panels = [shape.rect for shape in drawing.shapes if isinstance(shape, Frame) and shape.paper == "panel"]
    for arrow in arrows:
        pieces = lines_of(arrow)
        assert not [piece for piece in pieces if any(meet(piece, rect) for rect in covered)]
        assert any(all(inside(piece, panel) for piece in pieces) for panel in panels)
        assert max(arrow.starts) < arrow.end
    downs = [lines_of(arrow)[-1] for arrow in arrows]
    assert not [(a, b) for a, b in combinations(downs, 2) if meet(a, b)]


@every
def test_all_text_can_be_read_on_a_telephone(drawn: Picture, language: str) -> None:
    """On 360 pixels of width no text is less than 11 pixels high."""
    root = ET.fromstring(svg.svg(drawn, words(language)))  # noqa: S314 - our own text
    sizes = {float(str(text.get("font-size"))) for text in root.iter(f"{SVG}text")}
    assert min(sizes) * 360 / float(str(root.get("width"))) >= 11


def test_every_colour_can_be_told_from_its_ground() -> None:
    """Text has 4.5 to 1 (AA); the pen of arrows and of edges that mean something 3 to 1."""
    inks = [(svg.INK, ground) for ground, _ in svg.PAPERS.values()]
    inks += [(ink, ground) for ground, _, ink, _ in svg.ENDS.values()] + [(svg.LINES, "#ffffff")]
    assert [pair for pair in inks if contrast(*pair) < 4.5] == []
    assert [edge for _, edge, _, _ in svg.ENDS.values() if contrast(edge, "#ffffff") < 3] == []


def test_outcomes_differ_without_colour() -> None:
    """Each has a sign of its own."""
    assert svg.SIGNS.keys() == svg.ENDS.keys()
    assert len(set(svg.SIGNS.values())) == len(svg.SIGNS)


def test_a_text_is_only_a_text() -> None:
    """What looks like markup is shown as it is."""
    root = ET.fromstring(svg.svg(odd(), words("en")))  # noqa: S314 - our own text
    assert root.findtext(f"{SVG}title") == ODD
    assert "".join(next(root.iter(f"{SVG}text")).itertext()).replace(" ", "") == ODD.replace(" ", "")
    assert root.find(f".//{SVG}i") is None


@settings(deadline=None)
@given(text=st.text(st.sampled_from("aW i,（中文）-"), min_size=1, max_size=60), room=st.integers(20, 200))
def test_a_line_is_never_wider_than_its_room(text: str, room: int) -> None:
    """Long texts are parted, whatever they are, and nothing of them is lost."""
    lines = measure.lines(text, 15, room)
    assert [line for line in lines if measure.width(line, 15) > room] == []
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@every
def test_mermaid_names_each_node_once_and_links_only_these(drawn: Picture, language: str) -> None:
    """One flowchart with a node for each question and outcome, and an edge for each row."""
    head, _, body = mermaid(drawn, words(language)).partition("flowchart TD\n")
    assert head.startswith('---\ntitle: "')
    lines = [line.strip() for line in body.splitlines()]
    edges = [re.fullmatch(r'(\w+) -->\|"[^"]+"\| (\w+)', line) for line in lines]
    linked = [edge.groups() for edge in edges if edge]
    rest = [line for line, edge in zip(lines, edges, strict=True) if not edge]
    nodes = [re.fullmatch(r'(\w+)(?:\{\{|\(\[|>|\[\[|\[)"[^"]+"(?:\}\}|\]\)|\]\]|\])', line) for line in rest]
    declared = Counter(node[1] for node in nodes if node)
    assert set(declared.values()) == {1}
    assert {end for pair in linked for end in pair} <= declared.keys()
    assert len(linked) == sum(len(box.rows) for panel in drawn.panels for box in panel.boxes)
    others = [line for line, node in zip(rest, nodes, strict=True) if not node]
    assert [re.sub(r'd\d+\["[^"]+"\]', "…", line) for line in others] == ["subgraph …", "end"] * len(
        drawn.panels
    )


def test_mermaid_takes_a_text_as_a_text() -> None:
    """Characters that mean something to Mermaid are written as their numbers."""
    book = load(changed("cn/city.toml", 'title = "Registering a Weibo account"', "title = '" + ODD + "'"))
    text = mermaid(picture(book.instruments["city-2020"], book, TODAY), words("en"))
    assert 'd1["A #38; B #60;i#62;#34;quoted#34;#60;/i#62; #35;1 #96;code#96;"]' in text
