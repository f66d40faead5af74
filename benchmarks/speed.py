"""What reading costs, beside Tesseract alone and pytesseract as it comes, on the same pages in one run.

    python -m benchmarks.speed PAPERS [--papers N] [--most-pages N] [--runs N]

PAPERS is a folder of documents; every few of them is taken, so that N are read (0: all), and of those only
papers of at most `--most-pages` pages. Prints three tables: CPU and wall seconds of each way and their ratios
to bare Tesseract; where the CPU of both lanes goes; the time from a file to a routed document for drawn
papers of 1, 10 and 50 pages. The machine may be shared: compare CPU seconds and ratios of one run only.

The ways:

* `tesseract`: the program, one thread, on the picture as our engine gets it (PGM), one start a page;
* `pytesseract`: `image_to_data` of the page's picture as an image object, as its manual shows, no limit of
  threads;
* `route`: what is read before a document is passed on: the upper part of page 1, and where that leaves a
  doubt all of page 1 and the signature page, second readers included;
* `rest`: the full lane after it: what was left, the searchable PDF, second readers of late fields.

Our own lanes run in this process as they do in the processor's children, models loaded beforehand.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract
from PIL import Image

import ocr.again
import ocr.kept_words
import ocr.read
from documents.page import Source
from documents.reading import ROUTING_FIELDS, FieldName, Reading
from fields.agencies import AgencyDirectory, load_agencies
from fields.read import Findings, check_fields, find_fields, list_second_looks
from fields.upper_part import tells_enough
from ocr.engine import Layout
from ocr.limits import Limits
from ocr.loaded_tesseract import LoadedTesseract
from ocr.opened_page import open_page
from ocr.raster import Gray
from ocr.read import Depth, PaperRead
from ocr.spreads import open_pages
from office.reading import EARLY_FIELDS, LATE_FIELDS, bare_circumstances

SHA = "0" * 64
TODAY = dt.date(2026, 6, 1)
PAGES_TO_ROUTE = (1, 10, 50)
_PART, _PAGE_PX = 0.45, 1000
"""Height over width, and width in pixels, from which a picture is a page or the part of one that was left."""


@dataclass
class Spent:
    """CPU and wall seconds, added up."""

    cpu_s: float = 0.0
    wall_s: float = 0.0

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Add what happens inside."""
        cpu, wall = _cpu(), time.perf_counter()
        try:
            yield
        finally:
            self.cpu_s += _cpu() - cpu
            self.wall_s += time.perf_counter() - wall


