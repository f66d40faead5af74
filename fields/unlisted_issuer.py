"""An issuer that stands in no directory: a school, a company, a faculty, the union of a school.

Its name counts as printed when readers of two kinds have its letters and the paper bears it out: the notation
carries its letters, and either all of them or the name stands a second time, in the body, in the signature
block or in a directory as part of it. Its directory entry stays unknown; a rule that asks for one asks the
clerk.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clauses 2 and 3 (name of the issuer, its abbreviation).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Line
from documents.reading import FieldName
from documents.syllables import is_spelled_right
from documents.text import fold, letters_of
from fields.agencies import AgencyDirectory, AgencyMatch, agency_key
from fields.agency_phrases import join_name, restore_phrases, words_outside_phrases
from fields.layout import Layout
from fields.reference_grammar import fold_notation
from fields.type_names import types_of
from fields.witnesses import bears_out, settle

_LEAST_LETTERS, _LEAST_WHOLE = 3, 4
"""Letters of a notation that tell something of a name, and that tell the whole of it."""
_LEAST_WORDS = 3
"""Words of a name that, met again, are no chance."""
_KIND_WORDS = 2
"""Words at the front of a name that its abbreviation may leave out: `PHÒNG`, `TRUNG TÂM`."""
_COMPANY = re.compile(
    r"(?:tong )?cong ty(?: co phan| hop danh)?(?: tnhh| trach nhiem huu han)?(?: mtv| mot thanh vien)?(?=\s)"
)
_JOINTS = frozenset({"va", "cua", "cac", "thuoc", "tai"})
_UNION = re.compile(
    r"(?:(?:ban chap hanh|bch|ban thuong vu|btv) )?(?P<kind>"
    r"doan(?: thanh nien)?(?: cong san ho chi minh| tncs ho chi minh| tncs hcm)?"
    r"|cong doan|dang uy|dang bo|hoi sinh vien|hoi cuu chien binh)"
)
_UNION_LETTERS = {
    "doan": {"DTN", "DTNCS"},
    "cong doan": {"CD", "CDCS"},
    "dang uy": {"DU"},
    "dang bo": {"DU", "DB"},
    "hoi sinh vien": {"HSV"},
    "hoi cuu chien binh": {"HCCB"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unlisted:
    """The name as its readers have it, and the sentences that bear it out."""

    name: str
    evidence: tuple[str, ...]


def list_name_looks(lines: Iterable[Line]) -> tuple[SecondLook, ...]:
    """Return the lines of a name that no directory has, each for readers of every kind."""
    return tuple(SecondLook(FieldName.ISSUER, 1, line.box, Alphabet.TEXT, line.box) for line in lines)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the rest of the paper and the directory have of a name that the directory does not have.

    `met_again`: the name stands in the body too. `part_of_known`: it is that of a union within a body of the
    directory. `words`: the words of the body and of what the directory knows of the name, with their marks.
    """

    met_again: bool = False
    part_of_known: bool = False
    words: frozenset[str] = frozenset()


def find_mentions(name: str, layout: Layout, directory: AgencyDirectory, on: dt.date | None) -> Mentions:
    """Return what else bears `name` out on the paper and in the directory."""
    text = " ".join(line.text for page in layout.pages for line in page.body)
    within = _find_known_part(name, directory, on)
    place = directory.find_province(name)
    known = (text, within.name if within else "", place.name if place else "")
    return Mentions(
        met_again=_is_met(name, text),
        part_of_known=within is not None,
        words=frozenset(letters_of(word) for each in known for word in _words(each)),
    )


def _is_met(name: str, text: str) -> bool:
    """Whether the name stands in `text`; abbreviations at its end aside."""
    words = _words(name)
    while words and not is_spelled_right(words[-1]):
        words.pop()
    if len(words) < _LEAST_WORDS:
        return False
    return f" {agency_key(' '.join(words))} " in f" {agency_key(text)} "


def _find_known_part(name: str, directory: AgencyDirectory, on: dt.date | None) -> AgencyMatch | None:
    """The body of the directory whose union this is: `ĐOÀN TRƯỜNG ĐẠI HỌC …`."""
    words = name.split()
    for at in range(1, len(words)):
        if _UNION.fullmatch(fold(" ".join(words[:at]))):
            match = directory.match(" ".join(words[at:]), on=on)
            if match and match.listed and match.is_sure:
                return match
    return None


