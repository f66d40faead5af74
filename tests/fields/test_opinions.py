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


def saw(
    *rows: str,
    gap: dict[str, float] | str | None = None,
    pen: dict[str, float] | str | None = None,
    first: str | None = None,
    typed: bool = False,
    elsewhere: tuple[str, ...] = (),
) -> Opinions:
    """Opinions of rows that can and cannot be numbers; a reader of the gap that gives one text holds it for sure."""
    shares = [{said: 0.95} if isinstance(said, str) else said or {} for said in (gap, pen)]
    return Opinions(
        first=first,
        typed=typed,
        rows=tuple(row for row in rows if row.isdecimal()),
        strange=tuple(row for row in rows if not row.isdecimal()),
        gap=max(shares[0], key=shares[0].__getitem__, default=None),
        pen=max(shares[1], key=shares[1].__getitem__, default=None),
        gap_shares=shares[0],
        pen_shares=shares[1],
        elsewhere=elsewhere,
    )


@pytest.mark.parametrize(
    ("opinions", "agreed"),
    [
        pytest.param(saw("745", "745", gap="745", pen="745"), "745", id="three readings alike"),
        pytest.param(saw("07", gap="7", pen="07"), "07", id="a leading nought is no difference"),
        pytest.param(
            saw("0417", "0417", gap="417", pen="417"), "417", id="a nought that only rows have is none"
        ),
        pytest.param(saw("417", gap="0417", pen="0417"), "417", id="and one that only the gap has"),
        pytest.param(
            saw("455", "455", gap="455", pen="155"), None, id="one network twice, another against it"
        ),
        pytest.param(
            saw("455", gap="455", pen={"155": 0.9, "455": 0.06}), None, id="the other holds it possible only"
        ),
        pytest.param(
            saw("2281", gap="2281", pen={"2981": 0.4, "2281": 0.2}),
            "2281",
            id="the other hesitates between two",
        ),
        pytest.param(
            saw("45", gap="45", pen={"145": 0.4, "45": 0.3}), "45", id="or thinks of one stroke more"
        ),
        pytest.param(
            saw("1979", gap="1979", pen={"199": 0.5, "1979": 0.3}), "1979", id="the pen lost a stroke"
        ),
        pytest.param(saw("1979", gap="1979", pen="199"), None, id="a lost stroke it is sure of"),
        pytest.param(saw("15", gap="195", pen="195"), "195", id="the row lost a stroke"),
        pytest.param(saw("1", "19", gap="9", pen="9"), None, id="a row shows a sign that the cut lost"),
        pytest.param(saw("lg", gap="9", pen="9"), None, id="even where it cannot be told"),
        pytest.param(saw("66k", gap="66", pen="66"), None, id="a sign more than the value has"),
        pytest.param(saw("206L", gap="2062", pen="2062"), "2062", id="one sign of the row is no digit"),
        pytest.param(saw("48", gap="18", pen="18"), None, id="a row says otherwise"),
        pytest.param(saw("1849", gap="18491", pen="1849"), "1849", id="a slash that stayed in the gap"),
        pytest.param(saw("184", gap="18491", pen="1849"), None, id="unless no row shows that it is one"),
        pytest.param(
            saw("MM3", gap={"13": 0.5, "113": 0.2}, pen={"1113": 0.4, "113": 0.1}), None, id="nobody is sure"
        ),
        pytest.param(saw("01", "01", pen="01"), "01", id="row and pen, the gap not read alone"),
        pytest.param(saw("01", "01"), None, id="the row alone"),
        pytest.param(saw(gap="01"), None, id="the gap alone"),
        pytest.param(saw(pen="01"), None, id="the pen alone"),
        pytest.param(saw("12", first="12", typed=True), "12", id="typed, and read by another engine"),
        pytest.param(
            saw("12", first="12", typed=True, gap="121", pen="12"), "12", id="typed, slash in the gap"
        ),
        pytest.param(
            saw("12", first="12", typed=True, gap="72", pen="72"), None, id="typed, the gap twice otherwise"
        ),
        pytest.param(saw("17", first="12", typed=True), None, id="typed, another engine otherwise"),
        pytest.param(saw(first="12", typed=True), None, id="typed, read once"),
        pytest.param(saw("40", first="40", gap="40", pen="40"), "40", id="by pen, everybody"),
        pytest.param(saw("40", first="40", gap="40", pen="10"), None, id="by pen, the pen against"),
        pytest.param(saw("29", elsewhere=("29",)), "29", id="the file says so elsewhere"),
        pytest.param(saw("29", gap="29", pen="29", elsewhere=("28",)), None, id="the file says otherwise"),
        pytest.param(saw(), None, id="nobody"),
    ],
)
def test_a_value_is_agreed_when_independent_witnesses_leave_hardly_any_doubt(
    opinions: Opinions, agreed: str | None
) -> None:
    assert opinions.agreed == agreed


