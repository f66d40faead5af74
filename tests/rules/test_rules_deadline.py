from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.decisions import Deadline, Ground
from documents.lines import DueBasis, DueKind
from documents.reading import FieldName, FieldReading, FieldValue, Reading
from documents.record import CalendarDay
from rules.calendar import LAST_ANNOUNCED_YEAR, WorkingCalendar
from rules.deadline import FARTHEST_DAYS, order_due, set_deadline
from rules.rows import Row
from tests.rules.builders import ARRIVED, PLACE, field, reading, table

F = FieldName
CALENDAR = WorkingCalendar()
TEN = Row(id="QT-07", rule="giao_viec@3#QT-07", days=10, source="Quy chế")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def deadline(
    paper: Reading | None = None,
    row: Row | None = TEN,
    *,
    arrival: dt.date = ARRIVED,
    default_days: int = 15,
    calendar: WorkingCalendar = CALENDAR,
) -> Deadline:
    return set_deadline(paper or reading(), row, calendar, arrival=arrival, default_days=default_days)


def names_day(*days: str | None, checked: bool = True) -> Reading:
    """A paper whose text names these days as ends; None is a phrase without a day."""
    phrases: FieldValue = [{"phrase": f"chậm nhất ngày {one}", "date": one} for one in days]
    return reading({}, field(F.DEADLINES, phrases, checked=checked))


def invitation(meeting: str, *days: str, doc_type: str = "GIẤY MỜI") -> Reading:
    phrases: list[dict[str, str | None]] = [{"phrase": "trước", "date": one} for one in days]
    return reading({F.DOC_TYPE: doc_type, F.MEETING_TIME: meeting, F.DEADLINES: phrases})


def told(found: Deadline) -> list[tuple[Ground, str]]:
    return [(step.ground, step.text) for step in found.because]


# ── what stands above what ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("paper", "row", "due", "ground"),
    [
        pytest.param(names_day("2012-02-15"), TEN, "2012-02-15", Ground.EVIDENCE, id="text over rule"),
        pytest.param(names_day("2012-02-15"), None, "2012-02-15", Ground.EVIDENCE, id="text over default"),
        pytest.param(
            names_day("2012-01-06"), TEN, "2012-01-06", Ground.EVIDENCE, id="text, sooner than rule"
        ),
        pytest.param(reading(), TEN, "2012-01-19", Ground.RULE, id="rule over default"),
        pytest.param(reading(), None, "2012-02-02", Ground.SETTING, id="default"),
        pytest.param(
            reading(), Row(id="A", rule="t@1#A", source="QC"), "2012-02-02", Ground.SETTING, id="no days"
        ),
    ],
)
def test_the_text_stands_above_the_rule_and_the_rule_above_the_default(
    paper: Reading, row: Row | None, due: str, ground: Ground
) -> None:
    found = deadline(paper, row)
    assert found.due == day(due)
    assert found.because[0].ground is ground


def test_a_rule_tells_its_row_its_source_and_how_the_days_were_counted() -> None:
    found = deadline(arrival=day("2012-01-16"))
    assert found.due == day("2012-02-04")
    assert found.because[0].rule == "giao_viec@3#QT-07"
    assert told(found)[0] == (Ground.RULE, "Quy tắc QT-07 (Quy chế) cho 10 ngày làm việc.")
    ground, text = told(found)[1]
    assert ground is Ground.CALENDAR
    assert text.startswith("Đếm 10 ngày làm việc sau ngày đến thứ Hai 16/01/2012, bỏ ngày nghỉ ")
    assert "Tết Nguyên Đán" in text
    assert text.endswith(" và 2 ngày khác: hạn thứ Bảy 04/02/2012.")
    assert len(found.because) == 2


def test_the_default_tells_that_nothing_else_spoke() -> None:
    found = deadline(row=None, default_days=3)
    assert told(found) == [
        (Ground.SETTING, "Văn bản và quy tắc không định hạn; cơ quan đặt mặc định 3 ngày làm việc."),
        (
            Ground.CALENDAR,
            "Đếm 3 ngày làm việc sau ngày đến thứ Năm 05/01/2012: hạn thứ Ba 10/01/2012.",
        ),
    ]
    assert found.because[0].rule is None


