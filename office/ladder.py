"""The office's ladder of reminders: read, written back, changed with a record."""

from __future__ import annotations

import datetime as dt

from documents.events import SettingChanged
from office.office import Office
from registry.view import View
from rules.reminder_table import read_ladders, write_ladders
from rules.reminders import LADDERS, Ladders

SETTING = "reminder_ladder"


def ladders_of(view: View) -> Ladders:
    """The ladders in force: the office's own, else the built-in ones."""
    text = view.setting(SETTING)
    return read_ladders(text) if text else LADDERS


def show_ladders(office: Office) -> str:
    """The ladders in force, as people write them."""
    with office.view() as view:
        return write_ladders(ladders_of(view))


def set_ladders(office: Office, text: str, *, by: str, now: dt.datetime) -> str:
    """Bring ladders into force and return them as they are understood; empty text brings the built-in back.

    What has been told stays told; a rung that is new and past is not made up for.

    Raises:
        LadderSlip: the text cannot be understood; nothing was changed.
    """
    understood = write_ladders(read_ladders(text))
    with office.registry.book(by, now) as book:
        book.record(SettingChanged(name=SETTING, value=text if text.strip() else None))
    return understood
