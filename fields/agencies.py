"""The directory of issuing bodies: who existed on a day, under which name, matched on text without marks.

A printed head is often an abbreviation (`UBND TỈNH KIÊN GIANG`), a general name that gets its place from
the line above (`SỞ Y TẾ`), or capitals that lost their marks (`SỞ Y TE`). Names are therefore compared
folded, the place apart from the body, so that *Quảng Nam* never becomes *Quảng Ninh* because the rest of
the line is long.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import importlib.resources
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from documents.text import fold, nfc, same_tone

_COMMITTEES = ("tinh uy", "thanh uy")
"""Party committees of a province; only the line above tells their commissions from others."""
GENERAL_LEVELS = frozenset(
    {"province_dept", "province_party", "province_mass_org", "vertical_in_province", "media"}
)
"""Levels whose entries are general names that a province completes."""
_UNNAMED_LEVELS = frozenset({"district", "commune", "recipient_alias"})
_WORDS = {
    "ubnd": "uy ban nhan dan",
    "ub": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tp": "thanh pho",
    "tphcm": "thanh pho ho chi minh",
    "hcm": "ho chi minh",
    "gd&dt": "giao duc va dao tao",
    "gddt": "giao duc va dao tao",
    "&": "va",
}
_LOCAL_KINDS = {
    "huyen": ("huyện", None, dt.date(2025, 6, 30)),
    "quan": ("quận", None, dt.date(2025, 6, 30)),
    "thi xa": ("thị xã", None, dt.date(2025, 6, 30)),
    "thi tran": ("thị trấn", None, dt.date(2025, 6, 30)),
    "thanh pho": ("thành phố", None, dt.date(2025, 6, 30)),
    "xa": ("xã", None, None),
    "phuong": ("phường", None, None),
    "dac khu": ("đặc khu", dt.date(2025, 7, 1), None),
}
"""Kinds of local committees with the days they exist; Resolution 202/2025/QH15 ended the district level."""
_FARTHEST = 3
_PARTS_OF_A_BODY = frozenset({"van phong", "thanh tra", "ban thuong vu", "ban chi dao"})
"""General names that the line above completes, whatever body it is."""
_LOCAL = re.compile(
    r"(?P<body>uy ban nhan dan|hoi dong nhan dan) (?P<kind>" + "|".join(_LOCAL_KINDS) + r") (?P<place>.+)"
)
_LOCAL_BODIES = {"uy ban nhan dan": "Ủy ban nhân dân", "hoi dong nhan dan": "Hội đồng nhân dân"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An entry of the directory; `since` and `until` are inclusive days of existence, None is open."""

    name: str
    abbreviation: str = ""
    level: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    parent: str = ""
    """The full name of the body directly above, where an office has said it."""

    def exists_on(self, day: dt.date | None) -> bool:
        """Whether the body existed on `day`; an unknown day rules nothing out."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMatch:
    """What a printed name was resolved to.

    `name` is the full name with its place; `spelling` the words of the directory in the order and length of
    the printed text, for giving capitals their marks back. `distance` counts letters that differ, marks
    aside; `margin` is how many more differ from the next candidate.
    """

    name: str
    spelling: str
    distance: int
    margin: int
    exists: bool
    abbreviations: frozenset[str]
    listed: bool = True
    """False for a local committee, known by its form only: its place stands in no directory."""

    @property
    def is_sure(self) -> bool:
        """The same letters, or one or two off with nobody else near, and in existence on that day."""
        return self.exists and (self.distance == 0 or (self.distance <= 2 and self.margin >= 3))


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city of the first level, as its committee's name carries it."""

    key: str
    kind: str
    name: str


