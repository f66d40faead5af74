"""An open office: its settings, its registry and its store, handed to every operation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from documents.errors import DatabaseAway, NoOffice
from documents.people import Directory
from gateways.store import Store
from office.settings import Settings, load_settings
from registry.engine import Registry
from registry.view import View
from rules.calendar import WorkingCalendar

CIVIL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone in which days begin and end; the country has had no summer time since 1975."""

INCOMING = "den"
"""The one incoming register of an office; more may be added, each with its own numbers."""


def local_day(moment: dt.datetime) -> dt.date:
    """The civil day in Vietnam at `moment` (aware)."""
    return moment.astimezone(CIVIL_TIME).date()


@dataclass(frozen=True, slots=True)
class Office:
    """The office in one home folder. Cheap to open; close it, or use it in a `with`."""

    settings: Settings
    registry: Registry
    store: Store

    @classmethod
    def open(cls, home: Path) -> Self:
        """Open the office in `home`, bringing its database up to date.

        Raises:
            NoOffice: nothing was ever made there; make it with `congvan init`.
            SettingSlip: the settings cannot be understood.
            DatabaseAway: the database does not answer.
        """
        settings = load_settings(home)
        if not settings.database_url and not (home / "registry.db").exists():
            raise NoOffice(home=home)
        if not settings.database_url and (home / "registry.db").stat().st_size == 0:
            raise DatabaseAway(detail="tệp registry.db rỗng; phục hồi từ bản sao, đừng tạo mới")
        registry = Registry(settings.registry_url)
        registry.migrate()
        return cls(settings, registry, Store(settings.store_folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.registry.close()

    @contextmanager
    def view(self) -> Iterator[View]:
        """A consistent look at the registry."""
        with self.registry.view() as view:
            yield view


def working_calendar(view: View) -> WorkingCalendar:
    """The office's calendar as it stands: public holidays under its own days."""
    return WorkingCalendar(view.calendar_days(), view.calendar_version())


def names_of(directory: Directory) -> dict[str, str]:
    """Person and unit ids to the names people know."""
    return {str(p.id): p.name for p in directory.people} | {str(u.id): u.name for u in directory.units}