def test_the_days_of_the_table_are_those_of_its_row() -> None:
    rules = table("{id: A, if: {field: subject, contains: báo chí}, lead: vp, days: 2, source: QC}")
    paper = reading({F.SUBJECT: "Báo chí"})
    assert deadline(paper, rules.row_for(paper, ARRIVED)).due == day("2012-01-09")
    assert deadline(reading(), rules.row_for(reading(), ARRIVED)).because[0].rule == "giao_viec@3#mac_dinh"


# ── days counted ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arrival", "days", "due"),
    [
        pytest.param("2012-01-05", 1, "2012-01-06", id="the day of arrival is not counted"),
        pytest.param("2012-01-05", 2, "2012-01-09", id="over a weekend"),
        pytest.param("2012-01-19", 1, "2012-01-20", id="the last day before tet"),
        pytest.param("2012-01-19", 2, "2012-01-30", id="over the whole of tet"),
        pytest.param("2012-01-19", 7, "2012-02-04", id="the saturday worked for the friday of tet"),
        pytest.param("2012-02-04", 1, "2012-02-06", id="arrived on a worked saturday"),
        pytest.param("2012-01-07", 1, "2012-01-09", id="arrived on a free saturday"),
        pytest.param("2012-01-23", 1, "2012-01-30", id="arrived on the first of tet"),
        pytest.param("2012-01-05", 0, "2012-01-05", id="the same day"),
        pytest.param("2012-02-04", 0, "2012-02-04", id="the same worked saturday"),
        pytest.param("2012-01-07", 0, "2012-01-09", id="the same day is a saturday"),
        pytest.param("2012-01-23", 0, "2012-01-30", id="the same day is tet"),
    ],
)
def test_working_days_are_counted_from_the_day_after_arrival(arrival: str, days: int, due: str) -> None:
    row = Row(id="A", rule="t@1#A", days=days, source="QC")
    assert deadline(row=row, arrival=day(arrival)).due == day(due)
    assert deadline(row=None, default_days=days, arrival=day(arrival)).due == day(due)


@pytest.mark.parametrize(
    ("arrival", "said"),
    [
        pytest.param("2012-01-05", "Hạn thứ Năm 05/01/2012.", id="a working day"),
        pytest.param(
            "2012-01-07",
            "Hạn thứ Hai 09/01/2012; thứ Bảy 07/01/2012 là ngày nghỉ nên chuyển sang ngày làm việc sau.",
            id="a saturday",
        ),
    ],
)
def test_due_on_the_day_itself_is_said_so(arrival: str, said: str) -> None:
    row = Row(id="QT-01", rule="t@1#QT-01", days=0, source="QC")
    found = deadline(row=row, arrival=day(arrival))
    assert told(found) == [
        (Ground.RULE, "Quy tắc QT-01 (QC) cho hạn trong ngày."),
        (Ground.CALENDAR, said),
    ]


@pytest.mark.parametrize(
    ("off", "said"),
    [
        pytest.param(3, "bỏ ngày nghỉ Bão 1, Bão 2, Bão 3: hạn", id="three"),
        pytest.param(4, "bỏ ngày nghỉ Bão 1, Bão 2, Bão 3, Bão 4: hạn", id="four, all of them"),
        pytest.param(5, "bỏ ngày nghỉ Bão 1, Bão 2, Bão 3, Bão 4 và 1 ngày khác: hạn", id="five, cut short"),
    ],
)
def test_a_few_days_off_are_all_named_and_many_are_cut_short(off: int, said: str) -> None:
    storms = [
        CalendarDay(day=dt.date(2012, 3, 4 + n), kind="off", reason=f"Bão {n}", source="CV", entered_by="lan")
        for n in range(1, off + 1)
    ]
    found = deadline(calendar=WorkingCalendar(storms), row=None, default_days=6, arrival=day("2012-03-02"))
    assert said in found.because[1].text


