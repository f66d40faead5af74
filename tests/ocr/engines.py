"""Engines for tests: one that answers from a list, and one for each way an engine can fail.

They live in a module of their own because the workshop pickles them into its children.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.page import Box, Line, Word
from ocr.engine import Layout
from ocr.raster import Gray


def said(*rows: str) -> tuple[Line, ...]:
    """Lines one under the other, as an engine answers them; boxes spread over the picture."""
    return tuple(
        Line(
            tuple(
                Word(text, Box(0.05 + 0.1 * i, at / 10, 0.14 + 0.1 * i, at / 10 + 0.05), 95.0)
                for i, text in enumerate(row.split())
            )
        )
        for at, row in enumerate(rows, 1)
    )


@dataclass
class Recorded:
    """Answers every picture with the next of `answers`, then with the last, and remembers the questions.

    A strip of a page, read only to tell which way up it is, gets no words and is not remembered.
    """

    answers: Sequence[Sequence[Line]] = ((),)
    asked: list[tuple[tuple[int, ...], int, Layout, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "recorded"

    def read_lines(
        self, picture: Gray, *, dpi: int, layout: Layout = Layout.PAGE, only: str = ""
    ) -> tuple[Line, ...]:
        if layout is Layout.PAGE and picture.shape[0] < picture.shape[1]:
            return ()
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append((picture.shape, dpi, layout, only))
        return tuple(answer)


@dataclass(frozen=True)
class Late:
    """Does not answer in time."""

    name: str = "late"

    def read_lines(self, *_: object, **__: object) -> tuple[Line, ...]:
        time.sleep(60)
        return ()


@dataclass(frozen=True)
class Greedy:
    """Wants more memory than a child may have."""

    name: str = "greedy"

    def read_lines(self, *_: object, **__: object) -> tuple[Line, ...]:
        return (Line((Word(str(len(bytearray(3_000_000_000))), Box(0, 0, 1, 1)),)),)


@dataclass(frozen=True)
class Dying:
    """Takes its process with it."""

    name: str = "dying"

    def read_lines(self, *_: object, **__: object) -> tuple[Line, ...]:
        os.abort()
