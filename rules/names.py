"""Match the names written in the *Chuyển* row with the office's directory.

Order: a word the directory knows exactly (alias, unit) → the end of one single full name among the staff of
that day, mark for mark → a unit or rank written beside it → candidates for the clerk. Only a name written
as it is stored, letter case and tone placement aside, is ever decided. A name that merely resembles one
(marks lost or changed, a letter misread, initials) is shown with its likely owners and asked about; a tie
is never broken by a score.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from documents.decisions import Because, Ground, Role
from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId
from documents.text import fold
from rules.conditions import same_words, spaced_words
from rules.rows import Target
from rules.wording import UNIT_MARK, introduce, join_or, name_reference
from rules.written import Written, carry_marks, list_pieces, take_apart

LEAST_LIKENESS = 80.0
"""Of 100; below it a resemblance is not worth showing."""
CLEAR_MARGIN = 10.0
"""How far the best resemblance must stand out to be called the likely one."""
MOST_CANDIDATES = 8
_HEAD_RANKS = frozenset({"lanh dao", "giam doc", "truong phong", "chanh van phong", "chanh thanh tra"})
_UNIT_WORDS = ("phong ", "p ", "ban ", "don vi ")


class How(StrEnum):
    """By what a written name was matched, or why it was not."""

    ALIAS = "alias"
    NAME = "name"
    HINT = "hint"
    RANK = "rank"
    UNIT = "unit"
    AMBIGUOUS = "ambiguous"
    APPROXIMATE = "approximate"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """One written name: a person or a unit, or neither and the candidates to choose from.

    `candidates` are person ids, or `unit:` and a unit id, likeliest first where likeness was weighed.
    """

    written: str
    how: How
    because: Because
    person: PersonId | None = None
    unit: UnitId | None = None
    candidates: tuple[str, ...] = ()
    role_mark: Role | None = None

    @property
    def reference(self) -> str | None:
        """The one match as a person's id, or `unit:` and a unit's id; None when it is not decided."""
        return f"{UNIT_MARK}{self.unit}" if self.unit is not None else self.person


def match_names(written: str | Sequence[str], directory: Directory, on: dt.date) -> tuple[NameMatch, ...]:
    """Match every written name against the people and units of the office on a day.

    Args:
        written: The row as printed, or its lines or names.
        directory: The office's people and units.
        on: The arrival day; only people serving then are matched.

    Returns:
        One match for each name, in the order written.
    """
    staff = _Staff(directory, on)
    lines = [written] if isinstance(written, str) else written
    pieces = [piece for line in lines for piece in list_pieces(line, staff.is_known)]
    return tuple(_match(one, staff) for one in carry_marks(pieces, has_chairman=staff.has_chairman))


def plain_name(written: str) -> str:
    """A name as written without the role beside it: `Đ/c Linh` of `Đ/c Linh xử lý`."""
    return take_apart(written).whole


@dataclass(frozen=True, slots=True)
class _Found:
    how: How
    references: tuple[str, ...]


class _Staff:
    """The directory as names are looked up in it on one day."""

    def __init__(self, directory: Directory, on: dt.date) -> None:
        self.directory = directory
        self.on = on
        self.people = directory.active(on)
        self.has_chairman = any(fold(p.title or "").startswith("chu tich") for p in self.people)

    def is_known(self, words: str) -> bool:
        """Whether the words, taken apart, are exactly a unit, an alias or a full name."""
        one = take_apart(words, has_chairman=self.has_chairman)
        names = {same_words(one.text), same_words(one.name)}
        return bool(self.units(one.name, same_words)) or any(
            same_words(word) in names for p in self.people for word in (p.name, *p.aliases_on(self.on))
        )

    def aliases(self, words: str, key: Callable[[str], str]) -> list[str]:
        """People with exactly that alias."""
        return [str(p.id) for p in self.people if key(words) in {key(a) for a in p.aliases_on(self.on)}]

    def suffixes(
        self, words: str, key: Callable[[str], str], people: Sequence[Officer] | None = None
    ) -> list[str]:
        """People (those serving, unless given) whose full name ends in the words, on a word's boundary."""
        end = key(words).split()
        every = self.people if people is None else people
        return [str(p.id) for p in every if end and key(p.name).split()[-len(end) :] == end]

    def units(self, words: str, key: Callable[[str], str]) -> list[str]:
        """Units with that name or alias; `Phòng` and `P.` before it do not matter."""
        wanted = _unit_key(words, key)
        return [
            f"{UNIT_MARK}{unit.id}"
            for unit in self.directory.units
            if wanted and wanted in {_unit_key(word, key) for word in (unit.name, *unit.aliases_on(self.on))}
        ]

    def ranked(self, rank: str, unit: str | None) -> list[str]:
        """People whose title begins with the rank, in a unit when one is named; else that unit's head."""
        people = [p for p in self.people if unit is None or f"{UNIT_MARK}{p.unit}" == unit]
        if rank == "lanh dao":
            duty = Duty.UNIT_HEAD if unit else Duty.LEADER
            found = [str(p.id) for p in people if p.duty is duty]
        else:
            found = [str(p.id) for p in people if has_rank(p, rank)]
        return found or (self._heads(unit) if rank in _HEAD_RANKS else [])

    def _heads(self, unit: str | None) -> list[str]:
        serving = {p.id for p in self.people}
        heads = [u.head for u in self.directory.units if f"{UNIT_MARK}{u.id}" == unit]
        return [str(head) for head in heads if head in serving]