class AgencyDirectory:
    """Entries by name, looked up for a day. Values only; nothing is learned while reading."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = tuple(agencies)
        self.provinces = tuple(_provinces(self.agencies))
        self._named = [(agency_key(a.name), a) for a in self.agencies if a.level not in _UNNAMED_LEVELS]

    def find_province(self, text: str) -> Province | None:
        """Return the province whose name ends `text`, the longest name winning; None when there is none."""
        key = agency_key(text)
        ending = [p for p in self.provinces if key == p.key or key.endswith(" " + p.key)]
        return max(ending, key=lambda p: len(p.key), default=None)

    def match(self, name: str, *, parent: str | None = None, on: dt.date | None = None) -> AgencyMatch | None:
        """Return the entry that `name` means, or None when nothing is near.

        Args:
            name: The issuer as printed, its lines joined.
            parent: The line above it, which gives a general name its place.
            on: The day of the document; bodies that did not exist then are taken only when no other is as
            near.

        Returns:
            The nearest entry; look at `is_sure` before believing it.
        """
        options = sorted(
            (*self._match_named(name, parent, on), *_match_local(name, on)),
            key=lambda m: (m.distance, not m.exists),
        )
        if not options or options[0].distance > _FARTHEST:
            return None
        best = self._under_parent(options[0], parent, on)
        rivals = [m.distance for m in options[1:] if m.name != options[0].name and m.exists >= best.exists]
        return replace(best, margin=min(rivals, default=99) - best.distance)

    def _under_parent(self, match: AgencyMatch, parent: str | None, on: dt.date | None) -> AgencyMatch:
        """`VĂN PHÒNG` under `BỘ TƯ PHÁP` is Văn phòng Bộ Tư pháp."""
        above = self.match(parent, on=on) if parent and agency_key(match.name) in _PARTS_OF_A_BODY else None
        return replace(match, name=f"{match.name} {above.name}") if above else match

    def _match_named(self, name: str, parent: str | None, on: dt.date | None) -> Iterable[AgencyMatch]:
        whole = agency_key(name)
        province = self.find_province(name)
        own = _without_level(whole.removesuffix(province.key).rstrip() if province else whole)
        above = agency_key(parent or "")
        place = province or self.find_province(above)
        for key, agency in self._named:
            if (
                agency.level == "province_party"
                and key not in _COMMITTEES
                and not above.startswith(_COMMITTEES)
            ):
                continue
            if agency.level in GENERAL_LEVELS:
                yield from _compare(own, _without_level(key), agency, on, place=place, printed=name)
            elif agency.level == "province" and (its := self.find_province(agency.name)):
                yield from _compare_committee(name, key, agency, on, its)
            else:
                yield from _compare(whole, key, agency, on, place=None, printed=name)


def agency_key(text: str) -> str:
    """Return the form in which names are compared: folded, abbreviations written out, punctuation dropped."""
    words = re.sub(r"[^\w&]+", " ", fold(text)).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def restore_marks(printed: str, spelling: str) -> str:
    """Return `printed` with the letters and marks of `spelling`, word by word, in the printed case.

    Only when both have the same number of words; words that differ in nothing but the place of the tone
    mark stay as printed.
    """
    ours, theirs = printed.split(), spelling.split()
    if len(ours) != len(theirs):
        return printed
    pairs = zip(ours, theirs, strict=True)
    return " ".join(o if _same_word(o, t) else _in_case(t, o) for o, t in pairs)


@functools.cache
def load_agencies(extra: tuple[Agency, ...] = ()) -> AgencyDirectory:
    """Return the directory that comes with the project, the office's own entries in `extra` before it."""
    return AgencyDirectory((*extra, *_packaged("agencies.csv"), *_packaged("agencies_more.csv")))


def _packaged(name: str) -> Iterable[Agency]:
    text = (importlib.resources.files("fields") / "data" / name).read_text("utf-8")
    return [_agency(row) for row in csv.DictReader(text.splitlines())]


def _agency(row: dict[str, str]) -> Agency:
    return Agency(
        name=re.sub(r"\s*\(.*?\)", "", nfc(row["full_name"])),
        abbreviation=nfc(row["abbr"]),
        level=row["level"],
        since=_day(row["valid_from"], last=False),
        until=_day(row["valid_to"], last=True),
    )


