"""English of what stands on record in Vietnamese: reasons, evidence, doubts, rules, what the doctor says.

The record holds whole Vietnamese sentences, as people approved them. `recorded.po` holds their patterns; a
sentence that is an instance of one is said in English with the same facts. A sentence that none fits stays
Vietnamese: nothing is guessed.

Holes of a pattern: `{d}` a day (dd/mm/yyyy, its weekday), `{n}` a number, `{row}` the id of a rule, `{label}`
the name of a field, `{list}` quotations, `{when}` and `{then}` the condition and the outcome of a rule,
`{said}` a sentence that must be known itself, any other name any words, said in English where they are known.
Names and quotations stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

from documents.wording import FIELD_LABELS

_HOLE = re.compile(r"\{(\w*)\}")
_ENDS = re.compile(r"(?<=[.?!])\s+")
_LEAST_LETTERS = 6
"""A pattern of fewer letters of its own would fit almost anything."""
_OR = re.compile(r"(?<=”) hoặc (?=“)")
_LABELS = "|".join(re.escape(label[0].upper() + label[1:]) for label in FIELD_LABELS.values())
_FIELD = re.compile(f"(?P<label>{_LABELS}): ")
_QUOTED = re.compile(r"“[^”]*”\.?")
_WEEKDAYS = {
    "thứ Hai": "Monday",
    "thứ Ba": "Tuesday",
    "thứ Tư": "Wednesday",
    "thứ Năm": "Thursday",
    "thứ Sáu": "Friday",
    "thứ Bảy": "Saturday",
    "Chủ nhật": "Sunday",
}
_WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_DAY = rf"(?:\d\d:\d\d )?(?:(?i:{_WEEKDAY}) )?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?"
_RULES = "rule"
"""Context of the patterns that only stand inside the sentence of a rule."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A Vietnamese pattern and its English."""

    source: str
    english: str
    fits: re.Pattern[str]
    own: str
    """The longest piece of it that is no hole: what a sentence lacks that is not one."""

    def fill(self, text: str) -> str | None:
        """The English of `text`, None when it is no instance."""
        if self.own not in text or not (found := self.fits.fullmatch(text)):
            return None
        facts = {name: _fact(name, value) for name, value in found.groupdict().items()}
        if None in facts.values():
            return None
        return _HOLE.sub(lambda hole: facts[hole[1]] or "", self.english)


@lru_cache(maxsize=4096)
def in_english(text: str) -> str | None:
    """The English of one or several recorded sentences; None when one of them is not known."""
    each = [_one(part, "") for part in _sentences(text)]
    return " ".join(filter(None, each)) if all(each) else _one(text, "")


def _sentences(text: str) -> list[str]:
    """`text` after each end that is followed by what may begin a sentence."""
    parts, start = [], 0
    for end in _ENDS.finditer(text):
        following = text[end.end() : end.end() + 1]
        if following.isupper() or following.isdigit() or following in ("“", "→"):
            parts.append(text[start : end.start()])
            start = end.end()
    return [*parts, text[start:]]


def _one(text: str, context: str) -> str | None:
    """One sentence; one that a page begins with a capital is known without it too."""
    if (said := _as_it_stands(text, context)) is not None or not text[:1].isupper():
        return said
    said = _as_it_stands(text[0].lower() + text[1:], context)
    return said[:1].upper() + said[1:] if said else None


def _as_it_stands(text: str, context: str) -> str | None:
    whole, patterns = _catalogue()[context]
    if text in whole:
        return whole[text]
    said = next((said for one in patterns if (said := one.fill(text)) is not None), None)
    return said or _of_field(text)


def _of_field(text: str) -> str | None:
    """`Trích yếu: … . Hai lần đọc …`: a field, its value as it is, and what speaks for it."""
    if not (found := _FIELD.match(text)):
        return None
    whole, _ = _catalogue()[""]
    label = whole[found["label"][0].lower() + found["label"][1:]]
    for end in re.finditer(r"\. ", text):
        if end.start() >= found.end() and (said := in_english(text[end.end() :])):
            return f"{label[0].upper()}{label[1:]}{text[found.end('label') : end.end()]}{said}"
    if _QUOTED.fullmatch(text, found.end()):
        return f"{label[0].upper()}{label[1:]}{text[found.end('label') :]}"
    return None


