"""Find and check the arrival stamp (dấu đến): receiving office, number, day, and to whom it was passed on.

For `fields.read`:

- `find_stamp_lines(page)`: stamp words that stayed in the text; give them to `find_layout(paper,
  stamp_lines)`.
- `find_arrival(paper) -> ArrivalFinding`: every stamp of page 1; nothing is believed yet.
- `arrival_day(finding, office_names, issued=...)`: the day of our stamp, for checking the date of issue.
- `list_arrival_looks(finding)`: rows for a second reader.
- `check_arrival(finding, answers, circumstances, issued=...)`: the readings of the four fields.

Two stamps on one page are never merged: the one that bears our office's name counts; when none does,
nothing is checked. Without a stamp the four fields are rightly absent and so checked.

Source: Decree 30/2020/NĐ-CP, Article 22 and Appendix IV, form V.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Box, Page, Paper, RegionKind, Source, around
from documents.reading import FieldName, FieldReading, Found
from documents.record import BookState
from documents.text import fold
from fields.agencies import agency_key, restore_marks
from fields.circumstances import Circumstances
from fields.stamp_values import Row, Stamp, read_stamp, read_stamp_day, split_names
from fields.stamp_words import find_stamp_lines, find_suspect
from fields.typed import looks_typed
from fields.verdict import checked, doubted

__all__ = [
    "ArrivalFinding",
    "Stamp",
    "arrival_day",
    "check_arrival",
    "choose_stamp",
    "find_arrival",
    "find_stamp_lines",
    "list_arrival_looks",
]

ARRIVAL_FIELDS = (
    FieldName.ARRIVAL_AGENCY,
    FieldName.ARRIVAL_NUMBER,
    FieldName.ARRIVAL_DATE,
    FieldName.ARRIVAL_FORWARDED_TO,
)
FARTHEST_DAYS = 60
"""Days between issue and arrival beyond which a person should look."""
_SAME_OFFICE = 88.0
_LEAST_CONFIDENCE = 75.0
_TYPED = 85.0
_CLEAN_NAME = re.compile(
    r"(?:(?:[ĐđDd]\s?/\s?c|đồng chí|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[A-ZĐ]\.)\s?)?"
    r"[^\W\d_a-zà-ỹ][^\W\d_]*\.?(?:[ .&-]{1,2}[^\W\d_]+){0,5}(?:\s?\([^()\d]{1,20}\))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalFinding:
    """The stamps of page 1, top to bottom; `suspect` is the place of what may be an unread one."""

    stamps: tuple[Stamp, ...] = ()
    suspect: Box | None = None


def find_arrival(paper: Paper) -> ArrivalFinding:
    """Return the stamps of page 1: regions set apart, then what stayed among the lines."""
    page = paper.page(1)
    if page is None:
        return ArrivalFinding()
    apart = tuple(
        read_stamp(region.lines, page=1, box=region.box)
        for region in page.regions_of(RegionKind.ARRIVAL_STAMP)
    )
    inline, remaining = find_stamp_lines(page)
    if inline and not any(_overlap(around(line.box for line in inline), stamp.box) for stamp in apart):
        apart = (*apart, read_stamp(inline, page=1, box=around(line.box for line in inline)))
    suspect = None if apart else find_suspect(remaining, _aspect(page))
    return ArrivalFinding(stamps=apart, suspect=suspect)


def choose_stamp(finding: ArrivalFinding, office_names: Sequence[str]) -> Stamp | None:
    """Return the stamp that bears one of `office_names`, else the first; None without stamps."""
    ours = [stamp for stamp in finding.stamps if _own_name(stamp.agency, office_names)]
    return next(iter((*ours, *finding.stamps)), None)


def arrival_day(
    finding: ArrivalFinding, office_names: Sequence[str], *, issued: dt.date | None
) -> dt.date | None:
    """Return the day in the stamp that counts; a missing year is taken from the day of issue."""
    stamp = choose_stamp(finding, office_names)
    return stamp.day.after(issued) if stamp and stamp.day else None


def list_arrival_looks(finding: ArrivalFinding) -> tuple[SecondLook, ...]:
    """Where number, day and names should be read a second time, for every stamp."""
    looks: list[SecondLook] = []
    for stamp in finding.stamps:
        for name, row, alphabet in (
            (FieldName.ARRIVAL_NUMBER, stamp.number_row, Alphabet.DIGITS),
            (FieldName.ARRIVAL_DATE, stamp.date_row, Alphabet.DATE),
            (FieldName.ARRIVAL_FORWARDED_TO, stamp.forward_row, Alphabet.TEXT),
        ):
            if row:
                looks.append(SecondLook(name, stamp.page, row.box, alphabet))
    return tuple(looks)


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
        return tuple(_check_absent(name, finding.suspect) for name in ARRIVAL_FIELDS)
    if complaint := _complain_of_owner(finding, stamp, circumstances.office_names):
        return _doubt_all(stamp, complaint, issued)
    return (
        _check_agency(stamp, circumstances.office_names),
        _check_number(
            stamp, _answer(answers, FieldName.ARRIVAL_NUMBER, stamp.number_row), circumstances, issued
        ),
        _check_date(stamp, _answer(answers, FieldName.ARRIVAL_DATE, stamp.date_row), circumstances, issued),
        _check_names(stamp, _answer(answers, FieldName.ARRIVAL_FORWARDED_TO, stamp.forward_row)),
    )


def _check_absent(name: FieldName, suspect: Box | None) -> FieldReading:
    if suspect is None:
        return checked(name, None, "Trang 1 không có dấu đến.")
    return doubted(
        name, Found(None, 1, suspect, Source.STAMP), "Trang 1 có chữ giống dấu đến nhưng không đọc được."
    )


def _complain_of_owner(finding: ArrivalFinding, stamp: Stamp, office_names: Sequence[str]) -> str | None:
    """Why the stamp may not be ours, or None; an office that knows no name of its own cannot tell."""
    if not office_names or _own_name(stamp.agency, office_names):
        if len(finding.stamps) > 1 and not office_names:
            return "Trang 1 có nhiều dấu đến, chưa rõ dấu nào của cơ quan mình."
        return None
    if len(finding.stamps) > 1:
        return "Trang 1 có nhiều dấu đến nhưng chưa đọc được tên cơ quan mình trên dấu nào."
    if stamp.agency and not _resembles(stamp.agency, office_names):
        return f"Dấu đến mang tên “{stamp.agency}”, không phải cơ quan mình."
    return None


def _doubt_all(stamp: Stamp, complaint: str, issued: dt.date | None) -> tuple[FieldReading, ...]:
    values = (
        _agency_found(stamp, stamp.agency),
        _found(stamp, stamp.number_row, stamp.number),
        _found(stamp, stamp.date_row, _iso(stamp.day.after(issued) if stamp.day else None)),
        _found(stamp, stamp.forward_row, list(stamp.names) or None),
    )
    return tuple(doubted(name, found, complaint) for name, found in zip(ARRIVAL_FIELDS, values, strict=True))


def _check_agency(stamp: Stamp, office_names: Sequence[str]) -> FieldReading:
    name = FieldName.ARRIVAL_AGENCY
    if stamp.agency is None:
        return doubted(name, _agency_found(stamp, None), "Chưa đọc được tên cơ quan trên dấu đến.")
    if not office_names:
        return doubted(
            name, _agency_found(stamp, stamp.agency), "Chưa có tên cơ quan mình để đối chiếu dấu đến."
        )
    own = _own_name(stamp.agency, office_names)
    if own is None:
        return doubted(name, _agency_found(stamp, stamp.agency), "Tên cơ quan trên dấu đến chưa đọc được rõ.")
    found = _agency_found(stamp, restore_marks(stamp.agency, own))
    return checked(name, found, f"Dấu đến mang tên cơ quan mình ({office_names[0]}).")


def _check_number(
    stamp: Stamp, second: str | None, circumstances: Circumstances, issued: dt.date | None
) -> FieldReading:
    name = FieldName.ARRIVAL_NUMBER
    found = _found(stamp, stamp.number_row, stamp.number)
    again = re.sub(r"\D", "", second) if second else None
    if stamp.number is None:
        offer = _found(stamp, stamp.number_row, again or None)
        return doubted(name, offer, "Có dấu đến nhưng chưa đọc được số đến.")
    if again and int(again) != int(stamp.number):
        return doubted(name, found, f"Hai lần đọc số đến khác nhau: {stamp.number} và {again}.")
    if circumstances.books is None:
        return doubted(name, found, "Không có sổ để đối chiếu số đến.")
    day = stamp.day.after(issued) if stamp.day else None
    if day is None:
        return doubted(name, found, "Chưa rõ năm của dấu đến nên chưa đối chiếu được với sổ.")
    book = circumstances.books.get(day.year)
    if book is None:
        return doubted(name, found, f"Chưa có sổ văn bản đến năm {day.year} để đối chiếu số đến.")
    return _compare_with_book(found, int(stamp.number), book)


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


def _check_date(
    stamp: Stamp, second: str | None, circumstances: Circumstances, issued: dt.date | None
) -> FieldReading:
    name = FieldName.ARRIVAL_DATE
    again = read_stamp_day(second) if second else None
    day = stamp.day.after(issued) if stamp.day else None
    found = _found(stamp, stamp.date_row, _iso(day))
    if stamp.day is None:
        offer = again.after(issued) if again else None
        return doubted(
            name, _found(stamp, stamp.date_row, _iso(offer)), "Có dấu đến nhưng chưa đọc được ngày đến."
        )
    if day is None:
        return doubted(name, found, "Ngày trên dấu đến không có thật hoặc không rõ năm.")
    if complaint := _complain_of_day(day, circumstances, issued):
        return doubted(name, found, complaint)
    if stamp.day.year is None:
        return doubted(name, found, "Dấu đến không ghi năm; năm được lấy theo ngày văn bản.")
    if again and again.after(issued) != day:
        return doubted(name, found, "Hai lần đọc ngày đến cho kết quả khác nhau.")
    if proof := _prove_day(stamp, again is not None, day, circumstances):
        plausible = f"Ngày đến có thật, không trước ngày văn bản và cách không quá {FARTHEST_DAYS} ngày."
        return checked(name, found, plausible, proof)
    return doubted(name, found, "Ngày đến viết tay mới đọc được một lần, chưa có gì để đối chiếu.")


def _complain_of_day(day: dt.date, circumstances: Circumstances, issued: dt.date | None) -> str | None:
    if day > circumstances.today:
        return f"Ngày đến {day:%d/%m/%Y} ở sau hôm nay."
    if issued is None:
        return "Chưa có ngày văn bản để đối chiếu ngày đến."
    if day < issued:
        return f"Ngày đến {day:%d/%m/%Y} trước ngày văn bản {issued:%d/%m/%Y}."
    if (day - issued).days > FARTHEST_DAYS:
        return f"Ngày đến {day:%d/%m/%Y} cách ngày văn bản quá {FARTHEST_DAYS} ngày."
    return None


def _prove_day(stamp: Stamp, read_twice: bool, day: dt.date, circumstances: Circumstances) -> str | None:
    """What confirms the day besides its being plausible, or None."""
    if read_twice:
        return "Hai lần đọc độc lập cho cùng một ngày."
    if circumstances.received_on == day:
        return "Tệp được nhận đúng ngày này."
    digits = [w for w in stamp.date_row.words if any(c.isdigit() for c in w.text)] if stamp.date_row else []
    if looks_typed(digits, digits, _TYPED):
        return "Ngày in bằng máy và đọc rõ."
    return None


def _check_names(stamp: Stamp, second: str | None) -> FieldReading:
    name = FieldName.ARRIVAL_FORWARDED_TO
    row = stamp.forward_row
    found = _found(stamp, row, list(stamp.names) or None)
    if row is None:
        return doubted(name, found, "Không thấy ô “Chuyển” trên dấu đến.")
    if not stamp.names:
        offer = list(split_names(second)[0]) if second else None
        return doubted(
            name, _found(stamp, row, offer or None), "Ô “Chuyển” trống hoặc viết tay chưa đọc được."
        )
    if stamp.names_broken:
        return doubted(name, found, "Tên trong ô “Chuyển” xuống dòng, chưa rõ chỗ ngắt.")
    if not all(_CLEAN_NAME.fullmatch(one) for one in stamp.names):
        return doubted(name, found, "Tên trong ô “Chuyển” đọc chưa rõ.")
    if second is not None:
        if _letters(second) == _letters(" ".join(stamp.names)):
            return checked(name, found, "Hai lần đọc ô “Chuyển” cho cùng những tên này.")
        return doubted(
            name, found, f"Hai lần đọc ô “Chuyển” khác nhau; lần sau đọc “{' '.join(second.split())}”."
        )
    if all(w.confidence is None or w.confidence >= _LEAST_CONFIDENCE for w in row.words):
        return checked(name, found, "Các tên trong ô “Chuyển” đọc rõ từng chữ.")
    return doubted(name, found, "Ô “Chuyển” viết tay mới đọc được một lần.")


def _answer(answers: Sequence[SecondReading], name: FieldName, row: Row | None) -> str | None:
    """What the second reader saw at `row`."""
    if row is None:
        return None
    return next((a.text for a in answers if a.look.field is name and a.look.box == row.box and a.text), None)


def _found(stamp: Stamp, row: Row | None, value: str | list[str] | None) -> Found:
    return Found(value, stamp.page, row.box if row else stamp.box, Source.STAMP)


def _agency_found(stamp: Stamp, value: str | None) -> Found:
    return Found(value, stamp.page, stamp.agency_box or stamp.box, Source.STAMP)


def _own_name(agency: str | None, office_names: Sequence[str]) -> str | None:
    """The words of our name that the stamp bears; a stamp may leave the province out."""
    if not agency:
        return None
    key = agency_key(agency)
    for name in office_names:
        words = name.split()[: len(agency.split())]
        if len(words) > 1 and fuzz.ratio(key, agency_key(" ".join(words))) >= _SAME_OFFICE:
            return " ".join(words)
    return None


def _resembles(agency: str, office_names: Sequence[str]) -> bool:
    """Whether a badly read name may still be ours."""
    return any(fuzz.partial_ratio(agency_key(agency), agency_key(name)) >= 60 for name in office_names)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes show the same stamp."""
    return max(one.overlap(other), other.overlap(one)) > 0.3


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _aspect(page: Page) -> float:
    return page.width_px / page.height_px
