"""How many papers go straight through, and how many of them wrong, at every strictness of agreement.

    python -m benchmarks.curve PAPERS TRUTH SCORE

PAPERS, TRUTH and SCORE as for `benchmarks.reading`. Every paper is read once; its fields are then checked
again and again with another `fields.opinions.SURE_ENOUGH`, the share of all weight that a value by pen must
have, and once believing every guess. Prints a row for each: papers that ask no review and how many of them
have a wrong routing field, numbers and dates called checked and how many of these are wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import fields.opinions
from benchmarks.reading import judge
from documents.errors import Trouble
from documents.reading import reading_as_json
from fields.opinions import Opinions
from office.reading import ReadPaper, WorkshopReader, bare_circumstances, open_reader

TODAY = dt.datetime.now(dt.UTC).date()
SHARES = (0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999)
_HEAD = ("agreed from", "straight", "wrong", "numbers", "wrong", "dates", "wrong")

Read = tuple[Path, ReadPaper]


def main(arguments: list[str]) -> int:
    """Read, check in every way, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("papers", "truth", "score"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args(arguments)
    with open_reader() as reader:
        reads = read_all(reader, asked.papers)
    print("".join(f"{word:>12}" for word in _HEAD))
    for share in (None, *SHARES):
        with agreed_from(share):
            figures = figures_of(reader, reads, asked.truth, asked.score)
        name = "every guess" if share is None else f"{share:g}"
        print("".join(f"{value:>12}" for value in (name, *figures)))
    return 0


def read_all(reader: WorkshopReader, papers: Path) -> list[Read]:
    """Read every paper as far as its head and signature page; what cannot be read is left out."""

    def read(file: Path) -> Read | None:
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        try:
            return file, reader.read(file, file_name=file.name, sha256=sha256, full=False)
        except Trouble:
            return None

    files = sorted(p for p in papers.iterdir() if p.is_file())
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return [one for one in pool.map(read, files) if one is not None]


@contextmanager
def agreed_from(share: float | None) -> Iterator[None]:
    """Believe values by pen from this share of all weight on; None believes every guess."""
    if share is None:
        with patch.object(Opinions, "agreed", Opinions.guess):
            yield
    else:
        with patch.object(fields.opinions, "SURE_ENOUGH", share):
            yield


def figures_of(reader: WorkshopReader, reads: Iterable[Read], truth: Path, score: Path) -> tuple[int, ...]:
    """Straight through, wrong among them; numbers and dates checked, wrong among them."""
    circumstances = bare_circumstances(reader.agencies, today=TODAY)
    rows = [{"file": str(p), **reading_as_json(read.check(circumstances))} for p, read in reads]
    with tempfile.TemporaryDirectory() as folder:
        readings = Path(folder) / "readings.jsonl"
        readings.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        run = judge(readings, truth, score, cpu_s=0.0, wall_s=0.0)
        done = subprocess.run(
            [sys.executable, str(score), str(readings), str(truth), "--json"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    total = json.loads(done.stdout)
    straight = total["straight_through"]
    figures = [straight, straight - total["straight_through_right"]]
    for name in ("number_symbol", "date"):
        figures.append(sum(row["fields"][name]["checked"] for row in rows))
        figures.append(sum(name in wrong for wrong in run.wrong_but_checked.values()))
    return tuple(figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
