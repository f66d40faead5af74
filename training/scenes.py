"""Draws one gap of a typed line with pen digits in it, as it lies on the paper before it is worn."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.alphabet import SIGNS
from training.glyphs import Sources, Writer, print_text
from training.skeletons import Mask
from training.texts import draw_surroundings, draw_text

Ink = NDArray[np.float32]
"""Shape (height, width); 0 is paper, 1 is full ink."""

_HEIGHT, _BASE = 150, 96
_MARGIN = 190
"""Room on both sides of the digits for what is printed there."""
_SLACK = 14
"""Pixels kept around a cut while it is tilted."""
_ALONE = 0.45
"""Share of the gaps from which the print beside them was cut away."""
# fmt: off
_LETTERS = [
    "V/v báo cáo số lượng", "hướng dẫn thực hiện", "CỘNG HÒA XÃ HỘI", "SỞ Y TẾ TỈNH", "ỦY BAN NHÂN DÂN",
    "tăng cường công tác", "Kính gửi: Các phòng", "Độc lập - Tự do",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Scene:
    """The picture of one gap and what the pen wrote there.

    `digit_px` is how high the digits are, `pen_ink` how dark the pen is at its darkest, 0 to 1.
    """

    ink: Ink
    text: str
    digit_px: float
    pen_ink: float
    alone: bool = False
    """Whether the print beside the gap was cut away, as `ocr.gaps` does."""


def draw_scene(sources: Sources, rng: np.random.Generator, *, kind: str | None = None) -> Scene:
    """Draw one gap; `kind` chooses the writer (`pen`, `font`, `hand`, `print`)."""
    written, what = draw_text(rng)
    writer = Writer(sources, rng, kind=kind)
    digit_px = float(rng.uniform(36, 62))
    pen, left, right = _write(written, writer, digit_px, rng)
    canvas = np.zeros(pen.shape, np.float32)
    alone = rng.random() < _ALONE
    cap_px = digit_px / float(rng.uniform(0.75, 1.7)) if writer.kind != "print" else digit_px
    if alone:
        _crumbs(canvas, left, right, cap_px, rng)
    else:
        _print_around(canvas, what, left, right, cap_px, sources, rng, typed=writer.kind == "print")
        _letters_near(canvas, left, cap_px, sources, rng)
    _rule(canvas, left, right, rng)
    _seal(canvas, rng)
    pen_ink = float(rng.uniform(0.35, 1.0)) if rng.random() < 0.5 else 1.0
    canvas = np.maximum(canvas * float(rng.uniform(0.7, 1.0)), pen.astype(np.float32) / 255 * pen_ink)
    text = "".join(sign if sign in SIGNS else "?" for sign in written)
    return Scene(_cut(canvas, left, right, digit_px, pen, rng), text, digit_px, pen_ink, alone)


def _write(text: str, writer: Writer, digit_px: float, rng: np.random.Generator) -> tuple[Mask, int, int]:
    """Write `text` on an empty canvas; also the columns where it starts and ends."""
    slant = float(rng.normal(0.14, 0.21)) if writer.kind in {"pen", "hand"} else float(rng.normal(0.0, 0.1))
    if writer.kind == "print":
        slant = float(rng.choice([0.0, 0.2]))
    squeeze = float(rng.uniform(0.75, 1.2)) if rng.random() < 0.7 else float(rng.uniform(0.45, 0.75))
    if writer.kind == "print":
        squeeze = 1.0
    gap = float(
        rng.choice([rng.normal(0.08, 0.06), rng.normal(0.0, 0.05), rng.uniform(0.1, 0.45)], p=[0.5, 0.3, 0.2])
    )
    uneven = float(rng.choice([0.0, 0.05, 0.1]))
    climb = float(rng.normal(0, 0.03))
    canvas = np.zeros((_HEIGHT, 2 * _MARGIN + int((len(text) + 1) * digit_px * 1.5)), np.uint8)
    x = float(_MARGIN)
    joins = writer.kind in {"hand", "font"} and rng.random() < 0.13
    if joins:
        gap = float(rng.normal(0.02, 0.05))
    for sign in text:
        glyph = writer.draw(sign)
        scale = digit_px / glyph.digit_px * float(np.exp(rng.normal(0, uneven)))
        wide = scale * squeeze
        drop = float(rng.normal(0, uneven * 0.6) + climb * (x - _MARGIN) / digit_px) * digit_px
        matrix = np.array(
            [
                [wide, -slant * scale, slant * scale * glyph.base],
                [0, scale, _BASE + drop - scale * glyph.base],
            ]
        )
        columns = np.flatnonzero(glyph.mask.max(axis=0) > 100)
        if not len(columns):
            continue
        first, last = _edges(glyph.mask, glyph.base, slant / squeeze)
        matrix[0, 2] += x - wide * first
        placed = cv2.warpAffine(glyph.mask, matrix, canvas.shape[::-1], flags=cv2.INTER_AREA)
        np.maximum(canvas, placed, out=canvas)
        if joins and x > _MARGIN and rng.random() < 0.6:
            _join(canvas, x, digit_px, rng)
        x += wide * (last - first) + float(gap + rng.normal(0, 0.03)) * digit_px
        if writer.kind == "print":
            x += 0.06 * digit_px
    return canvas, _MARGIN, max(int(x - gap * digit_px), _MARGIN)


def _join(canvas: Mask, x: float, digit_px: float, rng: np.random.Generator) -> None:
    """Draw the stroke of a pen that is not lifted between two digits, the second of which starts at `x`."""
    start = (x - float(rng.uniform(0.05, 0.3)) * digit_px, _BASE - float(rng.uniform(0.0, 0.15)) * digit_px)
    end = (x + float(rng.uniform(0.0, 0.25)) * digit_px, _BASE - float(rng.uniform(0.0, 0.6)) * digit_px)
    ends = [(round(px * 8), round(py * 8)) for px, py in (start, end)]
    thick = max(1, round(float(rng.uniform(0.04, 0.09)) * digit_px))
    cv2.line(canvas, ends[0], ends[1], (255,), thick, cv2.LINE_AA, 3)


def _edges(mask: Mask, base: float, lean: float) -> tuple[float, float]:
    """The first and last column of ink once the mask leans."""
    rows, columns = np.nonzero(mask[::2, ::2] > 100)
    if not len(columns):
        return 0.0, float(mask.shape[1])
    leant = columns * 2 - lean * (rows * 2 - base)
    return float(leant.min()), float(leant.max())


def _print_around(
    canvas: Ink,
    what: str,
    left: int,
    right: int,
    cap_px: float,
    sources: Sources,
    rng: np.random.Generator,
    *,
    typed: bool,
) -> None:
    """Print the label before and the notation after, on the same baseline, near or touching."""
    before, after = draw_surroundings(what, rng)
    font = sources.prints[int(rng.integers(len(sources.prints)))]
    size = max(12, round(cap_px / 0.66 / 8) * 8)
    base = _BASE + round(float(rng.normal(0, 0.07)) * cap_px)
    least = 0.05 if typed else -0.18
    if before and rng.random() < 0.93:
        mask, row = print_text(font, before, size)
        end = left - round(
            float(rng.uniform(least, 0.6) if rng.random() < 0.8 else rng.uniform(0, 2)) * cap_px
        )
        _stamp(canvas, mask, end - mask.shape[1], base - row)
    if after and rng.random() < 0.95:
        mask, row = print_text(font, after, size)
        start = right + round(
            float(rng.uniform(least, 0.6) if rng.random() < 0.8 else rng.uniform(0, 2)) * cap_px
        )
        _stamp(canvas, mask, start, base - row)


def _crumbs(canvas: Ink, left: int, right: int, cap_px: float, rng: np.random.Generator) -> None:
    """What cutting leaves of the print: the dots of the colon before, the foot of the slash behind."""
    if rng.random() < 0.15:
        x = left - round(float(rng.uniform(0.1, 0.5)) * cap_px)
        radius = max(1, round(float(rng.uniform(0.04, 0.08)) * cap_px))
        for y in (_BASE - radius, _BASE - round(0.5 * cap_px))[: int(rng.integers(1, 3))]:
            cv2.circle(canvas, (x, y), radius, 1.0, -1, cv2.LINE_AA)
    if rng.random() < 0.25:
        x = right + round(float(rng.uniform(-0.02, 0.3)) * cap_px)
        rise = float(rng.uniform(0.1, 0.45)) * cap_px
        foot = (x, _BASE + round(float(rng.uniform(0.0, 0.2)) * cap_px))
        head = (x + round(0.45 * rise), round(_BASE - rise))
        cv2.line(canvas, foot, head, 1.0, max(1, round(float(rng.uniform(0.05, 0.1)) * cap_px)), cv2.LINE_AA)


def _stamp(canvas: Ink, mask: Mask, x: int, y: int) -> None:
    """Lay `mask` on the canvas; what falls outside is lost."""
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + mask.shape[1], canvas.shape[1]), min(y + mask.shape[0], canvas.shape[0])
    if x1 > x0 and y1 > y0:
        part = mask[y0 - y : y1 - y, x0 - x : x1 - x].astype(np.float32) / 255
        np.maximum(canvas[y0:y1, x0:x1], part, out=canvas[y0:y1, x0:x1])


def _rule(canvas: Ink, left: int, right: int, rng: np.random.Generator) -> None:
    """A dotted line in the gap, a rule under it, a frame's edge beside or through it."""
    chance = rng.random()
    y = _BASE + int(rng.normal(2, 5))
    if chance < 0.4:
        step, radius = int(rng.integers(6, 18)), float(rng.uniform(0.8, 3.2))
        start = left - int(rng.integers(-10, 80))
        for x in range(start, right + int(rng.integers(-10, 80)), step):
            cv2.circle(canvas, (x * 8, y * 8), round(radius * 8), 1.0, -1, cv2.LINE_AA, 3)
    elif chance < 0.48:
        cv2.line(
            canvas, (left - 60, y), (right + 60, y + int(rng.normal(0, 2))), float(rng.uniform(0.4, 1)), 2
        )
    if rng.random() < 0.08:
        y = _BASE + int(rng.choice([-1, 1])) * int(rng.integers(14, 60))
        cv2.line(canvas, (0, y), (canvas.shape[1], y + int(rng.normal(0, 5))), 1.0, int(rng.integers(1, 6)))
    if rng.random() < 0.06:
        x = int(rng.choice([left - rng.integers(8, 50), right + rng.integers(8, 50)]))
        cv2.line(
            canvas,
            (x, 0),
            (x + int(rng.normal(0, 3)), _HEIGHT),
            float(rng.uniform(0.3, 1)),
            int(rng.integers(1, 5)),
        )


