"""Draw a paper: type first, then pen, signature, seal, marks and stamp, as they come in an office."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from samples.ink import Mask, Pixels, press, turn
from samples.paper import A4_MM, Ink, Mark, Paper, Seal, Stamp
from samples.penmanship import sign, write
from samples.setting import set_paper
from samples.sheet import Sheet
from samples.stamps import STAMP_MM, cut_mark, cut_seal, cut_stamp
from samples.typeface import load_font

SIGNATURE_MM = (46.0, 24.0)


def draw_pages(paper: Paper, *, dpi: int, rng: np.random.Generator) -> list[Image.Image]:
    """Draw every page of `paper` as it lies on the glass, before any wear.

    Args:
        paper: What to draw.
        dpi: Dots per inch; an A4 page at 300 is 2480 × 3508 pixels.
        rng: Source of the hand's and the rubber's unevenness; the same state draws the same pages.

    Returns:
        Colour pages in reading order; `info["dpi"]` of each says its resolution.

    Raises:
        FontsMissing: The typeface of official papers is not installed.
    """
    return draw_sheets(set_paper(paper), paper, dpi=dpi, rng=rng)


def draw_sheets(
    sheets: Sequence[Sheet], paper: Paper, *, dpi: int, rng: np.random.Generator
) -> list[Image.Image]:
    """Draw `sheets` with the pen, seal, marks and stamp of `paper`; as `draw_pages` otherwise."""
    pages = [_print_sheet(sheet, dpi) for sheet in sheets]
    for sheet, page in zip(sheets, pages, strict=True):
        _write_by_pen(page, sheet, dpi, rng)
    _sign_and_seal(pages[-1], sheets[-1], paper.seal, dpi, rng)
    for mark in (paper.secrecy, paper.urgency):
        if mark:
            _press_mark(pages[0], mark, dpi, rng)
    if paper.stamp:
        _press_stamp(pages[0], paper.stamp, dpi, rng)
    return [_picture(page, dpi) for page in pages]


def _picture(page: Pixels, dpi: int) -> Image.Image:
    image = Image.fromarray(page)
    image.info["dpi"] = (dpi, dpi)
    return image


def _print_sheet(sheet: Sheet, dpi: int) -> Pixels:
    scale = dpi / 25.4
    image = Image.new("RGB", (round(A4_MM[0] * scale), round(A4_MM[1] * scale)), "white")
    draw = ImageDraw.Draw(image)
    for run in sheet.runs:
        font = load_font(run.face, run.size_pt / 72 * dpi)
        draw.text(
            (run.x_mm * scale, run.y_mm * scale), run.text, fill=Ink.BLACK.value, font=font, anchor="ls"
        )
    for rule in sheet.rules:
        ends = (rule.x0_mm * scale, rule.y0_mm * scale, rule.x1_mm * scale, rule.y1_mm * scale)
        draw.line(ends, fill=Ink.BLACK.value, width=max(round(rule.thickness_mm * scale), 1))
    return np.array(image, np.uint8)


def _write_by_pen(page: Pixels, sheet: Sheet, dpi: int, rng: np.random.Generator) -> None:
    scale = dpi / 25.4
    for run in sheet.pen:
        mask, base = write(run.text, size_pt=run.size_pt, dpi=dpi, rng=rng)
        at_px = (round(run.x_mm * scale - 0.2 * run.size_pt / 72 * dpi), round(run.y_mm * scale) - base)
        press(page, mask, at_px=at_px, ink=Ink.BLUE, rng=rng, patchy=0.15)


def _sign_and_seal(page: Pixels, sheet: Sheet, seal: Seal | None, dpi: int, rng: np.random.Generator) -> None:
    """Sign in blue; the seal covers the left third of the signature."""
    if sheet.signature_mm is None or seal is None:
        return
    scale = dpi / 25.4
    x, y = sheet.signature_mm
    width, height = SIGNATURE_MM
    mask = sign(
        width_px=round(width * scale),
        height_px=round(height * scale),
        pen_px=max(round(0.45 * scale), 1),
        rng=rng,
    )
    _press_at(page, mask, (x + 3, y), dpi, Ink.BLUE, rng, 0.1)
    rubber = turn(cut_seal(seal, dpi=dpi), rng.uniform(-12, 12))
    _press_at(page, rubber, (x - 14, y - 1), dpi, seal.ink, rng, 0.4)


def _press_mark(page: Pixels, mark: Mark, dpi: int, rng: np.random.Generator) -> None:
    mask = cut_mark(mark, dpi=dpi)
    width, height = (side / dpi * 25.4 for side in (mask.shape[1], mask.shape[0]))
    middle = (mark.place[0] - 1.5 + width / 2, mark.place[1] - 1.5 + height / 2)
    _press_at(page, turn(mask, mark.tilt_deg), middle, dpi, mark.ink, rng, 0.3)


def _press_stamp(page: Pixels, stamp: Stamp, dpi: int, rng: np.random.Generator) -> None:
    rubber, values = cut_stamp(stamp, dpi=dpi, rng=rng)
    middle = (stamp.place[0] + STAMP_MM[0] / 2, stamp.place[1] + STAMP_MM[1] / 2)
    _press_at(page, turn(rubber, stamp.tilt_deg), middle, dpi, stamp.ink, rng, 0.35)
    ink, patchy = (stamp.pen_ink, 0.1) if stamp.hand == "pen" else (stamp.ink, 0.2)
    _press_at(page, turn(values, stamp.tilt_deg), middle, dpi, ink, rng, patchy)


def _press_at(
    page: Pixels,
    mask: Mask,
    middle_mm: tuple[float, float],
    dpi: int,
    ink: Ink,
    rng: np.random.Generator,
    patchy: float,
) -> None:
    """Press a mask with its middle at a point of the page."""
    scale = dpi / 25.4
    left = round(middle_mm[0] * scale - mask.shape[1] / 2)
    top = round(middle_mm[1] * scale - mask.shape[0] / 2)
    press(page, mask, at_px=(left, top), ink=ink, rng=rng, patchy=patchy)