def has_rank(person: Officer, rank: str) -> bool:
    """Whether the person's title begins with the rank (both without marks)."""
    return spaced_words(person.title or "").startswith(spaced_words(rank))


def _unit_key(words: str, key: Callable[[str], str]) -> str:
    text = " ".join(key(words).replace(".", " ").replace("-", " ").split())
    for front in _UNIT_WORDS:
        if fold(text).startswith(front):
            return text[len(front) :]
    return text


# ── deciding one name ────────────────────────────────────────────────────────────────────────────────────

_DECIDED = frozenset({How.ALIAS, How.NAME, How.HINT, How.RANK, How.UNIT})


def _match(one: Written, staff: _Staff) -> NameMatch:
    found = _decide(one, staff)
    decided = Target.of(found.references[0]) if found.how in _DECIDED else Target()
    return NameMatch(
        written=one.text,
        how=found.how,
        because=Because(Ground.CHECK, _say(one.text, found, staff)),
        person=decided.person,
        unit=decided.unit,
        candidates=() if found.how in _DECIDED else found.references[:MOST_CANDIDATES],
        role_mark=one.mark,
    )


def _decide(one: Written, staff: _Staff) -> _Found:
    for words in (one.text, one.whole):
        if people := staff.aliases(words, same_words):
            return _only(How.ALIAS, people)
    if swapped := _person_in_brackets(one, staff):
        return swapped
    if found := _as_person(one, staff):
        return _beside_units(found, one, staff)
    return (
        _as_unit(one, staff)
        or _by_rank(one, staff)
        or _with_unit_beside(one, staff)
        or _resembling(one, staff)
    )


def _as_person(one: Written, staff: _Staff) -> _Found | None:
    """Somebody of that alias; else, or when what is written beside speaks against it, of that name."""
    by_alias = _narrow(How.ALIAS, staff.aliases(one.name, same_words), one, staff)
    by_name = _narrow(How.NAME, staff.suffixes(one.name, same_words), one, staff)
    if by_alias.how is How.AMBIGUOUS:
        return _Found(How.AMBIGUOUS, tuple(dict.fromkeys((*by_alias.references, *by_name.references))))
    if by_alias.how in _DECIDED or not by_name.references:
        return by_alias if by_alias.references else None
    return by_name