def _fact(name: str, value: str) -> str | None:
    """What fills a hole, in English where it has any; None where it should and has none."""
    kind = name.rstrip("0123456789")
    if kind in ("n", "row"):
        return value
    if kind == "d" or re.fullmatch(_DAY, value):
        return re.sub(rf"(?i:{_WEEKDAY})", _weekday, value)
    if kind in ("when", "then"):
        return _of_rule(value)
    if kind == "list":
        return _OR.sub(" or ", value)
    return in_english(value) or (None if kind == "said" else value)


def _weekday(found: re.Match[str]) -> str:
    return next(english for known, english in _WEEKDAYS.items() if known.lower() == found[0].lower())


def _of_rule(text: str) -> str:
    """A condition or an outcome: parts joined by words, each said by itself; an unknown part stays."""
    for joint, english in _JOINTS:
        parts = _split(text, joint)
        if len(parts) > 1 and all(_is_rule(part) for part in parts):
            return english.join(map(_of_rule, parts))
    if text.startswith("(") and text.endswith(")") and _split(text, ") ") == [text]:
        return f"({_of_rule(text[1:-1])})"
    return _one(text, _RULES) or text


def _is_rule(text: str) -> bool:
    return _of_rule(text) != text


_JOINTS = ((" hoặc ", " or "), (" và ", " and "), ("; ", "; "))


def _split(text: str, joint: str) -> list[str]:
    """`text` at each `joint` that stands in no quotation and no brackets."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        depth += (text[at] in "“(") - (text[at] in "”)")
        if depth == 0 and text.startswith(joint, at) and not _OR.match(text, at):
            parts.append(text[start:at])
            at = start = at + len(joint)
        else:
            at += 1
    return [*parts, text[start:]]


# ── the patterns ─────────────────────────────────────────────────────────────────────────────────────────

_Catalogue = Mapping[str, tuple[Mapping[str, str], tuple[Pattern, ...]]]
_KINDS = {"d": _DAY, "n": r"\d[\d.]*", "row": r"[\w.#@-]+", "label": None}


@cache
def _catalogue() -> _Catalogue:
    """By context: sentences without holes, and patterns, those with the most words of their own first."""
    messages, own = _read("desk.cli", "english.po"), _read("desk", "recorded.po")
    # Of the messages of commands those that say next to nothing by themselves would fit almost anything.
    known = {text: said for (_, text), said in messages.items() if _letters(text) >= _LEAST_LETTERS}
    known |= {text: said for (context, text), said in own.items() if not context}
    of_rules = {text: said for (context, text), said in own.items() if context == _RULES}
    of_rules |= {label: messages["", label] for label in FIELD_LABELS.values()}
    return {context: (_whole(some), _patterns(some)) for context, some in (("", known), (_RULES, of_rules))}


def _read(room: str, name: str) -> dict[tuple[str, str], str]:
    with (files(room) / name).open("rb") as file:
        return {(m.context or "", str(m.id)): str(m.string) for m in read_po(file) if m.id and m.string}


def _letters(source: str) -> int:
    has_no_holes = not _HOLE.search(source)
    return _LEAST_LETTERS if has_no_holes else sum(c.isalpha() for piece in _pieces(source) for c in piece)


def _whole(known: Mapping[str, str]) -> Mapping[str, str]:
    return {source: english for source, english in known.items() if not _HOLE.search(source)}


def _patterns(known: Mapping[str, str]) -> tuple[Pattern, ...]:
    found = [pattern for source, english in known.items() if (pattern := _pattern(source, english))]
    return tuple(sorted(found, key=lambda one: -sum(map(len, _pieces(one.source)))))


def _pattern(source: str, english: str) -> Pattern | None:
    pieces, holes = _pieces(source), _HOLE.findall(source)
    if not holes or len(set(holes)) < len(holes) or not all(map(str.isidentifier, holes)):
        return None
    if "{" in "".join(pieces):
        return None
    parts = [re.escape(pieces[0])]
    for hole, piece in zip(holes, pieces[1:], strict=True):
        parts += [f"(?P<{hole}>{_shape(hole)})", re.escape(piece)]
    return Pattern(source, english, re.compile("".join(parts), re.DOTALL), max(pieces, key=len))


def _shape(hole: str) -> str:
    kind = hole.rstrip("0123456789")
    if kind == "label":
        return _any_of(FIELD_LABELS.values())
    return _KINDS.get(kind) or ".+?"


def _pieces(source: str) -> list[str]:
    return _HOLE.split(source)[::2]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
