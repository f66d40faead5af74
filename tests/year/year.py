"""A year of office life in simulated time: papers, people, absences, late swaps of days, restarts.

    year = Year(office, seed=1, documents=600)
    for day in year.days():
        year.live(day)

Every morning the sweeps run as the schedules would run them: on time, late, twice, cut off in the middle, or
not at all for some days. In the daytime papers come in and people work; what is done next on a line is drawn
when its time has come, on the line as it then is.
"""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from zoneinfo import ZoneInfo

from documents.errors import Trouble
from documents.events import CalendarDaySet
from documents.lines import LineNumber, LineState
from documents.people import Directory, Duty, Officer, PersonId
from documents.status import DocumentId, Status
from office.absence import follow_absences
from office.alarms import raise_alarms
from office.delegations import add_delegation
from office.office import Office, working_calendar
from office.recount import change_calendar, recount_open
from office.remind import remind_due
from office.staff import retire_person
from tests.year import acts
from tests.year.papers import make_reading

CIVIL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
FOUNDED = dt.datetime(2024, 12, 20, 1, 0, tzinfo=dt.UTC)
YEAR = 2025
"""A year with Tết, a swapped Friday (02/05 for Saturday 26/04) and two days for the second of September."""


@dataclass(order=True, slots=True)
class _Due:
    """Something to be done on a line when its time has come."""

    at: dt.datetime
    turn: int
    document: DocumentId = field(compare=False)
    line: LineNumber | None = field(compare=False)


