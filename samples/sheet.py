"""Words and rules with their place on a page: what setting makes and painting paints.

Nothing here knows pixels, so the same sheet becomes a picture at any resolution or the text of a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.typeface import Face, width_mm


@dataclass(frozen=True, slots=True)
class Run:
    """A word or line of one typeface; `x_mm`, `y_mm` are the left end of its baseline."""

    text: str
    x_mm: float
    y_mm: float
    face: Face
    size_pt: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line between two points."""

    x0_mm: float
    y0_mm: float
    x1_mm: float
    y1_mm: float
    thickness_mm: float = 0.22


@dataclass(slots=True)
class Sheet:
    """One page while it is being set. `signature_mm` is the middle of the place kept for the signature."""

    number: int
    runs: list[Run] = field(default_factory=list)
    pen: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    signature_mm: tuple[float, float] | None = None

    def put(
        self, text: str, x_mm: float, y_mm: float, *, face: Face = Face.ROMAN, size_pt: float = 14
    ) -> float:
        """Set `text` from `x_mm`; return where it ends."""
        self.runs.append(Run(text, x_mm, y_mm, face, size_pt))
        return x_mm + width_mm(text, face, size_pt)

    def put_centred(
        self, text: str, middle_mm: float, y_mm: float, *, face: Face = Face.ROMAN, size_pt: float = 14
    ) -> None:
        """Set `text` around `middle_mm`."""
        self.put(text, middle_mm - width_mm(text, face, size_pt) / 2, y_mm, face=face, size_pt=size_pt)

    def rule(self, middle_mm: float, y_mm: float, width: float) -> None:
        """Draw a level rule of `width` millimetres around `middle_mm`."""
        self.rules.append(Rule(middle_mm - width / 2, y_mm, middle_mm + width / 2, y_mm))
