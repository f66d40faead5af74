"""The notation read a second time: which of its groups another reading bears out.

The recogniser reads letters well but takes Đ for D now and then; a D that only it confirms may be a Đ. So a D
of an unknown group needs the first reader again, or another source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Line
from documents.reading import FieldName
from fields.notation import split_groups
from fields.number_line import split_line

_SURELY_D = frozenset({"UBND", "HĐND", "TAND", "VKSND"})
"""Groups with a D of their own (nhân dân), which is no Đ."""


def list_notation_looks(line: Line, groups: Iterable[str]) -> tuple[SecondLook, ...]:
    """Return how the number line should be read again: by a reader of rows, for a D by the first too."""
    look = SecondLook(FieldName.NUMBER_SYMBOL, 1, line.box, Alphabet.REFERENCE)
    row = SecondLook(look.field, look.page, look.box, look.alphabet, line.box)
    unsure = any("D" in group for group in groups if group not in _SURELY_D)
    return (row, look) if unsure else (row,)


def list_unconfirmed(
    groups: Sequence[str],
    unknown: Collection[str],
    answers: Iterable[SecondReading],
    elsewhere: Iterable[str] = (),
) -> tuple[str, ...]:
    """Return the `unknown` groups of a notation when no second reading bears them all out.

    Args:
        groups: The notation as first read.
        unknown: Those of its groups that neither type nor directory spells.
        answers: Second readings of the line; those of other fields are passed over.
        elsewhere: The notation as other sources have it.
    """
    if not unknown or any(split_groups(other) == tuple(groups) for other in elsewhere):
        return ()
    for answer in answers:
        look = answer.look
        if look.field is not FieldName.NUMBER_SYMBOL or look.alphabet is not Alphabet.REFERENCE:
            continue
        parts = split_line(answer.text) if answer.text else None
        again = split_groups(parts.notation) if parts else ()
        by_row = answer.reader == SecondReader.ROW
        if again == tuple(groups) and not (by_row and any("D" in group for group in unknown)):
            return ()
        if by_row and _confirms(again, groups, unknown):
            return ()
    return tuple(unknown)


def _confirms(again: Sequence[str], groups: Sequence[str], unknown: Collection[str]) -> bool:
    """Whether a reader of rows saw every unknown group letter by letter; its D may stand for a Đ."""
    if len(again) != len(groups):
        return False
    pairs = [(seen, group) for seen, group in zip(again, groups, strict=True) if group in unknown]
    return all("D" not in group and seen in {group, group.replace("Đ", "D")} for seen, group in pairs)
