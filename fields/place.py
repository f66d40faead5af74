"""Find the place printed before the date.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 4: the name of the province for central and
provincial bodies, of the district or commune for local ones.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from documents.page import Line, Word, around
from documents.reading import FieldName, FieldReading, Found
from documents.text import fold
from fields.agencies import AgencyDirectory, agency_key
from fields.layout import Layout
from fields.marks import is_day_word
from fields.verdict import checked, doubted


def find_place(layout: Layout, directory: AgencyDirectory) -> Found | None:
    """Return the place as printed, the marks of a province's name restored; None when the date has none."""
    line = layout.head.date
    words = _place_words(line) if line else ()
    if not words:
        return None
    text = " ".join(w.text for w in words).strip(" ,.;:")
    return (
        Found(_restore(text, directory), 1, around(w.box for w in words))
        if any(c.isalpha() for c in text)
        else None
    )


def check_place(
    found: Found | None, issuer: str | None, directory: AgencyDirectory, *, parent: str | None = None
) -> FieldReading:
    """Return the place: checked when issuer or parent bear it, or a central body writes from Hà Nội.

    `issuer` is the directory's name, with its province; None when the issuer is not known. `parent` is the
    body above it as printed.
    """
    name = FieldName.PLACE
    if found is None:
        return doubted(name, None, "Không thấy địa danh trước ngày văn bản.")
    key = agency_key(str(found.value))
    if issuer and key and agency_key(issuer).endswith(key):
        return checked(name, found, "Địa danh trùng với tên trong cơ quan ban hành.")
    if parent and key and agency_key(parent).endswith(f" {key}"):
        return checked(name, found, "Địa danh trùng với tên trong cơ quan chủ quản.")
    province = directory.find_province(str(found.value))
    if issuer and province and province.key == "ha noi" and directory.find_province(issuer) is None:
        return checked(name, found, "Cơ quan trung ương đóng tại Hà Nội.")
    return doubted(name, found, "Địa danh chưa có gì để đối chiếu.")


def _place_words(line: Line) -> tuple[Word, ...]:
    day = next((i for i, w in enumerate(line.words) if is_day_word(w.text)), 0)
    return line.words[:day]


def _restore(text: str, directory: AgencyDirectory) -> str:
    """Give a province's name its marks back when no other province is as near."""
    lead, name = _split_kind(text)
    key = agency_key(name)
    whole = f"{lead}{name}"
    near = sorted({(Levenshtein.distance(key, p.key, score_cutoff=2), p.name) for p in directory.provinces})
    if not near or near[0][0] > 1 or (len(near) > 1 and near[1][0] <= near[0][0] * 2):
        return whole
    return f"{lead}{near[0][1]}" if fold(near[0][1]) == fold(name) or len(key) > 5 else whole


def _split_kind(text: str) -> tuple[str, str]:
    """`Thành phó Hồ Chí Minh` → (`Thành phố `, `Hồ Chí Minh`): the kind with its marks, and the name."""
    match = re.match(r"(?i)(tp|t\.p)(\s?\.?\s?)|(th\wnh)\s+(ph\w)\s+|(t\wnh)\s+", text)
    if match is None:
        return "", text
    kind = match[0] if match[1] else ("Thành phố " if match[3] else "Tỉnh ")
    return kind if text[0].isupper() else kind.lower(), text[match.end() :]
