"""A table is asked the fast way; the plain way says the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.decisions import Role
from documents.errors import RuleSlip
from documents.people import Directory
from documents.reading import FieldName as F
from documents.reading import Reading
from rules.conditions import Condition
from rules.judging import FoldedReading, compile_condition, judge
from rules.names import match_names
from rules.outcome import by_table, is_by_names, serving
from rules.route import choose_assignees
from rules.rows import RoutingTable
from rules.table import check_table, load_table
from rules.wording import UNIT_MARK, list_texts
from tests.rules import plain
from tests.rules.builders import ARRIVED, OFFICE, forwarded, person, reading, table, with_people
from tests.rules.making import CONDITIONS, DAYS, papers, rows


class Plain(yaml.SafeDumper):
    """Without anchors: a table has none."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump(written: dict[str, Any]) -> str:
    return yaml.dump(written, Dumper=Plain, allow_unicode=True)


def load(written: list[dict[str, Any]], directory: Directory = OFFICE) -> RoutingTable:
    return load_table(dump({"rows": written, "default": {"lead": "vp", "source": "QC"}}), directory)


@settings(max_examples=200)
@given(condition=CONDITIONS, paper=papers())
def test_a_compiled_condition_says_what_the_plain_one_says(condition: Condition, paper: Reading) -> None:
    verdict = judge(condition, paper)
    assert verdict.holds is plain.holds(condition, paper)
    assert set(verdict.fields) <= condition.fields
    assert verdict.holds is None or verdict.doubt is None


@settings(max_examples=100)
@given(written=rows(), paper=papers(), on=st.one_of(st.none(), DAYS))
def test_a_table_asked_the_fast_way_says_what_the_plain_way_says(
    written: list[dict[str, Any]], paper: Reading, on: dt.date | None
) -> None:
    asked = load(written)
    said = asked.consult(paper, on)
    lead, deadline, collected, unknown = plain.consult(asked, paper, on)
    assert (said.lead.row, said.deadline) == (lead, deadline)
    assert [hit.row for hit in said.collected] == collected
    assert [hit.row for hit in said.unknown] == unknown


@settings(max_examples=100)
@given(written=rows(), paper=papers(), on=DAYS)
def test_first_gives_one_lead_and_collect_loses_nobody(
    written: list[dict[str, Any]], paper: Reading, on: dt.date
) -> None:
    said = load(written).consult(paper, on)
    places = {row.id: place for place, row in enumerate(load(written).rows)}
    assert said.lead in said.collected
    first_with_lead = next((hit for hit in said.collected if hit.row.lead), said.collected[-1])
    assert said.lead.row in (first_with_lead.row, said.collected[-1].row)
    assert [places[hit.row.id] for hit in said.collected] == sorted(places[h.row.id] for h in said.collected)
    assert all(hit.verdict.holds for hit in said.collected)
    assert all(places[hit.row.id] < places[said.lead.row.id] for hit in said.unknown)
    assert said.deadline is None or places[said.deadline.id] <= places[said.lead.row.id]


@settings(max_examples=100)
@given(written=rows(), paper=papers(), on=DAYS)
def test_a_row_said_never_to_lead_never_does(
    written: list[dict[str, Any]], paper: Reading, on: dt.date
) -> None:
    checked = load(written)
    silent = {
        text.split()[0] for text in check_table(checked) if "không bao giờ" in text and "hạn" not in text
    }
    assert checked.consult(paper, on).lead.row.id not in silent


def test_two_tables_share_what_equal_conditions_say() -> None:
    one = Condition.model_validate({"field": "subject", "contains": "đối ngoại"})
    other = Condition.model_validate({"field": "subject", "contains": "đối ngoại"})
    folded = FoldedReading(reading({F.SUBJECT: "Thông tin đối ngoại"}))
    assert compile_condition(one) is compile_condition(other)
    assert folded.verdict(compile_condition(one)) is folded.verdict(compile_condition(other))


# ── any text, any table ──────────────────────────────────────────────────────────────────────────────────

CELLS: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 400),
        st.sampled_from(["vp", "bcxb", "is", "", "QC", "true"]),
        DAYS,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "if",
                    "lead",
                    "support",
                    "days",
                    "source",
                    "field",
                    "is",
                    "all",
                    "not",
                    "from",
                    "names_us",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=200)
