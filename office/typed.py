"""What a clerk types into the fields of a document: understood, cleaned, and looked at twice when odd.

What can never be (no such day, letters in an arrival number) is refused. What is only unlikely (a paper older
than three years, a due day on a Sunday) is a doubt: said once, and done when the clerk insists.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from documents.errors import ArrivalAhead, BadArrivalNumber, BadDate, NotSure, TextTooLong, UnknownChoice
from documents.reading import FieldName, FieldValue, Reading
from documents.text import fold, nfc, tidy
from documents.wording import FIELD_LABELS, SECRECIES, URGENCIES
from fields.type_names import list_type_names
from rules.calendar import WorkingCalendar

DATES = frozenset({FieldName.DATE, FieldName.ARRIVAL_DATE})
LISTS = frozenset(
    {
        FieldName.RECIPIENTS,
        FieldName.ADDRESSEES,
        FieldName.REFERENCES,
        FieldName.ARRIVAL_FORWARDED_TO,
    }
)
CHOICES: Mapping[FieldName, tuple[str, ...]] = {
    FieldName.URGENCY: URGENCIES,
    FieldName.SECRECY: SECRECIES,
}

MOST_LETTERS: Mapping[FieldName, int] = {
    FieldName.NUMBER_SYMBOL: 100,
    FieldName.DOC_TYPE: 100,
    FieldName.SUBJECT: 2000,
    FieldName.ARRIVAL_NUMBER: 100,
}
"""The longest text a field can hold; longer is a paste that went wrong. Others: `MOST_ELSEWHERE`."""
MOST_ELSEWHERE = 500
MOST_LINES = 50

FIRST_YEAR = 1945
"""No paper of this state is older."""
LAST_YEAR = 2999
"""No register of a later year is asked for; a day at the edge of the calendar has no midnight in UTC."""
OLD_YEARS = 3
"""A paper that arrives so many years after its date is asked about."""
FAR_DAYS = 366
"""A deadline further away than this is asked about."""

_DAY_FIRST = re.compile(r"\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4}|[0-9]{2})\s*")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ARRIVAL_NUMBER = re.compile(r"0{0,5}[1-9][0-9]{0,6}")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def typed_value(name: FieldName, text: str) -> FieldValue:
    """Return the value of a field from what was typed; empty is None (an empty list for lists).

    Letters that nobody can see (controls, marks that turn the direction of writing) are left out.

    Raises:
        TextTooLong, BadDate, BadArrivalNumber, UnknownChoice: it cannot be this field.
    """
    most = MOST_LETTERS.get(name, MOST_ELSEWHERE)
    if name in LISTS:
        lines = [line for raw in text.splitlines() if (line := plain(raw))]
        if len(lines) > MOST_LINES or any(len(line) > most for line in lines):
            raise TextTooLong(field=FIELD_LABELS[name], most=most)
        return list(lines)
    value = plain(text)
    if not value:
        return None
    if len(value) > most:
        raise TextTooLong(field=FIELD_LABELS[name], most=most)
    if name in DATES:
        return parse_day(value).isoformat()
    if name is FieldName.ARRIVAL_NUMBER:
        return _arrival_number(value)
    return _choice(name, value) if name in CHOICES else value


def day_or_none(text: str) -> dt.date | None:
    """A day as people type it, for a filter: what is none, or outside all registers, asks for nothing."""
    try:
        day = parse_day(text)
    except BadDate:
        return None
    return day if day.year <= LAST_YEAR else None


def parse_day(text: str) -> dt.date:
    """A day as people type it, day first: `5/1/2012`, `05-01-12`; ISO is understood too.

    Raises:
        BadDate: no such day, or not written day first.
    """
    text = plain(text)
    try:
        if _ISO.fullmatch(text):
            return dt.date.fromisoformat(text)
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in match.groups())
            parsed = dt.date(year + 2000 if len(match[3]) == 2 else year, month, day)
            if parsed.year < FIRST_YEAR:
                raise BadDate(given=text)
            return parsed
    except ValueError as error:
        raise BadDate(given=text) from error
    raise BadDate(given=text[:40])


def require_arrived(arrival: dt.date, *, today: dt.date) -> None:
    """Refuse a day of arrival that has not come yet.

    Raises:
        ArrivalAhead: `arrival` is after `today`.
    """
    if arrival > today:
        raise ArrivalAhead(arrival=f"{arrival:%d/%m/%Y}", today=f"{today:%d/%m/%Y}")


def doubts_about(
    reading: Reading,
    *,
    arrival: dt.date,
    due: dt.date | None,
    today: dt.date,
    years: Iterable[int],
    calendar: WorkingCalendar,
) -> tuple[str, ...]:
    """What is unlikely in an entry about to be made, a Vietnamese sentence each; empty when nothing is.

    Args:
        reading: The fields as they are about to be registered.
        arrival: The day of arrival.
        due: The deadline that the clerk typed, or None.
        today: The civil day.
        years: The years whose registers are open.
        calendar: The office's working days.
    """
    return tuple(
        doubt
        for doubt in (
            _doubt_absence(reading),
            _doubt_date(reading, arrival),
            _doubt_year(arrival, today, years),
            _doubt_type(reading),
            _doubt_due(due, arrival, calendar),
        )
        if doubt
    )


def require_sure(doubts: tuple[str, ...], sure: str | None) -> None:
    """Let pass what raises no doubt, or exactly the doubts that the person has seen and insists on.

    Raises:
        NotSure: something is unlikely, and `sure` is not its token.
    """
    if doubts and sure != (asked := NotSure(doubts=" ".join(doubts))).token:
        raise asked


def plain(text: str) -> str:
    """What was typed, in one line, without letters that nobody can see."""
    return tidy("".join(" " if c in "\t\r\n" else c for c in nfc(text) if c in "\t\r\n" or _is_seen(c)))


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in _HIDDEN


def _arrival_number(text: str) -> str:
    if not _ARRIVAL_NUMBER.fullmatch(text):
        raise BadArrivalNumber(given=text[:40])
    return str(int(text))


def _choice(name: FieldName, text: str) -> str:
    known = {fold(choice): choice for choice in CHOICES[name]}
    if fold(text) not in known:
        raise UnknownChoice(field=FIELD_LABELS[name], given=text[:40], known=" · ".join(CHOICES[name]))
    return known[fold(text)]


def _doubt_absence(reading: Reading) -> str | None:
    names = [FIELD_LABELS[n] for n in (FieldName.NUMBER_SYMBOL, FieldName.DATE) if not reading.value(n)]
    return f"Vào sổ mà không có {' và '.join(names)}." if names else None


def _doubt_date(reading: Reading, arrival: dt.date) -> str | None:
    value = reading.value(FieldName.DATE)
    if not isinstance(value, str):
        return None
    issued = dt.date.fromisoformat(value)
    if issued > arrival:
        return f"Ngày văn bản {issued:%d/%m/%Y} đứng sau ngày đến {arrival:%d/%m/%Y}."
    if issued.year < arrival.year - OLD_YEARS:
        return f"Ngày văn bản {issued:%d/%m/%Y} cũ hơn ngày đến quá {OLD_YEARS} năm."
    return None


def _doubt_year(arrival: dt.date, today: dt.date, years: Iterable[int]) -> str | None:
    if arrival.year == today.year or arrival.year in set(years):
        return None
    return f"Ngày đến {arrival:%d/%m/%Y} thuộc năm {arrival.year}, chưa có sổ của năm đó; sẽ mở sổ mới."


def _doubt_type(reading: Reading) -> str | None:
    value = reading.value(FieldName.DOC_TYPE)
    if not isinstance(value, str):
        return None
    names = {fold(name): name for name in (*list_type_names(), "Công văn")}
    if fold(value) in names:
        return None
    near = process.extractOne(fold(value), names.keys(), scorer=Levenshtein.distance, score_cutoff=2)
    hint = f" (có phải là {names[near[0]]}?)" if near else ""
    return f"Tên loại “{value}” không có trong danh mục{hint}."


def _doubt_due(due: dt.date | None, arrival: dt.date, calendar: WorkingCalendar) -> str | None:
    if due is None:
        return None
    if (due - arrival).days > FAR_DAYS:
        return f"Hạn {due:%d/%m/%Y} xa hơn một năm kể từ ngày đến."
    if not calendar.is_working(due):
        return f"Hạn {due:%d/%m/%Y} rơi vào ngày nghỉ."
    return None