def check_name(
    lines: Sequence[Line],
    groups: Sequence[str],
    answers: Iterable[SecondReading],
    mentions: Mentions,
) -> Unlisted | None:
    """Return the name with what bears it out; None when that is too little.

    Args:
        lines: The printed lines of the name.
        groups: The groups of the notation.
        answers: What other readers have of the lines; those of other fields are passed over.
        mentions: What else bears the name out.
    """
    name = _read_by_two_kinds(lines, answers)
    if name is None or not all(_is_marked_right(word, mentions) for word in words_outside_phrases(name)):
        return None
    met_again, part_of_known = mentions.met_again, mentions.part_of_known
    group = next(iter(_issuer_groups(groups)), None)
    if group is None or (
        not (is_whole := bears_all_letters(group, name))
        and not (bears_some_letters(group, name) and (met_again or part_of_known))
    ):
        return None
    said = (
        "Danh bạ chưa có cơ quan này; tên lấy như in ở góc trái đầu trang.",
        "Hai loại máy đọc cho cùng một tên.",
        f"Ký hiệu {group} gồm đủ chữ đầu của tên này." if is_whole else f"Ký hiệu {group} hợp với tên này.",
        *(("Tên này còn ghi ở chỗ khác trong văn bản.",) if met_again else ()),
        *(("Danh bạ có cơ quan mà tổ chức này thuộc về.",) if part_of_known else ()),
    )
    return Unlisted(name, said)


def bears_all_letters(group: str, name: str) -> bool:
    """Whether the group is the first letters of all words of the name, but for the kind of body.

    >>> bears_all_letters("CTSV", "PHÒNG CÔNG TÁC SINH VIÊN"), bears_all_letters("BVT", "BỆNH VIỆN TỈNH")
    (True, False)
    """
    letters = fold_notation(group)
    if len(letters) < _LEAST_WHOLE:
        return False
    return any(letters == "".join(initials[at:]) for initials in _initials(name) for at in _kind_ends(name))


def bears_some_letters(group: str, name: str) -> bool:
    """Whether the group's letters run through the first letters of the name, or mean its kind of union.

    >>> bears_some_letters("HĐĐT", "HỘI ĐỒNG ĐẤU THẦU MUA THUỐC"), bears_some_letters("STC", "SỞ Y TẾ")
    (True, False)
    """
    letters = fold_notation(group)
    key = fold(name)
    if any(
        (match := _UNION.match(key)) and match["kind"].startswith(kind) and letters in known
        for kind, known in _UNION_LETTERS.items()
    ):
        return True
    if len(letters) < _LEAST_LETTERS:
        return False
    if letters in {fold_notation(word) for word in _words(name)}:
        return True
    return any(
        _runs_through(letters, "".join(initials[at:]))
        for initials in _initials(name)
        for at in _kind_ends(name)
        if at < len(initials)
    )


def _kind_ends(name: str) -> tuple[int, ...]:
    """After how many words the abbreviation of a name may begin."""
    company = _COMPANY.match(fold(name))
    return (*range(_KIND_WORDS + 1), *((len(company[0].split()),) if company else ()))


def _runs_through(letters: str, initials: str) -> bool:
    """Whether `letters` begin with the first of `initials` and go on in their order."""
    rest = iter(initials)
    return letters[:1] == initials[:1] and all(letter in rest for letter in letters)


def _initials(name: str) -> tuple[list[str], list[str]]:
    """The first letter of each word, an abbreviation whole; with and without joining words."""
    words = _words(name)
    every, telling = (
        [fold_notation(w[0] if is_spelled_right(w) else w) for w in kept]
        for kept in (words, [w for w in words if fold(w) not in _JOINTS])
    )
    return every, telling


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name)


def _issuer_groups(groups: Sequence[str]) -> tuple[str, ...]:
    """The groups after the one that names a type, if one does."""
    return tuple(groups[1:] if len(groups) > 1 and types_of(groups[0]) else groups)


def _read_by_two_kinds(lines: Sequence[Line], answers: Iterable[SecondReading]) -> str | None:
    """The name as settled, when every line has its letters by readers of two kinds and can be spelled so."""
    said = [a for a in answers if a.look.field is FieldName.ISSUER and a.text]
    texts = []
    for line in lines:
        own = [a for a in said if a.look.box == line.box]
        row = next((a.text for a in own if a.reader == SecondReader.ROW), None)
        settled = settle([line.text, *(str(a.text) for a in own if a.reader != SecondReader.ROW)], row)
        if row is None or not settled.certain or not bears_out(row, settled.text):
            return None
        texts.append(settled.text)
    printed = join_name(texts)
    spelled = restore_phrases(printed)
    name = spelled if fold(spelled) == fold(printed) else printed
    return name if name and all(_can_be_read(word) for word in _words(name)) else None


def _is_marked_right(word: str, mentions: Mentions) -> bool:
    """Whether the marks of a word in no known phrase are borne out: it has none, or stands in the body so."""
    letters = letters_of(word)
    return letters.isascii() or letters in mentions.words


def _can_be_read(word: str) -> bool:
    """Whether a word of a name is a syllable, a number or an abbreviation, which bears no marks but Đ's."""
    return is_spelled_right(word) or letters_of(word).replace("đ", "d").isascii()
