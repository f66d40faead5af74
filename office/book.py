"""The incoming register of a year in its legal form: printed as PDF, or as a table for a spreadsheet program.

Source: Decree 30/2020/NĐ-CP, article 22, clause 3b (a register kept in software is printed on paper with
every column, signed for and bound) and Appendix IV, section VI.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from documents.people import Officer
from documents.reach import ALL, Reach
from documents.reading import FieldName
from documents.record import EntryRecord
from documents.status import Status
from documents.text import visible
from office.book_form import BookForm, form_of
from office.office import CIVIL_TIME, INCOMING, Office, local_day
from office.views import RegisterLine
from registry.audit import head
from registry.book_lines import LineFacts, office_head, whole_book

HIDDEN = "Văn bản hạn chế"
"""All that is told of the content of a paper with a secrecy mark to whoever may not open it."""
MISSING = "missing"
"""The state of a number that stands nowhere in the register, which this program never leaves."""


class Sheet(StrEnum):
    """The paper a register is printed on, always across."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBook:
    """A register ready to be set: the same lines for paper and for the spreadsheet."""

    year: int
    form: BookForm
    parent: str
    office: str
    volume: str
    lines: tuple[RegisterLine, ...]
    audit_head: str
    printed_at: dt.datetime
    printed_by: str

    @property
    def printed(self) -> str:
        """When, and by whom when a person did."""
        when = f"In lúc {self.printed_at.astimezone(CIVIL_TIME):%H:%M %d/%m/%Y}"
        return f"{when}, người in: {self.printed_by}" if self.printed_by else when

    @property
    def closing(self) -> tuple[str, ...]:
        """What the last page says: how many lines, and every number that is not an ordinary line."""
        by_state = {
            state: [line.entry for line in self.lines if line.state == state]
            for state in ("taken", "cancelled", "held", MISSING)
        }
        reasons = (
            f"{entry.number} ({entry.reason})" if entry.reason else str(entry.number)
            for entry in by_state["cancelled"]
        )
        return (
            f"Sổ có {len(by_state['taken'])} văn bản đã vào sổ.",
            *_told("Số đã hủy", reasons),
            *_told("Số giữ chỗ", _runs(entry.number for entry in by_state["held"])),
            *_told("Số không có trong sổ", _runs(entry.number for entry in by_state[MISSING])),
        )


def open_book(
    office: Office, year: int, *, now: dt.datetime, reach: Reach = ALL, by: Officer | None = None
) -> PrintedBook:
    """The register of a year as it stands, every number of it, with what the reader may see."""
    with office.view() as view:
        parent, name = office_head(view)
        seq, last = head(view)
        facts = list(whole_book(view, INCOMING, year, reach))
    return PrintedBook(
        year=year,
        form=form_of(year),
        parent=visible(parent),
        office=visible(name),
        volume="01",
        lines=tuple(_every_number(line_of(one) for one in facts)),
        audit_head=f"{seq}:{last}",
        printed_at=now,
        printed_by=visible(by.name) if by else "",
    )


def line_of(facts: LineFacts) -> RegisterLine:
    """A line as it is shown: of a restricted paper that the reader may not open only number and day."""
    entry, values = facts.entry, facts.values
    notes = {"cancelled": f"Hủy: {entry.reason or ''}", "held": "Giữ chỗ"}
    if facts.is_restricted and not facts.may_open:
        # Why it was cancelled may say what it is about.
        bare = replace(entry, reason=None)
        note = "Hủy" if entry.state == "cancelled" else notes.get(entry.state, "")
        return _bare(bare, facts, HIDDEN, note=note, is_hidden=True)
    if facts.status is Status.SEALED:
        return _bare(entry, facts, "", note="Niêm riêng: có dấu mật", is_hidden=False)
    is_taken = entry.state == "taken"
    urgency = values.get(FieldName.URGENCY, "")
    issued = values.get(FieldName.DATE)
    kind_and_subject = (values.get(FieldName.DOC_TYPE), values.get(FieldName.SUBJECT))
    return RegisterLine(
        entry=entry,
        document=facts.document,
        issuer=values.get(FieldName.ISSUER, ""),
        number_symbol=values.get(FieldName.NUMBER_SYMBOL, ""),
        date=_day(issued),
        type_and_subject=". ".join(text for text in kind_and_subject if text),
        recipients="; ".join(facts.recipients) if is_taken else "",
        transferred=local_day(facts.routed_at) if facts.routed_at and is_taken else None,
        note=notes.get(entry.state, urgency),
        state=entry.state,
        urgency=urgency,
        may_open=facts.may_open,
        due=facts.open_due if is_taken else None,
    )


def _bare(entry: EntryRecord, facts: LineFacts, said: str, *, note: str, is_hidden: bool) -> RegisterLine:
    return RegisterLine(
        entry=entry,
        document=facts.document,
        issuer="",
        number_symbol="",
        date=None,
        type_and_subject=said,
        recipients="",
        transferred=None,
        note=note,
        state=entry.state,
        may_open=facts.may_open,
        is_hidden=is_hidden,
    )


def _every_number(lines: Iterable[RegisterLine]) -> Iterator[RegisterLine]:
    """The lines, and between them one for each number that is not there: a gap must be seen."""
    following: int | None = None
    for line in lines:
        entry = line.entry
        for number in range(following if following is not None else entry.number, entry.number):
            gap = EntryRecord(book=entry.book, year=entry.year, number=number, state=MISSING)
            yield RegisterLine(
                entry=gap,
                document=None,
                issuer="",
                number_symbol="",
                date=None,
                type_and_subject="",
                recipients="",
                transferred=None,
                note="Không có trong sổ",
                state=MISSING,
            )
        following = entry.number + 1
        yield line


def cells_of(line: RegisterLine) -> dict[str, str]:
    """What each column says of a line, by the column's key; characters that hide are shown."""
    said = {
        "arrival_date": _dated(line.entry.arrival_date),
        "number": f"{line.entry.number:02}",
        "issuer": line.issuer,
        "number_symbol": line.number_symbol,
        "date": _dated(line.date),
        "type_and_subject": line.type_and_subject,
        "recipients": line.recipients,
        "transferred": _dated(line.transferred),
        "note": line.note,
    }
    return {key: text if text.isprintable() else visible(text) for key, text in said.items()}


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _dated(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _told(what: str, which: Iterable[str]) -> Iterator[str]:
    if listed := ", ".join(which):
        yield f"{what}: {listed}."


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Numbers one after the other as runs: `4–6`, `9`."""
    run: list[int] = []
    for number in [*numbers, None]:
        if run and (number is None or number != run[-1] + 1):
            yield str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
            run = []
        if number is not None:
            run.append(number)
