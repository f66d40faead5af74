"""The demo: an invented office, filled by real reading of drawn scans. Nothing here writes rows by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from office.found import adopt_sample_rules, found_office, open_book, settle_people
from office.office import Office
from samples.gallery import draw_gallery
from samples.office import demo_office

DEMO_PASSWORD = "demo"  # noqa: S105 - the demo's password is public on purpose


def found_demo(home: Path, *, now: dt.datetime, one_linh: bool = False) -> None:
    """Found the demo office: people, units, rules; its book of 2012 was begun on paper up to number 28."""
    directory = demo_office(one_linh=one_linh)
    found_office(home, name=directory.office_name, now=now, password=DEMO_PASSWORD)
    with Office.open(home) as office:
        settle_people(office, directory, password=DEMO_PASSWORD, now=now)
        adopt_sample_rules(office, now=now)
        open_book(office, year=2012, next_number=29, now=now)


def fill_demo(home: Path) -> Iterator[str]:
    """Draw the sample scans straight into the intake folder, one by one; yields each name."""
    for path in draw_gallery(home / "nhan"):
        yield path.name
