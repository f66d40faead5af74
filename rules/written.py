"""Take apart what is written in the *Chuyển* row: names, titles, ranks, units in brackets, role marks.

The hand of a leader knows no grammar; these are the habits. What is not understood stays in the name and so
ends as a question to the clerk.

Examples: `Đ/c Linh, Đ/c Thanh Xuân` · `đ/c Linh (VP)` · `P.CNTT chủ trì, VP p/h` ·
`CT: A. Hùng; PH: C. Lan` · `PGĐ Hùng` · `TTra g/q` · `LĐ VP để b/c` · `P.CNTT (đ/c Hùng)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.decisions import Role
from documents.text import fold, tidy

# All patterns run on text without marks, letter for letter in step with the original.
_COMRADE = r"(?<!\w)(?:cac\s+)?(?:d\s?/\s?c|(?:d\s?/\s?e|d\.\s?c|dc|dong\s+chi)(?!\w))[.:]?"
_COMRADE_ANYWHERE = re.compile(_COMRADE)
_COMRADE_INSIDE = re.compile(rf"(?<=\S)[\s:]+{_COMRADE}\s*")
_TITLE = re.compile(rf"(?:{_COMRADE}|[acob]\s?\.(?=\s*\S)|[ac](?=\s+\S))[\s:]*")
# These keep their marks: *Chí Linh* is a name, *chị Linh* is not.
_WEAK_TITLE = re.compile(r"(?:ông|bà|anh|chị|cô|chú)\s+(?=\S)")

_MARKS: dict[str, str] = {
    "lead": r"chu\s?tri|c/t|ct",
    "support": r"phoi\s?hop|ph/h|p/h|ph",
    "inform": r"de\s?biet|d/b|db|de\s?b/c|de\s?bao\s?cao|b/c|kinh\s?bao|k/b|kb|de\s?theo\s?doi",
    "neutral": r"giai\s?quyet|g/q|tham\s?muu|t/m|nghien\s?cuu|n/c|kinh\s?nho|k/n|xu\s?ly|x/l|thuc\s?hien|t/h",
}
_ROLES: dict[str, Role | None] = {
    "lead": Role.LEAD,
    "support": Role.SUPPORT,
    "inform": Role.INFORM,
    "neutral": None,
}
_ANY_MARK = "|".join(f"(?P<{name}>{words})" for name, words in _MARKS.items())
_VERB = re.compile(r"(?:giao|(?:kinh\s+)?chuyen(?!\s+vien\b))\s*:?\s+(?=\S)")
_MARK_BEFORE = re.compile(rf"(?:{_ANY_MARK})(?![\w/.])\s*(?P<colon>:)?[\s-]*(?=\S)")
_MARK_AFTER = re.compile(rf"(?<=[\s(:,-])(?:{_ANY_MARK})[\s.)]*$")
_MARK_ALONE = re.compile(rf"(?:{_ANY_MARK})\s*(?P<colon>:)?")
_HINT = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*$")

_SLASHED = r"c/t|ph/h|p/h|d/b|b/c|k/b|g/q|t/m|n/c|k/n|x/l|t/h"
_CUTS = re.compile(
    rf"(?P<keep>{_COMRADE}|(?<!\w)(?:{_SLASHED})(?!\w)|\([^()]*\))"
    r"|(?P<hard>[,;+→⇒]|=>|->|(?<!\d)\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?!\d))"
    r"|(?P<soft>\s*\n\s*|\s?-(?!>)\s?|\s?/\s?|\s?&\s?|\s+va\s+)"
)

RANKS: dict[str, str] = {
    "gd": "giam doc",
    "giam doc": "giam doc",
    "pgd": "pho giam doc",
    "pho giam doc": "pho giam doc",
    "ct": "chu tich",
    "chu tich": "chu tich",
    "pct": "pho chu tich",
    "pho chu tich": "pho chu tich",
    "tp": "truong phong",
    "truong phong": "truong phong",
    "ptp": "pho truong phong",
    "pp": "pho truong phong",
    "pho phong": "pho truong phong",
    "pho truong phong": "pho truong phong",
    "cvp": "chanh van phong",
    "chanh vp": "chanh van phong",
    "chanh van phong": "chanh van phong",
    "pcvp": "pho chanh van phong",
    "pho chanh van phong": "pho chanh van phong",
    "ctt": "chanh thanh tra",
    "chanh ttra": "chanh thanh tra",
    "chanh thanh tra": "chanh thanh tra",
    "pho chanh thanh tra": "pho chanh thanh tra",
    "cv": "chuyen vien",
    "chuyen vien": "chuyen vien",
    "ld": "lanh dao",
    "lanh dao": "lanh dao",
    "bgd": "lanh dao",
    "ban giam doc": "lanh dao",
}
"""Rank as written, without marks, to the beginning of the title in the directory, without marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One name as written, taken apart.

    Attributes:
        text: The printed words.
        whole: Without role marks only.
        name: Without marks, titles, rank and brackets; may be empty (`GĐ`).
        is_person: A title such as `Đ/c` stands before it.
        rank: Beginning of the directory title, without marks.
        hint: Words in brackets, or before the title: mostly a unit.
        mark: The role written beside the name.
    """

    text: str
    whole: str
    name: str
    is_person: bool = False
    rank: str | None = None
    hint: str | None = None
    mark: Role | None = None


def take_apart(text: str, *, has_chairman: bool = False) -> Written:
    """Take one name apart; with a chairman in the office, `CT Hùng` means the rank and not *chủ trì*."""
    rest, mark, _ = _strip_marks(tidy(text), has_chairman=has_chairman)
    name, hint, is_person, rank = rest, None, False, None
    if match := _HINT.search(name):
        name, (hint, inner) = name[: match.start()], _read_brackets(match["inside"])
        mark = mark or inner
    bare = _bare(name)
    if not _COMRADE_ANYWHERE.match(bare) and (match := _COMRADE_INSIDE.search(bare)):
        rank, before = _strip_rank(name[: match.start()].rstrip(" :"))
        name, hint, is_person = name[match.end() :], before or hint, True
    return _strip_titles(
        Written(text=tidy(text), whole=rest, name=name, is_person=is_person, rank=rank, hint=hint, mark=mark)
    )


def list_pieces(text: str, is_known: Callable[[str], bool]) -> Iterator[str]:
    """Cut the row into names as written; what carries no letter is dropped.

    Commas, semicolons, plus signs, arrows and dates always cut. Hyphens, slashes, line ends and `và` cut
    unless the words on both sides together are a name that `is_known`; a second `Đ/c` cuts where the comma
    was lost.
    """
    text = "\n".join(tidy(line) for line in text.splitlines())
    for hard in _cut(text, "hard"):
        start = 0
        soft = _cut(hard, "soft")
        while start < len(soft):
            stop = next(
                (n for n in range(len(soft), start + 1, -1) if is_known(_span(hard, soft, start, n))),
                start + 1,
            )
            yield from _cut_comrades(tidy(_span(hard, soft, start, stop)))
            start = stop


def carry_marks(pieces: Iterable[str], *, has_chairman: bool = False) -> list[Written]:
    """Take all pieces apart; a mark written before a name goes on to the names after it.

    `PH: A, B` makes both support; `ĐB A, B` informs both. A lead mark goes on only with a colon, and then
    ends as a question, for there is one lead. A mark that stands alone belongs to nobody for certain: it
    stays as a name, which nobody has.
    """
    written: list[Written] = []
    carried: Role | None = None
    for piece in pieces:
        alone = _MARK_ALONE.fullmatch(_bare(piece).strip())
        if alone and (alone["colon"] or alone["neutral"]):
            # `VP nghiên cứu, tham mưu`: what to do, said of whoever stands before; nobody's name.
            carried = _role(alone) if alone["colon"] else carried
            continue
        _, mark, goes_on = _strip_marks(piece, has_chairman=has_chairman)
        if mark is not None:
            carried = mark if goes_on else None
        one = take_apart(piece, has_chairman=has_chairman)
        written.append(replace(one, mark=one.mark or carried))
    return written


def _cut(text: str, kind: str) -> list[str]:
    """The stretches of `text` between cuts of one kind, those without a letter left out."""
    parts, start = [], 0
    for match in _CUTS.finditer(_bare(text)):
        if match[kind]:
            parts.append(text[start : match.start()])
            start = match.end()
    return [part for part in (*parts, text[start:]) if any(letter.isalpha() for letter in part)]


def _span(text: str, parts: list[str], start: int, stop: int) -> str:
    """The words of `text` from the first to the last of some parts, what is between them included."""
    begin = 0
    for part in parts[:start]:
        begin = text.index(part, begin) + len(part)
    begin = end = text.index(parts[start], begin)
    for part in parts[start:stop]:
        end = text.index(part, end) + len(part)
    return text[begin:end]


def _cut_comrades(piece: str) -> Iterator[str]:
    starts = [match.start() for match in _COMRADE_ANYWHERE.finditer(_bare(piece))]
    cuts = [0, *starts[1:], len(piece)]
    for start, stop in pairwise(cuts):
        yield piece[start:stop].strip()


def _strip_marks(text: str, *, has_chairman: bool) -> tuple[str, Role | None, bool]:
    """Return the text without role marks, the role, and whether the mark goes on to later names."""
    role: Role | None = None
    goes_on = False
    while True:
        bare = _bare(text)
        if match := _VERB.match(bare):
            text = text[match.end() :]
        elif (match := _MARK_BEFORE.match(bare)) and not (
            has_chairman and match["lead"] == "ct" and not match["colon"]
        ):
            role = role or _role(match)
            goes_on = bool(match["colon"]) or role in (Role.SUPPORT, Role.INFORM)
            text = text[match.end() :]
        elif match := _MARK_AFTER.search(bare):
            role = role or _role(match)
            text = _close_brackets(text[: match.start()].rstrip(" (:,-"))
        else:
            return text, role, goes_on


def _read_brackets(inside: str) -> tuple[str | None, Role | None]:
    """What stands in brackets: `CT, VP` is a mark and a hint."""
    parts = [part.strip() for part in inside.split(",")]
    marks = {part: match for part in parts if (match := _MARK_ALONE.fullmatch(_bare(part)))}
    hint = ", ".join(part for part in parts if part and part not in marks)
    return hint or None, next((_role(match) for match in marks.values()), None)


def _role(match: re.Match[str]) -> Role | None:
    return next(role for name, role in _ROLES.items() if match[name])


def _close_brackets(text: str) -> str:
    return text + ")" if text.count("(") > text.count(")") else text


def _strip_titles(written: Written) -> Written:
    """Take titles and one rank off the front, in whichever order they stand."""
    name, is_person, rank = written.name.strip(), written.is_person, written.rank
    for _ in range(3):
        if match := _TITLE.match(_bare(name)) or _WEAK_TITLE.match(name.lower()):
            name, is_person = name[match.end() :], True
        if rank is None:
            rank, name = _strip_rank(name)
    return replace(written, name=name.strip(" .:-"), is_person=is_person, rank=rank)


def _strip_rank(text: str) -> tuple[str | None, str]:
    """The longest rank at the front of `text`, and what follows it."""
    tokens = text.replace(".", ". ").split()
    for count in range(min(len(tokens), 4), 0, -1):
        words = fold(" ".join(tokens[:count])).replace(".", "").strip()
        if words in RANKS:
            return RANKS[words], " ".join(tokens[count:])
    return None, text


def _bare(text: str) -> str:
    """`text` in lower case without marks, every letter in its place."""
    return "".join(fold(letter) or letter for letter in text)
