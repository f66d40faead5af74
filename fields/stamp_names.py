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

from documents.looks import SecondReader, SecondReading
from documents.people import Directory
from fields.stamp_people import (
    NameGuess,
    WayToName,
    begins_with_comrade,
    forms_of,
    letters_key,
    match_row,
)

_SEEN_ENOUGH, _LEFT_OVER = 2, 2
_GOES_ON = re.compile(r"[,;+&]\W*$")


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
    forms = forms_of(staff, days)
    if not named or not forms:
        return None
    pieces = [match_row(", ".join(names), forms) for names in printed if names]
    # A lone letter is what print makes of a title by pen.
    read_by_print = [tuple(g for g in guesses if len(letters_key(g.seen)) > 1) for guesses in pieces]
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
    def letters(self) -> int:
        """Letters of the longest of the readings that are alike."""
        return max(map(_letters, self.guesses))

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
        if longer := next((g for g in self.others if _letters(g) >= self.letters + _LEFT_OVER), None):
            return f"Trong ô “Chuyển” còn chữ chưa rõ: “{_say(longer)}”."
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
    unread, strange = 0, list[tuple[NameGuess, ...]]()
    for text in texts:
        guesses = match_row(text, forms)
        if sum(map(str.isalnum, text)) < 2:
            unread = 0
        elif not all(g.owners for g in guesses):
            unread += 1
            strange.append(guesses)
            if unread == _SEEN_ENOUGH:
                complaints.append(_say_left_below(guesses))
        elif groups and [g.owners for g in groups[-1][0][1]] == [g.owners for g in guesses]:
            groups[-1].append((text, guesses))
            unread = 0
        else:
            groups.append([(text, guesses)])
            unread = 0
    rows = tuple(_Group(tuple(t for t, _ in group), tuple(g for _, g in group)) for group in groups)
    longest = max((row.letters for row in rows), default=_LEFT_OVER)
    complaints += [_say_left_below(one) for one in strange if _letters(one) >= longest + _LEFT_OVER]
    return rows


def _complain_of_breaks(rows: Sequence[_Group]) -> Iterator[str]:
    """A row that ends in a comma wants another one; one that follows without comma or title may go on."""
    for n, row in enumerate(rows):
        goes_on = any(_GOES_ON.search(text) for text in row.texts)
        if n + 1 == len(rows):
            if 2 * sum(bool(_GOES_ON.search(text)) for text in row.texts) > len(row.texts):
                yield "Ô “Chuyển” như còn tên nữa chưa đọc được."
        elif not goes_on and not any(begins_with_comrade(t) for t in rows[n + 1].texts):
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


def _letters(guesses: Sequence[NameGuess]) -> int:
    return sum(len(letters_key(guess.seen)) for guess in guesses)


def _say_left_below(guesses: Sequence[NameGuess]) -> str:
    return f"Dưới dòng “Chuyển” còn chữ chưa rõ: “{_say(guesses)}”."


def _say(guesses: Sequence[NameGuess]) -> str:
    return ", ".join(guess.value or guess.seen for guess in guesses)


def _say_unclear(guess: NameGuess) -> str:
    if not guess.likely:
        return f"Ô “Chuyển” đọc được “{guess.seen}”, không giống tên ai trong danh bạ."
    return f"Ô “Chuyển” đọc được “{guess.seen}”, có thể là {' hoặc '.join(guess.likely)}."


def _say_unread(texts: Sequence[str], forms: Sequence[WayToName]) -> str:
    unclear = next((g for text in texts for g in match_row(text, forms)), None)
    return _say_unclear(unclear) if unclear else "Ô “Chuyển” trống hoặc viết tay chưa đọc được."
