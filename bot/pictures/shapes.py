"""What a drawing is made of. Lengths are in pixels at natural size, from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from bot.pictures.measure import lines, width
from dialogs.rules.model import Outcome

SIZE = 15
"""The smallest text."""
ROUND = 26
"""How high a pill is, and a badge."""
SIGN = 26
"""What the sign of a pill takes at its beginning."""
END = 7
"""Before and after the words of a pill."""

Paper = Literal["page", "panel", "header", "row"]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends to the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet that other things lie on."""

    rect: Rect
    paper: Paper


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text."""

    rect: Rect
    lines: tuple[str, ...]
    size: int
    bold: bool


@dataclass(frozen=True, slots=True)
class Pill:
    """An outcome: its shape, its sign and its words say which; colour only supports them."""

    rect: Rect
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True)
class Badge:
    """The number of a question: at the question, and wherever it is led to."""

    rect: Rect
    number: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the right edge of some rows, along one lane, to the right edge of a question."""

    edge: float
    lane: float
    starts: tuple[float, ...]
    end: float


Shape = Frame | Label | Pill | Badge | Arrow
Marked = TypeVar("Marked", bound=Label | Pill | Badge)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order of painting, on a sheet of this size."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def written(text: str, x: float, y: float, right: float, size: int = SIZE, *, bold: bool = False) -> Label:
    """A text from `x` to `right` at most, in as many lines as it takes."""
    parts = lines(text, size, right - x, bold=bold)
    wide = max(width(line, size, bold=bold) for line in parts)
    return Label(Rect(x, y, wide, leading(size) * len(parts)), parts, size, bold)


def leading(size: int) -> int:
    """From one line of text to the next."""
    return round(size * 1.36)


def pill(outcome: Outcome, text: str, right: float) -> Pill:
    """An outcome that ends at `right`, as wide as its words are."""
    wide = SIGN + width(text, SIZE) + 2 * END
    return Pill(Rect(right - wide, 0, wide, ROUND), outcome, text)


def badge(number: int, x: float) -> Badge:
    """The number of a question."""
    return Badge(Rect(x, 0, ROUND, ROUND), number)


def at(shape: Marked, y: float) -> Marked:
    """The same shape, beginning at another height."""
    return replace(shape, rect=replace(shape.rect, y=y))
