"""Find and check the arrival stamp (dấu đến): receiving office, number, day, and to whom it was passed on.

For `fields.read`:

- `list_stamp_rows(page)`: stamp words that stayed in the text; give them to `find_layout(paper,
  stamp_lines)`.
- `find_arrival(paper) -> ArrivalFinding`: every stamp of page 1; nothing is believed yet.
- `arrival_day(finding, office_names, issued=...)`: the day of our stamp, for checking the date of issue.
- `list_arrival_looks(finding)`: stamps for a second reader.
- `check_arrival(finding, answers, circumstances, issued=...)`: the readings of the four fields.

Two stamps on one page are never merged: the one that bears our office's name counts; when none does,
nothing is checked. Without a stamp the four fields are rightly absent and so checked, but only when nothing
on page 1 may be an unread one.

Source: Decree 30/2020/NĐ-CP, Article 22 and Appendix IV, form V.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.looks import ROW_READERS, Alphabet, SecondLook, SecondReading
from documents.page import Box, Line, Page, Paper, Region, RegionKind, Source, around
from documents.reading import FieldName, FieldReading, Found
from fields.circumstances import Circumstances
from fields.stamp_checks import (
    StampCase,
    agency_at,
    check_agency,
    check_date,
    check_number,
    found_at,
    own_name,
    resembles,
)
from fields.stamp_forwarding import check_names
from fields.stamp_traces import find_trace, find_unread_rows, place_name
from fields.stamp_values import Stamp, read_stamp, read_stamp_text
from fields.stamp_words import find_stamp_lines, find_suspect
from fields.strikes import list_struck, strokes_look, unless_struck
from fields.verdict import checked, doubted

__all__ = [
    "ArrivalFinding",
    "Stamp",
    "arrival_day",
    "check_arrival",
    "choose_stamp",
    "find_arrival",
    "list_arrival_looks",
    "list_stamp_rows",
]

_TOO_SMALL = "photo_too_small"
ARRIVAL_FIELDS = (
    FieldName.ARRIVAL_AGENCY,
    FieldName.ARRIVAL_NUMBER,
    FieldName.ARRIVAL_DATE,
    FieldName.ARRIVAL_FORWARDED_TO,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalFinding:
    """The stamps of page 1, top to bottom.

    Without any, `suspect` is the place of what may be an unread one, `seen` the words of its form read there;
    `is_legible` is False where page 1 was not read or its picture is too small to tell.
    """

    stamps: tuple[Stamp, ...] = ()
    suspect: Box | None = None
    seen: str | None = None
    is_legible: bool = True


def find_arrival(paper: Paper) -> ArrivalFinding:
    """Return the stamps of page 1: regions set apart, then what stayed among the lines."""
    page = paper.page(1)
    if page is None:
        return ArrivalFinding(is_legible=False)
    regions = page.regions_of(RegionKind.ARRIVAL_STAMP)
    apart = tuple(_read_region(region) for region in regions if region.lines)
    inline, remaining = find_stamp_lines(page)
    if inline and not any(_overlap(around(line.box for line in inline), stamp.box) for stamp in apart):
        apart = (*apart, read_stamp(inline, page=1, box=around(line.box for line in inline)))
    if apart:
        return ArrivalFinding(stamps=apart)
    if trace := find_trace(page, remaining):
        return ArrivalFinding(suspect=trace.box, seen=trace.words)
    lone = find_suspect(remaining, _aspect(page))
    return ArrivalFinding(
        suspect=lone, seen="ĐẾN" if lone else None, is_legible=_TOO_SMALL not in paper.flags
    )


def list_stamp_rows(page: Page) -> tuple[Line, ...]:
    """Return the lines, or pieces of lines, on page 1 that a stamp left among its text, read or not."""
    inline, _ = find_stamp_lines(page)
    return (*inline, *find_unread_rows(page))


def _read_region(region: Region) -> Stamp:
    stamp = read_stamp(region.lines, page=1, box=region.box)
    return replace(stamp, other_ink=region.ink == "mixed")


def choose_stamp(finding: ArrivalFinding, office_names: Sequence[str]) -> Stamp | None:
    """Return the stamp that bears one of `office_names`, else the first; None without stamps."""
    ours = [stamp for stamp in finding.stamps if own_name(stamp.agency, office_names)]
    return next(iter((*ours, *finding.stamps)), None)


def arrival_day(
    finding: ArrivalFinding, office_names: Sequence[str], *, issued: dt.date | None
) -> dt.date | None:
    """Return the day in the stamp that counts; a missing year is taken from the day of issue."""
    stamp = choose_stamp(finding, office_names)
    return stamp.day.after(issued) if stamp and stamp.day else None


def list_arrival_looks(finding: ArrivalFinding) -> tuple[SecondLook, ...]:
    """Every stamp, to be read a second time as a whole, and its number alone."""
    looks: list[SecondLook] = []
    for stamp in finding.stamps:
        looks.append(SecondLook(FieldName.ARRIVAL_AGENCY, stamp.page, stamp.box, Alphabet.STAMP))
        if place := _place_of_number(stamp):
            looks.append(SecondLook(FieldName.ARRIVAL_NUMBER, stamp.page, place, Alphabet.DIGITS))
        looks += [strokes_look(field, stamp.page, box) for field, _, box in _places_of_values(stamp)]
    return tuple(looks)


def _place_of_number(stamp: Stamp) -> Box | None:
    """Where the digits of the number stand; None when none was read: there is nothing to agree with."""
    row = stamp.number_row
    return around(w.box for w in row.digits) if row and stamp.number else None


def _places_of_values(stamp: Stamp) -> tuple[tuple[FieldName, str, Box], ...]:
    """Where the digits of number and day stand, with what they are called."""
    rows = (
        (FieldName.ARRIVAL_NUMBER, "Số đến", stamp.number_row),
        (FieldName.ARRIVAL_DATE, "Ngày đến", stamp.date_row),
    )
    return tuple(
        (field, name, around(w.box for w in row.digits)) for field, name, row in rows if row and row.digits
    )


def check_arrival(
    finding: ArrivalFinding,
    answers: Sequence[SecondReading],
    circumstances: Circumstances,
    *,
    issued: dt.date | None,
) -> tuple[FieldReading, ...]:
    """Return the readings of agency, number, date and names, in this order.

    Args:
        finding: The stamps of page 1.
        answers: Second readings; those of other fields are left aside.
        circumstances: The office's names, its book, and today.
        issued: The day of the document; None when it is not known.
    """
    stamp = choose_stamp(finding, circumstances.office_names)
    if stamp is None:
        return tuple(_check_absent(name, finding) for name in ARRIVAL_FIELDS)
    at_stamp = [a for a in answers if a.look.field is FieldName.ARRIVAL_AGENCY and a.look.box == stamp.box]
    whole = next((a.text for a in at_stamp if a.text and a.reader not in ROW_READERS), None)
    case = StampCase(
        stamp=stamp,
        again=read_stamp_text(whole) if whole else None,
        number_again=_answer(answers, FieldName.ARRIVAL_NUMBER, _place_of_number(stamp)),
        rows=tuple(a for a in at_stamp if a.reader in ROW_READERS),
        circumstances=circumstances,
        issued=issued,
    )
    if complaint := _complain_of_owner(finding, case):
        return _doubt_all(case, complaint)
    read = (check_agency(case), check_number(case), check_date(case), check_names(case))
    return tuple(_unless_struck(reading, stamp, answers) for reading in read)


def _unless_struck(reading: FieldReading, stamp: Stamp, answers: Sequence[SecondReading]) -> FieldReading:
    for field, name, box in _places_of_values(stamp):
        if field is reading.name:
            return unless_struck(reading, name, struck=bool(list_struck(answers, field, box)))
    return reading


def _check_absent(name: FieldName, finding: ArrivalFinding) -> FieldReading:
    if finding.suspect is not None:
        words = f", có chữ “{finding.seen}”" if finding.seen else ""
        complaint = f"Như có dấu đến chưa đọc được ở {place_name(finding.suspect)} trang 1{words}."
        return doubted(name, Found(None, 1, finding.suspect, Source.STAMP), complaint)
    if not finding.is_legible:
        return doubted(name, None, "Trang 1 chưa đọc được đủ rõ để biết có dấu đến hay không.")
    return checked(name, None, "Trang 1 không có dấu đến và không có vết mực nào giống dấu đến.")


def _complain_of_owner(finding: ArrivalFinding, case: StampCase) -> str | None:
    """Why the stamp may not be ours, or None; an office that knows no name of its own cannot tell."""
    office_names, several = case.circumstances.office_names, len(finding.stamps) > 1
    if not office_names:
        return "Trang 1 có nhiều dấu đến, chưa rõ dấu nào của cơ quan mình." if several else None
    agencies = [a for a in (case.stamp.agency, case.again.agency if case.again else None) if a]
    if any(own_name(agency, office_names) for agency in agencies):
        return None
    if several:
        return "Trang 1 có nhiều dấu đến nhưng chưa đọc được tên cơ quan mình trên dấu nào."
    if agencies and not any(resembles(agency, office_names) for agency in agencies):
        return f"Dấu đến mang tên “{agencies[0]}”, không phải cơ quan mình."
    return None


def _doubt_all(case: StampCase, complaint: str) -> tuple[FieldReading, ...]:
    stamp, day = case.stamp, case.day
    values = (
        agency_at(stamp, stamp.agency),
        found_at(stamp, stamp.number_row, stamp.number),
        found_at(stamp, stamp.date_row, day.isoformat() if day else None),
        found_at(stamp, stamp.forward_row, list(stamp.names) or None),
    )
    return tuple(doubted(name, found, complaint) for name, found in zip(ARRIVAL_FIELDS, values, strict=True))


def _answer(answers: Sequence[SecondReading], name: FieldName, place: Box | None) -> str | None:
    """What the second reader saw at `place`, looking for the field `name`."""
    if place is None:
        return None
    return next((a.text for a in answers if a.look.field is name and a.look.box == place and a.text), None)


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes show the same stamp."""
    return max(one.overlap(other), other.overlap(one)) > 0.3


def _aspect(page: Page) -> float:
    return page.width_px / page.height_px
