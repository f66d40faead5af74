"""Where drawn signs come from: scanned pens (MNIST), handwriting fonts, own strokes, print fonts.

Every sign comes as a mask (255 = ink) with the row that stands on the baseline and the height of a digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from training.skeletons import Mask, draw_hand, draw_sign
from training.ways import WAYS

_DIGITS = "0123456789"
_FONT_PX = 72


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign: `mask`, its row `base` on the baseline, and how high a digit of its kind is, in pixels."""

    mask: Mask
    base: float
    digit_px: float


@dataclass(frozen=True)
class Sources:
    """All that signs are drawn from."""

    pens: dict[str, list[Mask]]
    """MNIST digits, 28 × 28."""
    hands: list[Path]
    """Handwriting fonts."""
    prints: list[Path]
    """Print fonts."""


def load_sources(mnist: Path, hands: Path, prints: list[Path], *, part: str = "train") -> Sources:
    """Load the sources; `part` of MNIST is `train` or `test`."""
    with np.load(mnist) as data:
        images, labels = data[f"{part}_images"], data[f"{part}_labels"]
    pens = {d: list(images[labels == int(d)]) for d in _DIGITS}
    return Sources(pens, sorted(hands.glob("*.ttf")), sorted(prints))


class Writer:
    """One who writes one string: draws each sign in the same manner."""

    def __init__(self, sources: Sources, rng: np.random.Generator, *, kind: str | None = None) -> None:
        self._sources = sources
        self._rng = rng
        self.kind = kind or str(rng.choice(["pen", "font", "hand", "print"], p=[0.27, 0.25, 0.4, 0.08]))
        self._hand = draw_hand(rng)
        fonts = sources.prints if self.kind == "print" else sources.hands
        self._font = fonts[int(rng.integers(len(fonts)))]
        self._grow = float(rng.uniform(-0.04, 0.05))

    def draw(self, sign: str) -> Glyph:
        """Draw one sign."""
        rng = self._rng
        if self.kind == "pen" and sign in _DIGITS:
            pens = self._sources.pens[sign]
            glyph = _from_pen(pens[int(rng.integers(len(pens)))])
            return _thicker(glyph, self._grow)
        if self.kind in {"font", "print"} or sign not in WAYS:
            font = self._font
            if self.kind not in {"font", "print"}:
                font = self._sources.hands[int(rng.integers(len(self._sources.hands)))]
            glyph = _from_font(font, sign)
            return glyph if self.kind == "print" else _thicker(glyph, self._grow)
        mask, base = draw_sign(sign, self._hand, rng)
        return Glyph(mask, base, 72.0)


def _from_pen(image: Mask) -> Glyph:
    """A digit of MNIST, enlarged with sharp edges, its own height taken as the digit's height."""
    big = cv2.resize(image, None, fx=3.6, fy=3.6, interpolation=cv2.INTER_CUBIC)
    sharp = np.clip((big.astype(np.int16) - 90) * 3, 0, 255).astype(np.uint8)
    rows = np.flatnonzero(sharp.max(axis=1) > 128)
    columns = np.flatnonzero(sharp.max(axis=0) > 128)
    top, bottom = (int(rows[0]), int(rows[-1])) if len(rows) else (0, 100)
    left, right = (int(columns[0]), int(columns[-1])) if len(columns) else (0, 100)
    cut = np.pad(sharp[top : bottom + 1, left : right + 1], 6)
    return Glyph(cut, float(bottom - top + 6), float(max(bottom - top, 40)))


@lru_cache(maxsize=512)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=4096)
def _from_font(path: Path, sign: str) -> Glyph:
    font = _font(path, _FONT_PX)
    _, top, _, bottom = font.getbbox("0", anchor="ls")
    left, high, right, low = font.getbbox(sign, anchor="ls")
    pad = 8
    size = (max(int(right - left) + 2 * pad, 4), max(int(low - high) + 2 * pad, 4))
    image = Image.new("L", size, 0)
    ImageDraw.Draw(image).text((pad - left, pad - high), sign, font=font, fill=255, anchor="ls")
    return Glyph(np.asarray(image, np.uint8), float(pad - high), float(max(bottom - top, 20)))


def _thicker(glyph: Glyph, grow: float) -> Glyph:
    """The same with a broader or finer pen; `grow` in heights of a digit."""
    px = round(abs(grow) * glyph.digit_px)
    if px == 0:
        return glyph
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (px + 1, px + 1))
    if grow > 0:
        return Glyph(np.asarray(cv2.dilate(glyph.mask, kernel), np.uint8), glyph.base, glyph.digit_px)
    thin = np.asarray(cv2.erode(glyph.mask, kernel), np.uint8)
    if thin.sum(dtype=np.int64) < 0.35 * glyph.mask.sum(dtype=np.int64):
        return glyph
    return Glyph(thin, glyph.base, glyph.digit_px)


@lru_cache(maxsize=4000)
def print_text(path: Path, text: str, size: int) -> tuple[Mask, int]:
    """Return printed `text` as a mask, its ends cut tight, and the row of its baseline."""
    font = _font(path, size)
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    image = Image.new("L", (max(int(right - left), 1), max(int(bottom - top), 1)), 0)
    ImageDraw.Draw(image).text((-left, -top), text, font=font, fill=255, anchor="ls")
    return np.asarray(image, np.uint8), int(-top)
