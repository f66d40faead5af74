"""The names that a pen wrote after *Chuyển* in an arrival stamp, matched on letters without marks.

The reader of rows knows Latin letters and few Vietnamese ones, but who can be named is a closed set: the
staff and units of that day. A name as read is somebody's when it is the end of that full name, or an alias,
and nobody else's comes near: another name one letter away could be what was written. Windows that slide over
one row err alike in places, so two must say the same people, and none may say others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from documents.looks import SecondReader, SecondReading
from documents.people import Directory, Officer, Unit
from documents.text import fold

CLEAR_LETTERS = 2
"""By how many letters more every other name must differ from what was read."""
_SEEN_ENOUGH = 2
_MOST_SHOWN = 4
_EDGES = " .:;_-–…|'`\"“”~·*()[]"
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
_GOES_ON = re.compile(r"[,;+&]\W*$")
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
class SeenNames:
    """The names of a *Chuyển* row as the office spells them, and why a person should look, or None."""

    value: tuple[str, ...] | None
    complaint: str | None = None


def find_names(
    rows: Iterable[SecondReading],
    printed: Sequence[Sequence[str]],
    staff: Directory,
    days: Sequence[dt.date],
) -> SeenNames | None:
    """Return who is named in a stamp, or None when no window showed the row or nobody can be named.

    Args:
        rows: Readings of the whole stamp; lines that begin `Chuyển:` and `Dưới:` count.
        printed: The names as each reading of print has them; they may confirm or contradict.
        staff: The people and units of the office.
        days: The days on which the paper may have arrived; who served on one of them can be named.
    """
    named, below = _lines(rows, "Chuyển"), _lines(rows, "Dưới")
    forms = _forms(staff, tuple(days))
    if not named or not forms:
        return None
    read_by_print = [match_row(", ".join(names), forms) for names in printed if names]
    complaints: list[str] = []
    every: list[_Group] = [*_group_first(named, forms), *_group_below(below, forms, complaints)]
    if not every:
        return SeenNames(None, _say_unread(named, forms))
    owners = [owner for group in every for owner in group.owners]
    alike = sum([g.owners for g in guesses] == owners for guesses in read_by_print)
    complaints += [text for group in every if (text := group.complain(alike))]
    complaints += _complain_of_breaks(every)
    complaints += _complain_of_print(read_by_print, owners)
    if len(set(owners)) < len(owners):
        complaints.append("Ô “Chuyển” như ghi một người hai lần, cần xem lại.")
    values = [group.values for group in every]
    is_whole = all(value is not None for row in values for value in row)
    value = tuple(value for row in values for value in row if value is not None) if is_whole else None
    return SeenNames(value, complaints[0] if complaints else None)


# ── one name ─────────────────────────────────────────────────────────────────────────────────────────────


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


def split_row(text: str) -> tuple[str, ...]:
    """Return the names of a row as read: cut at commas, plus signs, `và`, and before the next `Đ/c`.

    >>> split_row("Đ/c Linh + d/c Xuân, A. Hùng")
    ('Đ/c Linh', 'd/c Xuân', 'A. Hùng')
    """
    text = _LOST_POINT.sub(r"\1. ", text)
    pieces, at = [], 0
    for cut in _CUTS.finditer(_bare(text)):
        pieces.append(text[at : cut.start()])
        at = cut.end() if cut["cut"] else cut.start()
    pieces.append(text[at:])
    return tuple(piece.strip(_EDGES) for piece in pieces if any(map(str.isalnum, piece)))


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
    bare = _bare(seen)
    for pattern, title, surely in _TITLES:
        if (match := pattern.match(bare)) and (key := _key(seen[match.end() :])):
            yield title, key, False
            if surely:
                return
    if key := _key(seen):
        yield "", key, True


def _may_differ(key: str) -> int:
    """How many letters of a name may be misread."""
    return 0 if len(key) < 6 else 1 if len(key) < 12 else 2


def _ways_to_name(person: Officer) -> Iterator[WayToName]:
    tokens, owner = person.name.split(), f"person:{person.id}"
    ends = [" ".join(tokens[-n:]) for n in range(1, len(tokens) + 1)]
    for spelling in (*ends, *person.aliases):
        yield WayToName(_key(spelling), spelling, owner, person.name, is_unit=False)
    for alias in person.aliases:
        if match := _TITLES[0][0].match(_bare(alias)):
            rest = alias[match.end() :]
            yield WayToName(_key(rest), rest, owner, person.name, is_unit=False)


def _ways_of_unit(unit: Unit) -> Iterator[WayToName]:
    for spelling in (unit.name, *unit.aliases):
        front = _UNIT_FRONT.match(spelling)
        bare = spelling[front.end() :] if front else spelling
        for way in (spelling, bare, f"P.{bare}", f"Phòng {bare}"):
            yield WayToName(_key(way), way, f"unit:{unit.id}", unit.name, is_unit=True)


def _key(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _bare(text: str) -> str:
    """`text` in lower case without marks, every letter in its place."""
    return "".join((fold(letter) or letter)[0] for letter in text)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Group:
    """The windows that showed one row: those that read it alike, and how many did not."""

    texts: tuple[str, ...]
    guesses: tuple[tuple[NameGuess, ...], ...]
    others: tuple[tuple[NameGuess, ...], ...] = ()

    @property
    def owners(self) -> list[tuple[str, ...]]:
        return [guess.owners for guess in self.guesses[0]]

    @property
    def values(self) -> tuple[str | None, ...]:
        """As most windows have it: titles too are read better in some."""
        every = Counter(tuple(guess.value for guess in guesses) for guesses in self.guesses)
        return every.most_common(1)[0][0]

    def complain(self, seen_by_print: int) -> str | None:
        """Why the row is not certain, or None."""
        for guess in self.guesses[0]:
            if not guess.is_clear or not all(_is_clear(g) for g in self.guesses):
                unclear = next((g for gs in self.guesses for g in gs if not g.is_clear), guess)
                return _say_unclear(unclear)
        if contrary := next((g for g in self.others if all(one.value for one in g)), None):
            return f"Các cách đọc ô “Chuyển” khác nhau: “{_say(self.guesses[0])}” và “{_say(contrary)}”."
        if longer := [g for g in self.others if len(g) > len(self.guesses[0])][1:]:
            return f"Trong ô “Chuyển” còn chữ chưa rõ: “{_say(longer[0])}”."
        if len(self.guesses) + seen_by_print < _SEEN_ENOUGH or len(self.guesses) < len(self.others):
            return f"Ô “Chuyển” viết tay, mới đọc rõ được “{_say(self.guesses[0])}” một lần."
        return None


def _group_first(texts: Sequence[str], forms: Sequence[WayToName]) -> tuple[_Group, ...]:
    """The row with the label: the people that most windows show; nothing when nothing stands there."""
    read = [(text, guesses) for text in texts if (guesses := match_row(text, forms))]
    known = [(text, guesses) for text, guesses in read if all(g.owners for g in guesses)]
    if not read:
        return ()
    if not known:
        return (_Group(tuple(text for text, _ in read), (read[len(read) // 2][1],)),)
    who = Counter(tuple(g.owners for g in guesses) for _, guesses in known).most_common(1)[0][0]
    alike = [one for one in known if tuple(g.owners for g in one[1]) == who]
    others = tuple(guesses for text, guesses in read if (text, guesses) not in alike)
    return (_Group(tuple(text for text, _ in alike), tuple(g for _, g in alike), others),)


def _group_below(
    texts: Sequence[str], forms: Sequence[WayToName], complaints: list[str]
) -> tuple[_Group, ...]:
    """The rows under it: windows in turn that show the same; two that show nothing known are told."""
    groups: list[list[tuple[str, tuple[NameGuess, ...]]]] = []
    unread = 0
    for text in texts:
        guesses = match_row(text, forms)
        if sum(map(str.isalnum, text)) < 2:
            unread = 0
        elif not all(g.owners for g in guesses):
            unread += 1
            if unread == _SEEN_ENOUGH:
                complaints.append(f"Dưới dòng “Chuyển” còn chữ chưa rõ: “{_say(guesses)}”.")
        elif groups and [g.owners for g in groups[-1][0][1]] == [g.owners for g in guesses]:
            groups[-1].append((text, guesses))
            unread = 0
        else:
            groups.append([(text, guesses)])
            unread = 0
    return tuple(_Group(tuple(t for t, _ in group), tuple(g for _, g in group)) for group in groups)


def _complain_of_breaks(rows: Sequence[_Group]) -> Iterator[str]:
    """A row that ends in a comma wants another one; one that follows without comma or title may go on."""
    for n, row in enumerate(rows):
        goes_on = any(_GOES_ON.search(text) for text in row.texts)
        if n + 1 == len(rows):
            if 2 * sum(bool(_GOES_ON.search(text)) for text in row.texts) > len(row.texts):
                yield "Ô “Chuyển” như còn tên nữa chưa đọc được."
        elif not goes_on and not any(_TITLES[0][0].match(_bare(t.strip(_EDGES))) for t in rows[n + 1].texts):
            yield "Tên trong ô “Chuyển” xuống dòng, chưa rõ chỗ ngắt."


def _complain_of_print(
    read_by_print: Sequence[tuple[NameGuess, ...]], owners: Sequence[tuple[str, ...]]
) -> Iterator[str]:
    for guesses in read_by_print:
        strangers = [g for g in guesses if g.owners and g.owners not in owners]
        if strangers or len(guesses) > len(owners):
            yield f"Cách đọc khác cho ô “Chuyển”: “{_say(strangers or guesses)}”."


def _lines(rows: Iterable[SecondReading], wanted: str) -> tuple[str, ...]:
    texts = (row.text or "" for row in rows if row.reader == SecondReader.ROW)
    parted = (line.partition(":") for text in texts for line in text.split("\n"))
    return tuple(written.strip() for label, _, written in parted if label == wanted)


# ── saying it ────────────────────────────────────────────────────────────────────────────────────────────


def _is_clear(guesses: Sequence[NameGuess]) -> bool:
    return all(guess.is_clear for guess in guesses)


def _say(guesses: Sequence[NameGuess]) -> str:
    return ", ".join(guess.value or guess.seen for guess in guesses)


def _say_unclear(guess: NameGuess) -> str:
    if not guess.likely:
        return f"Ô “Chuyển” đọc được “{guess.seen}”, không giống tên ai trong danh bạ."
    return f"Ô “Chuyển” đọc được “{guess.seen}”, có thể là {' hoặc '.join(guess.likely)}."


def _say_unread(texts: Sequence[str], forms: Sequence[WayToName]) -> str:
    unclear = next((g for text in texts for g in match_row(text, forms)), None)
    return _say_unclear(unclear) if unclear else "Ô “Chuyển” trống hoặc viết tay chưa đọc được."