def test_a_day_off_that_spans_several_days_is_named_once() -> None:
    storm = [
        CalendarDay(day=day(text), kind="off", reason="Nghỉ bão", source="CV", entered_by="lan")
        for text in ("2012-03-05", "2012-03-06")
    ]
    found = deadline(calendar=WorkingCalendar(storm), row=None, default_days=1, arrival=day("2012-03-02"))
    assert told(found) == [
        (Ground.SETTING, "Văn bản và quy tắc không định hạn; cơ quan đặt mặc định 1 ngày làm việc."),
        (
            Ground.CALENDAR,
            "Đếm 1 ngày làm việc sau ngày đến thứ Sáu 02/03/2012, bỏ ngày nghỉ Nghỉ bão: "
            "hạn thứ Tư 07/03/2012.",
        ),
    ]


def test_the_calendar_of_the_office_counts_and_its_version_is_kept() -> None:
    storm = CalendarDay(
        day=day("2012-01-06"), kind="off", reason="Nghỉ bão", source="Công văn 12", entered_by="lan"
    )
    found = deadline(calendar=WorkingCalendar([storm], 7), row=None, default_days=1)
    assert found.due == day("2012-01-09")
    assert found.calendar_version == 7
    assert "bỏ ngày nghỉ Nghỉ bão: hạn thứ Hai 09/01/2012." in found.because[1].text
    assert deadline().calendar_version == 0


def test_a_year_whose_holidays_are_not_announced_is_warned_about() -> None:
    coming = LAST_ANNOUNCED_YEAR + 1
    found = deadline(row=None, default_days=10, arrival=dt.date(LAST_ANNOUNCED_YEAR, 12, 28))
    assert found.because[-1].ground is Ground.CALENDAR
    assert f"năm {coming} mới tính theo luật" in found.because[-1].text
    assert not any("mới tính theo luật" in text for _, text in told(deadline()))


# ── days the paper names ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("named", "due"),
    [
        pytest.param("2012-02-15", "2012-02-15", id="a working day"),
        pytest.param("2012-02-04", "2012-02-04", id="a worked saturday stays"),
        pytest.param("2012-02-05", "2012-02-06", id="a sunday moves to monday"),
        pytest.param("2012-01-21", "2012-01-30", id="the saturday before tet moves behind it"),
        pytest.param("2012-01-05", "2012-01-05", id="the day of arrival itself"),
        pytest.param("2013-01-05", "2013-01-07", id="a year and no day more: a saturday in 366 days"),
    ],
)
def test_a_day_the_paper_names_is_the_due_day_or_moves_to_the_next_working_day(named: str, due: str) -> None:
    found = deadline(names_day(named))
    assert found.due == day(due)
    assert found.because[0].text.startswith(f"Văn bản ghi “chậm nhất ngày {named}”: hạn ")
    assert (found.because[0].page, found.because[0].box) == (1, PLACE)
    moved = [text for ground, text in told(found) if ground is Ground.CALENDAR and "chuyển sang" in text]
    assert len(moved) == (named != due)


def test_a_moved_day_is_told_with_both_days() -> None:
    assert told(deadline(names_day("2012-02-05"))) == [
        (Ground.EVIDENCE, "Văn bản ghi “chậm nhất ngày 2012-02-05”: hạn Chủ nhật 05/02/2012."),
        (Ground.CALENDAR, "Chủ nhật 05/02/2012 là ngày nghỉ nên hạn chuyển sang thứ Hai 06/02/2012."),
    ]


