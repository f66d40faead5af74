"""Find when the meeting is that the paper invites to.

An hour and a day that stand near each other, after the words that announce them; of several the first. Papers
that invite to nothing have no meeting, whatever hours they name.

Source: Decree 30/2020/NĐ-CP, Appendix III, form 1.6 (giấy mời: time, place).
"""

from __future__ import annotations

import datetime as dt
import re

from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from fields.annexes import list_own_pages, run_body
from fields.layout import Layout
from fields.running_text import fold_in_place
from fields.verdict import checked, doubted
from fields.when import DAY, HOUR, WEEKDAY, read_day, read_hour

_INVITES = re.compile(
    r"\b(?:kinh\s+moi|moi\s+(?:du|hop|tham)|trieu\s+tap|to\s+chuc\s+(?:hop|hoi\s+nghi|buoi|cuoc|tap\s+huan))"
)
_ANNOUNCED = r"(?:thoi\s+gian|vao\s+luc|luc|bat\s+dau|khai\s+mac|tu|vao\s+hoi|hoi)"
_WHEN = re.compile(
    rf"\b{_ANNOUNCED}\b[^.\n]{{0,50}}?(?P<when>{HOUR}[^.;\n]{{0,45}}?{DAY}"
    rf"|{DAY}[^.;\n]{{0,25}}?{HOUR})"
)
_SEPARATE = re.compile(
    rf"\bthoi\s+gian\b.{{0,80}}?(?P<when>{HOUR}.{{0,60}}?{WEEKDAY}?.{{0,12}}?{DAY})", re.DOTALL
)


def find_meeting(layout: Layout, *, is_invitation: bool, issued: dt.date | None) -> Found | None:
    """Return the meeting's time as `YYYY-MM-DDTHH:MM`, or None when the paper invites to none."""
    running = run_body(list_own_pages(layout))
    folded = fold_in_place(running.text)
    if not is_invitation and not _INVITES.search(folded):
        return None
    for match in (*_WHEN.finditer(folded), *_SEPARATE.finditer(folded)):
        hour, day = read_hour(match["when"]), read_day(match["when"])
        date = day.after(issued) if day else None
        if hour and date and (issued is None or date >= issued):
            start, end = match.span("when")
            page, box = running.place(start, end)
            moment = dt.datetime.combine(date, hour)
            return Found(moment.isoformat(timespec="minutes"), page, box)
    return None


def check_meeting(found: Found | None, *, is_invitation: bool, source: Source) -> FieldReading:
    """Return the meeting's time; an invitation without one is to be seen."""
    name = FieldName.MEETING_TIME
    if found is None:
        if is_invitation:
            return doubted(name, None, "Giấy mời mà chưa đọc được thời gian họp.")
        return FieldReading(name=name)
    if source is Source.TEXT_LAYER:
        return checked(name, found, "Thời gian họp lấy từ chữ có sẵn trong tệp.")
    return doubted(name, found, "Thời gian họp mới đọc được một lần.")
