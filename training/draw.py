"""Draw the training pictures in advance, in numbered chunks: the same seed draws the same chunk anywhere.

python -m training.draw OUT --mnist mnist.npz --fonts FONTS --first 0 --last 100
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from ocr.pen_digits import to_input
from training.glyphs import Sources, load_sources
from training.scenes import draw_scene
from training.skeletons import Mask
from training.wear import worn

CHUNK = 1024
MOST_WIDTH = 256
SEED = 20250102
PRINTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-*.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif*.ttf",
    "/usr/share/fonts/opentype/urw-base35/NimbusRoman-*.otf",
)


def print_fonts() -> list[Path]:
    """The serif fonts of Debian's packages fonts-liberation2, fonts-dejavu and fonts-urw-base35."""
    paths = [p for pattern in PRINTS for p in sorted(Path("/").glob(pattern[1:]))]
    times = [p for p in paths if "Dejavu" not in p.name and "DejaVu" not in p.name]
    return times * 3 + paths


def draw_sample(sources: Sources, rng: np.random.Generator, kind: str | None = None) -> tuple[Mask, str]:
    """Draw one picture as the network sees it, and what it says."""
    while True:
        scene = draw_scene(sources, rng, kind=kind)
        scan = worn(scene, rng)
        picture = to_input(on_white(scan, rng) if scene.alone else scan)
        steps = picture.shape[1] // 2
        repeats = sum(a == b for a, b in zip(scene.text[:-1], scene.text[1:], strict=True))
        if picture.shape[1] <= MOST_WIDTH and steps >= len(scene.text) + repeats + 1:
            return picture, scene.text


def on_white(scan: Mask, rng: np.random.Generator) -> Mask:
    """The ink with a pixel of paper around it on white, as `ocr.gaps` cuts it out, with a margin."""
    ink = np.asarray(cv2.threshold(scan, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1], np.uint8)
    near = cv2.dilate(ink, np.ones((3, 3), np.uint8)) > 0
    if not near.any():
        return scan
    rows, columns = np.flatnonzero(near.any(axis=1)), np.flatnonzero(near.any(axis=0))
    alone = np.where(near, scan, 255).astype(np.uint8)[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    margin = (round(float(rng.uniform(0.1, 0.3)) * alone.shape[0]),) * 4
    return np.asarray(cv2.copyMakeBorder(alone, *margin, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)


def write_chunk(out: Path, number: int, sources: Sources) -> None:
    """Draw chunk `number` and write it as one file, whole or not at all."""
    rng = np.random.default_rng([SEED, number])
    drawn = [draw_sample(sources, rng) for _ in range(CHUNK)]
    flat = np.concatenate([picture.T.ravel() for picture, _ in drawn])
    part = out / f"{number:05d}.part.npz"
    np.savez(
        part, flat=flat, widths=[p.shape[1] for p, _ in drawn], texts=np.array([text for _, text in drawn])
    )
    part.rename(out / f"{number:05d}.npz")


def main() -> None:
    """Draw the chunks that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, required=True)
    parser.add_argument("--step", type=int, default=1)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    sources = load_sources(given.mnist, given.fonts, print_fonts())
    for number in range(given.first, given.last, given.step):
        if not (given.out / f"{number:05d}.npz").exists():
            write_chunk(given.out, number, sources)


if __name__ == "__main__":
    main()
