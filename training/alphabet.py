"""What the network can say: one class for nothing, one for each sign."""

from __future__ import annotations

SIGNS = "0123456789/.-ABab?"
"""Class `i + 1` says `SIGNS[i]`; class 0 says nothing; `?` is pen writing that is none of the others."""

CLASSES = len(SIGNS) + 1
HEIGHT = 32
"""Rows of the picture that the network takes."""
STEP = 2
"""Columns of the picture for each answer."""


def encode(text: str) -> list[int]:
    """Return the classes of `text`."""
    return [SIGNS.index(sign) + 1 for sign in text]