def _letters_near(canvas: Ink, left: int, cap_px: float, sources: Sources, rng: np.random.Generator) -> None:
    """Parts of the lines above and below."""
    for below in (False, True):
        if rng.random() < 0.3:
            font = sources.prints[int(rng.integers(len(sources.prints)))]
            words = str(rng.choice(_LETTERS))
            mask, row = print_text(font, words, max(12, round(cap_px / 0.66 / 8) * 8))
            away = (
                round(float(rng.uniform(1.6, 2.2)) * cap_px)
                if below
                else -round(float(rng.uniform(1.7, 2.4)) * cap_px)
            )
            _stamp(canvas, mask, left - int(rng.integers(0, 200)), _BASE + away - row)


def _seal(canvas: Ink, rng: np.random.Generator) -> None:
    """Gray arcs of a seal or stamp across the gap."""
    if rng.random() > 0.1:
        return
    tone = float(rng.uniform(0.15, 0.5))
    layer = np.zeros_like(canvas)
    middle = (int(rng.integers(0, canvas.shape[1])), int(rng.integers(-80, _HEIGHT + 80)))
    for radius in (rng.integers(60, 240), rng.integers(60, 240)):
        cv2.circle(layer, middle, int(radius), tone, int(rng.integers(2, 9)), cv2.LINE_AA)
    np.maximum(canvas, layer, out=canvas)


