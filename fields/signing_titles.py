"""Lines of a signature block: signing powers (`TM.`, `KT.`, `TL.`, `TUQ.`, `Q.`) and offices.

Source: Decree 30/2020/NĐ-CP, Article 13 and Appendix I, part II, clause 7; the Party writes `T/M`, `K/T`,
`T/L`.
"""

from __future__ import annotations

import functools
import importlib.resources
import re

from rapidfuzz.distance import Levenshtein

from documents.text import fold, nfc
from fields import marks

_POWER = re.compile(
    r"^[\W_]*(?P<power>T\.?U\.?Q|T\s?[/.]?\s?M|K\s?[/.]?\s?T|T\s?[/.]?\s?L|Q(?=\s?[.,/]))"
    r"\s?(?:[.,:;/]+\s?|\s|(?=[A-ZĐ]{2,}\s?[A-ZĐ]))(?P<rest>\S.*)"
)
_DAMAGED = re.compile(r"^[\W_]*(?P<power>[^\W_]\S{0,3})\s+(?P<rest>\S.*)")
_ABBREVIATION = re.compile(r"[^\W_]{1,3}[.,:;]")
_DEPUTIES = ("pho ", "thu truong")


@functools.cache
def list_titles() -> tuple[str, ...]:
    """Offices of signatories with their marks, in small letters, longest first."""
    text = (importlib.resources.files("fields") / "data" / "signing_titles.txt").read_text("utf-8")
    names = {line for line in nfc(text).splitlines() if line and not line.startswith("#")}
    return tuple(sorted(names, key=lambda name: (-len(name.split()), -len(name), name)))


def read_power(text: str) -> tuple[str, str] | None:
    """Return the signing power and the words after it, (`TL.`, `CHỦ TỊCH`); None without one."""
    match = _POWER.match(text)
    if not match or not marks.is_capitals(match["rest"]):
        return None
    return f"{re.sub(r'[/. ]', '', match['power'])}.", match["rest"].strip()


def is_damaged_power(text: str) -> bool:
    """Whether an office stands in `text` behind something short, as `EL, HIỆU TRƯỞNG` or `lẻ GIÁM ĐÓC`."""
    match = _DAMAGED.match(text)
    return match is not None and _title_of(text) is None and _title_of(match["rest"]) is not None


def read_title(text: str) -> str | None:
    """Return the office that `text` begins with, its marks restored, and what follows it; None without one.

    >>> read_title("GIÁM ĐÓC SỞ Y TÉ")
    'GIÁM ĐỐC SỞ Y TÉ'
    """
    return _title_of(text) if not read_power(text) else None


def _title_of(text: str) -> str | None:
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", nfc(text))
    if not marks.is_capitals(bare):
        return None
    words = bare.split()
    like = [t for t in list_titles() if _is_like(" ".join(words[: len(t.split())]), t)]
    if not like:
        return None
    size = len(like[0].split())
    read = " ".join(words[:size]).lower()
    title = min((t for t in like if len(t.split()) == size), key=lambda t: Levenshtein.distance(read, t))
    return " ".join([title.upper(), *words[size:]])


def is_deputy(title: str) -> bool:
    """Whether `title` is a deputy's office, who signs for the head (`KT.`)."""
    return fold(title).startswith(_DEPUTIES)


def _is_like(read: str, title: str) -> bool:
    """Equal without marks up to a letter in six; the first letter must be right, or *phó* is lost.

    Something short before a full stop is rather a damaged power (`TUN. GIÁM ĐỐC`): there nothing is mended.
    """
    mine, theirs = fold(re.sub(r"[^\w ]", "", read)), fold(title)
    most = 0 if _ABBREVIATION.match(read) else len(theirs) // 6
    return mine[:1] == theirs[:1] and Levenshtein.distance(mine, theirs) <= most
