"""Measure how often what the readers agree on is wrong, on drawn gaps of other hands than the training's.

    .venv/bin/python -m training.agreement --mnist mnist.npz --fonts FONTS [--gaps 1000]

Needs the product's own environment: both readers of a gap look, and `fields.opinions` decides. The digits are
those of MNIST's test part, of the handwriting fonts and of the strokes, drawn with seeds that no training saw
and worn; some are past reading. No row stands around a drawn gap, so this is what two readers of one gap are
worth; on paper the row must bear them out too.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from unittest.mock import patch

import cv2
import numpy as np

import fields.opinions
from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Box
from documents.reading import FieldName
from fields.opinions import Opinions, gather
from ocr.rows import read_gap
from training.draw import on_white, print_fonts
from training.glyphs import Sources, load_sources
from training.scenes import draw_scene
from training.wear import worn

SEED = 987
SHARES = (0.9, 0.99, 0.999, 0.9999)
_LEAST_PX = (10, 5)
_PLACE = Box(0, 0, 1, 1)
_LOOK = SecondLook(FieldName.NUMBER_SYMBOL, 1, _PLACE, Alphabet.DIGITS, _PLACE)


def draw_opinions(sources: Sources, rng: np.random.Generator) -> tuple[str, Opinions]:
    """Draw one gap with digits in it; returns them and what the readers saw."""
    while True:
        scene = draw_scene(sources, rng)
        if not (scene.alone and scene.text.isdecimal()):
            continue
        scan = on_white(worn(scene, rng), rng)
        if scan.shape[0] >= _LEAST_PX[0] and scan.shape[1] >= _LEAST_PX[1]:
            answers = [SecondReading(_LOOK, r.text, r.reader, r.shares) for r in read_gap([("", scan)])]
            return scene.text, gather(answers, str, _can_stand)


def _can_stand(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,6}", text) is not None


def main() -> None:
    """Draw, read, print a row for each share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--gaps", type=int, default=1000)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    sources = load_sources(given.mnist, given.fonts, print_fonts(), part="test")
    rng = np.random.default_rng(SEED)
    seen = [draw_opinions(sources, rng) for _ in range(given.gaps)]
    right = sum(_same(opinions.guess, text) for text, opinions in seen)
    print(f"{given.gaps} gaps, the guess is right in {right}")  # noqa: T201
    for share in SHARES:
        with patch.object(fields.opinions, "SURE_ENOUGH", share):
            agreed = [(text, o.agreed) for text, o in seen if o.agreed is not None]
        wrong = [(text, value) for text, value in agreed if not _same(value, text)]
        print(f"agreed from {share:g}: {len(agreed)}, wrong {len(wrong)}: {wrong}")  # noqa: T201


def _same(value: str | None, text: str) -> bool:
    return value is not None and value.lstrip("0") == text.lstrip("0")


if __name__ == "__main__":
    main()
