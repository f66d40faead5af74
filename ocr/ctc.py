"""What a network says step by step, as texts: search, likelihood and best path (CTC).

Every table has one row a step and one column a class; class 0 is nothing, class `i + 1` the sign `signs[i]`.

Source: A. Graves et al., Connectionist Temporal Classification, 2006; A. Hannun et al., First-Pass Large
Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent DNNs, 2014 (the beam search).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

LogProbs = NDArray[np.float32]
"""Shape (steps, classes): the logarithm of how likely each class is at each step; class 0 is nothing."""

_BEAM = 8
_ANSWERS = 5
_HARDLY = -11.5
"""Logarithm of a chance, one in a hundred thousand, below which a sign at a step makes no text likely."""


def normalised(log_probs: LogProbs) -> LogProbs:
    """Return `log_probs` with every step's probabilities adding up to 1."""
    sums = np.logaddexp.reduce(log_probs, axis=1)
    return np.asarray(log_probs - sums[:, None], np.float32)


def likely_texts(log_probs: LogProbs, signs: str) -> list[str]:
    """Return the likeliest texts, at most five, best first.

    Each prefix keeps two values: of the paths that end in nothing and of those that end in its last sign.

    >>> never, sure = -20.0, 0.0
    >>> likely_texts(np.array([[never, sure], [sure, never], [never, sure]], np.float32), "1")[0]
    '11'
    """
    beam: dict[str, tuple[float, float]] = {"": (0.0, -inf)}
    # Plain numbers: in this loop those of NumPy cost three times as much.
    for step in log_probs.astype(np.float64).tolist():
        likely = [(letter, step[at]) for at, letter in enumerate(signs, 1) if step[at] > _HARDLY]
        grown: dict[str, tuple[float, float]] = {}
        for prefix, (blank, sign) in beam.items():
            both = _add(blank, sign)
            _gain(grown, prefix, both + step[0], -inf)
            for letter, chance in likely:
                if prefix and prefix[-1] == letter:
                    _gain(grown, prefix, -inf, sign + chance)
                    _gain(grown, prefix + letter, -inf, blank + chance)
                else:
                    _gain(grown, prefix + letter, -inf, both + chance)
        best = sorted(grown.items(), key=lambda item: -_add(*item[1]))
        beam = dict(best[:_BEAM])
    return list(beam)[:_ANSWERS]


def mean_chance(views: Sequence[LogProbs], text: str, signs: str) -> float:
    """Return the logarithm of the mean, over several views of one picture, of how likely `text` is.

    Raises:
        ValueError: `text` has a sign that is not among `signs`.
    """
    classes = _with_blanks(text, signs)
    chances = [np.logaddexp.reduce(_forward(view, classes)[-1, -2:]) for view in views]
    return float(np.logaddexp.reduce(chances) - log(len(views)))


def confidences(log_probs: LogProbs, text: str, signs: str) -> list[float]:
    """For each sign of `text`, the probability of its class where the likeliest path is surest of it."""
    classes = _with_blanks(text, signs)
    found = [0.0] * len(text)
    states = _best_path(log_probs, classes) if found else []
    for step, state in enumerate(states):
        if state % 2:
            found[state // 2] = max(found[state // 2], exp(min(float(log_probs[step, classes[state]]), 0.0)))
    return found


def _gain(grown: dict[str, tuple[float, float]], prefix: str, blank: float, sign: float) -> None:
    had = grown.get(prefix, (-inf, -inf))
    grown[prefix] = (_add(had[0], blank), _add(had[1], sign))


def _add(a: float, b: float) -> float:
    """log(e^a + e^b)."""
    if a < b:
        a, b = b, a
    return a if b == -inf else a + log(1.0 + exp(b - a))


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
    # Two unlike signs may follow each other with nothing between them.
    over = np.array([s for s in range(3, len(classes), 2) if classes[s] != classes[s - 2]], np.intp)
    for t in range(1, len(log_probs)):
        stay = table[t - 1]
        total = np.logaddexp(stay[1:], stay[:-1])
        if len(over):
            total[over] = np.logaddexp(total[over], stay[over - 1])
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
