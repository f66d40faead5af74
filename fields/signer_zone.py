"""Where a signature block should be read again: office, seal and name, without what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable

from documents.page import Box
from fields.recipients import ListPlace

_BESIDE, _LEAST_BESIDE = 0.09, 0.07
"""How far a name and its seal reach to the left and right of the office, and how far at least."""
_ABOVE_LIST = 0.03
_REACH_DOWN, _REACH_UNDER_LABEL = 0.2, 0.26
"""How far under the office, and under the label of the copy list, a name may stand."""
_LIST_WIDTH = 3.2
"""How wide a copy list is at least, in widths of its label."""


def under_office(block: Box, others: Iterable[Box], place: ListPlace | None) -> Box:
    """Office and name: from the first line of `block` down, without the list and the columns beside it.

    `others` are the offices of other signatories.
    """
    left = block.x0 - _BESIDE
    beside = [box.x1 for box in others if box.x1 < block.x0 and _is_level(box, block)]
    if beside:
        left = max(left, (max(beside) + block.x0) / 2)
    if place:
        left = max(left, min(place.box.x1 + 0.01, block.x0 - _LEAST_BESIDE))
    floor = min(1.0, block.y1 + _REACH_DOWN)
    return Box(max(0.0, left), max(0.0, block.y0 - 0.012), min(1.0, block.x1 + _BESIDE), floor)


def _is_level(one: Box, other: Box) -> bool:
    return one.y1 > other.y0 - 0.01 and one.y0 < other.y1 + 0.01


def around_name(name: Box) -> Box:
    """A row and what its first and last letters may have lost."""
    return Box(
        max(0.0, name.x0 - 0.04),
        max(0.0, name.y0 - 0.012),
        min(1.0, name.x1 + 0.03),
        min(1.0, name.y1 + 0.008),
    )


def beside_list(place: ListPlace) -> Box:
    """Where a signature block should stand beside the copy list."""
    box, label = place.box, place.label.box
    left = min(max(label.x1 + 0.02, box.x1 + 0.01), label.x0 + _LIST_WIDTH * label.width)
    top = max(0.0, label.y0 - _ABOVE_LIST)
    return Box(min(0.9, left), top, 1.0, min(1.0, max(box.y1 + 0.06, label.y0 + _REACH_UNDER_LABEL)))
