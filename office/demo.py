"""The demo: an invented office, filled by real reading of drawn scans. Nothing here writes rows by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from office.found import adopt_sample_rules, found_office, open_book, settle_people
from office.office import Office
from office.settings import load_settings
from samples.office import demo_office
from samples.papers import list_samples, write_samples

SEED = 2012
DEMO_PASSWORD = "demo"  # noqa: S105 - the demo's password is public on purpose


def found_demo(home: Path, *, now: dt.datetime, one_linh: bool = False) -> None:
    """Found the demo office: people, units, rules; its book of 2012 was begun on paper up to number 28."""
    directory = demo_office(one_linh=one_linh)
    found_office(home, name=directory.office_name, now=now, password=DEMO_PASSWORD)
    with Office.open(home) as office:
        settle_people(office, directory, password=DEMO_PASSWORD, now=now)
        adopt_sample_rules(office, now=now)
        open_book(office, year=2012, next_number=29, now=now)


def fill_demo(home: Path, *, today: dt.date) -> tuple[str, ...]:
    """Draw the sample scans, then drop them into the intake folder one by one; returns their names."""
    aside = home / "mau"
    aside.mkdir(exist_ok=True)
    drawn = write_samples(list_samples(today, next_number=1), aside, seed=SEED)
    intake = load_settings(home).intake_folder
    for path in drawn:
        path.rename(intake / path.name)
    aside.rmdir()
    return tuple(path.name for path in drawn)
