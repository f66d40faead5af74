"""Any condition, any paper, any table, for property tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from documents.reading import AgencyChain, FieldName, FieldReading, Reading
from rules.conditions import Condition
from tests.rules.builders import reading

F = FieldName
WORDS = st.sampled_from(["kế hoạch", "Kế hoạch năm", "chỉ thị", "hoạch", "Khẩn", "Hỏa tốc", "gấp", "29a"])
DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2012, 1, 4))
AGENCIES = st.sampled_from(["Bộ Tài chính", "Cục Thuế", "Bộ Y tế"])
SOME_WORDS = st.lists(WORDS, min_size=1, max_size=2)
LEAVES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(lambda word: {"field": "doc_type", "is": word}, WORDS),
    st.builds(lambda words: {"field": "doc_type", "one_of": words}, SOME_WORDS),
    st.builds(lambda words: {"field": "doc_type", "contains": words}, SOME_WORDS),
    st.builds(lambda word: {"field": "recipients", "is": word}, WORDS),
    st.builds(lambda word: {"field": "urgency", "is": word}, WORDS),
    st.builds(lambda word: {"field": "doc_type", "matches": f"^{word}"}, WORDS),
    st.builds(lambda number: {"field": "arrival_number", "at_least": number}, st.integers(27, 31)),
    st.builds(
        lambda level: {"field": "urgency", "at_least": level},
        st.sampled_from(["Khẩn", "Thượng khẩn", "Hỏa tốc"]),
    ),
    st.builds(
        lambda operator, day: {"field": "date", operator: day},
        st.sampled_from(["before", "after", "at_least"]),
        DAYS,
    ),
    st.builds(lambda names: {"from": names}, st.lists(AGENCIES, min_size=1, max_size=2)),
    st.builds(lambda name: {"field": "issuer_agency", "is": name}, AGENCIES),
    st.just({"names_us": True}),
)
WRITTEN = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(
            lambda key, parts: {key: parts},
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=5,
)
CONDITIONS = WRITTEN.map(Condition.model_validate)


@st.composite
def papers(draw: st.DrawFn) -> Reading:
    """A paper with some fields unread, some absent, some never looked for."""
    agency = draw(st.one_of(st.none(), AGENCIES, st.just("Bộ Y tế; Cục Thuế")))
    paper = reading(
        {
            F.DOC_TYPE: draw(st.one_of(st.none(), WORDS)),
            F.URGENCY: draw(st.one_of(st.none(), WORDS)),
            F.DATE: draw(st.one_of(st.none(), st.just("mùng hai"), DAYS.map(str))),
            F.ARRIVAL_NUMBER: draw(st.sampled_from([None, "29", "29a", "?"])),
            F.RECIPIENTS: draw(st.lists(WORDS, max_size=2)),
            F.ISSUER_AGENCY: agency,
            F.OUR_PART: draw(st.one_of(st.none(), st.just(["III.1"]))),
        },
    )
    unread = draw(
        st.sets(st.sampled_from([F.DOC_TYPE, F.RECIPIENTS, F.ISSUER_AGENCY, F.OUR_PART]), max_size=2)
    )
    fields = dict(paper.fields) | {name: FieldReading(name=name, reason="Mờ.") for name in unread}
    for name in draw(st.sets(st.sampled_from([F.URGENCY, F.OUR_PART]), max_size=1)):
        del fields[name]
    chain = None
    if agency and draw(st.booleans()):
        above = draw(st.lists(AGENCIES, max_size=1))
        chain = AgencyChain(
            agencies=(*agency.split("; "), *above), is_whole=draw(st.booleans()), by_paper=bool(above)
        )
    return replace(paper, fields=fields, chain=chain)


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rows of a sound table, as written."""
    units = st.sampled_from(["vp", "bcxb", "cntt", "ttra", "gd"])
    made = []
    for number in range(draw(st.integers(0, 6))):
        row: dict[str, Any] = {"id": f"Q{number}", "source": "QC"}
        optional: dict[str, st.SearchStrategy[Any]] = {
            "if": WRITTEN,
            "lead": units,
            "support": st.lists(units, max_size=2),
            "inform": st.lists(units, max_size=2),
            "days": st.integers(0, 20),
            "valid_from": DAYS,
            "valid_to": DAYS,
        }
        row |= {cell: draw(values) for cell, values in optional.items() if draw(st.booleans())}
        if "valid_from" in row and "valid_to" in row and row["valid_to"] < row["valid_from"]:
            del row["valid_to"]
        if not (row.get("lead") or row.get("support") or row.get("inform") or "days" in row):
            row["days"] = 3
        made.append(row)
    return made