def _day(text: str, *, last: bool) -> dt.date | None:
    """A day known as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the first or the last day it may mean."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if len(parts) > 2:
        return dt.date(year, month, parts[2])
    if not last:
        return dt.date(year, month, 1)
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _provinces(agencies: Iterable[Agency]) -> Iterable[Province]:
    seen: set[tuple[str, str]] = set()
    pattern = re.compile(r"Ủy ban nhân dân (tỉnh|thành phố) (.+)", re.IGNORECASE)
    for agency in agencies:
        if agency.level == "province" and (match := pattern.fullmatch(agency.name)):
            kind, name = match[1].lower(), match[2]
            if (kind, name) not in seen:
                seen.add((kind, name))
                yield Province(agency_key(name), kind, name)


def _without_level(key: str) -> str:
    return key.removesuffix(" thanh pho").removesuffix(" tinh")


def _compare(
    own: str, key: str, agency: Agency, on: dt.date | None, *, place: Province | None, printed: str
) -> Iterable[AgencyMatch]:
    distance = Levenshtein.distance(own, key, score_cutoff=2)
    if distance > min(2, len(key) // 5):
        return
    base = re.sub(r"\s+(?:tỉnh|thành phố)$", "", agency.name)
    full = f"{base} {place.kind} {place.name}" if place and agency.level in GENERAL_LEVELS else agency.name
    yield AgencyMatch(
        name=full,
        spelling=_spell(printed, base, place),
        distance=distance,
        margin=0,
        exists=agency.exists_on(on),
        abbreviations=frozenset({agency.abbreviation}),
    )


def _spell(printed: str, base: str, place: Province | None) -> str:
    """The directory's words laid along the printed ones: the body, then what the print has after it."""
    words = printed.split()
    short = next((word for word in words if fold(word).strip(".") == "tp"), None)
    body = (base.replace("Thành phố", short) if short else base).split()
    if len(words) < len(body):
        return printed
    tail = words[len(body) :]
    known = place.name.split() if place else []
    if known and len(tail) >= len(known) and agency_key(" ".join(tail)).endswith(place.key if place else ""):
        tail = [*tail[: len(tail) - len(known)], *known]
    return " ".join([*body, *(_LEVEL_WORDS.get(fold(w), w) for w in tail)])


_LEVEL_WORDS = {"tinh": "tỉnh", "thanh": "thành", "pho": "phố"}


def _compare_committee(
    printed: str, key: str, agency: Agency, on: dt.date | None, province: Province
) -> Iterable[AgencyMatch]:
    """A People's Committee of a province: its place must fit by itself, not as the tail of a long line."""
    words, wanted = agency_key(printed).split(), key.split()
    if len(words) != len(wanted):
        return
    at = len(words) - len(province.key.split())
    off_place = Levenshtein.distance(" ".join(words[at:]), province.key, score_cutoff=4)
    off_body = Levenshtein.distance(" ".join(words[:at]), " ".join(wanted[:at]), score_cutoff=3)
    if off_place > 4 or off_body > 3:
        return
    whole = len(printed.split()) == len(agency.name.split())
    yield AgencyMatch(
        name=agency.name,
        spelling=agency.name if whole else _spell_tail(printed, province),
        distance=off_place + off_body,
        margin=0,
        exists=agency.exists_on(on),
        abbreviations=frozenset({agency.abbreviation, "UB", "CTUBND"}),
    )


def _spell_tail(printed: str, province: Province) -> str:
    """`UBND TINH BEN TRE` with the marks of `tỉnh Bến Tre`, the abbreviation as printed."""
    words, name = printed.split(), province.name.split()
    head = [_LEVEL_WORDS.get(fold(w).strip(",."), w) for w in words[: -len(name)]]
    return " ".join([*head, *name])


def _match_local(name: str, on: dt.date | None) -> Iterable[AgencyMatch]:
    """Committees of districts and communes, which no directory lists: their form is enough to know them."""
    key = agency_key(name)
    if not (match := _LOCAL.fullmatch(key)):
        return
    kind, since, until = _LOCAL_KINDS[match["kind"]]
    place = " ".join(name.split()[-len(match["place"].split()) :])
    full = f"{_LOCAL_BODIES[match['body']]} {kind} {place.title()}"
    agency = Agency(name=full, since=since, until=until)
    yield AgencyMatch(
        name=full,
        spelling=full,
        distance=0,
        margin=0,
        exists=agency.exists_on(on),
        abbreviations=frozenset({"UBND", "UB", "HĐND"}),
        listed=False,
    )


def _same_word(one: str, other: str) -> bool:
    return same_tone(one).casefold() == same_tone(other).casefold()


def _in_case(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word