@pytest.mark.parametrize(
    ("opinions", "guess"),
    [
        pytest.param(saw("455", "455", gap="455", pen={"155": 0.9, "455": 0.05}), "455", id="the most"),
        pytest.param(saw("MM3", gap={"13": 0.5}, pen={"1113": 0.9}), "1113", id="the surer"),
        pytest.param(saw("228/"), "2281", id="a stroke for a one"),
        pytest.param(saw("455", "455", first="465"), "455", id="two rows over a doubtful first"),
        pytest.param(saw("17", "17", first="12", typed=True), "12", id="typed over two rows"),
        pytest.param(saw("MM3"), None, id="nobody saw a value"),
    ],
)
def test_the_guess_is_what_most_speaks_for(opinions: Opinions, guess: str | None) -> None:
    assert opinions.guess == guess


def test_what_was_seen_is_named_once_each_the_guess_first() -> None:
    seen = saw("455", "455", first="465", gap="455", pen={"155": 0.6, "455": 0.3}).seen
    assert seen == ("455", "155", "465")


def test_answers_are_gathered_by_reader_without_crumbs() -> None:
    answers = [
        SecondReading(LOOK, "0 5.", SecondReader.ROW),
        SecondReading(LOOK, "L5", SecondReader.ROW),
        SecondReading(LOOK, "05", SecondReader.GAP, (("05", 0.8), ("x5", 0.1))),
        SecondReading(LOOK, "5", SecondReader.PEN, (("5", 0.5), ("05", 0.4))),
        SecondReading(LOOK, None, SecondReader.AGAIN),
        SecondReading(LOOK, "99", "another"),
    ]
    gathered = gather(answers, lambda text: text, str.isdecimal, first="?", typed=True)
    pen_shares = {"5": 0.5, "05": 0.4}
    assert gathered == Opinions(
        rows=("05",), strange=("L5",), gap="05", pen="5", gap_shares={"05": 0.8}, pen_shares=pen_shares
    )
    assert not gathered.is_empty
    assert gather([], lambda text: text, str.isdecimal).is_empty


VALUES = st.one_of(st.none(), st.sampled_from(["1", "7", "17", "4", "07", "29a", "477"]))
MANY = st.lists(st.sampled_from(["1", "7", "17", "4", "07", "29a"]), max_size=3).map(tuple)

SHARES = st.dictionaries(st.sampled_from(["1", "7", "17", "4", "07", "29a"]), st.floats(0, 1), max_size=4)


@given(
    st.builds(
        Opinions,
        first=VALUES,
        typed=st.booleans(),
        rows=MANY,
        strange=st.lists(st.text(max_size=4), max_size=2).map(tuple),
        gap=VALUES,
        pen=VALUES,
        gap_shares=SHARES,
        pen_shares=SHARES,
        elsewhere=MANY,
    )
)
def test_what_is_agreed_is_the_guess_that_every_other_source_has_and_nobody_saw_longer(
    opinions: Opinions,
) -> None:
    agreed = opinions.agreed
    assert agreed in {None, opinions.guess}
    assert 0 <= opinions.share <= 1 + 1e-9
    if agreed is not None:
        bare = agreed.lstrip("0").casefold()
        assert {one.lstrip("0").casefold() for one in opinions.elsewhere} <= {bare}
        assert all(len(row.lstrip("0")) <= len(bare) for row in opinions.rows)
        assert opinions.rows or opinions.gap_shares or opinions.pen_shares or opinions.elsewhere
