"""Find the type of document (tên loại): by layout first, by notation only when the layout does not tell.

A title in capitals names the type; `V/v` under the number with `Kính gửi` means a letter (công văn),
whatever the notation; `10315/CT-TTHT` is a letter of a Cục Thuế, not a directive.

Source: Decree 30/2020/NĐ-CP, Article 7 and Appendix I, part II, clause 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from documents.text import fold
from fields import marks
from fields.layout import Layout
from fields.notation import fits_type
from fields.reference_grammar import fold_notation
from fields.type_names import find_type_name, types_of
from fields.verdict import checked, doubted

LETTER = "Công văn"


@dataclass(frozen=True, slots=True)
class TypeFinding:
    """The type and what told it: `title`, `letter`, `greeting` (only `Kính gửi`) or `notation`."""

    name: str
    told_by: str
    found: Found
    exact: bool


def find_type(layout: Layout) -> TypeFinding | None:
    """Return the type by the layout alone, or None when the layout does not tell."""
    head = layout.head
    if head.title and (named := find_type_name(head.title)):
        box = head.title.box
        exact = fold(named.line.text).strip(" .,:'\"") == fold(named.name)
        return TypeFinding(named.name, "title", Found(named.name, 1, box), exact)
    if head.letter_subject:
        return TypeFinding(LETTER, "letter", Found(LETTER, 1, head.letter_subject[0].box), True)
    body = layout.page(1)
    greeting = (
        next((line for line in body.body[:6] if marks.begins_addressees(line.text)), None) if body else None
    )
    if head.number and greeting:
        return TypeFinding(LETTER, "greeting", Found(LETTER, 1, greeting.box), False)
    return None


def type_by_notation(groups: Sequence[str]) -> TypeFinding | None:
    """Return the type that the notation abbreviates when it abbreviates exactly one; a hint, never more."""
    if not groups:
        return None
    names = types_of(groups[0])
    if len(groups) < 2 or len(names) != 1:
        return None
    name = next(iter(names))
    return TypeFinding(name, "notation", Found(name, None, None, Source.INFERRED), False)


def check_type(finding: TypeFinding | None, groups: Sequence[str]) -> FieldReading:
    """Return the type checked when layout and notation agree."""
    name = FieldName.DOC_TYPE
    if finding is None:
        return doubted(name, None, "Không thấy tên loại văn bản, cũng không thấy V/v.")
    if finding.told_by == "notation":
        return doubted(name, finding.found, "Tên loại chỉ suy ra từ ký hiệu, không thấy in trên trang.")
    if finding.told_by == "greeting":
        return doubted(name, finding.found, "Có Kính gửi nhưng không thấy V/v: có thể là công văn.")
    if not groups:
        return doubted(name, finding.found, "Không đọc được ký hiệu để đối chiếu tên loại.")
    if not fits_type(groups, finding.name):
        return doubted(
            name, finding.found, f"Tên loại {finding.name} không khớp với ký hiệu {'-'.join(groups)}."
        )
    told = "Có V/v dưới số, ký hiệu." if finding.name == LETTER else "Tên loại in hoa ở giữa trang."
    return checked(name, finding.found, told, f"Ký hiệu {fold_notation(groups[0])} hợp với tên loại.")
