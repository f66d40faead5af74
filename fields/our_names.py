"""How a paper that gives duties to many bodies names this office: by its name, a unit, or as one of all.

    named   = a name of the office | "các sở" … the rest of such a name | a unit's name in full
    all     = "các sở, ban, ngành" | "các cơ quan, đơn vị" …    what fits the kind of this office
            | "các phòng, ban" …                                in a paper of its own
    body    = "Sở …" | "Ban …" | "Công an …" | "UBND …" …       any body a duty can be given to

All patterns run on text without marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.text import fold

_WHO = r"(?:(?:thu\s+truong|lanh\s+dao|giam\s+doc|nguoi\s+dung\s+dau)\s+)?"
_DEPARTMENTS = (
    rf"{_WHO}cac\s+so(?:\s*,?\s+(?:va\s+)?(?:ban|nganh)\b|\s+(?:tinh|thanh\s+pho)\b"
    r"|\s*,\s*(?:ban|nganh|co\s+quan|don\s+vi|doan\s+the)\b)"
)
_COMMITTEES = (
    r"(?:chu\s+tich\s+)?(?:uy\s+ban\s+nhan\s+dan|ubnd)"
    r"\s+cac\s+(?:huyen|xa|phuong|thi\s+xa|thanh\s+pho|quan)\b"
)
_EVERYBODY = (
    rf"{_WHO}cac\s+(?:co\s+quan\s*(?:,|va)\s*(?:don\s+vi|to\s+chuc|dia\s+phuong)|don\s+vi\s*(?:,|va)\s*co\s+quan)"
    r"(?!\s+(?:bao\s+chi|truc\s+thuoc|thuoc|su\s+nghiep))"
)
_INSIDE = (
    rf"{_WHO}cac\s+(?:phong|don\s+vi|bo\s+phan)(?:\s*,|\s+(?:ban|chuyen\s+mon|truc\s+thuoc|thuoc\s+so)\b)"
)
BODY = re.compile(
    r"(?:cac\s+)?(?:so|ban|cong\s+an|bo\s+chi\s+huy|bao|dai|tap\s+chi|uy\s+ban|ubnd|van\s+phong|hoi|tinh\s+doan"
    r"|lien\s+doan|mat\s+tran|chi\s+cuc|cuc|kho\s+bac|bao\s+hiem|ngan\s+hang|truong|vien|trung\s+tam|phong"
    r"|benh\s+vien|thanh\s+tra\s+tinh|toa\s+an|doan\s+thanh\s+nien|cac\s+co\s+quan|cac\s+don\s+vi|bo)\b"
)
"""The beginning of a body's name."""
_SHORTEST = 4
"""Syllables of a unit's name that say by themselves which unit is meant."""
_EXCEPTING = r"\b(?:(?:ngoai\s+)?tru|khac\s+ngoai|khong\s+(?:bao\s+)?gom|khong\s+ke|khong\s+tinh)\s+"
_EXCEPT = re.compile(rf"{_EXCEPTING}(?P<between>[^.;:()]*)$")
_AND_MORE = re.compile(r"\s*(?:[-–&]|và|VÀ)\s*(?=[^\W\d_])")
_PROVINCE = re.compile(r"\s+(?:tinh|thanh\s+pho|tp)\s+(?P<place>\w+(?:\s+\w+)?)")
_PLACE = re.compile(r"\b(?:tinh|thanh pho|tp) (.+)$")
_THE_REST = re.compile(
    r"(?:[\s,]|va|ban|nganh|tinh|doan\s+the|don\s+vi|co\s+quan|dia\s+phuong|to\s+chuc|thanh\s+pho|huyen|thi\s+xa)*"
    r"\b(?:khac|con\s+lai)\b"
)
_COUNCIL = re.compile(r"(?:uy ban nhan dan|ubnd)\b")