@pytest.mark.parametrize(
    ("named", "why"),
    [
        pytest.param("2012-01-04", "trước ngày đến 05/01/2012", id="the day before arrival"),
        pytest.param("2011-12-31", "trước ngày đến 05/01/2012", id="last year"),
        pytest.param("2013-01-06", "quá một năm sau ngày đến", id="in 367 days"),
        pytest.param("2020-12-31", "quá một năm sau ngày đến", id="a horizon of planning"),
        pytest.param(None, "không nêu một ngày chắc chắn", id="no day"),
        pytest.param("2012-02-31", "không nêu một ngày chắc chắn", id="a day that does not exist"),
        pytest.param("", "không nêu một ngày chắc chắn", id="empty"),
    ],
)
def test_a_day_that_cannot_be_the_end_is_told_and_the_rule_counts(named: str | None, why: str) -> None:
    found = deadline(names_day(named))
    assert found.due == day("2012-01-19")
    assert [step.ground for step in found.because] == [Ground.CHECK, Ground.RULE, Ground.CALENDAR]
    assert found.because[0].text.startswith(f"Không lấy “chậm nhất ngày {named}” làm hạn: ")
    assert found.because[0].text.endswith(f"{why}.")
    assert (found.because[0].page, found.because[0].box) == (1, PLACE)


@pytest.mark.parametrize(
    ("days", "due", "several"),
    [
        pytest.param(["2012-03-01", "2012-02-15"], "2012-02-15", True, id="the earliest, wherever it stands"),
        pytest.param(["2012-02-15", "2012-02-15"], "2012-02-15", False, id="the same day twice is one"),
        pytest.param(["2012-01-01", "2012-02-15"], "2012-02-15", False, id="a past day does not count"),
        pytest.param([None, "2012-02-15"], "2012-02-15", False, id="a phrase without a day does not count"),
        pytest.param(["2012-02-15", "2015-01-01"], "2012-02-15", False, id="a far day does not count"),
    ],
)
def test_of_several_days_the_earliest_counts(days: list[str | None], due: str, several: bool) -> None:
    found = deadline(names_day(*days))
    assert found.due == day(due)
    assert ((Ground.CHECK, "Văn bản nêu 2 thời hạn; lấy hạn sớm nhất.") in told(found)) == several


@pytest.mark.parametrize("checked", [pytest.param(True, id="checked"), pytest.param(False, id="unchecked")])
def test_a_day_nobody_checked_is_said_to_be_so(checked: bool) -> None:
    found = deadline(names_day("2012-02-15", checked=checked))
    said = (Ground.CHECK, "Thời hạn này do máy đọc, chưa được kiểm.")
    assert (said in told(found)) == (not checked)


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(Reading({}), id="nothing read"),
        pytest.param(reading({F.DEADLINES: "trước ngày 15"}), id="a text where a list should be"),
        pytest.param(reading({F.DEADLINES: ["trước ngày 15"]}), id="a list of texts"),
        pytest.param(reading({F.DEADLINES: []}), id="an empty list"),
        pytest.param(reading({}, FieldReading(name=F.DEADLINES, reason="Chữ mờ.")), id="not readable"),
    ],
)
def test_a_paper_that_names_no_day_leaves_it_to_the_rule(paper: Reading) -> None:
    assert deadline(paper) == deadline()


def test_a_duty_that_recurs_is_no_day() -> None:
    recurring: dict[str, str | None] = {"phrase": "trước ngày 15 hằng tháng", "recurrence": "monthly:15"}
    found = deadline(reading({F.DEADLINES: [recurring]}))
    assert found.due == day("2012-01-19")
    assert found.because[0].text.startswith("Không lấy “trước ngày 15 hằng tháng” làm hạn")


# ── meetings ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("paper", "due"),
    [
        pytest.param(invitation("2012-01-12T08:00"), "2012-01-12", id="the day of the meeting"),
        pytest.param(invitation("2012-01-12"), "2012-01-12", id="without an hour"),
        pytest.param(invitation("2012-01-14T08:00"), "2012-01-13", id="a saturday: ready the day before"),
        pytest.param(invitation("2012-01-28T08:00"), "2012-01-20", id="after tet: ready before tet"),
        pytest.param(
            invitation("2012-01-12T08:00", "2012-01-10"), "2012-01-10", id="an answer is due sooner"
        ),
        pytest.param(invitation("2012-01-12", "2012-01-13"), "2012-01-12", id="the meeting is sooner"),
        pytest.param(invitation("2012-01-04T08:00"), "2012-01-19", id="a meeting that is over"),
        pytest.param(invitation("chiều thứ Sáu"), "2012-01-19", id="a time that is no day"),
        pytest.param(invitation("2012-01-12", doc_type="Công văn"), "2012-01-19", id="no invitation"),
        pytest.param(invitation("2012-01-12", doc_type="Giay moi"), "2012-01-12", id="marks lost"),
    ],
)
def test_of_an_invitation_the_day_of_the_meeting_counts(paper: Reading, due: str) -> None:
    assert deadline(paper).due == day(due)