def _only(how: How, references: Sequence[str]) -> _Found:
    """One reference decides; several are a tie."""
    return _Found(how if len(references) == 1 else How.AMBIGUOUS, tuple(references))


def _narrow(how: How, people: Sequence[str], one: Written, staff: _Staff) -> _Found:
    """Let a rank or unit written beside the name choose among its owners, or speak against the only one."""
    if not people:
        return _Found(How.UNKNOWN, ())
    if one.hint is None and one.rank is None:
        return _only(how, people)
    fits = {person: _fits(person, one, staff) for person in people}
    likely = tuple(person for person, fit in fits.items() if fit is not False)
    if len(likely) == 1 and (fits[likely[0]] or len(people) == 1):
        return _Found(how if len(people) == 1 else How.HINT, likely)
    return _Found(How.AMBIGUOUS, likely) if likely else _Found(How.CONFLICT, tuple(people))


def _fits(reference: str, one: Written, staff: _Staff) -> bool | None:
    """Whether a person agrees with what is written beside the name; None when the directory does not say."""
    person = next(p for p in staff.people if p.id == reference)
    answers: list[bool | None] = []
    if one.rank is not None:
        answers.append(_fits_rank(person, one.rank))
    if one.hint is not None and one.hint not in ("", one.name):
        if units := staff.units(one.hint, same_words):
            answers.append(None if person.unit is None else f"{UNIT_MARK}{person.unit}" in units)
        else:
            beside = take_apart(one.hint)
            answers.append(_fits_rank(person, beside.rank) if beside.rank and not beside.name else False)
    return False if False in answers else None if None in answers else True


def _fits_rank(person: Officer, rank: str) -> bool | None:
    if rank == "lanh dao":
        return person.duty in (Duty.LEADER, Duty.UNIT_HEAD)
    return None if not person.title else has_rank(person, rank)


def _beside_units(found: _Found, one: Written, staff: _Staff) -> _Found:
    """A word that is also a unit's is a tie, unless a title says that a person is meant."""
    units = () if one.is_person or one.rank or one.hint else tuple(staff.units(one.name, same_words))
    return _Found(How.AMBIGUOUS, (*found.references, *units)) if units else found


def _person_in_brackets(one: Written, staff: _Staff) -> _Found | None:
    """`P.CNTT (đ/c Hùng)`: the person, and the unit beside."""
    if one.hint is None or not staff.units(one.name, same_words) or staff.units(one.hint, same_words):
        return None
    inner = take_apart(one.hint)
    found = _decide(replace(inner, hint=one.name), staff)
    return found if inner.is_person or found.how not in (How.UNKNOWN, How.APPROXIMATE) else None


def _as_unit(one: Written, staff: _Staff) -> _Found | None:
    units = [] if one.is_person or one.rank else staff.units(one.name, same_words)
    if not units:
        return None
    return _only(How.UNIT, units) if one.hint is None else _Found(How.CONFLICT, tuple(units))


def _by_rank(one: Written, staff: _Staff) -> _Found | None:
    """`GĐ`, `TP CNTT`, `LĐ VP`: whoever holds the rank, in the unit named beside it."""
    place = one.name or one.hint
    units = staff.units(place, same_words) if place else []
    if one.rank is None or (place and len(units) != 1):
        return None
    people = staff.ranked(one.rank, units[0] if units else None)
    return _only(How.RANK, people) if people else None


def _with_unit_beside(one: Written, staff: _Staff) -> _Found | None:
    """`Linh VP`, `P.CNTT Hùng`: a unit or rank beside the name without brackets."""
    tokens = one.name.split()
    for cut in range(1, len(tokens)):
        front, back = " ".join(tokens[:cut]), " ".join(tokens[cut:])
        for name, beside in ((front, back), (back, front)):
            is_hint = staff.units(beside, same_words) or (
                take_apart(beside).rank and not take_apart(beside).name
            )
            people = staff.suffixes(name, same_words)
            if is_hint and people and one.hint is None:
                return _narrow(How.NAME, people, replace(one, name=name, hint=beside), staff)
    return None


