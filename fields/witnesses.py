"""Put several readings of one printed row together, word by word, by what their witnesses agree on.

The readings are laid along the one that is nearest to all others. A word is certain when two readings of the
first engine have its letters and the reader of another kind says nothing against it, or when one reading has
them and that reader sees the same and no other's. That reader knows few Vietnamese marks and leaves letters
out that bear others, so it speaks for letters only. No word is made up: each is one that a reading had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from documents.looks import leaves_out
from documents.syllables import count_sensible, is_spelled_right, sense
from documents.text import fold_in_place, letters_of


@dataclass(frozen=True, slots=True)
class Settled:
    """A row as its witnesses have it.

    `certain`: every word has its letters from two witnesses. `loose` is the number of words whose marks have
    only one.
    """

    text: str
    certain: bool
    loose: int = 0


def settle(readings: Sequence[str], row: str | None = None) -> Settled:
    """Return the row that `readings` agree on; where they do not, the likelier words, not certain.

    Args:
        readings: The row as the first engine read it, the first reading first; one at least.
        row: The row as the reader without Vietnamese marks has it; None where there is none.

    Raises:
        ValueError: there is no reading.

    >>> settle(["sô lượng Hệ sinh", "số lượng Hộ sinh", "số lượng Hộ sinh"]).text
    'số lượng Hộ sinh'
    """
    every = [_Reading.of(text) for text in readings]
    pivot = _nearest_to_all(every)
    # Where nothing else tells, the word of the reading that makes more sense as a whole is shown.
    best_first = sorted(every, key=lambda reading: -count_sensible(word.text for word in reading.words))
    laid = [_Laid(pivot, reading) for reading in best_first]
    judge = _Judge(pivot, fold_in_place(letters_of(row))) if row and letters_of(row) else None
    slots = [_choose(_Slot.of(laid, at), judge, at) for at in range(len(pivot.words))]
    gaps_empty = all(_is_nothing(laid, judge, at) for at in range(len(pivot.words) + 1))
    certain = gaps_empty and bool(slots) and all(slot.certain for slot in slots)
    text = " ".join(slot.text for slot in slots if slot.text)
    return Settled(text, certain, sum(slot.loose for slot in slots))


def bears_out(row: str, text: str) -> bool:
    """Whether the reader without Vietnamese marks has all letters of `text` and no others.

    A letter that it does not know it may leave out or take for another.

    >>> bears_out("TRUÒNG DAI HQC", "TRƯỜNG ĐẠI HỌC"), bears_out("TRUONG", "TRƯỚC")
    (True, False)
    """
    letters = letters_of(text)
    for step in Levenshtein.opcodes(fold_in_place(letters), fold_in_place(letters_of(row))):
        if step.tag == "insert" or (
            step.tag != "equal" and not all(map(leaves_out, letters[step.src_start : step.src_end]))
        ):
            return False
    return bool(letters)


# ── readings laid along each other ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as printed, and where its letters stand among all letters of its reading."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Reading:
    """Words with their letters put in one string; signs that stand alone go with the word before."""

    words: tuple[_Word, ...]
    letters: str

    @classmethod
    def of(cls, text: str) -> _Reading:
        words: list[_Word] = []
        letters = ""
        for printed in text.split():
            own = letters_of(printed)
            if own:
                words.append(_Word(printed, len(letters), len(letters) + len(own)))
                letters += own
            elif words:
                last = words[-1]
                words[-1] = _Word(f"{last.text} {printed}", last.start, last.end)
        return cls(tuple(words), letters)

    @cached_property
    def keys(self) -> str:
        """The letters without marks, one for one."""
        return fold_in_place(self.letters)

    def printed(self, start: int, end: int) -> str | None:
        """The words whose letters are just these; None when the span cuts a word."""
        inside = [word for word in self.words if start <= word.start and word.end <= end]
        if sum(word.end - word.start for word in inside) != end - start:
            return None
        return " ".join(word.text for word in inside)


class _Laid:
    """A reading laid along the pivot: which of its letters stand at each of the pivot's words."""

    def __init__(self, pivot: _Reading, reading: _Reading) -> None:
        self.reading = reading
        self.pivot = pivot
        self._starts, self._ends = _lay(pivot.keys, reading.keys)

    def span(self, word: int) -> tuple[int, int]:
        """Where the reading's letters for the pivot's word stand; empty when it has none."""
        at = self.pivot.words[word]
        start = self._starts[at.start]
        return start, max(start, self._ends[at.end])

    def between(self, word: int) -> str:
        """The letters that the reading has before the pivot's word where the pivot has none."""
        words = self.pivot.words
        at = words[word].start if word < len(words) else len(self.pivot.keys)
        return self.reading.letters[self._ends[at] : self._starts[at]]


def _lay(one: str, other: str) -> tuple[list[int], list[int]]:
    """For each place between letters of `one`: where `other` goes on after it, and where it came before it.

    What only `other` has at a place lies between the two.
    """
    starts = [0] * len(one) + [len(other)]
    ends = [0] * (len(one) + 1)
    for step in Levenshtein.opcodes(one, other):
        same = step.tag in {"equal", "replace"}
        for offset, at in enumerate(range(step.src_start, step.src_end)):
            starts[at] = step.dest_start + (offset if same else 0)
            ends[at + 1] = step.dest_start + (offset + 1 if same else 0)
    return starts, ends


def _nearest_to_all(readings: Sequence[_Reading]) -> _Reading:
    """The reading that differs least from all others; of equals the more sensible one, then the first."""

    def far(reading: _Reading) -> tuple[int, float]:
        apart = sum(Levenshtein.distance(reading.keys, other.keys) for other in readings)
        return apart, -sense(word.text for word in reading.words)

    return min(readings, key=far)


