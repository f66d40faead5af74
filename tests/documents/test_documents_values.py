"""Boxes, readings and people: the plain values that all rooms share."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.page import Box, around
from documents.people import Officer, PersonId
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading, Reading, reading_as_json

sides = st.lists(st.floats(0, 1), min_size=2, max_size=2).map(sorted)
boxes = st.builds(lambda x, y: Box(x[0], y[0], x[1], y[1]), sides, sides)


@given(st.lists(boxes, min_size=1, max_size=6))
def test_a_box_around_boxes_holds_each_of_them(some: list[Box]) -> None:
    whole = around(some)
    assert all(whole.x0 <= b.x0 and b.x1 <= whole.x1 and whole.y0 <= b.y0 and b.y1 <= whole.y1 for b in some)


@given(boxes, boxes)
def test_an_overlap_is_a_share(one: Box, other: Box) -> None:
    assert 0 <= one.overlap(other) <= 1 + 1e-9


def test_there_is_no_box_around_nothing() -> None:
    with pytest.raises(ValueError, match="min"):
        around([])


def whole_reading() -> dict[FieldName, FieldReading]:
    return {name: FieldReading(name=name, checked=True) for name in FieldName}


def test_a_reading_with_every_routing_field_checked_needs_nobody() -> None:
    reading = Reading(whole_reading())
    assert not reading.needs_review
    assert reading.review_reasons == ()


@pytest.mark.parametrize("name", sorted(ROUTING_FIELDS))
def test_one_routing_field_in_doubt_asks_for_a_person(name: FieldName) -> None:
    fields = {**whole_reading(), name: FieldReading(name=name, value="x", reason="Đọc được một lần.")}
    assert Reading(fields).needs_review
    assert Reading(fields).review_reasons == ("Đọc được một lần.",)


@pytest.mark.parametrize("name", sorted(ROUTING_FIELDS))
def test_one_routing_field_that_nobody_looked_for_asks_for_a_person(name: FieldName) -> None:
    fields = whole_reading()
    del fields[name]
    assert Reading(fields).needs_review
    assert Reading(fields).review_reasons == ("Có ô máy chưa đọc tới.",)


def test_other_fields_in_doubt_hold_nothing_up() -> None:
    name = FieldName.RECIPIENTS
    assert not Reading({**whole_reading(), name: FieldReading(name=name, reason="?")}).needs_review


def test_a_doubt_about_the_whole_paper_asks_for_a_person_before_all_fields() -> None:
    name = FieldName.DATE
    fields = {**whole_reading(), name: FieldReading(name=name, reason="Đọc được một lần.")}
    assert Reading(whole_reading(), ("Thiếu trang.",)).needs_review
    assert Reading(fields, ("Thiếu trang.",)).review_reasons == ("Thiếu trang.", "Đọc được một lần.")


def test_json_tells_the_same_as_the_reading() -> None:
    assert reading_as_json(Reading(whole_reading(), ("Thiếu trang.",)))["doubts"] == ["Thiếu trang."]
    told = reading_as_json(Reading(whole_reading()))
    assert told["needs_review"] is False
    assert set(told["fields"]) == {name.value for name in FieldName}


@pytest.mark.parametrize(
    ("on", "serves"),
    [
        pytest.param("2012-01-01", False, id="the day before the first"),
        pytest.param("2012-01-02", True, id="the first day"),
        pytest.param("2012-06-30", True, id="the last day"),
        pytest.param("2012-07-01", False, id="the day after the last"),
    ],
)
def test_days_of_service_include_both_ends(on: str, serves: bool) -> None:
    person = Officer(id=PersonId("linh"), name="Linh", since=dt.date(2012, 1, 2), until=dt.date(2012, 6, 30))
    assert person.is_active(dt.date.fromisoformat(on)) is serves


def test_open_ends_serve_always() -> None:
    assert Officer(id=PersonId("linh"), name="Linh").is_active(dt.date(1990, 1, 1))
