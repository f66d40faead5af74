"""Wear a drawn page as scanners, telephones and time do."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from samples.paper import Wear

Picture = npt.NDArray[np.uint8]
"""Gray (height_px, width_px) or colour (height_px, width_px, 3)."""


def wear(image: Image.Image, how: Wear, rng: np.random.Generator) -> Image.Image:
    """Return the page as it comes out of the scanner; the same `rng` state wears it alike.

    The size stays but for quarter turns; the mode is `RGB`, `L` when `how.grey`, `1` when `how.bilevel`.
    """
    pixels: Picture = np.array(image.convert("L" if how.grey or how.bilevel else "RGB"), np.uint8)
    pixels = _skew(pixels, how.skew_deg)
    if how.blur > 0:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), how.blur), np.uint8)
    if how.shading > 0:
        pixels = shade(pixels, how.shading)
    if how.noise > 0:
        pixels = add_noise(pixels, how.noise, rng)
    if how.speckle > 0:
        _speckle(pixels, how.speckle, rng)
    if how.jpeg_quality is not None:
        pixels = _through_jpeg(pixels, how.jpeg_quality)
    worn = Image.fromarray(np.rot90(pixels, -how.turned_deg // 90).copy())
    if how.bilevel:
        worn = worn.point([0] * 150 + [255] * 106).convert("1", dither=Image.Dither.NONE)
    worn.info["dpi"] = image.info.get("dpi", (300, 300))
    return worn


def _skew(pixels: Picture, clockwise_deg: float) -> Picture:
    if clockwise_deg == 0:
        return pixels
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -clockwise_deg, 1.0)
    white = (255, 255, 255)
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=white), np.uint8
    )


def shade(pixels: Picture, amount: float) -> Picture:
    """Darken from the top left to the bottom right, as a lamp at one side does."""
    height, width = pixels.shape[:2]
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    light = 1 - amount * (0.65 * across + 0.35 * down) ** 1.5
    light = light if pixels.ndim == 2 else light[..., None]
    return (pixels * light).astype(np.uint8)


def add_noise(pixels: Picture, deviation: float, rng: np.random.Generator) -> Picture:
    """Add grain of that standard deviation, the same in every channel."""
    grain = rng.standard_normal(pixels.shape[:2], dtype=np.float32) * deviation
    grain = grain if pixels.ndim == 2 else grain[..., None]
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def _speckle(pixels: Picture, count: int, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    largest = max(width / 1100, 1.0)
    for _ in range(count):
        middle = (int(rng.integers(width)), int(rng.integers(height)))
        tone = int(rng.integers(20, 120)) if rng.random() < 0.7 else 255
        cv2.circle(pixels, middle, int(rng.uniform(0.4, largest) + 0.5), (tone, tone, tone), -1)


def _through_jpeg(pixels: Picture, quality: int) -> Picture:
    flag = cv2.IMREAD_GRAYSCALE if pixels.ndim == 2 else cv2.IMREAD_COLOR
    packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, flag), np.uint8)