def test_a_meeting_on_a_day_off_before_which_nothing_can_be_ready_moves_on() -> None:
    found = deadline(invitation("2012-01-07T08:00"), arrival=day("2012-01-07"))
    assert found.due == day("2012-01-09")
    there = deadline(invitation("2012-01-07T08:00"), arrival=day("2012-01-06"))
    assert there.due == day("2012-01-06")


def test_a_meeting_is_told_as_one() -> None:
    assert told(deadline(invitation("2012-01-14T08:00"))) == [
        (Ground.EVIDENCE, "Giấy mời họp thứ Bảy 14/01/2012 nên hạn là ngày họp."),
        (Ground.CALENDAR, "Thứ Bảy 14/01/2012 là ngày nghỉ nên hạn chuyển sang thứ Sáu 13/01/2012."),
    ]


# ── whatever is written ──────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(dt.date(2011, 6, 1), dt.date(2027, 12, 31))


@given(
    arrival=DAYS,
    named=st.lists(st.one_of(st.none(), DAYS.map(dt.date.isoformat), st.text(max_size=12)), max_size=3),
    meeting=st.one_of(st.none(), DAYS.map(dt.date.isoformat)),
    days=st.one_of(st.none(), st.integers(0, 60)),
    default_days=st.integers(0, 60),
)
def test_the_due_day_is_worked_never_before_arrival_and_always_explained(
    arrival: dt.date, named: list[str | None], meeting: str | None, days: int | None, default_days: int
) -> None:
    phrases: FieldValue = [{"phrase": "chậm nhất", "date": one} for one in named]
    paper = reading({F.DEADLINES: phrases, F.DOC_TYPE: "Giấy mời", F.MEETING_TIME: meeting})
    row = Row(id="A", rule="t@1#A", days=days, source="QC")
    found = deadline(paper, row, arrival=arrival, default_days=default_days)
    assert found.due is not None
    assert found.due >= arrival
    assert CALENDAR.is_working(found.due)
    assert found.because
    assert found == deadline(paper, row, arrival=arrival, default_days=default_days)


@given(arrival=DAYS, ahead=st.integers(-400, 800))
def test_a_named_day_counts_from_arrival_to_a_year_after(arrival: dt.date, ahead: int) -> None:
    named = (arrival + dt.timedelta(ahead)).isoformat()
    grounds = {step.ground for step in deadline(names_day(named), arrival=arrival).because}
    assert (Ground.RULE in grounds) == (not 0 <= ahead <= FARTHEST_DAYS)
    assert (Ground.EVIDENCE in grounds) == (0 <= ahead <= FARTHEST_DAYS)


# ── days that the paper counts from receipt ──────────────────────────────────────────────────────────────


def counts(days: str | None, unit: str, since: str = "receipt") -> Reading:
    phrase = {"phrase": f"trong {days} ngày", "date": None, "days": days, "unit": unit, "from": since}
    return reading({}, field(F.DEADLINES, [phrase]))


