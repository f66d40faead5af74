"""Every string of each grammar is read, whole; strings one step outside of it are not.

The strings are drawn from the patterns themselves, so that a change of a pattern is tried on all it accepts.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fields import deadline_phrases, number_line, reference_grammar, references, when
from fields.counted_phrases import COUNTED
from fields.deadline_phrases import list_dated_phrases
from fields.number_line import split_line
from fields.recurring_phrases import RECURRING
from fields.reference_grammar import parse_reference
from fields.when import list_days, read_hour

PRINTED = st.sampled_from("abcdeghBCDĐGHKLNQSTUƯ0123456789/-&+.,: ()")
"""Letters, digits and signs as they stand in numbers and notations."""
FOLDED = st.sampled_from("abcdeghiklmnopqrstuvxy0123456789/-.,:() \n")
"""The same in text without marks."""


def language(pattern: str | re.Pattern[str], alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True, alphabet=alphabet)


def capitals(text: str) -> int:
    return sum(c.isupper() for c in text)


# ── numbers and notations ────────────────────────────────────────────────────────────────────────────────

STATE, PARTY = (getattr(reference_grammar, name) for name in ("_STATE", "_PARTY"))


@pytest.mark.parametrize("pattern", [pytest.param(STATE, id="state"), pytest.param(PARTY, id="party")])
@settings(max_examples=30)
@given(data=st.data())
def test_every_number_and_notation_of_the_grammar_is_read(
    pattern: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(language(pattern, PRINTED))
    match = pattern.fullmatch(text)
    assert match
    assume(capitals(match["notation"]) >= 2)
    # The party's form is tried first and may stand within the state's: `1/A-2-BC/D`.
    assume(pattern is PARTY or not PARTY.search(text))
    assert (0, len(text)) in [(r.start, r.end) for r in parse_reference(text)]


@settings(max_examples=30)
@given(language(references._JOINT, PRINTED))
def test_every_number_of_several_offices_is_cited(text: str) -> None:
    cited = list(references._list_cited(text))
    assert "".join(text.split()) in [registered for _, registered, *_ in cited]


@settings(max_examples=30)
@given(language(number_line._PARTY, PRINTED) | language(number_line._STATE, PRINTED))
def test_every_number_line_of_the_grammar_is_taken_apart(text: str) -> None:
    matches = [getattr(number_line, name).match(text) for name in ("_PARTY", "_STATE")]
    assume(any(match and capitals(match["notation"]) >= 2 for match in matches))
    assume(not number_line._LABEL.match(text))
    parts = split_line(text)
    assert parts is not None
    assert capitals(parts.notation) >= 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/QĐ-UBND", id="no number"),
        pytest.param("1234567/QĐ-UBND", id="seven digits"),
        pytest.param("12 QĐ-UBND", id="no slash"),
        pytest.param("12/qđ-ubnd", id="no capitals"),
        pytest.param("12/Q", id="one capital"),
        pytest.param("12/9QĐ-UBND", id="a group that begins with a digit"),
        pytest.param("12/1944/1945/QĐ-UBND", id="a year before all years"),
        pytest.param("12f/QĐ-UBND", id="a letter that is no suffix"),
        pytest.param("12-CVCVC/TU", id="a party type of five letters"),
        pytest.param("A12/QĐ-UBND", id="joined to a letter"),
        pytest.param("3/12/QĐ-UBND", id="in the middle of a date"),
        pytest.param("12/QĐ-UBND/", id="a slash behind"),
    ],
)
def test_what_lacks_one_part_of_the_grammar_is_no_reference(text: str) -> None:
    assert not any((r.start, r.end) == (0, len(text)) for r in parse_reference(text))


# ── days and hours ───────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=30)
@given(language(when.DAY, FOLDED))
def test_every_day_of_the_grammar_is_read_whole(text: str) -> None:
    days = list(list_days(text))
    assert [(day.start, day.end) for day in days] == [(0, len(text))]
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    assert numbers == [n for n in (days[0].day, days[0].month, days[0].year) if n is not None]


@settings(max_examples=30)
@given(language(when.HOUR, FOLDED))
def test_every_hour_of_the_grammar_is_read_when_there_is_such_an_hour(text: str) -> None:
    hour, *minutes = (int(n) for n in re.findall(r"\d+", text))
    is_real = hour < 24 and all(minute < 60 for minute in minutes)
    assert read_hour(text) == (dt.time(hour, *minutes) if is_real else None)


@pytest.mark.parametrize(
    "text",
    [
        "ngay",
        "15",
        "15/",
        "/3",
        "15/3/12345",
        "115/3",
        "15-3",
        "15.3",
        "15 thang",
        "thang 3",
        "15//",
        "1/2/3",
    ],
)
def test_what_lacks_one_part_is_no_day(text: str) -> None:
    assert not any((day.start, day.end) == (0, len(text)) for day in list_days(text))


@pytest.mark.parametrize("text", ["gio", "24 gio", "8", "8:5", "8 gian", "118 gio", "8h60", "h30"])
def test_what_lacks_one_part_is_no_hour(text: str) -> None:
    assert read_hour(text) is None


# ── deadlines ───────────────────────────────────────────────────────────────────────────────

PHRASES = [
    (kind, pattern, read)
    for kind, pattern, read in (*deadline_phrases._DATED, *COUNTED, *RECURRING)
    # Those that hang on what stands before them, or on one certain word further on, cannot be drawn from.
    if not any(hangs in pattern.pattern for hangs in ("(?<=[.;:", "(?=[^.,;", "(?=(?:tiep"))
]


@pytest.mark.parametrize(
    "pattern", [pytest.param(p, id=f"{i}-{read.__name__}") for i, (_, p, read) in enumerate(PHRASES)]
)
@settings(max_examples=15)
@given(data=st.data())
def test_every_dated_phrase_of_the_grammar_is_read(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(language(pattern, FOLDED))
    read = list_dated_phrases(text, dt.date(2012, 2, 1))
    assert read
    assert sum(p.end - p.start for p in read) >= 0.5 * len(text.rstrip())


@pytest.mark.parametrize(
    "text",
    [
        "truoc khi 15",
        "trong ngay",
        "cham nhat la",
        "trong thang",
        "trong quy v",
        "trong thoi han ngay",
        "truoc gio 3 ngay",
        "truoc 8 gio",
        "tu ngay 1/3",
        "hang thang",
    ],
)
def test_what_lacks_one_part_is_no_dated_phrase(text: str) -> None:
    assert list_dated_phrases(text, dt.date(2012, 2, 1)) == []
