"""Read real papers and say what was gained and lost since the recorded run, paper by paper.

    python -m benchmarks.reading PAPERS TRUTH SCORE [--readings FILE] [--record]

PAPERS is a folder of documents, TRUTH the folder with what a person read off them, SCORE the script that
compares the two (`score.py`; its `--misses` lists are read). The record holds names of papers and of fields
only, never a word of a paper. Prints, in this order: fields gained and lost, fields that the reader called
checked although they are wrong (there must be none among the routing fields), the score table, CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

RECORD = Path(__file__).parent / "records" / "reading.json"
_MISS = re.compile(r"(?P<paper>\S+)  (?P<field>[a-z_]+): want .*")

Wrong = Mapping[str, frozenset[str]]
"""Paper to the fields that were read wrongly or not at all."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all papers: what was wrong, which of that was called checked, and what it cost."""

    wrong: Wrong
    wrong_but_checked: Wrong
    table: str
    cpu_s: float
    wall_s: float


def main(arguments: list[str]) -> int:
    """Run, compare, print; returns 1 when something was lost or a checked field is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("papers", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("score", type=Path)
    parser.add_argument("--readings", type=Path, help="readings made before, instead of reading now")
    parser.add_argument("--record", action="store_true", help="keep this run as the one to compare with")
    asked = parser.parse_args(arguments)
    readings = asked.readings or Path(tempfile.mkdtemp(prefix="congvan-reading-")) / "readings.jsonl"
    cpu_s, wall_s = (0.0, 0.0) if asked.readings else read_all(asked.papers, readings)
    run = judge(readings, asked.truth, asked.score, cpu_s=cpu_s, wall_s=wall_s)
    before = load_record()
    lost = compare(before, run.wrong)
    tell(before, run)
    print(f"readings: {readings}")
    if asked.record:
        keep_record(run)
    return 1 if lost or any(run.wrong_but_checked.values()) else 0


def read_all(papers: Path, readings: Path) -> tuple[float, float]:
    """Read every paper with `congvan read --json`; returns CPU and wall seconds."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    files = sorted(str(p) for p in papers.iterdir() if p.is_file())
    with readings.open("w", encoding="utf-8") as out:
        subprocess.run([sys.executable, "-m", "desk.cli", "read", "--json", *files], stdout=out, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu_s, time.monotonic() - started


def judge(readings: Path, truth: Path, score: Path, *, cpu_s: float, wall_s: float) -> Run:
    """Compare readings with the truth."""
    done = subprocess.run(
        [sys.executable, str(score), str(readings), str(truth), "--misses"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    wrong: dict[str, set[str]] = defaultdict(set)
    table = []
    for line in done.stdout.splitlines():
        if miss := _MISS.fullmatch(line):
            wrong[miss["paper"]].add(miss["field"])
        else:
            table.append(line)
    checked = _checked_fields(readings)
    return Run(
        wrong={paper: frozenset(fields) for paper, fields in wrong.items()},
        wrong_but_checked={p: frozenset(f & checked.get(p, frozenset())) for p, f in wrong.items()},
        table="\n".join(table),
        cpu_s=cpu_s,
        wall_s=wall_s,
    )


def compare(before: Wrong | None, now: Wrong) -> dict[str, frozenset[str]]:
    """Fields that are wrong now and were right in the recorded run, by paper."""
    if before is None:
        return {}
    return {p: lost for p, fields in now.items() if (lost := fields - before.get(p, frozenset()))}


def tell(before: Wrong | None, run: Run) -> None:
    """Print the run."""
    if before is None:
        print("no recorded run to compare with (make one with --record)")
    else:
        _list("gained", compare(run.wrong, before))
        _list("lost", compare(before, run.wrong))
    _list("checked although wrong", run.wrong_but_checked)
    print(run.table)
    if run.cpu_s:
        print(f"{run.cpu_s:.0f} CPU seconds, {run.wall_s:.0f} s")


def load_record() -> Wrong | None:
    """The recorded run, None when there is none."""
    if not RECORD.exists():
        return None
    return {p: frozenset(fields) for p, fields in json.loads(RECORD.read_text("utf-8"))["wrong"].items()}


def keep_record(run: Run) -> None:
    """Keep the run as the one to compare with."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    RECORD.parent.mkdir(exist_ok=True)
    wrong = {paper: sorted(fields) for paper, fields in sorted(run.wrong.items())}
    record = {"commit": commit, "cpu_s": round(run.cpu_s), "wrong": wrong}
    RECORD.write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def _checked_fields(readings: Path) -> dict[str, frozenset[str]]:
    rows = (json.loads(line) for line in readings.read_text("utf-8").splitlines() if line.strip())
    return {
        Path(row["file"]).name: frozenset(n for n, f in row.get("fields", {}).items() if f.get("checked"))
        for row in rows
    }


def _list(what: str, fields: Mapping[str, Iterable[str]]) -> None:
    rows = [f"  {paper}  {' '.join(sorted(names))}" for paper, names in sorted(fields.items()) if names]
    print(f"{what}: {sum(len(row.split()) - 1 for row in rows)}", *rows, sep="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