@pytest.mark.parametrize(
    ("paper", "due"),
    [
        pytest.param(counts("7", "working_days"), "2012-01-16", id="working days after arrival"),
        pytest.param(counts("12", "working_days"), "2012-01-30", id="working days over tet"),
        pytest.param(counts("4", "days"), "2012-01-09", id="calendar days"),
        pytest.param(counts("2", "days"), "2012-01-09", id="calendar days that end on a saturday"),
    ],
)
def test_days_counted_from_receipt_begin_on_the_day_of_arrival(paper: Reading, due: str) -> None:
    found = deadline(paper, None)
    assert found.due == day(due)
    assert found.because[0].ground is Ground.EVIDENCE


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(counts("7", "working_days", since="signing"), id="another beginning"),
        pytest.param(counts("mười", "days"), id="no number"),
        pytest.param(counts(None, "days"), id="nothing"),
        pytest.param(counts("9999", "days"), id="a number too large to be meant"),
    ],
)
def test_a_count_that_cannot_be_used_leaves_the_default(paper: Reading) -> None:
    found = deadline(paper, None)
    assert found.because[0].ground is Ground.CHECK
    assert "không nêu một ngày chắc chắn" in found.because[0].text


@pytest.mark.parametrize(
    ("phrase", "more", "strict"),
    [
        pytest.param(
            "trước ngày 15/02/2012", {"strict": "2012-02-14"}, "thứ Ba 14/02/2012", id="before a day"
        ),
        pytest.param("chậm nhất ngày 15/02/2012", {}, None, id="on that day at the latest"),
        pytest.param("trước 17h00 ngày 15/02/2012", {"time": "17:00"}, None, id="before an hour of it"),
    ],
)
def test_before_a_day_is_told_in_both_readings(
    phrase: str, more: dict[str, str | None], strict: str | None
) -> None:
    row: dict[str, str | None] = {"phrase": phrase, "date": "2012-02-15", **more}
    found = deadline(reading({}, field(F.DEADLINES, [row])))
    assert found.due == day("2012-02-15")
    assert ("hiểu chặt" in found.because[0].text) is (strict is not None)
    assert strict is None or strict in found.because[0].text
    assert found.strict == (day("2012-02-14") if strict else None)


def before(named: str) -> Reading:
    """A paper that says `trước ngày` of a day."""
    strict = (day(named) - dt.timedelta(1)).isoformat()
    return reading({}, field(F.DEADLINES, [{"phrase": "trước ngày", "date": named, "strict": strict}]))


@pytest.mark.parametrize(
    ("named", "means", "due", "strict"),
    [
        pytest.param("2012-02-15", "by", "2012-02-15", "2012-02-14", id="as most offices read it"),
        pytest.param("2012-02-15", "strict", "2012-02-14", "2012-02-14", id="in its letter"),
        pytest.param("2012-02-13", "strict", "2012-02-10", "2012-02-10", id="before a monday: friday"),
        pytest.param("2012-01-30", "strict", "2012-01-20", "2012-01-20", id="before the first day after tet"),
        pytest.param("2012-02-05", "by", "2012-02-06", "2012-02-04", id="a sunday, and a worked saturday"),
        pytest.param("2012-01-05", "strict", "2012-01-05", None, id="the day of arrival: no day before it"),
    ],
)
def test_the_office_says_which_reading_counts_and_the_other_is_kept(
    named: str, means: str, due: str, strict: str | None
) -> None:
    found = set_deadline(before(named), TEN, CALENDAR, arrival=ARRIVED, default_days=15, before_means=means)
    assert found.due == day(due)
    assert found.strict == (day(strict) if strict else None)
    assert found.outer == CALENDAR.next_working(day(named))


