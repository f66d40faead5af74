"""Read a row as a person's name, of the surnames and given-name syllables that are known.

The recogniser of another kind (`ocr.recogniser`) knows few Vietnamese marks and script letters badly, but it
says at every step how likely each sign is. Of all names that known syllables can make, the likeliest are
told: each letter is borne out by the signs that look like it (`ấ` by `á`, `â`, `a`), and what stands before
and after the name may be anything. Names that are written differently but spelled alike are told apart by the
marks that were seen, and then by how frequent they are; so an answer is an offer, never proof.

Source: A. Graves et al., Connectionist Temporal Classification, 2006; A. Hannun et al., First-Pass Large
Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent DNNs, 2014 (search over a word list).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, inf, log, log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from documents.names import given_name_weights, surname_weights
from documents.text import nfc
from ocr.raster import Gray
from ocr.recogniser import Look, decode, look_at

_BEAM = 25
_MOST_WORDS = 5
_ANSWERS = 5
_LEAST_SEEN = 1e-4
"""How likely every letter is at every step at least: the recogniser may not know it at all."""
_BEFORE, _AFTER = 0.08, 0.03
"""How likely a step is that is not of the name, before and after it: of a seal, or of a signature."""
_DEGREE_MOST = 0.5
"""How far into the row the full stop of a degree (`TS.`) may stand."""
_WORN = -0.95
"""Logarithm a letter that a name may cost, on average, to be offered; clean print costs 0.1, script 0.6."""
_CRUMB = 0.3
_OTHER_CASE, _NO_MARK, _SAME_MARK, _OTHER_MARK, _STRAY_MARK = 0.3, 0.6, 0.8, 0.5, 0.15
_LATIN = 0x250
_HOW_FREQUENT = 0.5
"""How much frequency counts beside what is seen: as the power of it."""

Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name the row may be; `share` is how likely it is among all names of known syllables, 0 to 1."""

    text: str
    share: float


@dataclass(slots=True)
class _Node:
    """A beginning of a word: its letters so far, and what may follow."""

    follows: dict[str, _Node] = field(default_factory=dict)
    word: str = ""
    weight: float = 0.0


@dataclass(slots=True, eq=False)
class _Path:
    """What was read so far: whole words and the word begun; within one search each is one object."""

    words: tuple[str, ...]
    begun: str
    node: _Node
    steps: list[tuple[str, _Path, float]] | None = None
    """What may follow, once it was asked for."""

    @property
    def last(self) -> str:
        """The last letter; empty at the start."""
        return self.begun[-1:] or (self.words[-1][-1] if self.words else "")


def read_known_name(picture: Gray) -> tuple[KnownName, ...]:
    """Return the likeliest names in a picture of one row, the best first; none where nothing fits.

    Args:
        picture: Shape (height_px, width_px), at least one pixel; 0 is ink.

    Returns:
        At most five names; empty without the recogniser, and where no name of known syllables fits the ink.
    """
    seen = look_at(picture)
    return () if seen is None else name_in(seen)


def name_in(seen: Look) -> tuple[KnownName, ...]:
    """Return the likeliest names in what the network answered; see `read_known_name`."""
    steps = seen.probabilities[: max(round(len(seen.probabilities) / seen.stretch) + 1, 1)].astype(np.float64)
    ended: dict[tuple[str, ...], float] = {}
    for start in {0, _after_degree(seen, len(steps))}:
        rest = steps[start:]
        nothing = np.clip(rest @ _is_nothing(seen.signs), _LEAST_SEEN, 1.0)
        for words, value in _search(_letters(rest, seen.signs), nothing).items():
            ended[words] = max(ended.get(words, -inf), value)
    if not ended:
        return ()
    best = max(ended.values())
    whole = sum(exp(value - best) for value in ended.values())
    ranked = sorted(ended, key=lambda words: (-ended[words], words))[:_ANSWERS]
    return tuple(
        KnownName(" ".join(words), exp(ended[words] - best) / whole)
        for words in ranked
        if ended[words] - _frequency(words) >= _WORN * sum(len(word) for word in words)
    )


def _after_degree(seen: Look, count: int) -> int:
    """The step after the last full stop in the first half of the row, of `count` steps; 0 without one."""
    read = decode(seen.probabilities, seen.signs, stretch=seen.stretch)
    stops = [sign.x1 for sign in read.signs if sign.text == "."]
    return max((round(x * count) for x in stops if x < _DEGREE_MOST), default=0)


