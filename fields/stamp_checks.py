"""Check agency, number and day of an arrival stamp against a second reading, the directory and the book.

A stamp is read twice by different means. Printed values that both readings give alike are believed; written
ones only when something outside the stamp agrees too: two readers of one hand can agree on a wrong number.
What is not clear is left unread, with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.looks import SecondReader, SecondReading
from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from documents.record import BookState
from fields.agencies import agency_key, restore_marks
from fields.circumstances import Circumstances
from fields.stamp_rows import SeenInStamp, find_day, find_number, list_numbers
from fields.stamp_values import Row, Stamp
from fields.typed import looks_typed
from fields.verdict import checked, doubted
from fields.when import WrittenDay

FARTHEST_DAYS = 60
"""Days between issue and arrival beyond which a person should look."""
_SAME_OFFICE = 88.0
_LIKE_OURS = 60.0
_LEAP_YEAR = 2024
_TYPED_NUMBER, _TYPED_DAY = 85.0, 60.0
"""The engine's confidence from which a value may be printed; percentages never check anything alone."""
NO_SUCH_ROW = "Dấu đến này chỉ có ô Giờ và ô Ngày."


@dataclass(frozen=True, slots=True, kw_only=True)
class StampCase:
    """One stamp with all that its checks lean on.

    `again` is the stamp as a second reader saw it, `number_again` what it saw at the number alone; None when
    nobody looked a second time. `rows` are the readings of its rows by those who read pens.
    """

    stamp: Stamp
    again: Stamp | None
    number_again: str | None
    circumstances: Circumstances
    issued: dt.date | None
    rows: tuple[SecondReading, ...] = ()

    @property
    def has_hour_and_day_only(self) -> bool:
        """Whether the stamp's form is known to have no other rows: neither number nor names."""
        forms = [r.text or "" for r in self.rows if r.reader == SecondReader.FORM]
        read = self.stamp.number or self.stamp.names or self.stamp.number_row or self.stamp.forward_row
        return bool(forms) and not read and not self.pen_number.guess

    @property
    def pen_day(self) -> SeenInStamp[dt.date]:
        """The day as the readers of rows saw it."""
        return find_day(self.rows, self.issued, FARTHEST_DAYS)

    @property
    def pen_number(self) -> SeenInStamp[int]:
        """The number as the readers of rows saw it."""
        return find_number(self.rows, self.issued, FARTHEST_DAYS)

    @property
    def numbers_in_rows(self) -> tuple[int, ...]:
        """Every number that a reader of rows saw, the most often seen first."""
        return list_numbers(self.rows, self.issued, FARTHEST_DAYS)

    @property
    def day(self) -> dt.date | None:
        """The day of arrival as first read; a missing year is taken from the day of issue."""
        return self.stamp.day.after(self.issued) if self.stamp.day else None


def own_name(agency: str | None, office_names: Sequence[str]) -> str | None:
    """Return the words of our name that a stamp bears; it may leave the province out."""
    if not agency:
        return None
    key = agency_key(agency)
    for name in office_names:
        words = name.split()[: len(agency.split())]
        if len(words) > 1 and fuzz.ratio(key, agency_key(" ".join(words))) >= _SAME_OFFICE:
            return " ".join(words)
    return None


def resembles(agency: str, office_names: Sequence[str]) -> bool:
    """Whether a badly read name may still be ours."""
    return any(
        fuzz.partial_ratio(agency_key(agency), agency_key(name)) >= _LIKE_OURS for name in office_names
    )


# ── receiving office ─────────────────────────────────────────────────────────────────────────────────────


def check_agency(case: StampCase) -> FieldReading:
    """Check the receiving office: ours by name, or one of the directory."""
    name = FieldName.ARRIVAL_AGENCY
    readings = [a for a in (case.stamp.agency, case.again.agency if case.again else None) if a]
    if not readings:
        return doubted(name, agency_at(case.stamp, None), "Chưa đọc được tên cơ quan trên dấu đến.")
    as_read = agency_at(case.stamp, readings[0])
    if case.circumstances.office_names:
        for agency in readings:
            if own := own_name(agency, case.circumstances.office_names):
                found = agency_at(case.stamp, restore_marks(agency, own))
                ours = case.circumstances.office_names[0]
                return checked(name, found, f"Dấu đến mang tên cơ quan mình ({ours}).")
        return doubted(name, as_read, "Tên cơ quan trên dấu đến chưa đọc được rõ.")
    for agency in readings:
        match = case.circumstances.agencies.match(agency, on=case.day or case.issued)
        if match and match.listed and match.is_sure:
            found = agency_at(case.stamp, restore_marks(agency, match.spelling))
            return checked(name, found, f"Tên trên dấu đến có trong danh bạ ({match.name}).")
    return doubted(name, as_read, "Chưa có tên cơ quan mình để đối chiếu dấu đến.")


