"""Wears a drawn gap as copiers, scanners, fax and JPEG do, at 100 to 300 dots per inch."""

from __future__ import annotations

import cv2
import numpy as np

from training.scenes import Ink, Scene
from training.skeletons import Mask


def worn(scene: Scene, rng: np.random.Generator) -> Mask:
    """Return the gap as a gray scan: 255 is paper."""
    scan_px = float(
        rng.choice([rng.uniform(12, 20), rng.uniform(18, 34), rng.uniform(30, 48)], p=[0.2, 0.5, 0.3])
    )
    scale = scan_px / scene.digit_px
    ink = _blotted(scene.ink, rng)
    size = (max(round(ink.shape[1] * scale), 6), max(round(ink.shape[0] * scale), 8))
    ink = np.asarray(
        cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR), np.float32
    )
    if rng.random() < 0.5:
        ink = np.asarray(
            cv2.GaussianBlur(ink, (0, 0), float(rng.uniform(0.3, 1.1)) * scan_px / 26), np.float32
        )
    ink = ink + _noise(ink.shape, float(rng.uniform(0, 0.07)), rng)
    chance = rng.random()
    if chance < 0.4:
        return _bilevel(ink, scene.pen_ink, rng)
    paper, dark = float(rng.uniform(200, 255)), float(rng.uniform(0, 90))
    if chance < 0.48:
        dark = paper - float(rng.uniform(45, 90))  # a pale pen or a pale copy
    gray = paper - np.clip(ink, 0, 1.1) * (paper - dark)
    gray += _noise(ink.shape, float(rng.uniform(0, 5)), rng)
    gray += _shade(ink.shape, rng)
    picture: Mask = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, code = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(20, 85))])
        picture = np.asarray(cv2.imdecode(code, cv2.IMREAD_GRAYSCALE), np.uint8)
    return picture


def _blotted(ink: Ink, rng: np.random.Generator) -> Ink:
    """Strokes that bleed or break."""
    chance = rng.random()
    if chance < 0.1:
        return np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), np.float32)
    if chance < 0.24:
        height, width = ink.shape
        coarse = rng.uniform(0, 1, (max(height // 5, 2), max(width // 5, 2))).astype(np.float32)
        holes = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
        worn_off = np.clip((holes - float(rng.uniform(0.05, 0.2))) * 6, 0, 1)
        return np.asarray(ink * worn_off, np.float32)
    return ink


def _bilevel(ink: Ink, pen_ink: float, rng: np.random.Generator) -> Mask:
    """One bit for each pixel, as a fax or an office scanner keeps it, thresholded well or badly."""
    sharp = cv2.GaussianBlur(ink, (0, 0), 0.5)
    fullest = min(float(np.percentile(sharp, 99)), pen_ink)
    step = max(float(rng.uniform(0.22, 0.6)) * fullest, 0.1)
    picture = np.where(sharp > step, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        specks = rng.random(picture.shape)
        rate = float(rng.uniform(0, 0.008))
        picture[specks < rate] = 0
        picture[specks > 1 - rate] = 255
    return picture


def _noise(shape: tuple[int, ...], amount: float, rng: np.random.Generator) -> Ink:
    return rng.standard_normal(shape, np.float32) * np.float32(amount)


def _shade(shape: tuple[int, ...], rng: np.random.Generator) -> Ink:
    """Light that falls off across the paper, and print that shows through from the back."""
    slope = rng.normal(0, 8, 2)
    y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, shape[1], dtype=np.float32)[None, :]
    return np.asarray(slope[0] * y + slope[1] * x, np.float32)