@dataclass
class Shares:
    """CPU seconds by what they were spent on; a step inside another is taken out of it."""

    by_step: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    inside: list[float] = field(default_factory=lambda: [0.0])

    def counted(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function`, its CPU seconds added under `step`."""

        def call(*args: Any, **named: Any) -> Any:
            before = _cpu()
            self.inside.append(0.0)
            try:
                return function(*args, **named)
            finally:
                took = _cpu() - before
                self.by_step[step] += took - self.inside.pop()
                self.inside[-1] += took

        return call


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


class CountedTesseract:
    """The engine, its pages and its small pictures counted apart."""

    name = "tesseract"

    def __init__(self, shares: Shares) -> None:
        engine = LoadedTesseract()
        self._whole = shares.counted("recognition of pages", engine.read_lines)
        self._small = shares.counted("recognition of stamps, marks, rows", engine.read_lines)

    def read_lines(self, picture: Gray, *, dpi: int, layout: Layout = Layout.PAGE, only: str = "") -> Any:
        """As the engine."""
        height, width = picture.shape
        is_page = layout is Layout.PAGE and height > _PART * width and width > _PAGE_PX
        return (self._whole if is_page else self._small)(picture, dpi=dpi, layout=layout, only=only)


@dataclass
class Lanes:
    """Both lanes as the office runs them, without the office."""

    engine: Any
    agencies: AgencyDirectory

    def route(self, path: Path, folder: Path) -> tuple[PaperRead, bool]:
        """Read what decides, fields found and checked; and whether the upper part of page 1 sufficed."""
        top = self._read(path, folder, Depth.TOP, None)
        findings = find_fields(top.paper, self.agencies)
        if tells_enough(findings):
            reading = self._check(path, findings, EARLY_FIELDS)
            if not any(reading[name].reason for name in ROUTING_FIELDS if not reading[name].checked):
                return top, True
        head = self._read(path, folder, Depth.HEAD, top.words)
        self._check(path, find_fields(head.paper, self.agencies), frozenset(FieldName))
        return head, False

    def rest(self, path: Path, folder: Path, known: Path, *, was_top: bool) -> PaperRead:
        """Read what was left."""
        read = self._read(path, folder, Depth.FULL, known)
        late = frozenset(FieldName) - EARLY_FIELDS if was_top else LATE_FIELDS
        self._check(path, find_fields(read.paper, self.agencies), late)
        return read

    def _read(self, path: Path, folder: Path, depth: Depth, known: Path | None) -> PaperRead:
        return ocr.read.read_paper(
            path, file_name=path.name, sha256=SHA, engine=self.engine, depth=depth, limits=Limits(),
            pictures_to=folder, known_words=known,
        )  # fmt: skip

    def _check(self, path: Path, findings: Findings, twice: frozenset[FieldName]) -> Reading:
        looks = [k for k in list_second_looks(findings) if k.field in twice]
        answers = ocr.again.look_again(path, looks, engine=self.engine, limits=Limits()) if looks else ()
        return check_fields(findings, answers, bare_circumstances(self.agencies, today=TODAY))


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("papers", type=Path)
    parser.add_argument("--papers", dest="count", type=int, default=10, help="how many are read; 0: all")
    parser.add_argument("--most-pages", type=int, default=8, help="longer papers are left out")
    parser.add_argument("--runs", type=int, default=10, help="how many drawn papers of each length")
    asked = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    shares = Shares()
    _count_steps(shares)
    lanes = Lanes(CountedTesseract(shares), load_agencies())
    load_models(lanes)
    shares.by_step.clear()
    _tell_ways(*_measure(_choose(asked.papers, asked.count, asked.most_pages), lanes))
    _tell_shares(shares)
    _tell_routing(lanes, asked.runs)
    return 0


def _choose(folder: Path, count: int, most_pages: int) -> list[Path]:
    papers = []
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        with open_pages(path, Limits()) as source:
            if source.page_count <= most_pages:
                papers.append(path)
    step = max(len(papers) // count, 1) if count else 1
    return papers[::step][: count or None]


def _count_steps(shares: Shares) -> None:
    """Put counters around the steps; their names are where the readers look them up."""
    for module, name, step in (
        (ocr.read, "open_page", "opening and cleaning pages"),
        (ocr.kept_words, "keep_picture", "page pictures for the screen"),
        (ocr.read, "make_searchable", "searchable PDF"),
        (ocr.read, "read_paper", "stamps, frames and the rest of reading"),
        (ocr.again, "look_again", "second readers"),
    ):
        setattr(module, name, shares.counted(step, getattr(module, name)))
    here = sys.modules[__name__]
    for name in ("find_fields", "check_fields"):
        setattr(here, name, shares.counted("fields", getattr(here, name)))


def load_models(lanes: Lanes) -> None:
    """Read one drawn paper, so that no model is loaded while it is measured."""
    with tempfile.TemporaryDirectory() as folder:
        path = _drawn(Path(folder), 1)
        read, was_top = lanes.route(path, Path(folder))
        assert read.words is not None
        lanes.rest(path, Path(folder), read.words, was_top=was_top)


def _measure(papers: Sequence[Path], lanes: Lanes) -> tuple[dict[str, Spent], int, int]:
    """Every way on every paper in turn, so that what the machine does meanwhile falls on all alike."""
    spent: dict[str, Spent] = defaultdict(Spent)
    pages = 0
    for path in papers:
        with tempfile.TemporaryDirectory() as folder:
            with spent["route"].counting():
                routed, was_top = lanes.route(path, Path(folder))
            assert routed.words is not None
            known = routed.words.rename(Path(folder) / "known")
            with spent["rest"].counting():
                whole = lanes.rest(path, Path(folder), known, was_top=was_top)
            numbers = [page.number for page in whole.paper.pages if page.source is Source.OCR]
            pages += len(numbers)
            for number in numbers:
                seen, gray, dpi = prepared(path, number, Path(folder))
                with spent["tesseract"].counting():
                    run_bare(gray, dpi)
                with spent["pytesseract"].counting():
                    _as_it_comes(seen)
    return spent, len(papers), pages


def prepared(path: Path, number: int, folder: Path) -> tuple[Image.Image, Path, int]:
    """The page's picture as it is in the file, and the one that our engine gets, with its dpi."""
    with open_pages(path, Limits()) as source:
        seen = Image.fromarray(source.picture(number).pixels)
        gray, dpi = open_page(source, number, LoadedTesseract()).clean.fit_to_read()
    file = folder / "page.pgm"
    cv2.imwrite(str(file), gray)
    return seen, file, dpi


def run_bare(gray: Path, dpi: int) -> None:
    """Run the program `tesseract` on a picture, with one thread."""
    subprocess.run(
        ["tesseract", str(gray), str(gray.with_suffix("")), "-l", "vie", "--dpi", str(dpi), "tsv"],
        env={**os.environ, "OMP_THREAD_LIMIT": "1"}, check=True, capture_output=True,
    )  # fmt: skip


def _as_it_comes(seen: Image.Image) -> None:
    limit = os.environ.pop("OMP_THREAD_LIMIT", None)
    try:
        pytesseract.image_to_data(seen, lang="vie")
    finally:
        if limit is not None:
            os.environ["OMP_THREAD_LIMIT"] = limit


def _tell_ways(spent: dict[str, Spent], papers: int, pages: int) -> None:
    spent["route + rest"] = Spent(
        spent["route"].cpu_s + spent["rest"].cpu_s, spent["route"].wall_s + spent["rest"].wall_s
    )
    bare = spent["tesseract"]
    print(f"{papers} papers, {pages} pages that were recognised\n")
    print(f"{'way':14}{'CPU s':>9}{'a page':>9}{'to bare':>9}{'wall s':>9}")
    for way in ("tesseract", "pytesseract", "route", "rest", "route + rest"):
        one = spent[way]
        each = one.cpu_s / max(pages, 1)
        print(f"{way:14}{one.cpu_s:9.1f}{each:9.2f}{one.cpu_s / bare.cpu_s:9.2f}{one.wall_s:9.1f}")
    whole = spent["route + rest"].cpu_s
    print(f"\nboth lanes / bare tesseract: {whole / bare.cpu_s:.2f} (to hold: 1.15)")
    print(f"pytesseract as it comes / both lanes: {spent['pytesseract'].cpu_s / whole:.2f} (to hold: 4)")


def _tell_shares(shares: Shares) -> None:
    whole = sum(shares.by_step.values())
    print("\nwhere both lanes spend it")
    for step, cpu_s in sorted(shares.by_step.items(), key=lambda pair: -pair[1]):
        print(f"{step:42}{cpu_s:8.1f} s{cpu_s / whole:7.0%}")


def _tell_routing(lanes: Lanes, runs: int) -> None:
    print(f"\nfrom a file of A4 at 300 dpi to its fields, {runs} runs (to hold: p50 0.7 s, p95 2 s of wall)")
    print(f"{'pages':>6}{'CPU p50':>9}{'CPU p95':>9}{'wall p50':>10}{'wall p95':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for pages in PAGES_TO_ROUTE:
            # A scan of its own for each run: of one read just before, pages and second looks are kept.
            papers = (_drawn(Path(folder), pages, seed) for seed in range(2, runs + 2))
            took = [_route(lanes, path, Path(folder)) for path in papers]
            cpu, wall = ([getattr(one, kind) for one in took] for kind in ("cpu_s", "wall_s"))
            print(f"{pages:6}{_p50(cpu):9.2f}{_p95(cpu):9.2f}{_p50(wall):10.2f}{_p95(wall):10.2f}")


def _route(lanes: Lanes, path: Path, folder: Path) -> Spent:
    spent = Spent()
    with spent.counting():
        lanes.route(path, folder)
    return spent


def _p50(values: Sequence[float]) -> float:
    return statistics.median(values)


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[min(round(0.95 * len(values)), len(values) - 1)]


def _drawn(folder: Path, pages: int, seed: int = 1) -> Path:
    """A scan of `pages` pages: a letter; a longer one begins with it and is signed on its last page.

    `seed` decides how it lay on the glass and what the scanner made of it.
    """
    from samples.example import example_letter
    from samples.files import save_scan
    from samples.papers import OFFICE_SCAN, scan
    from samples.reports import inspection_plan

    path = folder / f"{pages}-{seed}.pdf"
    rng = np.random.default_rng((pages, seed))
    paper = example_letter() if pages == 1 else inspection_plan(TODAY)
    drawn = scan(paper, OFFICE_SCAN, dpi=300, rng=rng)
    save_scan([drawn[0]] if pages == 1 else [*[drawn[0]] * (pages - 1), drawn[-1]], path)
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
