"""Find when the meeting is that the paper invites to.

An hour and a day that stand near each other, after the words that announce them; of several the first. Papers
that invite to nothing have no meeting, whatever hours they name.

    when  = announced … (hour [weekday] day | [weekday] day hour)
    hours = hour ("-" | "đến") hour                             the first is when it begins

The words are read again where they stand; the time is checked when the second reading has the same words and
numbers, as for a deadline (`fields.deadlines`).

Source: Decree 30/2020/NĐ-CP, Appendix III, form 1.6 (giấy mời: time, place).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.looks import SecondLook, SecondReading
from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from fields.annexes import list_own_pages, run_body
from fields.deadlines import (
    PlacedPhrase,
    list_phrase_looks,
    map_answers,
    place_phrase,
    read_phrase_again,
    says_the_same,
)
from fields.layout import Layout
from fields.running_text import fold_in_place
from fields.verdict import checked, doubted
from fields.when import DAY, HOUR, WEEKDAY, list_days, read_hour

_INVITES = re.compile(
    r"\b(?:kinh\s+moi|moi\s+(?:du|hop|tham)|trieu\s+tap|to\s+chuc\s+(?:hop|hoi\s+nghi|buoi|cuoc|tap\s+huan)"
    r"|le\s+(?:trao|khai\s+giang|ky\s+niem|phat\s+dong|tong\s+ket|cong\s+bo|don\s+nhan|ra\s+mat))\b"
)
_ASKS_TO_COME = re.compile(
    r"\b(?:kinh\s+moi|(?<!khach\s)(?<!giay\s)moi\s+(?:du|hop|tham\s+(?:du|gia))|(?<!giay\s)trieu\s+tap)\b"
)
_ANNOUNCED = r"(?:thoi\s+gian|vao\s+luc|luc|bat\s+dau|khai\s+mac|tu|vao\s+hoi|hoi)"
_WHEN = re.compile(
    rf"\b{_ANNOUNCED}\b[^.\n]{{0,50}}?(?P<when>{HOUR}[^.;\n]{{0,45}}?{DAY}"
    rf"|{DAY}[^.;\n]{{0,25}}?{HOUR})"
)
_SEPARATE = re.compile(
    rf"\bthoi\s+gian\b.{{0,80}}?(?P<when>{HOUR}.{{0,60}}?{WEEKDAY}?.{{0,12}}?{DAY}"
    rf"|{DAY}.{{0,40}}?{HOUR})",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFinding:
    """The meeting's time as `YYYY-MM-DDTHH:MM`, and where its words stand; both None when none was read."""

    found: Found | None
    phrase: PlacedPhrase | None


def find_meeting(
    layout: Layout, *, is_invitation: bool, issued: dt.date | None, source: Source = Source.OCR
) -> MeetingFinding | None:
    """Return the meeting's time, or None when the paper invites to nothing.

    Args:
        layout: Where things stand.
        is_invitation: Whether the paper is a giấy mời; others invite only when their words say so.
        issued: The day of issue: it gives a day without a year its year; no meeting is before it.
        source: Where the words come from.
    """
    running = run_body(list_own_pages(layout))
    folded = fold_in_place(running.text)
    if not is_invitation and not _INVITES.search(folded):
        return None
    for start, end, moment in _list_moments(folded, issued):
        page, box = running.place(start, end)
        found = Found(moment.isoformat(timespec="minutes"), page, box, source)
        return MeetingFinding(found=found, phrase=place_phrase(running, start, end))
    if is_invitation or _ASKS_TO_COME.search(folded):
        return MeetingFinding(found=None, phrase=None)
    return None


def list_meeting_looks(finding: MeetingFinding | None, *, source: Source) -> tuple[SecondLook, ...]:
    """Return where the time stands, to be read again; nowhere when the file's own text gave it."""
    if finding is None or finding.phrase is None or source is Source.TEXT_LAYER:
        return ()
    return list_phrase_looks(FieldName.MEETING_TIME, [finding.phrase])


def check_meeting(
    finding: MeetingFinding | None,
    answers: Sequence[SecondReading] = (),
    *,
    is_invitation: bool,
    source: Source,
) -> FieldReading:
    """Return the meeting's time; checked when it was read twice with the same words and numbers.

    A paper that invites and whose time was not read is to be seen; one that invites to nothing has none.
    """
    name = FieldName.MEETING_TIME
    if finding is None and not is_invitation:
        return checked(name, None, "Văn bản không mời họp.")
    if finding is None or finding.found is None or finding.phrase is None:
        paper = "Giấy mời" if is_invitation else "Văn bản có lời mời"
        return doubted(name, None, f"{paper} mà chưa đọc được thời gian họp.")
    found = replace(finding.found, source=source)
    if source is Source.TEXT_LAYER:
        return checked(name, found, "Thời gian họp lấy từ chữ có sẵn trong tệp.")
    second = read_phrase_again(finding.phrase, map_answers(name, answers))
    if second is None:
        return doubted(name, found, "Thời gian họp mới đọc được một lần.")
    if not says_the_same(finding.phrase.text, second):
        return doubted(name, found, f"Hai lần đọc thời gian họp khác nhau; lần sau đọc “{second}”.")
    return checked(name, found, "Hai lần đọc độc lập cho cùng thời gian họp.")


def _list_moments(folded: str, issued: dt.date | None) -> Iterator[tuple[int, int, dt.datetime]]:
    """Where an announced hour and day stand, and the moment that they name."""
    for match in (*_WHEN.finditer(folded), *_SEPARATE.finditer(folded)):
        hour, written = read_hour(match["when"]), next(list_days(match["when"]), None)
        day = written.after(issued) if written else None
        if hour and day and (issued is None or day >= issued):
            yield (*match.span("when"), dt.datetime.combine(day, hour))