@dataclass(frozen=True, slots=True)
class OurNames:
    """The patterns of one office, made once for each reading."""

    named: re.Pattern[str] | None
    units: re.Pattern[str] | None
    all_of_us: re.Pattern[str]
    places: frozenset[str] = frozenset()
    """The province as the office's own names give it; empty when none does."""

    def names_us(self, folded: str, text: str = "") -> re.Match[str] | None:
        """The first place where the office is named itself, or a unit of it in full.

        A name that is excepted (`trừ …`) is not meant, nor the namesake of another province. `text` is what
        was folded: its capitals tell where a unit's name is only the beginning of a longer one.
        """
        for match in self._list_named(folded):
            if not _is_excepted(folded, match):
                return match
        for match in self.units.finditer(folded) if self.units else ():
            if not _is_excepted(folded, match) and not _goes_on(text[match.end() :]):
                return match
        return None

    def means_all(self, folded: str) -> re.Match[str] | None:
        """The first place where all bodies of the office's kind are meant, unless it is excepted."""
        if any(_is_excepted(folded, match) for match in self._list_named(folded)):
            return None
        return self.all_of_us.search(folded)

    def means_the_rest(self, folded: str) -> bool:
        """Whether those are meant that stand under no other heading: `các sở, ngành khác`."""
        match = self.all_of_us.search(folded)
        return match is not None and _THE_REST.match(folded, match.end()) is not None

    def _list_named(self, folded: str) -> Iterator[re.Match[str]]:
        for match in self.named.finditer(folded) if self.named else ():
            place = _PROVINCE.match(folded, match.end())
            if not (place and self.places) or any(place["place"].startswith(own) for own in self.places):
                yield match


def _is_excepted(folded: str, match: re.Match[str]) -> bool:
    """Whether `trừ`, with nothing or other bodies in between, stands before a name."""
    found = _EXCEPT.search(folded[: match.start()])
    if found is None:
        return False
    *others, last = re.split(r",|\bva\b", found["between"])
    return not last.strip() and all(BODY.match(other.strip()) for other in others)


def _goes_on(rest: str) -> bool:
    """Whether a name goes on behind `và` or a dash with a word that is no body of its own."""
    match = _AND_MORE.match(rest)
    return match is not None and rest[match.end()].isupper() and not BODY.match(fold(rest[match.end() :]))


def our_names(
    office_names: Iterable[str], unit_names: Iterable[str] = (), *, is_own_paper: bool = False
) -> OurNames | None:
    """Return the patterns for an office of these names; None without a name to look for.

    In a paper that the office issued itself (`is_own_paper`) its name is the author's: the units are meant,
    by short names too, which in others' papers are too common to say whose they are.
    """
    names = [name for name in dict.fromkeys(fold(name) for name in office_names) if name]
    if not names:
        return None
    forms = [*_list_units_of(names, unit_names), *map(_flexible, names)]
    forms += [
        rf"cac\s+{head}\b(?:(?!{_EXCEPTING})[^.;]){{0,120}}?\b{_flexible(rest)}"
        for head, rest in _split(names)
    ]
    shortest = 1 if is_own_paper else _SHORTEST
    units = [
        _flexible(name) for name in dict.fromkeys(map(fold, unit_names)) if len(_words(name)) >= shortest
    ]
    kinds = [_EVERYBODY, _COMMITTEES if any(map(_COUNCIL.match, names)) else _DEPARTMENTS]
    if is_own_paper:
        kinds = [_INSIDE]
    return OurNames(
        named=None if is_own_paper else re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"),
        units=re.compile(rf"(?<!\w)(?:{'|'.join(units)})(?!\w)") if units else None,
        all_of_us=re.compile(rf"(?<!\w)(?:{'|'.join(kinds)})"),
        places=frozenset(place for name in names for place in _PLACE.findall(name)),
    )


def _list_units_of(names: Iterable[str], unit_names: Iterable[str]) -> Iterator[str]:
    """`Thanh tra Sở …`: a unit by whatever short name, with the office's own behind it."""
    units = list(dict.fromkeys(map(fold, unit_names)))
    for name in names:
        for unit in units:
            first, *more = unit.split()
            shared = more and more[-1] == name.split()[0]
            own = _flexible(" ".join((first, *(more[:-1] if shared else more))))
            yield rf"{own}\s+(?:thuoc\s+|cua\s+)?{_flexible(name)}"


def _split(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """`sở` and the rest of a name: `các sở Tài chính, Thông tin và Truyền thông` leaves the head out."""
    for name in names:
        head, _, rest = name.partition(" ")
        if head in {"so", "ban", "phong"} and len(rest) > 3:
            yield head, rest


def _flexible(name: str) -> str:
    """A name as it may be printed: blanks, dashes, commas and `&` between its words as they come."""
    return r"[\s,&–—-]{1,3}(?:va\s+)?".join(re.escape(word) for word in _words(name))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s,&–—-]+", name) if word and word != "va"]
