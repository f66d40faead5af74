"""How fast lines of a large register are found, as the page of the register asks for them; both databases.

Run `python -m benchmarks.search --lines 1000000 --folder FOLDER` (a million lines need about 8 GB there and
some minutes). CPU is that of this process and of PostgreSQL's server together. To hold: 50 ms at p95.
`--url` measures a database that is filled already.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.million import BOOK, RARE, YEAR, fill
from benchmarks.registry import cpu, databases, server_cpu
from documents.people import PersonId, UnitId
from documents.reach import ALL, Reach
from documents.register import LineKind, RegisterAsk
from office.register_list import LINES, MOST_COUNTED
from registry.book_lines import load_facts
from registry.book_search import find_lines
from registry.engine import Registry
from registry.view import View
from tests.postgres import PostgresServer

TODAY = dt.date(YEAR, 12, 20)
OFFICER = Reach(person=PersonId("p7"), people=frozenset({PersonId("p7")}))


def _ask(**given: Any) -> RegisterAsk:
    return RegisterAsk(**{"year": YEAR, **given})


QUESTIONS: dict[str, tuple[RegisterAsk, Reach]] = {
    "newest page": (_ask(), ALL),
    "a page far back": (_ask(before=40_000), ALL),
    "an arrival number": (_ask(text="31131"), ALL),
    "number and notation": (_ask(text="02 kh ubnd"), ALL),
    "two common words": (_ask(text="bao chi"), ALL),
    "several words": (_ask(text="thanh tra giao duc moi truong"), ALL),
    "a rare word": (_ask(text=RARE), ALL),
    "a word that is nowhere": (_ask(text="khongcotunay"), ALL),
    "a short word": (_ask(text="y te"), ALL),
    "common words, an officer": (_ask(text="bao chi"), OFFICER),
    "a rare word, an officer": (_ask(text=RARE), OFFICER),
    "a common issuer": (_ask(issuer="so"), ALL),
    "a type, an officer": (_ask(doc_type="ke hoach"), OFFICER),
    "a person, a type": (_ask(person=PersonId("p11"), doc_type="bao cao"), ALL),
    "a unit": (_ask(unit=UnitId("u5")), ALL),
    "urgent": (_ask(urgency="khan"), ALL),
    "a week in spring": (_ask(since=dt.date(YEAR, 3, 2), until=dt.date(YEAR, 3, 8)), ALL),
    "a month, words": (_ask(since=dt.date(YEAR, 6, 1), until=dt.date(YEAR, 6, 30), text="tai chinh"), ALL),
    "not done": (_ask(kind=LineKind.OPEN), ALL),
    "overdue": (_ask(overdue_on=TODAY), ALL),
    "overdue of a person": (_ask(overdue_on=TODAY, person=PersonId("p3")), ALL),
    "not done, words, a person": (
        _ask(kind=LineKind.OPEN, text="bao chi", person=PersonId("p11")),
        ALL,
    ),
    "done, words": (_ask(kind=LineKind.DONE, text="tai chinh"), ALL),
    "overdue, words": (_ask(overdue_on=TODAY, text="y te"), ALL),
    "a person, a rare word": (_ask(person=PersonId("p7"), text=RARE), ALL),
    "a person, several words": (_ask(person=PersonId("p8"), text="thanh tra giao duc moi truong"), ALL),
    "a person, their phrase": (_ask(person=PersonId("p9"), text="11 kh ubnd"), ALL),
    "a unit, a type, words": (
        _ask(unit=UnitId("u5"), doc_type="bao cao", text="bao chi"),
        ALL,
    ),
    "a week, a person, not done": (
        _ask(
            since=dt.date(YEAR, 3, 2),
            until=dt.date(YEAR, 3, 8),
            person=PersonId("p40"),
            kind=LineKind.OPEN,
        ),
        ALL,
    ),
    "an issuer, a month, words": (
        _ask(issuer="so", since=dt.date(YEAR, 2, 1), until=dt.date(YEAR, 2, 28), text="y te"),
        ALL,
    ),
    "typed in decomposed letters": (_ask(text=unicodedata.normalize("NFD", "báo chí tài chính")), ALL),
    "far back, words": (_ask(text="bao chi", before=20_000), ALL),
    "far back, several words": (_ask(text="thanh tra giao duc moi truong", before=20_000), ALL),
    "several words, an officer": (_ask(text="thanh tra giao duc moi truong"), OFFICER),
    "cancelled": (_ask(kind=LineKind.CANCELLED), ALL),
}


def ask(view: View, question: RegisterAsk, reach: Reach) -> int:
    """What the page does: find, and load what its lines show."""
    rows = find_lines(view, BOOK, question, reach, MOST_COUNTED + 1)
    return len(list(load_facts(view, rows[:LINES], reach))) and len(rows)


def measure(
    url: str, times: int, server: PostgresServer | None
) -> dict[str, tuple[int, list[float], list[float]]]:
    """Lines found, and milliseconds of wall and of CPU (the server's included) of each asking."""
    registry = Registry(url)
    registry.migrate()
    found = {}
    for name, (question, reach) in QUESTIONS.items():
        walls, used, lines = [], [], 0
        for _ in range(times):
            with registry.view() as view:
                served = server_cpu(server) or 0.0
                began, before = time.perf_counter(), cpu()
                lines = ask(view, question, reach)
                walls.append((time.perf_counter() - began) * 1000)
                own = cpu() - before
                used.append((own + (server_cpu(server) or 0.0) - served) * 1000)
        found[name] = lines, walls, used
    registry.close()
    return found


def show(name: str, found: dict[str, tuple[int, list[float], list[float]]]) -> None:
    """A table of the questions, and all of them together."""
    print(f"\n{name}: ms, p50 and p95\n{'':<28}{'lines':>6}{'CPU':>14}{'wall':>16}")
    for question, (lines, walls, used) in found.items():
        print(f"{question:<28}{lines:>6}{_pair(used)}{_pair(walls)}")
    every = [[one for row in found.values() for one in row[part]] for part in (2, 1)]
    print(f"{'all':<28}{'':>6}{_pair(every[0])}{_pair(every[1])}")


def _pair(values: Iterable[float]) -> str:
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return f"{cuts[9]:8.1f} {cuts[18]:7.1f}"


def main() -> None:
    """Fill both databases and ask them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, help="where the databases lie; a temporary folder otherwise")
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--times", type=int, default=20, help="how often each question is asked")
    options.add_argument("--url", help="a database that is filled already")
    given = options.parse_args()
    if given.url:
        show(given.url, measure(given.url, given.times, None))
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        Path(folder).chmod(0o755)
        with databases(Path(folder)) as found:
            for name, (url, server) in found.items():
                registry = Registry(url)
                _timed(f"{name}: filled", lambda: fill(registry, given.lines))  # noqa: B023 - called at once
                registry.close()
                show(f"{name}, {given.lines} lines", measure(url, given.times, server))


def _timed(what: str, job: Callable[[], None]) -> None:
    began = time.perf_counter()
    job()
    print(f"{what} in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