# ── number ───────────────────────────────────────────────────────────────────────────────────────────────


def check_number(case: StampCase) -> FieldReading:
    """Check the arrival number against the second reading and the book."""
    name, stamp = FieldName.ARRIVAL_NUMBER, case.stamp
    again = _again_at_number(case)
    pen = case.pen_number
    by_pen = str(pen.guess) if pen.seen_by_both else None
    number = stamp.number or next(iter(again), None) or by_pen
    if number is None and case.has_hour_and_day_only:
        return checked(name, found_at(stamp, None, None), NO_SUCH_ROW)
    if number is None:
        return doubted(
            name, found_at(stamp, stamp.number_row, None), "Có dấu đến nhưng chưa đọc được số đến."
        )
    found = found_at(stamp, stamp.number_row, number)
    if other := next((a for a in again if int(a) != int(number)), None):
        return doubted(name, found, f"Hai lần đọc số đến khác nhau: {number} và {other}.")
    if case.circumstances.books is not None:
        return _check_with_book(found, int(number), case)
    if by_pen and int(by_pen) == int(number):
        return doubted(name, found, f"Số đến {number} viết tay, không có sổ để đối chiếu.")
    if case.numbers_in_rows and case.numbers_in_rows[0] != int(number):
        return doubted(name, found, f"Cách đọc khác cho số đến {case.numbers_in_rows[0]}.")
    if not (stamp.number and again):
        is_offered = stamp.number and _is_typed(stamp.number_row, _TYPED_NUMBER)
        offer = found if is_offered else found_at(stamp, stamp.number_row, None)
        return doubted(name, offer, f"Số đến chỉ đọc được một lần (“{number}”), không có sổ để đối chiếu.")
    # A lone digit is as high as itself: only that a reader of rows has it too tells that it is whole.
    is_lone = len(number) == 1 and not case.numbers_in_rows
    if is_lone or not _is_typed(stamp.number_row, _TYPED_NUMBER):
        return doubted(name, found, "Số đến viết tay, không có sổ để đối chiếu.")
    return checked(name, found, "Hai lần đọc độc lập cho cùng một số đến in rõ.")


def _again_at_number(case: StampCase) -> tuple[str, ...]:
    """The number as the second reader saw it in the whole stamp, and alone."""
    alone = re.sub(r"\D", "", case.number_again or "")
    whole = case.again.number if case.again else None
    return tuple(number for number in (whole, alone) if number)


def _check_with_book(found: Found, number: int, case: StampCase) -> FieldReading:
    name, books = FieldName.ARRIVAL_NUMBER, case.circumstances.books or {}
    day = case.day or case.pen_day.guess
    if day is None:
        return doubted(name, found, "Chưa rõ năm của dấu đến nên chưa đối chiếu được với sổ.")
    book = books.get(day.year)
    if book is None:
        return doubted(name, found, f"Chưa có sổ văn bản đến năm {day.year} để đối chiếu số đến.")
    return _compare_with_book(found, number, book)


def _compare_with_book(found: Found, number: int, book: BookState) -> FieldReading:
    name = FieldName.ARRIVAL_NUMBER
    if number == book.next_number:
        return checked(name, found, f"Số đến {number} đúng là số kế tiếp của sổ năm {book.year}.")
    if number in book.held:
        return checked(name, found, f"Số đến {number} đang được giữ chỗ trong sổ năm {book.year}.")
    if number < book.next_number:
        return doubted(
            name, found, f"Số đến {number}/{book.year} đã có trong sổ; số kế tiếp là {book.next_number}."
        )
    return doubted(name, found, f"Số đến {number}/{book.year} không phải số kế tiếp ({book.next_number}).")


# ── day ──────────────────────────────────────────────────────────────────────────────────────────────────


