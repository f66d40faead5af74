"""Read digits written by pen in a gap of a typed line, with the project's own small network.

The network (`data/pen_digits.onnx`, made by `training/`) answers for every second column of the crop how
likely each sign is; print beside the gap, dotted lines, rules and seals it learnt to pass over. The
answers become text by a small prefix beam search over the signs that are allowed (CTC).

Source: A. Graves et al., Connectionist Temporal Classification, 2006; A. Hannun et al., First-Pass Large
Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent DNNs, 2014 (the beam search).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp, inf, log
from typing import Final

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ocr.raster import Gray

LogProbs = NDArray[np.float32]
"""Shape (steps, classes): the logarithm of how likely each class is at each step; class 0 is nothing."""

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
_BEAM = 8
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


def read_digits(crop: Gray, allowed: str = DIGITS) -> DigitReading:
    """Read what the pen wrote in `crop`.

    Args:
        crop: The gap with a little of what stands beside it, shape (height_px, width_px), 255 is paper.
        allowed: The signs that may be answered, some of `SIGNS`.

    Returns:
        The reading; its text is empty where nothing is written.

    Raises:
        ValueError: `allowed` has a sign that the network does not know, or `crop` has no pixels.
    """
    return decode([restricted(log_probs, allowed) for log_probs in _answers(crop)], allowed)


def score_text(crop: Gray, text: str) -> float:
    """Return the logarithm of the probability that exactly `text` is written in `crop`.

    Raises:
        ValueError: `text` has a sign that the network does not know, or `crop` has no pixels.
    """
    return score(_answers(crop), text)


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
    # Passing over signs that are not allowed leaves less than 1 in all: shares are of what is allowed.
    shares = [np.asarray(view - _sums(view)[:, None], np.float32) for view in views]
    texts = dict.fromkeys(text for view in shares for text in _beam_search(view, signs))
    chances = {text: _mean_chance(shares, _with_blanks(text, signs)) for text in texts}
    best = sorted(chances.items(), key=lambda item: -item[1])[:_ANSWERS]
    text = best[0][0]
    sure = np.mean([_confidences(view, _with_blanks(text, signs)) for view in shares], axis=0)
    return DigitReading(
        text=text,
        confidences=tuple(float(c) for c in sure),
        alternatives=tuple((other, min(exp(chance), 1.0)) for other, chance in best),
    )


def score(views: Sequence[LogProbs], text: str) -> float:
    """Return the logarithm of the mean probability of `text`; columns are all of the network's classes.

    Raises:
        ValueError: a sign is not one of `SIGNS`.
    """
    if unknown := set(text) - set(SIGNS):
        raise ValueError(f"the network does not know {sorted(unknown)}")
    return min(_mean_chance(views, _with_blanks(text, SIGNS)), 0.0)


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
    return np.asarray(logits - _sums(logits)[:, None], np.float32)


@lru_cache(maxsize=1)
def _session() -> onnxruntime.InferenceSession:
    """The network, loaded once: it never changes while the program runs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    model = (files("ocr") / "data" / "pen_digits.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _sums(values: LogProbs) -> LogProbs:
    """Logarithm of the sum of e^value over the classes, for each step."""
    return np.asarray(np.logaddexp.reduce(values, axis=1), np.float32)


def _mean_chance(views: Sequence[LogProbs], classes: Sequence[int]) -> float:
    """Logarithm of the mean over `views` of the probability of `classes`."""
    chances = [np.logaddexp.reduce(_forward(view, classes)[-1, -2:]) for view in views]
    return float(np.logaddexp.reduce(chances) - log(len(views)))


def _beam_search(log_probs: LogProbs, signs: str) -> list[str]:
    """The likeliest texts, best first.

    Each prefix keeps two values: of the paths that end in nothing and of those that end in its last sign.
    """
    beam: dict[str, tuple[float, float]] = {"": (0.0, -inf)}
    # Plain numbers: in this loop those of NumPy cost three times as much.
    for step in log_probs.astype(np.float64).tolist():
        grown: dict[str, tuple[float, float]] = {}
        for prefix, (blank, sign) in beam.items():
            both = _add(blank, sign)
            _gain(grown, prefix, both + step[0], -inf)
            for index, letter in enumerate(signs, 1):
                if prefix and prefix[-1] == letter:
                    _gain(grown, prefix, -inf, sign + step[index])
                    _gain(grown, prefix + letter, -inf, blank + step[index])
                else:
                    _gain(grown, prefix + letter, -inf, both + step[index])
        best = sorted(grown.items(), key=lambda item: -_add(*item[1]))
        beam = dict(best[:_BEAM])
    return list(beam)[:_ANSWERS]


def _gain(grown: dict[str, tuple[float, float]], prefix: str, blank: float, sign: float) -> None:
    had = grown.get(prefix, (-inf, -inf))
    grown[prefix] = (_add(had[0], blank), _add(had[1], sign))


def _add(a: float, b: float) -> float:
    """log(e^a + e^b)."""
    if a < b:
        a, b = b, a
    return a if b == -inf else a + log(1.0 + exp(b - a))


def _confidences(log_probs: LogProbs, classes: Sequence[int]) -> list[float]:
    """For each sign, the probability of its class where the likeliest path is surest of it."""
    found = [0.0] * (len(classes) // 2)
    states = _best_path(log_probs, classes) if found else []
    for step, state in enumerate(states):
        if state % 2:
            found[state // 2] = max(found[state // 2], exp(min(float(log_probs[step, classes[state]]), 0.0)))
    return found


def _with_blanks(text: str, signs: str) -> list[int]:
    """The classes of `text` with nothing before, between and after them."""
    spread = [0] * (2 * len(text) + 1)
    spread[1::2] = [signs.index(sign) + 1 for sign in text]
    return spread


def _forward(log_probs: LogProbs, classes: Sequence[int]) -> NDArray[np.float64]:
    """The CTC forward table, shape (steps, states + 1): the first column is a wall of -inf."""
    emitted = log_probs[:, classes].astype(np.float64)
    table = np.full((len(log_probs), len(classes) + 1), -np.inf)
    table[0, 1:3] = emitted[0, :2]
    for t in range(1, len(log_probs)):
        stay = table[t - 1]
        total = np.logaddexp(stay[1:], stay[:-1])
        for s in range(3, len(classes), 2):
            if classes[s] != classes[s - 2]:
                total[s] = np.logaddexp(total[s], stay[s - 1])
        table[t, 1:] = total + emitted[t]
    return table


def _best_path(log_probs: LogProbs, classes: Sequence[int]) -> list[int]:
    """The likeliest state at each step on one path through all of `classes`."""
    steps, count = len(log_probs), len(classes)
    said = log_probs[:, classes].astype(np.float64).tolist()
    value = [*said[0][:2], *[-inf] * (count - 2)]
    came = []
    for t in range(1, steps):
        before = [_from_where(value, classes, s) for s in range(count)]
        value = [value[best] + chance for best, chance in zip(before, said[t], strict=True)]
        came.append(before)
    state = count - 1 if value[-1] >= value[-2] else count - 2
    path = [state]
    for before in reversed(came):
        state = before[state]
        path.append(state)
    return path[::-1]


def _from_where(value: Sequence[float], classes: Sequence[int], state: int) -> int:
    """The likeliest state one step earlier; of two alike the later one."""
    best = state
    if state > 0 and value[state - 1] > value[best]:
        best = state - 1
    if state > 1 and classes[state] not in {0, classes[state - 2]} and value[state - 2] > value[best]:
        best = state - 2
    return best
