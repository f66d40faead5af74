"""Who one written name may be, on letters without marks: the end of a full name, an alias, or a unit.

A name one letter away from another's could be either: only what is nobody else's by a clear margin is clear.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from documents.people import Directory, Officer, Unit
from documents.text import fold, fold_in_place

CLEAR_LETTERS = 2
"""By how many letters more every other name must differ from what was read."""
_MOST_SHOWN = 4
EDGES = " .:;_-–…|'`\"“”~·*()[]"
_COMRADE = r"(?:(?<![a-z])[df0]\s?[/|]\s?[ces]\s?\.?|(?<![a-z])dong\s+chi(?![a-z])|(?<![a-z])dc(?:\.|(?=\s)))"
_TITLES = (
    (re.compile(rf"{_COMRADE}[\s:]*"), "Đ/c ", True),
    (re.compile(r"a(?:\s?\.\s*|\s+)(?=\w)"), "A. ", False),
    (re.compile(r"c(?:\s?\.\s*|\s+)(?=\w)"), "C. ", False),
    (re.compile(r"o\s?\.\s*(?=\w)"), "Ô. ", False),
    (re.compile(r"b\s?\.\s*(?=\w)"), "B. ", False),
    (re.compile(r"anh\s+(?=\w)"), "Anh ", False),
    (re.compile(r"chi?\s+(?=\w)"), "Chị ", False),
    (re.compile(r"ong\s+(?=\w)"), "Ông ", False),
    (re.compile(r"ba\s+(?=\w)"), "Bà ", False),
)
"""A title as read without marks, as it is written, and whether it cannot be part of a name."""
_CUTS = re.compile(rf"(?P<cut>[,;+&→⇒\n]|\s[-–—]\s|(?<![a-z])va(?![a-z]))|(?P<next>{_COMRADE})")
_LOST_POINT = re.compile(r"(?<![^\W\d_])([AaCcOoÔô])\s?,\s*(?=[^\W\d_]{2})")
_UNIT_FRONT = re.compile(r"(?:Phòng|P\s?\.|Ban)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameGuess:
    """Who one written name may be.

    `seen` is the name as read; `value` as the office spells it, with the title as read, None when nobody's
    is near enough or two are spelled differently. `owners` are those nearest to it; with `is_clear` there is
    one, and no other is near. `likely` are the names to show to a person, nearest first.
    """

    seen: str
    value: str | None = None
    owners: tuple[str, ...] = ()
    is_clear: bool = False
    likely: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WayToName:
    """One way to write somebody: letters without marks and spaces, the spelling, and whose it is."""

    key: str
    spelling: str
    owner: str
    shown: str
    is_unit: bool


def forms_of(staff: Directory, days: Sequence[dt.date]) -> tuple[WayToName, ...]:
    """Return every way to write those who can be named on one of the days; without days, on any."""
    return _forms(staff, tuple(days))


@lru_cache(maxsize=8)
def _forms(staff: Directory, days: tuple[dt.date, ...]) -> tuple[WayToName, ...]:
    people = (p for p in staff.people if not days or any(p.is_active(day) for day in days))
    every = [
        *(f for p in people for f in _ways_to_name(p)),
        *(f for u in staff.units for f in _ways_of_unit(u)),
    ]
    return tuple(dict.fromkeys(form for form in every if form.key))


def begins_with_comrade(text: str) -> bool:
    """Whether `text` begins with `Đ/c`, as badly as it is read."""
    return _TITLES[0][0].match(fold_in_place(text.strip(EDGES))) is not None


def split_row(text: str) -> tuple[str, ...]:
    """Return the names of a row as read: cut at commas, plus signs, `và`, and before the next `Đ/c`.

    >>> split_row("Đ/c Linh + d/c Xuân, A. Hùng")
    ('Đ/c Linh', 'd/c Xuân', 'A. Hùng')
    """
    text = _LOST_POINT.sub(r"\1. ", text)
    pieces, at = [], 0
    for cut in _CUTS.finditer(fold_in_place(text)):
        pieces.append(text[at : cut.start()])
        at = cut.end() if cut["cut"] else cut.start()
    pieces.append(text[at:])
    return tuple(piece.strip(EDGES) for piece in pieces if any(map(str.isalnum, piece)))


def match_row(text: str, forms: Sequence[WayToName]) -> tuple[NameGuess, ...]:
    """Return the guess for every name in a row."""
    return tuple(match_name(piece, forms) for piece in split_row(text))


def match_name(seen: str, forms: Sequence[WayToName]) -> NameGuess:
    """Return who `seen` may be: by the end of a full name, an alias, or a unit's name, on letters alone."""
    nearest: dict[str, tuple[int, WayToName, str]] = {}
    for title, key, units_too in _readings(seen):
        for form in forms:
            if form.is_unit and not units_too:
                continue
            far = Levenshtein.distance(key, form.key)
            if form.owner not in nearest or far < nearest[form.owner][0]:
                nearest[form.owner] = (far, form, title)
    ranked = sorted(nearest.values(), key=lambda one: (one[0], one[1].shown))
    if not ranked:
        return NameGuess(seen)
    least, best, title = ranked[0]
    near = max(1, len(best.key) // 3)
    likely = tuple(form.shown for far, form, _ in ranked if far <= min(least + CLEAR_LETTERS - 1, near))
    if least > _may_differ(best.key):
        return NameGuess(seen, likely=likely[:_MOST_SHOWN])
    tied = [form for far, form, _ in ranked if far == least]
    rest = [far for far, form, _ in ranked if far > least]
    is_clear = len(tied) == 1 and (not rest or rest[0] >= least + CLEAR_LETTERS)
    spelled = {form.spelling for form in tied}
    return NameGuess(
        seen,
        value=f"{title}{best.spelling}" if len(spelled) == 1 else None,
        owners=tuple(form.owner for form in tied),
        is_clear=is_clear,
        likely=likely[:_MOST_SHOWN],
    )


def _readings(seen: str) -> Iterator[tuple[str, str, bool]]:
    """Title, letters of the name, and whether it may be a unit; `Anh Minh` may be a name whole."""
    bare = fold_in_place(seen)
    for pattern, title, surely in _TITLES:
        if (match := pattern.match(bare)) and (key := letters_key(seen[match.end() :])):
            yield title, key, False
            if surely:
                return
    if key := letters_key(seen):
        yield "", key, True


def _may_differ(key: str) -> int:
    """How many letters of a name may be misread."""
    return 0 if len(key) < 6 else 1 if len(key) < 12 else 2


def _ways_to_name(person: Officer) -> Iterator[WayToName]:
    tokens, owner = person.name.split(), f"person:{person.id}"
    ends = [" ".join(tokens[-n:]) for n in range(1, len(tokens) + 1)]
    for spelling in (*ends, *person.aliases):
        yield WayToName(letters_key(spelling), spelling, owner, person.name, is_unit=False)
    for alias in person.aliases:
        if match := _TITLES[0][0].match(fold_in_place(alias)):
            rest = alias[match.end() :]
            yield WayToName(letters_key(rest), rest, owner, person.name, is_unit=False)


def _ways_of_unit(unit: Unit) -> Iterator[WayToName]:
    for spelling in (unit.name, *unit.aliases):
        front = _UNIT_FRONT.match(spelling)
        bare = spelling[front.end() :] if front else spelling
        for way in (spelling, bare, f"P.{bare}", f"Phòng {bare}"):
            yield WayToName(letters_key(way), way, f"unit:{unit.id}", unit.name, is_unit=True)


def letters_key(text: str) -> str:
    """The letters and digits of `text` without marks and spaces."""
    return "".join(c for c in fold(text) if c.isalnum())
