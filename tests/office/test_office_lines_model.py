"""Whatever people, days and absences do to one document's lines, in whatever order: what always holds.

Exactly one line leads; every change of a line has its line in the audit and the audit agrees with the rows;
an open line is held by somebody who serves, or the clerks were told; nobody holds work in their own right while
somebody stands in for them.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from documents.decisions import Role
from documents.errors import Conflict, Refused
from documents.lines import OPEN_STATES, LineState
from documents.people import Officer
from documents.record import AssignmentRecord
from documents.status import DocumentId
from documents.work import STATUS_OF_LEAD
from office import extensions, lines
from office.absence import follow_absences, matter_of, stand_in_of
from office.delegations import add_delegation, end_delegation, list_delegations
from office.lines import OnLine, seen_of
from office.office import Office, local_day
from office.reassign import reassign
from office.staff import retire_person, save_unit
from registry.absence import load_delegations
from registry.audit import verify
from tests.office.lines_at_work import MORE, at_work, inform, lead, pass_on, support
from tests.offices import MORNING, PEOPLE

EVERYBODY = (*PEOPLE.people, *MORE)
WHO = st.sampled_from([p.id for p in EVERYBODY])
TO = st.sampled_from([*(str(p.id) for p in EVERYBODY), "unit:bcxb", "unit:vp"])
DAYS = st.integers(1, 25)


@dataclass(frozen=True)
class Try:
    """What somebody tries: on which line, for whom, for which day."""

    office: Office
    on: OnLine
    now: dt.datetime
    to: str
    day: dt.date


ACTS: dict[str, Callable[[Try], None]] = {
    "accept": lambda t: lines.accept(t.office, t.on, now=t.now),
    "hand on": lambda t: lines.hand_on(t.office, t.on, to=t.to, direction="Làm", now=t.now),
    "return": lambda t: lines.give_back(t.office, t.on, reason="Không", now=t.now),
    "ask": lambda t: extensions.ask_extension(t.office, t.on, wanted=t.day, reason="Chờ", now=t.now),
    "grant": lambda t: extensions.grant_extension(t.office, t.on, due=t.day, now=t.now),
    "refuse": lambda t: extensions.refuse_extension(t.office, t.on, reason="Gấp", now=t.now),
    "report": lambda t: lines.report_progress(t.office, t.on, note="Nửa", now=t.now),
    "finish": lambda t: lines.finish(t.office, t.on, result="Xong", now=t.now),
    "reopen": lambda t: lines.reopen(t.office, t.on, reason="Thiếu", now=t.now),
    "reassign": lambda t: reassign(t.office, t.on, to=t.to, reason="Nhầm", now=t.now),
}


class LinesAtWork(RuleBasedStateMachine):
    """Each rule lets somebody try something; whether it is refused is their trouble, what follows is ours."""

    office: Office
    document: DocumentId

    def __init__(self) -> None:
        super().__init__()
        self.now = MORNING

    @initialize(first=st.sampled_from(["bcxb", "vp"]))
    def passed_on(self, first: str) -> None:
        self.document = pass_on(
            self.office, 1, lead(first), support(PEOPLE.people[2]), inform(PEOPLE.people[1]), now=self.now
        )

    def lines_now(self) -> tuple[AssignmentRecord, ...]:
        with self.office.view() as view:
            return view.assignments(self.document)

    def attempt(self, act: Callable[[], Any]) -> bool:
        try:
            act()
        except (Refused, Conflict):
            return False
        return True

    @rule(data=st.data(), name=st.sampled_from(sorted(ACTS)), to=TO, days=DAYS, stale=st.booleans())
    def somebody_acts(self, data: st.DataObject, name: str, to: str, days: int, stale: bool) -> None:
        line = data.draw(st.sampled_from(self.lines_now()))
        likely = [p for p in EVERYBODY if p.id in (line.holder, "thanhxuan", "minh", "hoa")]
        by: Officer = data.draw(st.sampled_from([*likely, *EVERYBODY]))
        seen = "khác" if stale else seen_of(line)
        on = OnLine(document=self.document, line=line.line, by=by, seen=seen)
        day = local_day(self.now) + dt.timedelta(days)
        count = self.audit_count()
        done = self.attempt(lambda: ACTS[name](Try(self.office, on, self.now, to, day)))
        assert not (stale and done), "a stale page never writes"
        assert (self.audit_count() > count) is done, "a step is in the audit, a refusal is not"

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.now += dt.timedelta(days)
        follow_absences(self.office, now=self.now)

    @rule(giver=WHO, taker=WHO, begin=st.integers(0, 3), length=st.integers(0, 5))
    def somebody_will_be_away(self, giver: str, taker: str, begin: int, length: int) -> None:
        since = local_day(self.now) + dt.timedelta(begin)
        self.attempt(
            lambda: add_delegation(
                self.office,
                giver=giver,
                taker=taker,
                since=since,
                until=since + dt.timedelta(length),
                instrument="GUQ",
                by="hoa",
                now=self.now,
            )
        )

    @precondition(lambda self: list_delegations(self.office))
    @rule(data=st.data())
    def somebody_is_back_early(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(list_delegations(self.office)))
        self.attempt(lambda: end_delegation(self.office, one.id, None, by="hoa", now=self.now))

    @rule(who=WHO, anyway=st.booleans(), again=st.booleans())
    def somebody_leaves_or_comes_back(self, who: str, anyway: bool, again: bool) -> None:
        last = None if again else local_day(self.now) - dt.timedelta(1)
        self.attempt(lambda: retire_person(self.office, who, last, anyway=anyway, by="sys", now=self.now))
        if again:
            follow_absences(self.office, now=self.now)

    @rule(head=WHO)
    def the_unit_has_a_new_head(self, head: str) -> None:
        self.attempt(
            lambda: save_unit(
                self.office,
                unit_id="bcxb",
                name="Phòng Báo chí",
                aliases=None,
                head=head,
                by="sys",
                now=self.now,
            )
        )
        follow_absences(self.office, now=self.now)

    def audit_count(self) -> int:
        with self.office.view() as view:
            return len(view.history(self.document))

    @invariant()
    def what_always_holds(self) -> None:
        with self.office.view() as view:
            now = view.assignments(self.document)
            directory, today = view.directory(), local_day(self.now)
            delegations = load_delegations(view, today)
            leads = [line for line in now if line.role is Role.LEAD]
            assert len(leads) == 1
            assert view.document(self.document).status is STATUS_OF_LEAD[leads[0].state]
            assert len({line.line for line in now}) == len(now)
            checked = verify(view)
            assert checked.whole, checked.complaint
            for line in (one for one in now if one.state in OPEN_STATES):
                told = {n.kind for n in view.notices_of(self.document)}
                if line.holder is None:
                    assert told & {"unheld", "review"}
                    continue
                holder = directory.person(line.holder)
                assert holder is not None
                assert holder.is_active(today)
                if line.stands_in_for is None:
                    matter = matter_of(view, self.document, line.unit)
                    assert stand_in_of(holder.id, matter, delegations, directory, today) is None
                else:
                    assert any(
                        d.giver == line.stands_in_for and d.taker == line.holder and d.is_in_force(today)
                        for d in delegations
                    )
            for line in now:
                assert (line.role is Role.INFORM) is (line.state in {LineState.INFORM, LineState.READ})
                assert line.role is not Role.INFORM or line.due is None


def run(home: Path, folder: Path, *, examples: int, steps: int) -> None:
    """Run the machine, each example on an office of its own."""

    class Machine(LinesAtWork):
        def __init__(self) -> None:
            super().__init__()
            own = Path(tempfile.mkdtemp(dir=folder)) / "office"
            shutil.copytree(home, own)
            self.office = Office.open(own)

        def teardown(self) -> None:
            self.office.registry.close()

    run_machine(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            print_blob=True,
            deadline=None,
        ),
    )


def test_what_always_holds_of_lines_at_work(tmp_path: Path) -> None:
    with at_work(tmp_path / "first"):
        pass
    run(tmp_path / "first", tmp_path, examples=12, steps=25)


@pytest.mark.slow
def test_what_always_holds_of_lines_at_work_for_long(tmp_path: Path) -> None:
    with at_work(tmp_path / "first"):
        pass
    run(tmp_path / "first", tmp_path, examples=30, steps=40)
