"""Day and number that a pen wrote into an arrival stamp, as several readers saw them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box
from documents.reading import FieldName
from fields.stamp_rows import SeenInStamp, days_written, find_day, find_number

ISSUED, WEEKS = dt.date(2018, 3, 20), 60
LOOK = SecondLook(FieldName.ARRIVAL_AGENCY, 1, Box(0, 0, 1, 1), Alphabet.STAMP)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("21/3/18", "2018-03-21", id="short year"),
        pytest.param("2113118", "2018-03-21", id="slashes read as ones"),
        pytest.param("21.3.2018...", "2018-03-21", id="dotted line at the end"),
        pytest.param("0215.1.2018", "2018-05-02", id="a slash as one, another as point, one, point"),
        pytest.param("22/3", "2018-03-22", id="without year"),
        pytest.param("21032018", "2018-03-21", id="slashes lost"),
        pytest.param("19/3/18", None, id="before the day of issue"),
        pytest.param("20/7/18", None, id="months later"),
        pytest.param("21/3/19", None, id="another year"),
        pytest.param("1", None, id="a stroke"),
        pytest.param("", None, id="nothing"),
        pytest.param("S 21/3/18", None, id="something before it"),
    ],
)
def test_a_text_is_a_day_of_the_weeks_after_issue_or_none(text: str, day: str | None) -> None:
    assert [d.isoformat() for d in days_written(text, ISSUED, WEEKS)] == ([day] if day else [])


@given(
    after=st.integers(0, WEEKS),
    issued=st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)),
    zeros=st.booleans(),
    year=st.sampled_from(["", "%y", "%Y"]),
    slash=st.sampled_from(["/", "1", ".", "-", "|", "l", ""]),
)
def test_every_day_in_every_writing_is_among_those_it_can_be(
    after: int, issued: dt.date, zeros: bool, year: str, slash: str
) -> None:
    day = issued + dt.timedelta(days=after)
    parts = [f"{v:02d}" if zeros else str(v) for v in (day.day, day.month)]
    text = slash.join([*parts, *([day.strftime(year)] if year else [])])
    if sum(c.isdigit() for c in text) >= 3:
        assert day in days_written(text, issued, WEEKS)


@given(st.text(max_size=30), st.dates())
def test_any_text_is_some_days_or_none(text: str, since: dt.date) -> None:
    assert all(since <= day for day in days_written(text, since, 3))


def readings(row: str = "", gap: str = "", pen: str = "") -> list[SecondReading]:
    said = {SecondReader.ROW: row, SecondReader.GAP: gap, SecondReader.PEN: pen}
    return [SecondReading(LOOK, text.replace(" | ", "\n"), reader) for reader, text in said.items() if text]


DAY = dt.date(2018, 3, 21)


@pytest.mark.parametrize(
    ("seen", "day", "agreed"),
    [
        pytest.param(readings("Ngày: 2113118 | Ngày: 21/3/18", "", "Ngày: 213118"), DAY, True, id="both kinds"),
        pytest.param(readings("Ngày: 2113118 | Ngày: 21/3/18", "Ngày: 21/3/18"), DAY, False, id="one kind only"),
        pytest.param(readings("", "Ngày: 21/3/18 | Ngày: 21/3/18", "Ngày: 21/3/18"), DAY, False, id="one crop only"),
        pytest.param(readings("Ngày: 21/3/18", "", "Ngày: 21/3/18"), DAY, False, id="seen twice only"),
        pytest.param(
            readings("Ngày: 21/3/18 | Ngày: 21/3/18", "Ngày: 21/3/18", "Ngày: 21/3/18 | Ngày: 24/3/18"),
            DAY, False, id="another day once",
        ),
        pytest.param(readings("Ngày: 21/3/18", "", "Ngày: 24/3/18"), None, False, id="one against one"),
        pytest.param(readings("Số: 2113118"), None, False, id="another row"),
        pytest.param(readings("21/3/18"), None, False, id="no label"),
        pytest.param([], None, False, id="nobody"),
    ],
)  # fmt: skip
def test_a_day_is_agreed_when_row_and_pen_saw_it_and_nobody_another(
    seen: list[SecondReading], day: dt.date | None, agreed: bool
) -> None:
    found = find_day(seen, ISSUED, WEEKS)
    assert (found.guess, found.agreed) == (day, agreed)


def test_without_a_day_of_issue_no_day_is_told() -> None:
    assert find_day(readings("Ngày: 21/3/18", "", "Ngày: 21/3/18"), None, WEEKS) == SeenInStamp()


@pytest.mark.parametrize(
    ("seen", "number", "both"),
    [
        pytest.param(readings("Số: 02352 | Số: 2352", "Số: 32352", "Số: 2352 | Số: 2258"), 2352, True, id="most"),
        pytest.param(readings("Số: 29"), 29, False, id="one kind"),
        pytest.param(readings("Số: 2113118", "", "Số: 213118"), None, False, id="the day by its looks"),
        pytest.param(readings("Số: 29", "", "Số: 79"), None, False, id="one against one"),
        pytest.param(readings("Số: S9"), None, False, id="no number"),
    ],
)  # fmt: skip
def test_a_number_is_what_most_readings_have(
    seen: list[SecondReading], number: int | None, both: bool
) -> None:
    found = find_number(seen, ISSUED, WEEKS)
    assert (found.guess, found.seen_by_both) == (number, both)
