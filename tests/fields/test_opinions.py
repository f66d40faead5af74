"""What readers of different kinds must agree on before a value by pen is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box
from documents.reading import FieldName
from fields.opinions import Opinions, gather

LOOK = SecondLook(FieldName.NUMBER_SYMBOL, 1, Box(0, 0, 1, 1), Alphabet.DIGITS, Box(0, 0, 1, 1))


@pytest.mark.parametrize(
    ("opinions", "agreed"),
    [
        pytest.param(Opinions(rows=("745", "745"), gap="745", pen="745"), "745", id="three readings alike"),
        pytest.param(Opinions(rows=("07",), gap="7", pen="07"), "07", id="a leading nought is no difference"),
        pytest.param(
            Opinions(rows=("455", "455"), gap="455", pen="155"), None, id="one network twice, another against it"
        ),
        pytest.param(
            Opinions(rows=("1979",), gap="1979", pen="199", nearly=("1979",)), "1979", id="the pen lost a stroke"
        ),
        pytest.param(
            Opinions(rows=("45",), gap="45", pen="15", nearly=("45",)), None, id="the pen saw another digit"
        ),
        pytest.param(Opinions(rows=("1979",), gap="1979", pen="199"), None, id="a lost stroke it is sure of"),
        pytest.param(
            Opinions(rows=("119",), gap="119", told=False, pen="119"), None, id="a digit of the gap not told"
        ),
        pytest.param(
            Opinions(rows=("978",), gap="978", pen="978", nearly=("9718",)), None, id="the pen may have seen one more"
        ),
        pytest.param(
            Opinions(rows=("2275",), gap="2275", pen="2275", nearly=("275",)), "2275", id="or one less: no matter"
        ),
        pytest.param(Opinions(rows=("1", "19"), gap="19", pen="19"), None, id="two views of the row differ"),
        pytest.param(Opinions(gap="9", pen="9"), None, id="one crop, seen alike by both: it may be cut wrong"),
        pytest.param(Opinions(rows=("01", "01"), pen="01"), None, id="the gap was not read alone"),
        pytest.param(Opinions(rows=("01", "01")), None, id="the row alone"),
        pytest.param(
            Opinions(strange=("206L",), gap="2062", pen="2062"), "2062", id="one sign of the row is no digit"
        ),
        pytest.param(Opinions(strange=("L0S",), gap="205", pen="205"), None, id="most of the row unread"),
        pytest.param(Opinions(strange=("48",), gap="18", pen="18"), "18", id="4 for 1 in a day that cannot be"),
        pytest.param(Opinions(strange=("98",), gap="18", pen="18"), None, id="9 for 1 is not excused"),
        pytest.param(Opinions(strange=("228/",), gap="2281", pen="2281"), "2281", id="a stroke for a one"),
        pytest.param(Opinions(strange=("66k",), gap="6661", pen="6661"), None, id="another length"),
        pytest.param(Opinions(first="12", typed=True, rows=("12",)), "12", id="typed, and read by another engine"),
        pytest.param(
            Opinions(first="12", typed=True, rows=("12",), gap="121", pen="12"), "12", id="typed, slash in the gap"
        ),
        pytest.param(
            Opinions(first="12", typed=True, rows=("12",), gap="72", pen="72"), None, id="typed, the gap twice otherwise"
        ),
        pytest.param(Opinions(first="12", typed=True, rows=("17",)), None, id="typed, another engine otherwise"),
        pytest.param(Opinions(first="12", typed=True), None, id="typed, read once"),
        pytest.param(Opinions(first="40", rows=("40",), gap="40", pen="40"), "40", id="by pen, everybody"),
        pytest.param(Opinions(first="40", rows=("40",), gap="40", pen="10"), None, id="by pen, the pen against"),
        pytest.param(Opinions(first="40", rows=("40",), pen="40"), "40", id="by pen, without the gap"),
        pytest.param(Opinions(rows=("29",), elsewhere=("29",)), "29", id="the file says so elsewhere"),
        pytest.param(Opinions(rows=("29",), gap="29", pen="29", elsewhere=("28",)), None, id="the file says otherwise"),
        pytest.param(Opinions(), None, id="nobody"),
    ],
)  # fmt: skip
def test_a_value_is_agreed_when_different_kinds_bear_it_out(opinions: Opinions, agreed: str | None) -> None:
    assert opinions.agreed == agreed


@pytest.mark.parametrize(
    ("opinions", "guess"),
    [
        pytest.param(Opinions(rows=("455", "455"), gap="455", pen="155"), "455", id="the most"),
        pytest.param(Opinions(strange=("MM3",), gap="13", pen="1113"), "1113", id="pen before gap"),
        pytest.param(Opinions(strange=("228/",)), "2281", id="a stroke for a one"),
        pytest.param(Opinions(first="465", rows=("455", "455")), "455", id="two rows over a doubtful first"),
        pytest.param(Opinions(first="12", typed=True, rows=("17", "17")), "12", id="typed over two rows"),
        pytest.param(Opinions(strange=("MM3",)), None, id="nobody saw a value"),
    ],
)
def test_the_guess_is_what_most_speaks_for(opinions: Opinions, guess: str | None) -> None:
    assert opinions.guess == guess


def test_what_was_seen_is_named_once_each_the_guess_first() -> None:
    assert Opinions(first="465", rows=("455", "455"), gap="455", pen="155").seen == ("455", "155", "465")


def test_answers_are_gathered_by_reader_without_crumbs() -> None:
    answers = [
        SecondReading(LOOK, "0 5.", SecondReader.ROW),
        SecondReading(LOOK, "L5", SecondReader.ROW),
        SecondReading(LOOK, "05", SecondReader.GAP, ("0?",)),
        SecondReading(LOOK, "5", SecondReader.PEN, ("05", "x5")),
        SecondReading(LOOK, None, SecondReader.AGAIN),
        SecondReading(LOOK, "99", "another"),
    ]
    gathered = gather(answers, lambda text: text, str.isdecimal, first="?", typed=True)
    assert gathered == Opinions(rows=("05",), strange=("L5",), gap="05", pen="5", nearly=("05",), told=False)
    assert not gathered.is_empty
    assert gather([], lambda text: text, str.isdecimal).is_empty


VALUES = st.one_of(st.none(), st.sampled_from(["1", "7", "17", "4", "07", "29a", "477"]))
MANY = st.lists(st.sampled_from(["1", "7", "17", "4", "07", "29a"]), max_size=3).map(tuple)


@given(
    st.builds(
        Opinions,
        first=VALUES,
        typed=st.booleans(),
        rows=MANY,
        strange=st.lists(st.text(max_size=4), max_size=2).map(tuple),
        gap=VALUES,
        told=st.booleans(),
        pen=VALUES,
        nearly=MANY,
        elsewhere=MANY,
    )
)
def test_what_is_agreed_is_the_guess_and_no_row_contradicts_it(opinions: Opinions) -> None:
    agreed = opinions.agreed
    assert agreed in {None, opinions.guess}
    if agreed is not None:
        bare = {row.lstrip("0").casefold() for row in (*opinions.rows, *opinions.elsewhere)}
        assert bare <= {agreed.lstrip("0").casefold()}
        kinds = (opinions.first, opinions.gap, opinions.pen, *opinions.elsewhere)
        assert sum(v is not None and v.lstrip("0") == agreed.lstrip("0") for v in kinds) >= 1