@given(written=st.fixed_dictionaries({"rows": st.lists(CELLS, max_size=2), "default": CELLS}))
def test_whatever_is_written_loads_or_is_refused_with_its_line(written: dict[str, Any]) -> None:
    slips = slips_of(dump(written))
    assert slips is None or (slips and all("(dòng " in place and what for place, what in slips))


def slips_of(text: str) -> tuple[tuple[str, str], ...] | None:
    """Where a table slips and how; None when it loads."""
    try:
        load_table(text, OFFICE)
    except RuleSlip as slip:
        found = slip.facts["slips"]
        assert isinstance(found, tuple)
        return found
    return None


@given(written=rows())
def test_every_sound_table_reads_as_sentences_and_is_checked(written: list[dict[str, Any]]) -> None:
    loaded = load(written)
    assert all(row.sentence(OFFICE).endswith(".") for row in loaded.rows)
    assert all(text.strip() for text in check_table(loaded, OFFICE, ARRIVED))


# ── the table's part of a decision ───────────────────────────────────────────────────────────────────────

STAMPS = st.sampled_from(
    [
        (),
        ("LĐ VP để b/c",),
        ("Đ/c Linh",),
        ("P.CNTT chủ trì, VP p/h",),
        ("Đ/c Linh, Đ/c Thanh Xuân",),
        ("báo cáo",),
    ]
)
GONE = with_people(person("cu", "Phan Cũ", until="2012-01-02"))


@settings(max_examples=100)
@given(written=rows(), paper=papers(), stamp=STAMPS, on=DAYS, leaving=st.booleans())
def test_the_table_s_part_is_what_routing_makes_of_it(
    written: list[dict[str, Any]], paper: Reading, stamp: tuple[str, ...], on: dt.date, leaving: bool
) -> None:
    if leaving:
        written = [{**row, "lead": "cu"} if row.get("lead") == "gd" else row for row in written]
    asked = load(written, GONE)
    paper = Reading({**paper.fields, **forwarded(*stamp).fields, **paper.fields | {
        F.ARRIVAL_FORWARDED_TO: forwarded(*stamp).fields[F.ARRIVAL_FORWARDED_TO]
    }}, chain=paper.chain)  # fmt: skip
    named = match_names(list_texts(list(stamp)), GONE, on)
    outcome = by_table(asked.consult(paper, on), named, serving(GONE, on))
    routing = choose_assignees(paper, asked, GONE, on=on, first_named_leads=False)
    given_to = {
        role: {
            f"{UNIT_MARK}{a.unit}" if a.unit else str(a.person) for a in routing.assignees if a.role is role
        }
        for role in Role
    }
    if is_by_names(named):
        assert outcome.lead is None
        assert set(outcome.inform) <= given_to[Role.INFORM]
        assert not any(
            step.rule for a in routing.assignees if a.role is not Role.INFORM for step in a.because
        )
    else:
        assert ({outcome.lead} if outcome.lead else set()) == given_to[Role.LEAD]
        assert set(outcome.support) == given_to[Role.SUPPORT]
        assert set(outcome.inform) == given_to[Role.INFORM]


@pytest.mark.parametrize(
    ("stamp", "lead", "inform"),
    [
        pytest.param((), "unit:bcxb", ("gd", "unit:vp"), id="no names: all of the table"),
        pytest.param(("Đ/c Tuấn để biết",), "unit:bcxb", ("tuan", "gd", "unit:vp"), id="a name to inform"),
        pytest.param(("Đ/c Tuấn",), None, ("gd", "unit:vp"), id="a name leads: the table only informs"),
        pytest.param(("Đ/c Tuấn, Ngô Lan",), None, ("unit:vp",), id="who is named is not informed too"),
    ],
)
def test_names_of_the_stamp_leave_the_table_what_is_left(
    stamp: tuple[str, ...], lead: str | None, inform: tuple[str, ...]
) -> None:
    asked = table(
        """
        {id: A, if: {field: doc_type, is: Kế hoạch}, lead: bcxb, inform: [gd], source: QC}
        {id: B, if: {field: doc_type, is: Kế hoạch}, lead: ttra, inform: [vp, gd], source: QC}
        """
    )
    named = match_names(list(stamp), OFFICE, ARRIVED)
    outcome = by_table(asked.consult(forwarded(*stamp), ARRIVED), named, serving(OFFICE, ARRIVED))
    assert (outcome.lead, outcome.inform, outcome.also) == (lead, inform, ("B",))