@dataclass(slots=True)
class Year:
    """One year of one office; the same seed lives the same year.

    Attributes:
        office: With its people and rules.
        seed: Of all that is drawn.
        documents: How many papers come in.
        after_sweep: Called after every sweep that ended, with its moment: where the laws are looked at.
    """

    office: Office
    seed: int
    documents: int
    after_sweep: Callable[[dt.datetime], None] = lambda _: None
    told: Counter[str] = field(default_factory=Counter)
    _rng: random.Random = field(init=False)
    _waiting: list[_Due] = field(default_factory=list)
    _turns: Iterator[int] = field(default_factory=count)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _down_until: dt.date = dt.date.min

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)

    def days(self) -> Iterator[dt.date]:
        """Every day of the year, days off too."""
        first = dt.date(YEAR, 1, 1)
        yield from (first + dt.timedelta(n) for n in range(365))

    def live(self, day: dt.date) -> None:
        """One day: the sweeps of the morning, then what people do."""
        self._sweep(day)
        with self.office.view() as view:
            is_worked = working_calendar(view).is_working(day)
        if not is_worked:
            return
        self._enter_absences(day)
        self._change_calendar(day)
        arrivals = self._arrivals()
        moments = sorted(_at(day, self._rng.uniform(8, 16.5)) for _ in range(arrivals))
        for moment in moments:
            self._arrive(moment)
        while self._waiting and self._waiting[0].at <= _at(day, 17):
            self._work(heapq.heappop(self._waiting), day)

    # ── machines ─────────────────────────────────────────────────────────────────────────────────────────

    def _sweep(self, day: dt.date) -> None:
        """The sweeps of one morning, in one of the ways in which mornings go."""
        if day < self._down_until:
            self.told["sweep down"] += 1
            return
        way = self._rng.choices(("on time", "late", "twice", "killed", "down"), (80, 6, 6, 6, 2))[0]
        self.told[f"sweep {way}"] += 1
        if way == "down":
            self._down_until = day + dt.timedelta(self._rng.randint(2, 4))
            return
        hours = (13.5,) if way == "late" else (7.25, 7.25) if way == "twice" else (7.25,)
        for hour in hours:
            if way == "killed":
                with acts.killed_after(self._rng.randint(0, 12)):
                    self._sweep_once(_at(day, hour))
            self._sweep_once(_at(day, hour))

    def _sweep_once(self, now: dt.datetime) -> None:
        follow_absences(self.office, now=now)
        recount_open(self.office, now=now)
        self.told["reminders"] += remind_due(self.office, now=now)
        self.told["alarms"] += raise_alarms(self.office, now=now)
        self.after_sweep(now)

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────

    def _arrivals(self) -> int:
        mean = self.documents / 248
        return max(0, round(self._rng.gauss(mean, mean / 3)))

    def _arrive(self, now: dt.datetime) -> None:
        directory = self._directory()
        serving = [p for p in directory.active(now.astimezone(CIVIL_TIME).date()) if p.unit]
        number = next(self._numbers)
        reading = make_reading(self._rng, number, now.astimezone(CIVIL_TIME).date(), serving)
        document, status = acts.arrive(self.office, number, reading, now=now)
        self.told[f"arrived {status.value}"] += 1
        if status is Status.REVIEW:
            # Mostly within the hour; now and then so late that the law's limit passes.
            self._plan(document, None, now + dt.timedelta(hours=self._rng.choice((1, 1, 1, 2, 4, 30, 75))))
            return
        self._plan_lines(document, now)

    def _plan_lines(self, document: DocumentId, now: dt.datetime) -> None:
        with self.office.view() as view:
            lines = view.assignments(document)
        for line in lines:
            if line.state is LineState.OPEN:
                self._plan(document, line.line, now + dt.timedelta(hours=self._rng.uniform(1, 60)))
        if self._rng.random() < 0.05:
            self._plan(document, LineNumber(-1), now + dt.timedelta(hours=self._rng.uniform(1, 100)))

    def _plan(self, document: DocumentId, line: LineNumber | None, at: dt.datetime) -> None:
        heapq.heappush(self._waiting, _Due(at, next(self._turns), document, line))

    def _work(self, due: _Due, day: dt.date) -> None:
        now = max(due.at, _at(day, 8))
        staff = {p.id: p for p in self._directory().active(day)}
        if due.line is None:
            self._review(due.document, staff, now)
        elif due.line == -1:
            self._direct(due.document, staff, now)
        elif seen := acts.look(self.office, due.document, due.line):
            self._on_line(seen, staff, now)

    def _review(self, document: DocumentId, staff: dict[PersonId, Officer], now: dt.datetime) -> None:
        try:
            acts.review(self.office, document, _of(staff, Duty.CLERK, self._rng), self._rng, now=now)
        except Trouble as trouble:
            self.told[f"review refused: {trouble.code}"] += 1
            self._plan(document, None, now + dt.timedelta(hours=5))
            return
        self.told["review"] += 1
        self._plan_lines(document, now)

    def _direct(self, document: DocumentId, staff: dict[PersonId, Officer], now: dt.datetime) -> None:
        named = self._rng.choice([p for p in staff.values() if p.unit])
        day = now.astimezone(CIVIL_TIME).date() + dt.timedelta(self._rng.randint(3, 20))
        text = self._rng.choice(
            (
                f"Đ/c {named.name} chủ trì, VP p/h, trước {day:%d/%m/%Y}",
                f"P.{(named.unit or 'vp').upper()} p/h trong 05 ngày làm việc",
                f"Đ/c {named.name.split()[-1]} xử lý",
            )
        )
        try:
            done = acts.direct(self.office, document, _of(staff, Duty.LEADER, self._rng), text, now=now)
        except Trouble as trouble:
            self.told[f"direction refused: {trouble.code}"] += 1
            return
        self.told["direction" if done else "direction unclear"] += 1
        self._plan_lines(document, now)

    def _on_line(self, seen: acts.Seen, staff: dict[PersonId, Officer], now: dt.datetime) -> None:
        record = seen.record
        if record.state is LineState.RETURNED or (record.holder is None and record.state is LineState.OPEN):
            said = acts.give_again(seen, _of(staff, Duty.CLERK, self._rng), self._rng, now=now)
        elif record.asked_due is not None and self._rng.random() < 0.8:
            leader = _of(staff, Duty.LEADER, self._rng)
            said = acts.answer_extension(seen, leader, self._rng, now=now)
        else:
            said = acts.work_on(seen, staff, self._rng, now=now)
        self.told[said] += 1
        if said in {"finish", "nothing"}:
            return
        self._plan(seen.document, record.line, self._next_moment(record.due, now))

    def _next_moment(self, due: dt.date | None, now: dt.datetime) -> dt.datetime:
        """Soon, or around the due day: early, on it, or late."""
        if due is None or self._rng.random() < 0.4:
            return now + dt.timedelta(hours=self._rng.uniform(2, 70))
        near = dt.datetime.combine(due, dt.time(10), CIVIL_TIME) + dt.timedelta(self._rng.gauss(-1, 5))
        return max(now + dt.timedelta(hours=1), near)

    def _enter_absences(self, day: dt.date) -> None:
        """Each person is away about three times a year, entered the day before, on the day, or late."""
        people = [p for p in self._directory().active(day) if p.unit and p.duty is not Duty.CLERK]
        for person in people:
            if self._rng.random() > 3 / 248:
                continue
            taker = self._rng.choice([p for p in people if p.unit == person.unit and p.id != person.id])
            since = day + dt.timedelta(self._rng.choice((0, 1, 1, 3)))
            until = since + dt.timedelta(self._rng.choice((0, 1, 2, 4, 9)))
            try:
                add_delegation(
                    self.office,
                    giver=str(person.id),
                    taker=str(taker.id),
                    since=since,
                    until=until,
                    instrument=f"Giấy ủy quyền ngày {day:%d/%m/%Y}",
                    by="vt0",
                    now=_at(day, 8),
                )
            except Trouble as trouble:
                self.told[f"absence refused: {trouble.code}"] += 1
            else:
                self.told["absence"] += 1

    def _change_calendar(self, day: dt.date) -> None:
        """Now and then a storm day, told on the day before, or a swap told late."""
        throw = self._rng.random()
        if throw < 0.012:
            self._set_day(day + dt.timedelta(1), "off", "Nghỉ bão", day)
        elif throw < 0.02:
            friday = day + dt.timedelta((4 - day.weekday()) % 7)
            self._set_day(friday, "off", "Hoán đổi", day)
            self._set_day(friday + dt.timedelta(8), "work", "Làm bù", day)

    def _set_day(self, which: dt.date, kind: str, reason: str, today: dt.date) -> None:
        event = CalendarDaySet(day=which, kind=kind, reason=reason, source="Thông báo")
        if self._rng.random() < 0.2:
            with acts.killed_after(self._rng.randint(0, 2)):
                change_calendar(self.office, event, by="vt0", now=_at(today, 8))
        else:
            self.told["recounted"] += change_calendar(self.office, event, by="vt0", now=_at(today, 8))
        self.told["calendar changed"] += 1

    def leave(self, person: PersonId, day: dt.date) -> None:
        """Somebody ends their service; refused while they hold work, unless it may go to the clerk."""
        try:
            retire_person(self.office, str(person), day, by="vt0", now=_at(day, 9))
        except Trouble as trouble:
            self.told[f"retire refused: {trouble.code}"] += 1
        else:
            self.told["retired"] += 1

    def _directory(self) -> Directory:
        with self.office.view() as view:
            return view.directory()


def _at(day: dt.date, hour: float) -> dt.datetime:
    midnight = dt.datetime.combine(day, dt.time(), CIVIL_TIME)
    return (midnight + dt.timedelta(hours=hour)).astimezone(dt.UTC)


def _of(staff: dict[PersonId, Officer], duty: Duty, rng: random.Random) -> Officer:
    return rng.choice([p for p in staff.values() if p.duty is duty])