# ── hours, months, days of issue ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "due", "basis"),
    [
        pytest.param(
            {"days": "7", "unit": "working_days", "from": "receipt"},
            "2012-01-16",
            DueBasis(kind=DueKind.WORKING_DAYS, start=ARRIVED, days=7),
            id="working days from receipt: the known case of one weekend",
        ),
        pytest.param(
            {"days": "7", "unit": "working_days", "from": "issue"},
            "2012-01-12",
            DueBasis(kind=DueKind.WORKING_DAYS, start=day("2012-01-03"), days=7),
            id="working days from the day of issue",
        ),
        pytest.param(
            {"days": "1", "unit": "months", "from": "receipt"},
            "2012-02-06",
            DueBasis(kind=DueKind.CALENDAR_DAYS, start=ARRIVED, days=31),
            id="a month from the 5th ends on the 5th, a sunday",
        ),
        pytest.param(
            {"hours": "24", "unit": "hours", "from": "receipt"},
            "2012-01-06",
            DueBasis(kind=DueKind.CALENDAR_DAYS, start=ARRIVED, days=1),
            id="a day of hours",
        ),
        pytest.param(
            {"hours": "8", "unit": "hours", "from": "receipt"},
            "2012-01-05",
            DueBasis(kind=DueKind.CALENDAR_DAYS, start=ARRIVED, days=0),
            id="a few hours end on the same day",
        ),
        pytest.param(
            {"days": "0", "unit": "working_days", "from": "receipt"},
            "2012-01-05",
            DueBasis(kind=DueKind.WORKING_DAYS, start=ARRIVED, days=0),
            id="at once: the same working day",
        ),
    ],
)
def test_what_is_counted_keeps_what_it_was_counted_from(
    row: dict[str, str | None], due: str, basis: DueBasis
) -> None:
    paper = reading(
        {F.DATE: "2012-01-03"}, field(F.DEADLINES, [{"phrase": "trong thời hạn", "date": None, **row}])
    )
    found = deadline(paper)
    assert (found.due, found.basis, found.outer) == (day(due), basis, day(due))


def test_the_last_day_of_a_short_month_ends_a_month_that_has_no_such_day() -> None:
    row: dict[str, str | None] = {
        "phrase": "",
        "date": None,
        "days": "1",
        "unit": "months",
        "from": "receipt",
    }
    found = deadline(reading({}, field(F.DEADLINES, [row])), arrival=day("2012-01-31"))
    assert found.due == day("2012-02-29")


def test_hours_are_told_to_be_checked_against_the_hour_of_arrival() -> None:
    row: dict[str, str | None] = {
        "phrase": "24 giờ",
        "date": None,
        "hours": "24",
        "unit": "hours",
        "from": "receipt",
    }
    assert any(
        "đối chiếu giờ nhận" in text for _, text in told(deadline(reading({}, field(F.DEADLINES, [row]))))
    )


def test_a_day_of_issue_nobody_checked_is_said_to_be_so() -> None:
    row: dict[str, str | None] = {
        "phrase": "7 ngày",
        "date": None,
        "days": "7",
        "unit": "working_days",
        "from": "issue",
    }
    paper = reading({}, field(F.DEADLINES, [row]), field(F.DATE, "2012-01-03", checked=False))
    assert any("ngày ấy chưa được kiểm" in text for _, text in told(deadline(paper)))
    without = reading({}, field(F.DEADLINES, [row]), field(F.DATE, None))
    assert deadline(without).due == day("2012-01-19")


def test_an_hour_stays_with_the_day_and_is_told() -> None:
    row: dict[str, str | None] = {"phrase": "trước 17h00 ngày", "date": "2012-02-15", "time": "17:00"}
    found = deadline(reading({}, field(F.DEADLINES, [row])))
    assert found.basis == DueBasis(kind=DueKind.DAY, start=day("2012-02-15"), time=dt.time(17))
    assert "hạn 17:00 thứ Tư 15/02/2012." in found.because[0].text
    odd: dict[str, str | None] = {**row, "time": "chiều"}
    assert deadline(reading({}, field(F.DEADLINES, [odd]))).basis == DueBasis(
        kind=DueKind.DAY, start=day("2012-02-15")
    )


@pytest.mark.parametrize(
    ("time", "told_so"),
    [pytest.param("17:00", True, id="afternoon"), pytest.param("10:00", False, id="morning")],
)
def test_an_hour_after_noon_of_a_half_day_does_not_move_the_day_and_is_told(time: str, told_so: bool) -> None:
    half = CalendarDay(day=day("2012-02-15"), kind="half", reason="Sáng", source="CV", entered_by="lan")
    row: dict[str, str | None] = {"phrase": "trước giờ", "date": "2012-02-15", "time": time}
    found = deadline(reading({}, field(F.DEADLINES, [row])), calendar=WorkingCalendar([half]))
    assert found.due == day("2012-02-15")
    assert any("chỉ làm việc buổi sáng" in text for _, text in told(found)) is told_so


