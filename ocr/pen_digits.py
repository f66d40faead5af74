"""Read digits written by pen in a gap of a typed line, with the project's own small network.

The network (`data/pen_digits.onnx`, made by `training/`) answers for every second column of the crop how
likely each sign is; print beside the gap, dotted lines, rules and seals it learnt to pass over. The
answers become text by `ocr.ctc`, over the signs that are allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import Final

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ocr.ctc import LogProbs, confidences, likely_texts, mean_chance, normalised
from ocr.raster import Gray

SIGNS: Final = "0123456789/.-ABab?"
"""Class `i + 1` of the network says `SIGNS[i]`; `?` is pen writing that is none of the others."""
DIGITS: Final = "0123456789"
_HEIGHT_PX, _LEAST_WIDTH_PX, _MOST_WIDTH_PX = 32, 16, 640
_PAPER_PERCENTILE, _INK_PERCENTILE = 80, 1
_LEAST_CONTRAST = 40.0
"""Gray levels between ink and paper below which a crop counts as paper."""
_MORE_PAPER, _LESS_PAPER = 0.15, 0.07
"""Paper added and taken above and below for the other views, in heights of the crop."""
_SIDE_PX = 4
_ANSWERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitReading:
    """What the network reads in one crop.

    `confidences` has one value for each sign of `text`, 0 to 1; `alternatives` are the likeliest texts, the
    best first and `text` among them, each with its probability over all texts of the allowed signs.
    """

    text: str
    confidences: tuple[float, ...]
    alternatives: tuple[tuple[str, float], ...]

    @property
    def confidence(self) -> float:
        """Mean of the signs' confidences; for an empty text the probability that nothing is written."""
        if self.confidences:
            return sum(self.confidences) / len(self.confidences)
        return self.alternatives[0][1] if self.alternatives else 0.0


@dataclass(frozen=True, slots=True)
class DigitLook:
    """What the network saw in one crop, of `signs` only: a mean over `views` of it."""

    views: tuple[LogProbs, ...]
    signs: str

    @property
    def reading(self) -> DigitReading:
        """The likeliest text, empty where nothing is written; searched for each time it is asked."""
        return decode(self.views, self.signs)

    def share(self, text: str) -> float:
        """Return how likely exactly `text` is among all texts, 0 to 1; 0 when it has other signs."""
        if not set(text) <= set(self.signs):
            return 0.0
        return min(exp(mean_chance(self.views, text, self.signs)), 1.0)


def look_at_digits(crop: Gray, allowed: str = DIGITS) -> DigitLook:
    """Look at what the pen wrote in `crop`.

    Args:
        crop: The gap with a little of what stands beside it, shape (height_px, width_px), 255 is paper.
        allowed: The signs that may be answered, some of `SIGNS`.

    Raises:
        ValueError: `allowed` has a sign that the network does not know, or `crop` has no pixels.
    """
    # Passing over signs that are not allowed leaves less than 1 in all: shares are of what is allowed.
    return DigitLook(tuple(normalised(restricted(view, allowed)) for view in _answers(crop)), allowed)


def read_digits(crop: Gray, allowed: str = DIGITS) -> DigitReading:
    """Read what the pen wrote in `crop`: the reading of `look_at_digits`, which see."""
    return look_at_digits(crop, allowed).reading


def to_input(crop: Gray) -> NDArray[np.uint8]:
    """Return `crop` as the network sees it: 32 rows, ink 255 on paper 0, its contrast stretched.

    Raises:
        ValueError: `crop` has no pixels or is not gray.
    """
    _check(crop)
    paper, dark = np.percentile(crop, (_PAPER_PERCENTILE, _INK_PERCENTILE))
    spread = max(float(paper - dark), _LEAST_CONTRAST)
    ink = np.clip((paper - crop.astype(np.float32)) * (255.0 / spread), 0, 255)
    height, width = crop.shape
    wide = min(max(round(width * _HEIGHT_PX / height), _LEAST_WIDTH_PX), _MOST_WIDTH_PX)
    shrinks = height > _HEIGHT_PX
    resized = cv2.resize(
        ink, (wide, _HEIGHT_PX), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )
    return np.asarray(np.rint(resized), np.uint8)


def _check(crop: Gray) -> None:
    if crop.ndim != 2 or crop.size == 0:
        raise ValueError(f"a crop must be gray and not empty, not {crop.shape}")


def restricted(log_probs: LogProbs, allowed: str) -> LogProbs:
    """Return `log_probs` of nothing and of the allowed signs, in their order.

    Raises:
        ValueError: a sign is not one of `SIGNS`.
    """
    if unknown := set(allowed) - set(SIGNS):
        raise ValueError(f"the network does not know {sorted(unknown)}")
    return np.asarray(log_probs[:, [0, *(SIGNS.index(sign) + 1 for sign in allowed)]], np.float32)


def decode(views: Sequence[LogProbs], signs: str) -> DigitReading:
    """Return the likeliest texts by the mean of what several views of one crop say.

    Args:
        views: One answer or more; column `i + 1` is the sign `signs[i]`.
        signs: What the columns stand for.

    >>> never, sure = -20.0, 0.0
    >>> columns = [[never, sure, never], [sure, never, never], [never, sure, never]]
    >>> decode([np.array(columns, np.float32)], "17").text
    '11'
    """
    shares = [normalised(view) for view in views]
    texts = dict.fromkeys(text for view in shares for text in likely_texts(view, signs))
    chances = {text: mean_chance(shares, text, signs) for text in texts}
    best = sorted(chances.items(), key=lambda item: -item[1])[:_ANSWERS]
    text = best[0][0]
    sure = np.mean([confidences(view, text, signs) for view in shares], axis=0)
    return DigitReading(
        text=text,
        confidences=tuple(float(c) for c in sure),
        alternatives=tuple((other, min(exp(chance), 1.0)) for other, chance in best),
    )


def _answers(crop: Gray) -> list[LogProbs]:
    """What the network says of `crop` as it is, with more paper around it, and cut closer."""
    return [_log_probs(to_input(view)) for view in _views(crop)]


def _views(crop: Gray) -> list[Gray]:
    """Nobody knows how high the line around pen digits is: three guesses make fewer mistakes than one."""
    _check(crop)
    height = crop.shape[0]
    paper = int(np.percentile(crop, _PAPER_PERCENTILE))
    more, less = round(height * _MORE_PAPER), round(height * _LESS_PAPER)
    wider = np.pad(crop, ((more, more), (_SIDE_PX, _SIDE_PX)), constant_values=paper)
    closer = crop[less : height - less]
    return [crop, np.asarray(wider, np.uint8), closer]


def _log_probs(ink: NDArray[np.uint8]) -> LogProbs:
    picture = ink.astype(np.float32)[None, None] / np.float32(255)
    (answer,) = _session().run(None, {"ink": picture})
    logits = np.asarray(answer, np.float32)[0]
    return normalised(logits)


@lru_cache(maxsize=1)
def _session() -> onnxruntime.InferenceSession:
    """The network, loaded once: it never changes while the program runs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    model = (files("ocr") / "data" / "pen_digits.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
