"""What the rows of a signature block say when they are read again: votes for a name, offices, powers.

A look with `Alphabet.NAME` is answered with the rows of the block, top to bottom: each row's readings one a
line, an empty line between rows. Each reading of a row saw it in another way, so what several of them say
alike is worth more than one; a reading that lost the surname under the seal must not outvote a whole one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from documents.looks import KNOWN_NAME, LETTERS_ONLY
from documents.names import surnames
from documents.text import fold, nfc, same_tone
from fields.personal_names import is_spelled_right, mend_person, read_person
from fields.signing_titles import list_titles

Row = tuple[str, ...]

_LIKE_OFFICE = 70
_TWICE, _ENOUGH = 2, 3
_CUT = 0.3
"""Share of the votes for a name that a longer one has when the shorter lost a word."""
"""Readings of one row that must agree when the page as a whole did not show the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameVotes:
    """Names that the readings of one row give, and how often: whole ones, and ones that may have lost a part.

    `mended` are names whose surname lost its first letter and got it back; `letters` are names in small
    letters without marks, by the other recogniser; `woven` has its letters and the marks of the rest. Of the
    last three nothing is ever checked alone.
    """

    whole: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    woven: str | None = None
    known: Counter[str] = field(default_factory=Counter)

    @property
    def likeliest(self) -> str | None:
        """The name of known syllables that is likeliest over all looks."""
        return max(self.known, key=lambda name: (self.known[name], name), default=None)

    @property
    def best(self) -> str | None:
        """The name to offer, one whose letters both readers saw before all others."""
        agreed = [name for name in self.whole if self.letters[fold(name)]]
        if agreed:
            return self._marked(max(agreed, key=lambda name: (self.whole[name], name)))
        if self.woven:
            return self._marked(self.woven)
        if (known := self.likeliest) and max(self.whole.values(), default=0) < _TWICE:
            return known
        for votes in (self.whole, self.mended, self.cut):
            if votes:
                return min(votes, key=lambda name: (-votes[name], -len(name.split()), name))
        return None

    def _marked(self, name: str) -> str:
        """`name`, or with other marks the likeliest known name, where few readings have its marks."""
        known = self.likeliest
        same = known is not None and fold(known) == fold(name) and self.whole[name] < _ENOUGH
        return known if known is not None and same else name

    def agree_on(self, name: str, least: int = _ENOUGH) -> bool:
        """Whether at least `least` readings give `name` with all its marks and none gives another.

        The other recogniser may not see other letters; where it sees the same, it refutes names of others.
        """
        if any(_rivals(fold(name), other) for other in self.letters):
            return False
        seen = self.letters[fold(name)] > 0
        others = [o for o in self.whole if o != name and not (seen and fold(o) != fold(name))]
        return self.whole[name] >= (min(least, 2) if seen else least) and not others

    @property
    def differ_in_marks(self) -> bool:
        """Whether whole names were read that are equal but for their marks."""
        return len(self.whole) > len({fold(name) for name in self.whole})


def _rivals(one: str, other: str) -> bool:
    """Whether two names in plain letters are different ones, neither a part of the other."""
    return one != other and f" {one} " not in f" {other} " and f" {other} " not in f" {one} "


def rows_of(text: str) -> tuple[Row, ...]:
    """Return the rows of an answer, each with its readings."""
    rows = (tuple(line.strip() for line in part.splitlines() if line.strip()) for part in text.split("\n\n"))
    return tuple(row for row in rows if row)


def vote_for_name(rows: Sequence[Row], printed: str | None = None) -> NameVotes:
    """Return the votes of the lowest row that names a person; `printed`, what the page said, is one more.

    >>> vote_for_name((("GIÁM ĐỐC",), ("Lê Hoàng Anh", "2 Hoàng Anh"))).best
    'Lê Hoàng Anh'
    """
    for above, row in enumerate(reversed(rows)):
        votes = _votes_of(row, may_be_capitals=above == 0)
        if votes.best:
            return _with_printed(votes, printed)
    return _with_printed(NameVotes(), printed)


def _with_printed(votes: NameVotes, printed: str | None) -> NameVotes:
    if printed is None:
        return votes
    whole = Counter(votes.whole)
    # The older place of a tone is the same name.
    whole[next((name for name in whole if same_tone(name) == same_tone(printed)), printed)] += 1
    return replace(votes, whole=whole)


def _votes_of(row: Row, *, may_be_capitals: bool) -> NameVotes:
    """The votes of one row; in capitals stand offices and bodies too, so only the lowest row may name so."""
    letters, known = _letters_of(row), _known_of(row)
    row = tuple(text for text in row if not text.startswith((LETTERS_ONLY, KNOWN_NAME)))
    named = [(text, person) for text in row if (person := person_in(text))]
    named = [(t, p) for t, p in named if not p.isupper() or (may_be_capitals and not _is_like_office(p))]
    given = Counter(p for t, p in named if is_spelled_right(p) and not _has_surname(t, p))
    whole = Counter(p for t, p in named if is_spelled_right(p) and _has_surname(t, p))
    odd = Counter(p for _, p in named if not is_spelled_right(p))
    cut = Counter[str](odd)
    for name in sorted(whole, key=len):
        longer = any(_is_part(fold(name), other) for other in letters)
        if longer or (len(name.split()) == 2 and _had_more(row, name)):
            cut[name] += whole.pop(name)
    for name, other in [(a, b) for a in whole for b in whole if _is_part(a, b)]:
        # Either the shorter lost a syllable, or the longer took a piece of the seal for one.
        fewer = name if whole[name] <= whole[other] else other
        cut[fewer] += whole.pop(fewer, 0)
    mended = given + Counter(m for text in row if not person_in(text) and (m := mend_person(text)))
    woven = _weave(letters, row)
    return NameVotes(whole=whole, cut=cut, mended=mended, letters=letters, woven=woven, known=known)