def check_date(case: StampCase) -> FieldReading:
    """Check the day of arrival against the second reading, the day of issue, and the day the file came."""
    name, stamp, day = FieldName.ARRIVAL_DATE, case.stamp, case.day
    again = case.again.day.after(case.issued) if case.again and case.again.day else None
    pen = case.pen_day
    if stamp.day is None and again is None and pen.guess is not None:
        return _check_day_by_pen(case, pen)
    if stamp.day is None:
        offer = found_at(stamp, stamp.date_row, _iso(again))
        return doubted(name, offer, _no_day_read(stamp, again))
    found = found_at(stamp, stamp.date_row, _iso(day))
    if day is None:
        return doubted(name, found, _no_such_day(stamp.day))
    if complaint := _complain_of_day(day, case):
        # A day that cannot be and was read once is a misreading; the sentence still names it.
        return doubted(name, found if again == day else found_at(stamp, stamp.date_row, None), complaint)
    if pen.guess and pen.guess != day:
        return doubted(name, found, f"Cách đọc khác cho ngày đến {pen.guess:%d/%m/%Y}.")
    if stamp.day.year is None:
        return doubted(name, found, "Dấu đến không ghi năm; năm được lấy theo ngày văn bản.")
    if again and again != day:
        return doubted(name, found, "Hai lần đọc ngày đến cho kết quả khác nhau.")
    if proof := _prove_day(case, read_twice=again is not None):
        plausible = f"Ngày đến có thật, không trước ngày văn bản và cách không quá {FARTHEST_DAYS} ngày."
        return checked(name, found, plausible, proof)
    return doubted(name, found, "Ngày đến viết tay hoặc mới đọc được một lần, chưa có gì khác để đối chiếu.")


def _no_day_read(stamp: Stamp, again: dt.date | None) -> str:
    row = stamp.date_row
    if again is None and row is not None and not any(c.isalnum() for word in row.words for c in word.text):
        return "Ô “Ngày” trên dấu đến trống hoặc viết tay chưa đọc được."
    return "Có dấu đến nhưng chưa đọc được ngày đến."


def _no_such_day(written: WrittenDay) -> str:
    """Why a written day names none: the calendar has no such day, or its year cannot be known."""
    day = f"{written.day:02d}/{written.month:02d}"
    if written.in_year(_LEAP_YEAR) is None or written.year is not None:
        year = f"/{written.year}" if written.year else ""
        return f"Dấu đến ghi ngày {day}{year}, là ngày không có thật."
    return f"Dấu đến ghi ngày {day} mà không ghi năm; chưa suy ra được năm từ ngày văn bản."


def _check_day_by_pen(case: StampCase, pen: SeenInStamp[dt.date]) -> FieldReading:
    """Check a day that only the readers of rows saw; it lies in the weeks after the day of issue."""
    name, stamp = FieldName.ARRIVAL_DATE, case.stamp
    found = found_at(stamp, stamp.date_row, _iso(pen.guess))
    if pen.guess and (complaint := _complain_of_day(pen.guess, case)):
        return doubted(name, found, complaint)
    if case.circumstances.received_on == pen.guess:
        return checked(name, found, "Tệp được nhận đúng ngày này.")
    if pen.agreed:
        return checked(name, found, "Hai cách đọc độc lập cho cùng một ngày, ngay sau ngày văn bản.")
    return doubted(name, found, "Ngày đến viết tay, các cách đọc chưa thống nhất.")


def _complain_of_day(day: dt.date, case: StampCase) -> str | None:
    issued = case.issued
    if day > case.circumstances.today:
        return f"Ngày đến {day:%d/%m/%Y} ở sau hôm nay."
    if issued is None:
        return "Chưa có ngày văn bản để đối chiếu ngày đến."
    if day < issued:
        return f"Ngày đến {day:%d/%m/%Y} trước ngày văn bản {issued:%d/%m/%Y}."
    if (day - issued).days > FARTHEST_DAYS:
        return f"Ngày đến {day:%d/%m/%Y} cách ngày văn bản quá {FARTHEST_DAYS} ngày."
    return None


def _prove_day(case: StampCase, *, read_twice: bool) -> str | None:
    """What confirms the day besides its being plausible, or None."""
    if case.circumstances.received_on == case.day:
        return "Tệp được nhận đúng ngày này."
    if read_twice and _is_typed(case.stamp.date_row, _TYPED_DAY):
        return "Hai lần đọc độc lập cho cùng một ngày in rõ."
    return None


# ── shared ───────────────────────────────────────────────────────────────────────────────────────────────


def found_at(stamp: Stamp, row: Row | None, value: str | list[str] | None) -> Found:
    """Return `value` with the place of its row, or of the whole stamp where the row was not seen."""
    return Found(value, stamp.page, row.box if row else stamp.box, Source.STAMP)


def agency_at(stamp: Stamp, value: str | None) -> Found:
    """Return `value` with the place of the office's name."""
    return Found(value, stamp.page, stamp.agency_box or stamp.box, Source.STAMP)


def _is_typed(row: Row | None, least: float) -> bool:
    """Whether the row's digits are clear and as high as each other."""
    return row is not None and looks_typed(row.digits, row.digits, least)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