# ── one word ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What one reading has at a word of the pivot; `text` None when that is no whole word of it."""

    letters: str
    text: str | None

    @property
    def key(self) -> str:
        return fold_in_place(self.letters)

    @property
    def is_plausible(self) -> bool:
        """Whether this may be printed in a Vietnamese sentence: a syllable, a number, an abbreviation."""
        bare = (self.text or self.letters).strip(".,;:()\"'“”‘’-–…")
        return not self.letters or is_spelled_right(bare) or any(c.isdigit() for c in bare) or bare.isupper()


@dataclass(frozen=True, slots=True)
class _Slot:
    candidates: tuple[_Candidate, ...]
    own: str
    """As the pivot has it."""

    @classmethod
    def of(cls, laid: Sequence[_Laid], word: int) -> _Slot:
        pivot = laid[0].pivot.words[word]
        found = []
        for one in laid:
            start, end = one.span(word)
            letters = one.reading.letters[start:end]
            found.append(_Candidate(letters, one.reading.printed(start, end) if letters else ""))
        return cls(tuple(found), pivot.text)

    def printed(self, letters: str) -> str | None:
        """These letters as the first reading that has them prints them, in as many words as the pivot."""
        texts = [c.text for c in self.candidates if c.letters == letters and c.text is not None]
        count = len(self.own.split())
        return next((t for t in texts if len(t.split()) == count), texts[0] if texts else None)


@dataclass(frozen=True, slots=True)
class _Chosen:
    text: str
    certain: bool
    loose: bool = False


def _choose(slot: _Slot, judge: _Judge | None, at: int) -> _Chosen:
    votes = Counter(candidate.key for candidate in slot.candidates)
    key, certain = _choose_letters(slot, votes, judge, at)
    letters, sure = _choose_marks([c for c in slot.candidates if c.key == key])
    text = slot.printed(letters)
    if text is None:
        return _Chosen(slot.own, certain=False)
    return _Chosen(text, certain, loose=not sure)


def _choose_letters(slot: _Slot, votes: Counter[str], judge: _Judge | None, at: int) -> tuple[str, bool]:
    """Which letters stand there, marks aside, and whether two witnesses say so."""
    if len(votes) == 1:
        return next(iter(votes)), len(slot.candidates) > 1
    plausible = {c.key for c in slot.candidates if c.is_plausible}
    (best, most), *_ = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0] not in plausible))
    if most > 1:
        if judge is None or judge.is_silent(best, at):
            return best, plausible & set(votes) == {best}
        return best, not judge.contradicts(best, at)
    borne = [key for key in votes if judge is not None and judge.bears(_letters_for(slot, key), at)]
    if len(borne) == 1:
        return borne[0], borne[0] in plausible
    return best, False


def _letters_for(slot: _Slot, key: str) -> str:
    return next(c.letters for c in slot.candidates if c.key == key)


def _choose_marks(candidates: Sequence[_Candidate]) -> tuple[str, bool]:
    """The letters with the marks that most have, and whether two say so or no other spelling is possible.

    A spelling that no Vietnamese syllable has counts only where there is no better one.
    """
    every = {c.letters for c in candidates}
    forms = Counter(c.letters for c in candidates if c.is_plausible) or Counter(c.letters for c in candidates)
    (best, most), *others = forms.most_common()
    is_only = not others and len(every) > 1
    return best, most > (others[0][1] if others else 1) or best.isascii() or is_only


def _is_nothing(laid: Iterable[_Laid], judge: _Judge | None, at: int) -> bool:
    """Whether nothing stands before the pivot's word, where some reading may have something."""
    extra = [one.between(at) for one in laid]
    with_some = sum(bool(letters) for letters in extra)
    if not with_some:
        return True
    if len(extra) - with_some > with_some:
        return True
    return judge is not None and len(extra) - with_some == with_some and not judge.has_more(at)


# ── the reader of another kind ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Judge:
    """The row as the reader without marks has it, to ask whether it has a word where the pivot has one."""

    pivot: _Reading
    keys: str

    def bears(self, letters: str, at: int) -> bool:
        """Whether it sees these letters there, but for those it does not know, and nothing else."""
        changed, missing = self._against(fold_in_place(letters), at)
        may_lack = all(leaves_out(letters[i]) for i in missing)
        return not changed and may_lack and len(missing) < max(len(letters), 1)

    def contradicts(self, key: str, at: int) -> bool:
        """Whether it sees other letters there."""
        return self._against(key, at)[0]

    def is_silent(self, key: str, at: int) -> bool:
        """Whether it sees nothing there although letters should stand there."""
        changed, missing = self._against(key, at)
        return bool(key) and not changed and len(missing) == len(key)

    def has_more(self, at: int) -> bool:
        """Whether it sees letters before the pivot's word where the pivot has none."""
        words = self.pivot.words
        place = words[at].start if at < len(words) else len(self.pivot.keys)
        steps = Levenshtein.opcodes(self.pivot.keys, self.keys)
        return any(step.tag == "insert" and step.src_start == place for step in steps)

    def _against(self, key: str, at: int) -> tuple[bool, tuple[int, ...]]:
        """Whether it has other letters than `key` there, and which letters of `key` it lacks."""
        word = self.pivot.words[at]
        start, end = word.start, word.start + len(key)
        whole = self.pivot.keys[: word.start] + key + self.pivot.keys[word.end :]
        changed = False
        missing: list[int] = []
        for step in Levenshtein.opcodes(whole, self.keys):
            if step.tag == "insert":
                changed = changed or start <= step.src_start <= end
            elif step.tag == "replace":
                changed = changed or (step.src_start < end and start < step.src_end)
            elif step.tag == "delete":
                missing += [i - start for i in range(step.src_start, step.src_end) if start <= i < end]
        return changed, tuple(missing)