def test_the_hour_of_a_meeting_stays_with_its_day() -> None:
    found = deadline(invitation("2012-01-12T08:00"))
    assert found.basis == DueBasis(kind=DueKind.MEETING, start=day("2012-01-12"), time=dt.time(8))


def test_a_day_without_a_year_that_may_be_of_the_next_counts_once_a_person_has_confirmed_it() -> None:
    row: dict[str, str | None] = {"phrase": "trước ngày 04/01", "date": "2013-01-04", "year": "next"}
    doubted = deadline(reading({}, field(F.DEADLINES, [row], checked=False)))
    assert doubted.due == day("2012-01-19")
    assert "nếu là năm sau thì hạn thứ Sáu 04/01/2013" in doubted.because[0].text
    assert deadline(reading({}, field(F.DEADLINES, [row]))).due == day("2013-01-04")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param(
            {"recurrence": "FREQ=MONTHLY;BYMONTHDAY=20"}, "là việc định kỳ, không phải một hạn.", id="again"
        ),
        pytest.param({"recurrence": "FREQ=YEARLY", "ask": "day"}, "chưa nêu ngày nào trong kỳ.", id="no day"),
        pytest.param(
            {"recurrence": "FREQ=MONTHLY;INTERVAL=3", "ask": "month"},
            "chưa nêu tháng nào trong quý.",
            id="no month",
        ),
        pytest.param({"date": None, "until": "2012-06-14"}, "kết thúc thứ Năm 14/06/2012.", id="a range"),
        pytest.param(
            {"date": None, "days": "5", "unit": "giờ", "from": "receipt"}, "chắc chắn.", id="odd unit"
        ),
    ],
)
def test_what_sets_no_day_is_told_with_its_kind(row: dict[str, str | None], why: str) -> None:
    found = deadline(reading({}, field(F.DEADLINES, [{"phrase": "cụm từ", **row}])))
    assert found.due == day("2012-01-19")
    assert found.because[0].text.endswith(why)


# ── the leader's word ────────────────────────────────────────────────────────────────────────────────────

TEXT = names_day("2012-02-15")


@pytest.mark.parametrize(
    ("paper", "row", "ordered", "is_extension", "due"),
    [
        pytest.param(TEXT, TEN, "2012-02-10", False, "2012-02-10", id="leader over text, sooner"),
        pytest.param(TEXT, TEN, "2012-02-15", False, "2012-02-15", id="leader and text agree"),
        pytest.param(TEXT, TEN, "2012-02-20", False, "2012-02-15", id="later than the paper allows: kept"),
        pytest.param(TEXT, TEN, "2012-02-20", True, "2012-02-20", id="later, as an extension"),
        pytest.param(reading(), TEN, "2012-01-10", False, "2012-01-10", id="leader over rule, sooner"),
        pytest.param(
            reading(), TEN, "2012-03-10", False, "2012-03-10", id="leader over rule, later: a saturday"
        ),
        pytest.param(reading(), None, "2012-03-10", False, "2012-03-10", id="leader over default"),
    ],
)
def test_the_leader_stands_above_all_and_goes_past_the_paper_only_by_extension(
    paper: Reading, row: Row | None, ordered: str, is_extension: bool, due: str
) -> None:
    before_order = deadline(paper, row)
    found = order_due(before_order, day(ordered), said="Lãnh đạo ghi hạn.", is_extension=is_extension)
    assert found.due == day(due)
    assert found.outer == before_order.outer
    assert (Ground.PERSON, "Lãnh đạo ghi hạn.") in told(found)
    if found.due == day(ordered):
        assert found.basis == DueBasis(kind=DueKind.ORDERED, start=day(ordered))
    beyond = found.outer is not None and day(ordered) > found.outer
    assert any("Gia hạn: " in text for _, text in told(found)) is (beyond and is_extension)
    assert any("Giữ hạn của văn bản" in text for _, text in told(found)) is (beyond and not is_extension)
