"""Read a place that a person drew on a page into a field: a value for the form, nothing is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import partial

from documents.errors import Refused
from documents.page import Box
from documents.people import Officer
from documents.reading import FieldName
from documents.status import DocumentId
from documents.text import tidy
from fields.date import parse_date
from office import sight
from office.agencies import agencies_known
from office.office import Office
from office.phrase import Phrase
from office.reading import open_reader
from office.typed import DATES, LISTS

SIDES = ("trai", "tren", "phai", "duoi")
"""Left, top, right and bottom of a drawn box, in per cent of the page."""
_LEAST_SIDE = 0.002
_LABEL = re.compile(r"^\s*S[ốoôóồổõọ6]\s*(?:đến\s*)?[:.;,]?\s*", re.IGNORECASE)
_AROUND_SIGNS = re.compile(r"\s*([/–-])\s*")


class BadRegion(Refused):
    """The four numbers are no place on the page."""

    message = "Vùng khoanh không hợp lệ: {why}."
    advice = "Kéo chuột khoanh quanh chữ, hoặc gõ bốn số phần trăm: trái nhỏ hơn phải, trên nhỏ hơn dưới."


class NothingRead(Refused):
    """There is no print inside the box that could become this field."""

    message = "Không đọc được chữ nào cho ô này trong vùng khoanh ở trang {page}."
    advice = "Khoanh sát và đủ quanh chữ rồi đọc lại, hoặc gõ thẳng vào ô. Điều đã gõ vẫn còn."


def parse_region(typed: Mapping[str, str]) -> tuple[int, Box]:
    """The page and the box from what was typed: `trang`, and `SIDES` in per cent (comma or point).

    Raises:
        BadRegion: not numbers, outside the page, or empty.
    """
    try:
        page = int(typed.get("trang", ""))
        x0, y0, x1, y1 = (float(typed.get(side, "").replace(",", ".")) / 100 for side in SIDES)
    except ValueError as error:
        raise BadRegion(why=Phrase("cần số trang và bốn số phần trăm")) from error
    if not all(0 <= one <= 1 for one in (x0, y0, x1, y1)):
        raise BadRegion(why=Phrase("phần trăm phải từ 0 đến 100"))
    if x1 - x0 < _LEAST_SIDE or y1 - y0 < _LEAST_SIDE:
        raise BadRegion(why=Phrase("vùng quá nhỏ hoặc ngược chiều"))
    return page, Box(x0, y0, x1, y1)


def read_into_field(
    office: Office,
    document: DocumentId,
    field: FieldName,
    page: int,
    box: Box,
    *,
    by: Officer,
    now: dt.datetime,
) -> str:
    """Read the place and return it as the form would hold it: a day as dd/mm/yyyy, a list one item a line.

    Raises:
        NoSuchDocument, NotAllowed: there is none, or it is not for this person to open.
        BadRegion: the document has no such page.
        NothingRead: there is nothing that could be this field.
        Unavailable, Unreadable: the engine is away, or the file no longer opens.
    """
    with office.view() as view:
        record = sight.find_document(view, document, by, now=now)
        pages = {one.number for one in view.pages(record.id)}
    if page not in pages:
        raise BadRegion(why=Phrase("văn bản không có trang đó"))
    with open_reader(office.settings, slots=1, agencies=partial(agencies_known, office)) as reader:
        lines = reader.workshop.read_region(office.store.path_of(record.sha256), page, box)
    if value := value_of(field, lines):
        return value
    raise NothingRead(page=page)


def value_of(field: FieldName, lines: Sequence[str]) -> str | None:
    """What lines of print mean as the value of a field, as a form holds it; None when they mean nothing."""
    text = tidy(" ".join(lines))
    if not text:
        return None
    if field in DATES:
        day = parse_date(text)
        return f"{day:%d/%m/%Y}" if day else None
    if field is FieldName.ARRIVAL_NUMBER:
        digits = re.search(r"\d{1,7}", text)
        return str(int(digits[0])) if digits and int(digits[0]) else None
    if field is FieldName.NUMBER_SYMBOL:
        return _AROUND_SIGNS.sub(r"\1", _LABEL.sub("", text)) or None
    return "\n".join(tidy(line) for line in lines) if field in LISTS else text
