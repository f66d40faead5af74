"""Read the body of a paper from lightly marked text, so that samples are written as one reads them.

Paragraphs are parted by blank lines. One that starts with `# ` is bold, with `_ ` italic, with `= ` bold and
centred; words in brackets at its start, as in `[Điều 1.] Thành lập …`, are its bold lead.
"""

from __future__ import annotations

import re

from samples.paper import Manner, Paragraph

MANNERS = {"#": Manner.BOLD, "_": Manner.ITALIC, "=": Manner.CENTRED}
LEAD = re.compile(r"\[(?P<lead>[^\]]+)\]\s*")


def read_body(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text`, their line ends joined."""
    pieces = (" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text))
    return tuple(_read_paragraph(piece) for piece in pieces if piece)


def read_bases(text: str) -> tuple[str, ...]:
    """The same for legal bases, which carry no marks."""
    return tuple(paragraph.text for paragraph in read_body(text))


def _read_paragraph(text: str) -> Paragraph:
    if text[:1] in MANNERS and text[1:2] == " ":
        return Paragraph(text[2:], MANNERS[text[0]])
    if match := LEAD.match(text):
        return Paragraph(text[match.end() :], lead=match["lead"])
    return Paragraph(text)
