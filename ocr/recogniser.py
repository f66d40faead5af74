"""A second reader of another kind than Tesseract: the recogniser of PP-OCRv6, for one line at a time.

It reads digits, Latin letters and signs, also by pen; Vietnamese marks it does not know. Its file comes in
the wheel of `rapidocr`, of which nothing else is used. A machine without that file reads with one reader
less, and what only this one could read is asked of the clerk.

Source: PaddleOCR, PP-OCRv6 (Apache-2.0); A. Graves et al., Connectionist Temporal Classification, 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ocr.ctc import LogProbs, normalised
from ocr.raster import Gray

Probabilities = NDArray[np.float32]
"""Shape (steps, signs): how likely each sign is at each step; column 0 is nothing."""

_FILE: Final = "PP-OCRv6_rec_small.onnx"
_HEIGHT_PX, _LEAST_WIDTH_PX, _MOST_WIDTH_PX = 48, 320, 2400
_LEAST = 1e-6
"""How likely every sign is at every step at least: the network is never as sure as it says."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A character as read: its place across the picture in fractions, and how sure it is, 0 to 1."""

    text: str
    x0: float
    x1: float
    sure: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands in a picture of one line, left to right."""

    signs: tuple[Sign, ...] = ()

    @property
    def text(self) -> str:
        """The characters, spaces among them."""
        return "".join(sign.text for sign in self.signs)

    @property
    def sure(self) -> float:
        """How sure the least sure character is; 0 when there is none."""
        return min((sign.sure for sign in self.signs), default=0.0)


def recognise(picture: Gray, only: str = "") -> Recognised | None:
    """Read one line.

    Args:
        picture: Shape (height_px, width_px), at least one pixel; 0 is ink.
        only: The characters that may be answered; empty means all.

    Returns:
        The reading, or None on a machine without the recogniser.

    Raises:
        ValueError: `picture` is not gray or has no pixels.
    """
    seen = look_at(picture)
    return None if seen is None else decode(seen.probabilities, seen.signs, only, seen.stretch)


@dataclass(frozen=True, slots=True)
class Look:
    """What the network answers to a picture: how likely each of `signs` is at each step.

    `stretch` is how much wider the steps are than the picture.
    """

    probabilities: Probabilities
    signs: tuple[str, ...]
    stretch: float

    def restricted(self, only: str) -> tuple[LogProbs, str]:
        """Return the answer as `ocr.ctc` wants it, of these signs alone, and the signs in its order."""
        columns = _columns_of(self.signs, only)
        table = np.log(np.maximum(self.probabilities[:, columns], _LEAST)).astype(np.float32)
        return normalised(table), "".join(self.signs[column - 1] for column in columns[1:])


def look_at(picture: Gray) -> Look | None:
    """Return the network's whole answer to a line, None without it; `picture` as for `recognise`."""
    model = _model()
    if model is None:
        return None
    given, share = _to_input(picture)
    probabilities = _answered(given.shape[3], given[0, 0].tobytes())
    return Look(probabilities, model.signs, 1 / share)


@lru_cache(maxsize=16)
def _answered(width_px: int, picture: bytes) -> Probabilities:
    """What the network says of a picture as it wants it; kept, for two looks often ask for one row."""
    model = _model()
    assert model is not None  # noqa: S101  # the caller saw it
    one = np.frombuffer(picture, np.float32).reshape(1, 1, _HEIGHT_PX, width_px)
    (answer,) = model.session.run(None, {model.input: np.repeat(one, 3, axis=1)})
    probabilities = np.asarray(answer[0], np.float32)
    probabilities.flags.writeable = False
    return probabilities


def decode(
    probabilities: Probabilities, signs: Sequence[str], only: str = "", stretch: float = 1.0
) -> Recognised:
    """Return the likeliest sign of each step, repeats as one.

    Args:
        probabilities: Shape (steps, len(signs) + 1); column `i + 1` is `signs[i]`.
        signs: What the columns mean.
        only: The signs that may be answered; empty means all.
        stretch: How much wider the steps are than the picture they came from.

    >>> steps = np.array([[.1, .8, .1], [.1, .7, .2], [.9, 0, .1], [.1, .6, .3]], np.float32)
    >>> decode(steps, "17").text
    '11'
    """
    columns = _columns_of(tuple(signs), only) if only else range(len(signs) + 1)
    allowed = probabilities[:, columns] if only else probabilities
    best = allowed.argmax(axis=1)
    share = allowed / np.maximum(allowed.sum(axis=1, keepdims=True), 1e-9) if only else allowed
    found: list[Sign] = []
    count = len(best)
    start = 0
    for at in range(1, count + 1):
        if at < count and best[at] == best[start]:
            continue
        if best[start]:
            x0, x1 = (min(x / count * stretch, 1.0) for x in (start, at))
            sure = float(share[start:at, best[start]].max())
            found.append(Sign(signs[columns[best[start]] - 1], x0, x1, sure))
        start = at
    return Recognised(tuple(found))


@lru_cache(maxsize=16)
def _columns_of(signs: tuple[str, ...], only: str) -> list[int]:
    return [0, *(i for i, sign in enumerate(signs, 1) if sign in only)]


@dataclass(frozen=True, slots=True)
class _Model:
    session: onnxruntime.InferenceSession
    input: str
    signs: tuple[str, ...]


@lru_cache(maxsize=1)
def _model() -> _Model | None:
    """The network, loaded once a process; None when its file is not on this machine."""
    file = _file()
    if file is None:
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return _Model(session, session.get_inputs()[0].name, (*characters, " "))


def _file() -> Path | None:
    package = find_spec("rapidocr")
    folders = package.submodule_search_locations if package else None
    files = (Path(folder) / "models" / _FILE for folder in folders or ())
    return next((file for file in files if file.is_file()), None)


def _to_input(picture: Gray) -> tuple[Probabilities, float]:
    """The picture as the network wants it, and the share of its width that is picture."""
    if picture.ndim != 2 or picture.size == 0:
        raise ValueError(f"a line must be gray and not empty, not {picture.shape}")
    height, width = picture.shape
    wide = min(max(round(width * _HEIGHT_PX / height), 1), _MOST_WIDTH_PX)
    how = cv2.INTER_AREA if height > _HEIGHT_PX else cv2.INTER_LINEAR
    small = cv2.resize(picture, (wide, _HEIGHT_PX), interpolation=how).astype(np.float32)
    given = np.zeros((1, 3, _HEIGHT_PX, max(wide, _LEAST_WIDTH_PX)), np.float32)
    given[0, :, :, :wide] = small / 127.5 - 1.0
    return given, wide / given.shape[3]
