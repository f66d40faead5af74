"""How the cost of both lanes grows with a document: a constant, and so many times bare Tesseract.

    python -m benchmarks.growth PAPER [PAPER ...]

Each PAPER is read by both lanes, and its recognised pages by the program `tesseract` alone, in this one run.
Prints CPU seconds of each, then the line through them: what a document costs whatever its length, and what
its pages cost beside bare Tesseract. Name papers of very different length: one page and twenty or more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.speed import Lanes, Spent, load_models, prepared, run_bare
from documents.page import Source
from fields.agencies import load_agencies
from ocr.loaded_tesseract import LoadedTesseract


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of one paper: both lanes, and bare Tesseract on its recognised pages."""

    name: str
    pages: int
    lanes_s: float
    bare_s: float


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("papers", type=Path, nargs="+")
    papers = parser.parse_args(arguments).papers
    cv2.setNumThreads(1)
    lanes = Lanes(LoadedTesseract(), load_agencies())
    load_models(lanes)
    print(f"{'paper':12}{'pages':>6}{'bare s':>9}{'lanes s':>9}{'ratio':>7}")
    costs = []
    for path in papers:
        cost = _cost_of(path, lanes)
        costs.append(cost)
        ratio = cost.lanes_s / cost.bare_s
        print(f"{cost.name:12}{cost.pages:6}{cost.bare_s:9.1f}{cost.lanes_s:9.1f}{ratio:7.2f}", flush=True)
    if len({cost.pages for cost in costs}) > 1:
        slope, constant = np.polyfit([c.bare_s for c in costs], [c.lanes_s for c in costs], 1)
        print(f"\nboth lanes = {constant:.1f} s a document + {slope:.2f} x bare Tesseract (to hold: 1.15)")
    return 0


def _cost_of(path: Path, lanes: Lanes) -> Cost:
    ours, bare = Spent(), Spent()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ours.counting():
            routed, was_top = lanes.route(path, folder)
        assert routed.words is not None
        known = routed.words.rename(folder / "known")
        with ours.counting():
            whole = lanes.rest(path, folder, known, was_top=was_top)
        numbers = [page.number for page in whole.paper.pages if page.source is Source.OCR]
        for number in numbers:
            _, gray, dpi = prepared(path, number, folder)
            with bare.counting():
                run_bare(gray, dpi)
    return Cost(path.name, len(numbers), ours.cpu_s, bare.cpu_s)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