def _search(letters: Mapping[str, Chances], nothing: Chances) -> dict[tuple[str, ...], float]:
    """The names that were completed, with the logarithm of their likelihood; a search over prefixes."""
    surname, given = _words()
    start = _Path((), "", surname)
    paths: dict[_Path, tuple[float, float]] = {start: (0.0, -inf)}
    ended: dict[tuple[str, ...], float] = {}
    # Plain numbers: in this loop those of NumPy cost three times as much.
    seen = {letter: [log(chance) for chance in chances.tolist()] for letter, chances in letters.items()}
    for at, blank in enumerate(log(chance) for chance in nothing.tolist()):
        after = max(blank, log(_AFTER))
        ended = {words: value + after for words, value in ended.items()}
        following: dict[_Path, list[float]] = {}
        for path, (by_blank, by_letter) in paths.items():
            total = _sum(by_blank, by_letter)
            entry = following.setdefault(path, [-inf, -inf])
            on_name = path.begun or path.words
            entry[0] = _sum(entry[0], total + (blank if on_name else max(blank, log(_BEFORE))))
            last = path.last
            if last:
                entry[1] = _sum(entry[1], by_letter + seen[last][at])
            for letter, longer, gain in _steps(path, given):
                before = by_blank if letter == last else total
                if before == -inf:
                    continue
                entry = following.setdefault(longer, [-inf, -inf])
                entry[1] = _sum(entry[1], before + gain + seen[letter][at])
        best = sorted(following.items(), key=lambda item: -_sum(*item[1]))[:_BEAM]
        paths = {path: (values[0], values[1]) for path, values in best}
        for path, values in paths.items():
            if path.begun and path.node.word and path.words:
                words = (*path.words, path.node.word)
                ended[words] = max(ended.get(words, -inf), _sum(*values) + _gain(path.node))
    return ended


def _steps(path: _Path, given: _Node) -> list[tuple[str, _Path, float]]:
    """Each letter that may follow, the path with it, and what ending a word before it gains."""
    if path.steps is None:
        path.steps = list(_longer(path, given))
    return path.steps


def _longer(path: _Path, given: _Node) -> Iterator[tuple[str, _Path, float]]:
    for letter, node in path.node.follows.items():
        yield letter, _Path(path.words, path.begun + letter, node), 0.0
    if path.node.word and len(path.words) < _MOST_WORDS - 1:
        words = (*path.words, path.node.word)
        for letter, node in given.follows.items():
            yield letter, _Path(words, letter, node), _gain(path.node)


def _gain(node: _Node) -> float:
    return _HOW_FREQUENT * log(node.weight)


def _frequency(words: Sequence[str]) -> float:
    """What the frequency of its words counts in the likelihood of a name."""
    first, *others = words
    return _HOW_FREQUENT * (
        log(surname_weights()[first]) + sum(log(given_name_weights()[word]) for word in others)
    )


def _sum(one: float, other: float) -> float:
    """The logarithm of the sum of two likelihoods given by their logarithms."""
    more, less = (one, other) if one >= other else (other, one)
    return more if less == -inf else more + log1p(exp(less - more))


@lru_cache(maxsize=1)
def _words() -> tuple[_Node, _Node]:
    """Surnames and given-name syllables as trees of letters."""
    return _tree(surname_weights()), _tree(given_name_weights())


def _tree(weights: Mapping[str, float]) -> _Node:
    root = _Node()
    for word, weight in weights.items():
        node = root
        for letter in word:
            node = node.follows.setdefault(letter, _Node())
        node.word, node.weight = word, weight
    return root


def _letters(steps: Chances, signs: Sequence[str]) -> dict[str, Chances]:
    """How likely each letter of the known words is at each step, by the signs that look like it."""
    found: dict[str, Chances] = {}
    for letter, (columns, weights) in _looks(tuple(signs)).items():
        found[letter] = np.clip(steps[:, columns] @ weights, _LEAST_SEEN, 1.0)
    return found


@lru_cache(maxsize=4)
def _is_nothing(signs: tuple[str, ...]) -> Chances:
    """How well each column bears out that no letter stands there: nothing, a space, or a crumb of a seal."""
    return np.array([1.0, *(1.0 if s == " " else 0.0 if _is_latin(s) else _CRUMB for s in signs)])


@lru_cache(maxsize=4)
def _looks(signs: tuple[str, ...]) -> dict[str, tuple[NDArray[np.int64], Chances]]:
    """For each letter of the known words the columns of the signs that look like it, and how much."""
    known = (*surname_weights(), *given_name_weights())
    alphabet = sorted({letter for word in known for letter in word})
    latin = [(i, sign) for i, sign in enumerate(signs, 1) if _is_latin(sign)]
    answer = {}
    for letter in alphabet:
        alike = [(i, weight) for i, sign in latin if (weight := _likeness(letter, sign)) > 0]
        answer[letter] = (
            np.array([i for i, _ in alike], np.int64),
            np.array([weight for _, weight in alike], np.float64),
        )
    return answer


def _is_latin(sign: str) -> bool:
    return len(sign) == 1 and sign.isalpha() and (ord(sign) < _LATIN or 0x1E00 <= ord(sign) < 0x1F00)


def _likeness(letter: str, sign: str) -> float:
    """How well `sign` bears out that `letter` stands there, 0 to 1.

    >>> [_likeness("ấ", sign) for sign in "ấáao"]
    [1.0, 0.8, 0.6, 0.0]
    """
    (base, marks), (other, others) = _apart(letter), _apart(sign)
    if base != other:
        return _OTHER_CASE * _likeness(letter.lower(), sign.lower()) if base.lower() == other.lower() else 0.0
    if marks == others:
        return 1.0
    if not others:
        return _NO_MARK
    if not marks:
        return _STRAY_MARK
    return _SAME_MARK if marks & others else _OTHER_MARK


_STROKED: Final = {"đ": "d", "Đ": "D"}


def _apart(letter: str) -> tuple[str, frozenset[str]]:
    """A letter without its marks, and the marks."""
    if letter in _STROKED:
        return _STROKED[letter], frozenset("-")
    parts = unicodedata.normalize("NFD", nfc(letter))
    return parts[0], frozenset(parts[1:])
