"""Press ink on a page: a mask of what is inked, a colour, and the unevenness of rubber and pen.

A mask is a gray picture, 255 where ink falls. Ink multiplies: what lies under it stays to be seen.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from samples.paper import Ink

Pixels = npt.NDArray[np.uint8]
"""A colour page, shape (height_px, width_px, 3)."""
Mask = npt.NDArray[np.uint8]
"""What is inked, shape (height_px, width_px)."""


def press(
    page: Pixels,
    mask: Mask,
    *,
    at_px: tuple[int, int],
    ink: Ink,
    rng: np.random.Generator,
    patchy: float = 0.0,
) -> None:
    """Lay `mask` on `page` in place, its top left corner at `at_px`; what sticks out of the page is lost.

    Args:
        page: The page, changed in place.
        mask: What is inked.
        at_px: Left and top of the mask on the page; may be negative.
        ink: The colour.
        rng: Source of unevenness.
        patchy: Share of ink that may be missing in patches, 0 to 1.
    """
    left, top = at_px
    height, width = page.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mask.shape[1], width), min(top + mask.shape[0], height)
    if x0 >= x1 or y0 >= y1:
        return
    strength = _wear_off(mask, patchy, rng)[y0 - top : y1 - top, x0 - left : x1 - left, None]
    colour = np.asarray(ink.value, np.float32) / 255
    under = page[y0:y1, x0:x1].astype(np.float32)
    page[y0:y1, x0:x1] = (under * (1 - strength * (1 - colour))).astype(np.uint8)


def _wear_off(mask: Mask, patchy: float, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    strength = np.asarray(mask / np.float32(255), np.float32)
    if patchy <= 0:
        return strength
    height, width = mask.shape
    coarse = rng.random((max(height // 45, 2), max(width // 45, 2)), dtype=np.float32)
    patches = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    grain = rng.random(mask.shape, dtype=np.float32)
    kept = 1 - patchy * np.clip(patches, 0, 1) - 0.25 * patchy * grain
    return np.asarray(strength * np.clip(kept, 0.0, 1.0), np.float32)


def turn(mask: Mask, clockwise_deg: float) -> Mask:
    """The mask turned about its middle, in a larger frame that holds it all."""
    turned = Image.fromarray(mask).rotate(-clockwise_deg, Image.Resampling.BICUBIC, expand=True)
    return np.asarray(turned, np.uint8)
