"""The document's number in other sources than the picture: the file's text, annotations, its name.

Digitally signed files often carry number and day only as an annotation over a blank typed line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.page import Line, Paper, Source
from fields.layer import layer_paper
from fields.layout import find_layout
from fields.number_line import split_line
from fields.reference_grammar import fold_notation


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A number from another source; `notation` where the source has it too."""

    number: str
    source: Source
    notation: str | None = None


def list_other_numbers(paper: Paper, line: Line, notation: str | None) -> tuple[OtherNumber, ...]:
    """Return what the other sources of `paper` have for the number on `line`, the surest first."""
    found = (_overlay(paper, line), _layer(paper), _file_name(paper.file_name, notation))
    return tuple(f for f in found if f)


def _overlay(paper: Paper, line: Line) -> OtherNumber | None:
    """The bare number of an annotation that lies on the number's line."""
    row = line.box
    for note in paper.annotations:
        box = note.box
        if note.page != 1 or box is None or not re.fullmatch(r"\s*\d{1,6}\s*", note.text):
            continue
        if row.y0 <= box.middle[1] <= row.y1 and row.x0 <= box.middle[0] <= row.x1:
            return OtherNumber(note.text.strip(), Source.ANNOTATION)
    return None


def _layer(paper: Paper) -> OtherNumber | None:
    """The number in the head of the file's own text, where page 1 was read from the picture."""
    own = layer_paper(paper)
    line = find_layout(own).head.number if own else None
    parts = split_line(line.text) if line else None
    if parts is None or parts.number is None or parts.mended:
        return None
    return OtherNumber(parts.number, Source.TEXT_LAYER, parts.notation)


def _file_name(name: str, notation: str | None) -> OtherNumber | None:
    """The number in a file name that carries the notation too: `02_KH-UBND.pdf`, `1171 BTTTT-TTĐN.pdf`."""
    if not notation:
        return None
    stem = fold_notation(re.sub(r"\s", "_", re.sub(r"\.\w{3,4}$", "", name)))
    letters = "[-_. ]?".join(re.escape(part) for part in re.split(r"[-/]", fold_notation(notation)))
    match = re.search(rf"(?<!\d)(\d{{1,6}})[-_. ]*(?:(?:19|20)\d\d[-_. ]*)?{letters}(?![A-Z0-9])", stem)
    return OtherNumber(match[1], Source.FILE) if match else None
