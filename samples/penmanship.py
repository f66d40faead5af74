"""What a hand adds to a page: written words and signatures, never twice quite alike."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from samples.ink import Mask
from samples.typeface import Face, load_font

POINTS_PER_INCH = 72
Curve = npt.NDArray[np.float64]
_LINE = np.linspace(0, 1, 80)


def write(text: str, *, size_pt: float, dpi: int, rng: np.random.Generator) -> tuple[Mask, int]:
    """Write `text` by pen: letters that lean and dance a little.

    Returns:
        The mask, and how many pixels under its top the baseline runs.
    """
    em = size_pt / POINTS_PER_INCH * dpi
    base = round(em * 1.3)
    width = sum(load_font(Face.PEN, round(em)).getlength(letter) for letter in text)
    canvas = Image.new("L", (round(width * 1.12 + em), round(em * 1.9)))
    x = em * 0.2
    for letter in text:
        x += _write_letter(canvas, letter, x, base, em, rng)
    return np.asarray(canvas, np.uint8), base


def _write_letter(
    canvas: Image.Image, letter: str, x: float, base: int, em: float, rng: np.random.Generator
) -> float:
    """Put one letter on the canvas; return how far the pen moved on."""
    font = load_font(Face.PEN, round(em * rng.uniform(0.95, 1.05)))
    side = round(em * 2)
    tile = Image.new("L", (side, side))
    origin = (em * 0.5, em * 1.3)
    ImageDraw.Draw(tile).text(origin, letter, fill=255, font=font, anchor="ls")
    lean = rng.uniform(0.04, 0.14)
    tile = tile.transform(
        tile.size, Image.Transform.AFFINE, (1, lean, -lean * origin[1], 0, 1, 0), Image.Resampling.BICUBIC
    )
    tile = tile.rotate(rng.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, center=origin)
    place = (round(x - origin[0]), round(base - origin[1] + em * rng.uniform(-0.03, 0.03)))
    canvas.paste(255, place, tile)
    return float(font.getlength(letter) * rng.uniform(0.98, 1.05))


def sign(*, width_px: int, height_px: int, pen_px: int, rng: np.random.Generator) -> Mask:
    """A signature: large strokes that die away to the right, with or without a line under them."""
    x, y = _strokes(rng)
    if rng.random() < 0.6:
        x, y = np.concatenate([x, x[-1] - _LINE * 0.7]), np.concatenate([y, _underline(y[-1], rng)])
    points = np.stack([x * width_px, y * height_px], axis=1)
    mask = np.zeros((height_px, width_px), np.uint8)
    # Coordinates are in sixteenths of a pixel, as the last argument says.
    cv2.polylines(mask, [np.round(points * 16).astype(np.int32)], False, 255, pen_px, cv2.LINE_AA, 4)
    return mask


def _strokes(rng: np.random.Generator) -> tuple[Curve, Curve]:
    """Loops or zigzags, from 0 to 1 across and down; how round they are is the hand's habit."""
    turns = rng.uniform(3.2, 6.8)
    t = np.linspace(0, turns * 2 * np.pi, 600)
    height = rng.uniform(0.22, 0.4) * np.exp(-t / rng.uniform(3.0, 9.0)) + rng.uniform(0.05, 0.11)
    roundness = rng.uniform(0.0, 0.4)
    y = 0.48 - height * np.sin(t + rng.uniform(-0.8, 0.8)) + rng.uniform(-0.14, 0.06) * t / t[-1]
    x = 0.14 + 0.66 * (t / t[-1]) ** rng.uniform(0.8, 1.25) + roundness * height * np.cos(t)
    return x + rng.uniform(0.0, 0.35) * (0.5 - y), y


def _underline(start: float, rng: np.random.Generator) -> Curve:
    """The stroke back to the left under the name, as heights for each step of it."""
    depth = rng.uniform(0.1, 0.25)
    return start + depth * np.sin(_LINE * np.pi * rng.uniform(0.6, 1.2)) + 0.08 * _LINE