# ── what merely resembles ────────────────────────────────────────────────────────────────────────────────


def _resembling(one: Written, staff: _Staff) -> _Found:
    """Candidates for a name that nobody has as it is written, likeliest first; never a decision."""
    likeness = {str(p.id): _likeness(one.name, p, staff.on) for p in staff.people}
    if not one.is_person:
        key = _unit_key(one.name, fold)
        likeness |= {f"{UNIT_MARK}{u.id}": _unit_likeness(key, u, staff.on) for u in staff.directory.units}
    close = [reference for reference, score in likeness.items() if score >= LEAST_LIKENESS]
    close.sort(key=lambda reference: (-likeness[reference], reference))
    if len(close) > 1 and likeness[close[0]] - likeness[close[1]] >= CLEAR_MARGIN:
        return _Found(How.APPROXIMATE, tuple(close[:1]))
    return _Found(How.APPROXIMATE if close else How.UNKNOWN, tuple(close))


def _likeness(words: str, person: Officer, on: dt.date) -> float:
    """How much the words resemble the end of the full name or an alias without marks, 0 to 100."""
    wanted, name = fold(words).replace(".", " ").split(), fold(person.name).split()
    if not wanted:
        return 0.0
    ends = [" ".join(name[-len(wanted) :]), *(fold(alias) for alias in person.aliases_on(on))]
    best = max(fuzz.ratio(" ".join(wanted), end) for end in ends)
    is_initials = "".join(wanted) == "".join(token[0] for token in name)
    shares_given_name = wanted[-1] == name[-1]
    return max(best, LEAST_LIKENESS if is_initials or shares_given_name else 0.0)


def _unit_likeness(key: str, unit: Unit, on: dt.date) -> float:
    forms = {_unit_key(word, fold) for word in (unit.name, *unit.aliases_on(on))}
    forms |= {"".join(token[0] for token in form.split()) for form in forms}
    return max(fuzz.ratio(key, form) for form in forms) if key else 0.0


# ── saying it ────────────────────────────────────────────────────────────────────────────────────────────


def _say(written: str, found: _Found, staff: _Staff) -> str:
    names = [name_reference(reference, staff.directory) for reference in found.references]
    shown = [introduce(reference, staff.directory) for reference in found.references[:MOST_CANDIDATES]]
    match found.how:
        case How.ALIAS:
            return f"“{written}” là cách gọi {names[0]} ghi trong danh bạ."
        case How.NAME:
            return (
                f"“{written}” là {names[0]}, người duy nhất mang tên ấy trong {len(staff.people)} người "
                f"đang công tác ngày {staff.on:%d/%m/%Y}."
            )
        case How.HINT:
            return f"“{written}” là {shown[0]}: trong những người cùng tên chỉ người này khớp phần ghi kèm."
        case How.RANK:
            return f"“{written}” là {names[0]}, theo chức vụ trong danh bạ."
        case How.UNIT:
            return f"“{written}” là {names[0]} trong danh bạ."
        case How.AMBIGUOUS:
            return f"“{written}” có thể là {join_or(shown)}."
        case How.CONFLICT:
            return f"“{written}” trùng tên {join_or(shown)}, nhưng phần ghi kèm không khớp danh bạ."
        case How.APPROXIMATE:
            return f"“{written}” không trùng hẳn tên ai trong danh bạ; gần giống {join_or(shown)}."
        case _:
            return f"“{written}” không có trong danh bạ ngày {staff.on:%d/%m/%Y}{_say_left(written, staff)}."


def _say_left(written: str, staff: _Staff) -> str:
    name = take_apart(written).name
    gone = [p for p in staff.directory.people if not p.is_active(staff.on)]
    left = [p.name for p in gone if str(p.id) in staff.suffixes(name, same_words, gone)]
    return f" (trùng tên {join_or(left)}, không công tác ngày ấy)" if left else ""
