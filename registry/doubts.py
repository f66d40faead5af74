"""Doubts about a paper as a whole: kept with the document until a person has settled them.

A reading that says what was settled before opens nothing again, so that a clerk is asked once.
"""

from __future__ import annotations

from collections.abc import Sequence

from registry.tables import DocumentRow


def open_doubts(row: DocumentRow) -> tuple[str, ...]:
    """What nobody has settled yet, in the order it was said."""
    return tuple(doubt["text"] for doubt in row.doubts if not doubt["settled"])


def keep_doubts(row: DocumentRow, said: Sequence[str]) -> tuple[str, ...]:
    """Keep what a reading says of the whole paper and return what is new in it.

    What was open and is not said any more is dropped: a later reading saw more pages.
    """
    settled = [doubt["text"] for doubt in row.doubts if doubt["settled"]]
    known = {*settled, *open_doubts(row)}
    row.doubts = [
        *({"text": text, "settled": True} for text in settled),
        *({"text": text, "settled": False} for text in said if text not in settled),
    ]
    return tuple(text for text in said if text not in known)


def settle_doubts(row: DocumentRow) -> None:
    """A person has seen them and decided."""
    row.doubts = [{**doubt, "settled": True} for doubt in row.doubts]