def _letters_of(row: Row) -> Counter[str]:
    """The names that the recogniser without marks read, in small letters."""
    read = [_apart(text.removeprefix(LETTERS_ONLY)) for text in row if text.startswith(LETTERS_ONLY)]
    names = Counter(fold(person) for text in read if (person := person_in(text)) and not person.isupper())
    return Counter({name: count for name, count in names.items() if len(name.split()) >= 3 or count > 1})


def _known_of(row: Row) -> Counter[str]:
    """The names of known syllables, those preferred whose marks the readings with marks have seen."""
    seen = {
        nfc(word) for text in row if not text.startswith((LETTERS_ONLY, KNOWN_NAME)) for word in text.split()
    }
    known = Counter[str]()
    for text in row:
        share, _, name = text.removeprefix(KNOWN_NAME).partition(" ")
        if text.startswith(KNOWN_NAME) and share.isdecimal() and len(name.split()) >= 2:
            known[name] += int(share) * (1 + sum(word in seen for word in name.split()))
    # A name that lost a word is left out, one that took a piece of the seal for a word too.
    cut = {a for a in known for b in known if _is_part(a, b) and known[b] >= _CUT * known[a]}
    return Counter({name: votes for name, votes in known.items() if name not in cut})


def _apart(text: str) -> str:
    """`text` with a space before each capital that follows a small letter: `LeTan` are two syllables."""
    return "".join(
        f" {c}" if c.isupper() and at and text[at - 1].islower() else c for at, c in enumerate(text)
    )


def _weave(letters: Counter[str], row: Row) -> str | None:
    """The letters that the recogniser saw most, at least twice, with the marks of the other readings."""
    if not letters or max(letters.values()) < 2:
        return None
    plain = max(letters, key=lambda name: (letters[name], name)).split()
    if len(plain) < 3:
        return None
    words = [nfc(word) for text in row for word in text.split()]
    surname = surnames().get(plain[0], frozenset())
    marked = [_marked(syllable, words) for syllable in plain]
    listed = [s for s in surname if marked[0] and s.lower() == marked[0].lower()] or sorted(surname)
    if len(listed) != 1 or None in marked[1:]:
        return None
    name = " ".join([listed[0], *(m for m in marked[1:] if m)])
    return name if is_spelled_right(name) else None


def _marked(plain: str, words: Sequence[str]) -> str | None:
    """`plain` with the marks that most of `words` have on it, or on an end or beginning with its vowels."""
    whole = Counter(w.capitalize() for w in words if fold(w) == plain)
    if whole:
        return max(whole, key=lambda w: (whole[w], w))
    vowels = [at for at, c in enumerate(plain) if c in "aeiouy"]
    if not vowels or plain.startswith("d"):
        return None
    found = Counter[str]()
    for start in range(1, min(vowels[0], len(plain) - 2) + 1):
        end = plain[start:]
        found.update(
            (plain[:start] + w[-len(end) :]).capitalize() for w in words if fold(w[-len(end) :]) == end
        )
    for stop in range(max(vowels[-1] + 1, 2), len(plain)):
        head = plain[:stop]
        found.update((w[:stop] + plain[stop:]).capitalize() for w in words if fold(w[:stop]) == head)
    return max(found, key=lambda w: (found[w], w)) if found else None


def person_in(text: str) -> str | None:
    """Return the person named by `text`, or by its end where before it stands only what is no word.

    Of what a seal's edge leaves before a name, only a name of three syllables and more is told.
    """
    words = _without_capitals(text.split())
    if person := read_person(" ".join(words)):
        return _without_letter(person)
    for at in range(1, len(words)):
        if _may_belong(words[at - 1]):
            continue
        if (person := read_person(" ".join(words[at:]))) and len(person.split()) >= 3:
            return _without_letter(person)
    return None


def _without_capitals(words: list[str]) -> list[str]:
    """Words in capitals before a name that is not in capitals are of the seal's rim: `KIEN Lê Hoàng Anh`."""
    small = next((at for at, word in enumerate(words) if word[:1].isupper() and word[1:].islower()), 0)
    rim = all(word.isupper() or not word.isalpha() for word in words[:small])
    return words[small:] if rim and len(words) - small >= 3 else words


def _without_letter(person: str) -> str:
    """A stroke of the seal before a whole name reads as a surname of one letter: `Y Hà Văn Phúc`."""
    first, _, rest = person.partition(" ")
    return rest if len(first) == 1 and len(rest.split()) >= 3 and read_person(rest) == rest else person


def _is_like_office(capitals: str) -> bool:
    """Whether a damaged office stands in `capitals`: `PHÓ MU TRƯƠNG`."""
    return any(fuzz.ratio(fold(capitals), fold(title)) >= _LIKE_OFFICE for title in list_titles())


def _may_belong(word: str) -> bool:
    """Whether `word` may be a damaged syllable of the name that follows: three letters, one a capital."""
    return sum(c.isalpha() for c in word) >= 3 and sum(c.isupper() for c in word) == 1


def _has_surname(text: str, person: str) -> bool:
    """Whether `text` has the surname of `person` with its marks, which were not set in."""
    return person.split()[0] in nfc(text)


def _is_part(name: str, other: str) -> bool:
    """Whether `name` is `other` without its first or last syllables."""
    return name != other and f" {name} " in f" {other} "


def _had_more(row: Row, name: str) -> bool:
    """Whether any reading of the row shows something before or after a name of two syllables."""
    return any(text.strip(" .,-") != name for text in row)