def _tilt(canvas: Ink, rng: np.random.Generator) -> Ink:
    degrees = float(np.clip(rng.normal(0, 1.3), -4, 4))
    middle = (canvas.shape[1] / 2, canvas.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(middle, degrees, 1.0)
    if rng.random() < 0.3:  # paper that bends
        return _bent(np.asarray(cv2.warpAffine(canvas, turn, canvas.shape[::-1]), np.float32), rng)
    return np.asarray(cv2.warpAffine(canvas, turn, canvas.shape[::-1]), np.float32)


def _bent(canvas: Ink, rng: np.random.Generator) -> Ink:
    height, width = canvas.shape
    grid = rng.normal(0, 2.2, (2, 4, max(width // 50, 3))).astype(np.float32)
    dx, dy = (cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC) for part in grid)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return np.asarray(cv2.remap(canvas, x + dx, y + dy, cv2.INTER_LINEAR), np.float32)


def _cut(canvas: Ink, left: int, right: int, digit_px: float, pen: Mask, rng: np.random.Generator) -> Ink:
    """Cut the gap out as a program would: seldom too tight, often with parts of the print beside it."""
    rows = np.flatnonzero(pen.max(axis=1) > 100)
    top, bottom = (int(rows[0]), int(rows[-1])) if len(rows) else (_BASE - int(digit_px), _BASE)
    above, below = (float(v) * digit_px for v in rng.uniform(-0.04, 0.45, 2))
    if rng.random() < 0.25:  # pens rise above and fall below the line that a program finds
        above = float(rng.uniform(-0.2, 0.1)) * digit_px
    if rng.random() < 0.2:
        below = float(rng.uniform(-0.15, 0.1)) * digit_px
    if rng.random() < 0.15:
        above, below = above + 0.3 * digit_px, below + 0.3 * digit_px
    wide = rng.choice([0.25, 0.8, 2.6], size=2, p=[0.5, 0.3, 0.2])
    before, after = (float(rng.uniform(-0.05, w)) * digit_px for w in wide)
    if right == left:
        after += float(rng.uniform(0.5, 3)) * digit_px
    y0, y1 = max(round(top - above), 0), min(round(bottom + below), _HEIGHT)
    x0, x1 = max(round(left - before), 0), min(round(right + after), canvas.shape[1])
    x1 = max(x1, x0 + 12)
    up, back = min(y0, _SLACK), min(x0, _SLACK)
    window = canvas[y0 - up : y1 + _SLACK, x0 - back : x1 + _SLACK]
    tilted = _tilt(np.ascontiguousarray(window), rng)
    return np.ascontiguousarray(tilted[up : up + y1 - y0, back : back + x1 - x0])
