"""Measure the model on drawn gaps that training never saw, and print the table for README.md.

python -m training.measure --mnist mnist.npz --fonts FONTS
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import cv2
import numpy as np

from ocr.pen_digits import DIGITS, read_digits
from training.draw import print_fonts
from training.glyphs import Sources, Writer, load_sources
from training.scenes import draw_scene
from training.skeletons import Mask
from training.wear import worn

_SEED = 99
_COUNT = 1000
MODEL = Path(__file__).parents[1] / "ocr" / "data" / "pen_digits.onnx"
_NAMES = {
    "pen": "MNIST test digits",
    "hand": "own strokes",
    "font": "handwriting fonts",
    "print": "print fonts",
}


def clean_string(sources: Sources, rng: np.random.Generator) -> tuple[Mask, str]:
    """A string of 1 to 4 MNIST digits side by side, nothing else and no wear."""
    text = "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(1, 5))))
    writer = Writer(sources, rng, kind="pen")
    parts = []
    for sign in text:
        mask = writer.draw(sign).mask
        width = max(round(mask.shape[1] * 80 / mask.shape[0]), 8)
        parts.append(np.asarray(cv2.resize(mask, (width, 80)), np.uint8))
    return np.asarray(255 - np.pad(np.hstack(parts), 10), np.uint8), text


def measure(sources: Sources, kind: str, count: int) -> tuple[float, float]:
    """Return the percentages of strings and of signs read wrongly, on worn gaps by one kind of writer."""
    rng = np.random.default_rng([_SEED, sorted(_NAMES).index(kind)])
    wrong = signs = edits = done = 0
    while done < count:
        scene = draw_scene(sources, rng, kind=kind)
        crop = worn(scene, rng)
        if not scene.text or not set(scene.text) <= set(DIGITS):
            continue
        done += 1
        read = read_digits(crop).text
        wrong += read != scene.text
        edits += distance(read, scene.text)
        signs += len(scene.text)
    return 100 * wrong / count, 100 * edits / signs


def distance(a: str, b: str) -> int:
    """Signs to change, add or drop to make `b` of `a`."""
    row = list(range(len(b) + 1))
    for i, sign in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (sign != other))
    return row[-1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--count", type=int, default=_COUNT)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    sources = load_sources(given.mnist, given.fonts, print_fonts(), part="test")
    print(f"SHA-256 `{hashlib.sha256(MODEL.read_bytes()).hexdigest()}`\n")  # noqa: T201
    print("| Digits from | strings wrong | signs wrong |\n|---|---|---|")  # noqa: T201
    rng = np.random.default_rng(_SEED)
    pairs = [
        (read_digits(crop).text, text)
        for crop, text in (clean_string(sources, rng) for _ in range(given.count))
    ]
    wrong = 100 * sum(read != text for read, text in pairs) / given.count
    signs = 100 * sum(distance(*pair) for pair in pairs) / sum(len(text) for _, text in pairs)
    print(f"| MNIST test digits, side by side, not worn | {wrong:.1f} % | {signs:.1f} % |")  # noqa: T201
    for kind, name in _NAMES.items():
        wrong, signs = measure(sources, kind, given.count)
        print(f"| {name}, in a worn gap | {wrong:.1f} % | {signs:.1f} % |")  # noqa: T201


if __name__ == "__main__":
    main()
