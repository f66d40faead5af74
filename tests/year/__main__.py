"""Live a year and hold it to the laws.

    python -m tests.year --documents 20000
    python -m tests.year --documents 20000 --database postgresql://…

Prints what happened and what was looked at; 1 when a law was broken. Nothing is timed but the whole.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from documents.events import PersonSaved, UnitSaved
from office.found import adopt_sample_rules, found_office
from office.office import Office
from office.settings import FILE_NAME
from tests.year.laws import Laws, group
from tests.year.town import make_town
from tests.year.year import FOUNDED, Year


def found(home: Path, seed: int, database: str | None = None) -> Office:
    """A new office with the invented town's people, and the sample rules."""
    home.mkdir(parents=True, exist_ok=True)
    url = f'database_url = "{database}"\n' if database else ""
    (home / FILE_NAME).write_text(f"full_lane = false\n{url}", "utf-8")
    town = make_town(random.Random(seed))
    found_office(home, name=town.office_name, now=FOUNDED, password="quan-tri-thu")
    office = Office.open(home)
    with office.registry.book("system", FOUNDED) as book:
        for unit in town.units:
            book.record(UnitSaved(unit=replace(unit, head=None)))
        for person in town.people:
            book.record(PersonSaved(person=person))
        for unit in town.units:
            book.record(UnitSaved(unit=unit))
    adopt_sample_rules(office, now=FOUNDED)
    return office


def live(office: Office, seed: int, documents: int, *, say: bool = False) -> tuple[Year, Laws]:
    """Live the year on an office just founded; returns it with the laws that watched it."""
    laws = Laws(office)
    year = Year(office, seed, documents, after_sweep=laws.after_sweep)
    started = time.process_time()
    for day in year.days():
        year.live(day)
        if say and day.day == 1:
            sys.stderr.write(
                f"{day:%m/%Y} {time.process_time() - started:.0f} CPU s, {len(laws.broken)} broken\n"
            )
    laws.at_the_end()
    return year, laws


def main() -> int:
    """Run from the command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database", help="postgresql://…; SQLite without it")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="congvan-year-") as folder:
        office = found(Path(folder) / "home", given.seed, given.database)
        with office:
            year, laws = live(office, given.seed, given.documents, say=True)
    lines = [f"{times:7d}  {what}" for what, times in sorted(year.told.items())]
    lines += [f"looked at: {dict(laws.looked_at)}", f"{len(laws.broken)} broken: {group(laws.broken)}"]
    sys.stdout.write("\n".join([*lines, *laws.broken[:40], ""]))
    return 1 if laws.broken else 0


if __name__ == "__main__":
    sys.exit(main())
