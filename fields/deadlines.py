"""Find by when the paper wants something done: the phrase as printed, and the day where it names one.

Which phrases name a day is said in `fields.deadline_phrases`, and which of them ask something in
`fields.asking`: a law's entry into force, a report of the past and a paper that is cited set no deadline.

Each phrase is read again where it stands. It is checked when the second reading has the same words and
numbers one after another: `trước` for `trong`, `tháng` for `ngày` change the day as much as a digit does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Box, Source, Word, around
from documents.reading import FieldName, FieldReading, Found
from fields.annexes import list_own_pages, run_body
from fields.asking import Sentences
from fields.deadline_phrases import DatedPhrase, list_dated_phrases
from fields.layout import Layout
from fields.running_text import RunningText, fold_in_place
from fields.verdict import checked, doubted

_TOO_SMALL = "Ảnh chụp quá nhỏ, chữ chưa đọc chắc được: nên chụp lại gần hơn hoặc quét."
_MOST_PHRASES = 12
"""Phrases of one paper that are read again; each costs a second or less."""
_PARTED = re.compile(r"(?<=\d) (?=\d)")
_AROUND = 2
"""Words on either side that are read again with a phrase: a single word is read badly."""


@dataclass(frozen=True, slots=True)
class PlacedPhrase:
    """A phrase as printed, and the pieces of print where it stands, one a row: page and box."""

    text: str
    rows: tuple[tuple[int, Box], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFinding:
    """The phrases found, each with its day or recurrence, and where they stand.

    `found` is None when none sets a deadline, and only `past` is told.
    """

    found: Found | None
    phrases: tuple[PlacedPhrase, ...]
    unclear: str | None = None
    """The first phrase whose day is none of the calendar or cannot be told."""
    past: str | None = None
    """The first phrase that asks by a day before the day of issue: history, if that day is right."""
    leaning: str | None = None
    """The first phrase whose day is reckoned from the day of issue."""
    next_year: str | None = None
    """The first phrase without a year whose day is past in the year of issue."""
    issued: dt.date | None = None
    """The day of issue that days were reckoned from."""


def find_deadlines(layout: Layout, *, issued: dt.date | None, source: Source) -> DeadlineFinding | None:
    """Return the deadlines of the body, in the order of the paper; None when it names none.

    `issued` is the day of issue: it gives a day without a year its year, and tells history from deadlines.
    `source` is where the words come from.
    """
    running = run_body(list_own_pages(layout))
    sentences = Sentences(running.text)
    asked = [
        phrase
        for phrase in list_dated_phrases(fold_in_place(running.text), issued)
        if sentences.ask_by(phrase.start, phrase.end, phrase.kind)
    ]
    phrases = [phrase for phrase in asked if not phrase.is_past]
    if not asked:
        return None
    return DeadlineFinding(
        found=_found(running, phrases, source) if phrases else None,
        phrases=tuple(place_phrase(running, p.start, p.end) for p in phrases if not p.says.is_open),
        unclear=_first_printed(running, (p for p in phrases if p.says.is_unclear)),
        past=_first_printed(running, (p for p in asked if p.is_past)),
        leaning=_first_printed(running, (p for p in phrases if p.says.leans)),
        next_year=_first_printed(running, (p for p in phrases if p.says.is_next_year)),
        issued=issued,
    )


def _found(running: RunningText, phrases: Sequence[DatedPhrase], source: Source) -> Found:
    page, box = running.place(phrases[0].start, phrases[0].end)
    rows: list[dict[str, str | None]] = []
    for phrase in phrases:
        row = _row(running, phrase)
        if row not in rows:
            rows.append(row)
    return Found(rows, page, box, source)


def _first_printed(running: RunningText, phrases: Iterator[DatedPhrase]) -> str | None:
    first = next(phrases, None)
    return running.printed(first.start, first.end) if first else None


def list_deadline_looks(finding: DeadlineFinding | None) -> tuple[SecondLook, ...]:
    """Return where the phrases stand, to be read again."""
    if finding is None or finding.found is None or finding.found.source is Source.TEXT_LAYER:
        return ()
    return list_phrase_looks(FieldName.DEADLINES, finding.phrases[:_MOST_PHRASES])


def check_deadlines(
    finding: DeadlineFinding | None,
    answers: Sequence[SecondReading],
    *,
    issued: dt.date | None = None,
    all_pages: bool = True,
    is_legible: bool = True,
) -> FieldReading:
    """Return the deadlines; checked when every phrase was read twice with the same words and numbers.

    `issued` is the day of issue when it is checked: what was reckoned from another day is in doubt.
    `all_pages` says whether the whole document was read; before that nothing is known of the other pages.
    Of a page that is not legible throughout (`is_legible`) nothing is known either where nothing was found.
    """
    name = FieldName.DEADLINES
    found = finding.found if finding else None
    if not all_pages:
        return doubted(name, found, "Mới đọc một phần văn bản, có thể còn thời hạn ở trang chưa đọc.")
    if finding is None and not is_legible:
        return doubted(name, None, _TOO_SMALL)
    if finding and finding.unclear:
        return doubted(name, found, f"Chưa rõ “{finding.unclear}” là ngày nào.")
    if finding and finding.next_year:
        return doubted(
            name,
            found,
            f"“{finding.next_year}” không ghi năm, mà ngày ấy trong năm ban hành đã qua: năm sau?",
        )
    if finding and (reckoned := finding.past or finding.leaning) and issued != finding.issued:
        return doubted(name, found, f"“{reckoned}” tính theo ngày ban hành, mà ngày ấy chưa chắc.")
    if finding is None or finding.found is None:
        return checked(name, None, "Thân văn bản không có câu nào giao việc kèm thời hạn.")
    if finding.found.source is Source.TEXT_LAYER:
        return checked(name, found, "Thời hạn lấy từ chữ có sẵn trong tệp.")
    if len(finding.phrases) > _MOST_PHRASES:
        return doubted(
            name, found, f"Văn bản nêu {len(finding.phrases)} thời hạn, máy chỉ đọc lại {_MOST_PHRASES}."
        )
    said = map_answers(name, answers)
    again = [read_phrase_again(phrase, said) for phrase in finding.phrases]
    for phrase, second in zip(finding.phrases, again, strict=True):
        if second and not says_the_same(phrase.text, second):
            return doubted(name, found, f"Hai lần đọc thời hạn khác nhau; lần sau đọc “{second}”.")
    if not all(again):
        return doubted(name, found, "Thời hạn mới đọc được một lần.")
    return checked(name, found, "Hai lần đọc độc lập cho cùng cụm từ thời hạn.")


# ── reading a phrase twice ───────────────────────────────────────────────────────────────────────────────


def place_phrase(running: RunningText, start: int, end: int) -> PlacedPhrase:
    """Return `running.text[start:end]` with the rows of print to read again, a few words around it included.

    Raises:
        IndexError: The text is empty.
    """
    page, _ = running.place(start, end)
    words = running.words_in(start, end)
    near = (*_beside(running, start, words[0], -1), *words, *_beside(running, end, words[-1], 1))
    return PlacedPhrase(
        running.printed(start, end), tuple((page, around(w.box for w in row)) for row in _rows(near))
    )


def list_phrase_looks(field: FieldName, phrases: Sequence[PlacedPhrase]) -> tuple[SecondLook, ...]:
    """Return a look for each row of `phrases`, no row twice."""
    rows = dict.fromkeys(row for phrase in phrases for row in phrase.rows)
    return tuple(SecondLook(field, page, box, Alphabet.TEXT) for page, box in rows)


def map_answers(field: FieldName, answers: Sequence[SecondReading]) -> dict[tuple[int, Box], str]:
    """Return what the second reader saw for `field`, by page and box."""
    return {(a.look.page, a.look.box): a.text for a in answers if a.look.field is field and a.text}


def read_phrase_again(phrase: PlacedPhrase, said: Mapping[tuple[int, Box], str]) -> str | None:
    """Return the second reading of the rows of `phrase` as one text; None when a row was not seen again."""
    rows = [said.get(row) for row in phrase.rows]
    return " ".join(row for row in rows if row) if all(rows) else None


def says_the_same(phrase: str, second: str) -> bool:
    """Whether `second` has the words and numbers of `phrase` one after another; marks and signs do not count.

    >>> says_the_same("trước ngày 15/3/2012", "báo cáo trước ngày 15/03/2012 để")
    True
    >>> says_the_same("trước ngày 15/3", "trong ngày 15/3")
    False
    """
    # A reader parts the digits of a number now and then: `26/12/201 7`.
    return any(_holds(_tokens(text), _tokens(phrase)) for text in (second, _PARTED.sub("", second)))


def _holds(seen: Sequence[str | int], wanted: Sequence[str | int]) -> bool:
    for at in range(len(seen) - len(wanted) + 1):
        if seen[at : at + len(wanted)] == wanted:
            following = seen[at + len(wanted) : at + len(wanted) + 1]
            # A number right after a day may be the year that the first reading missed.
            if not (following and isinstance(following[0], int) and isinstance(wanted[-1], int)):
                return True
    return False


def _tokens(text: str) -> list[str | int]:
    return [int(t) if t.isdigit() else t for t in re.findall(r"[a-z]+|[0-9]+", fold_in_place(text))]


def _beside(running: RunningText, at: int, edge: Word, step: int) -> Iterator[Word]:
    """The words that stand before or after offset `at` in the row of `edge`, at most a few."""
    reach = range(max(at - 40, 0), at) if step < 0 else range(at, min(at + 40, len(running.text)))
    if len(reach):
        near = running.words_in(reach[0], reach[-1] + 1)
        beside = [w for w in near if _same_row(w, edge) and step * (w.box.x0 - edge.box.x0) > 0]
        yield from beside[:_AROUND] if step > 0 else beside[-_AROUND:]


def _rows(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    row: list[Word] = []
    for word in words:
        if row and not _same_row(row[-1], word):
            yield tuple(row)
            row = []
        row.append(word)
    if row:
        yield tuple(row)


def _same_row(one: Word, other: Word) -> bool:
    return abs(one.box.middle[1] - other.box.middle[1]) < 0.5 * max(one.box.height, other.box.height)


def _row(running: RunningText, phrase: DatedPhrase) -> dict[str, str | None]:
    """The phrase as the contract has it, with what counting needs besides (`rules.deadline`)."""
    says = phrase.says
    row: dict[str, str | None] = {"phrase": running.printed(phrase.start, phrase.end).strip(" ,;.")}
    if says.recurrence:
        return {**row, "recurrence": says.recurrence, **({"ask": says.ask} if says.ask else {})}
    row["date"] = says.day.isoformat() if says.day else None
    if says.count:
        row |= {"days" if says.count.unit != "hours" else "hours": says.count.number}
        row |= {"unit": says.count.unit, "from": says.count.since}
    days = {"strict": says.strict, "since": says.since, "until": says.over}
    row |= {key: day.isoformat() for key, day in days.items() if day}
    if says.time:
        row["time"] = says.time.isoformat("minutes")
    if says.is_next_year:
        row["year"] = "next"
    return row
