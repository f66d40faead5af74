"""Tests say so when the machine lacks what they need, instead of failing or passing for nothing."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from documents.errors import Trouble
from samples.typeface import Face, font_path


@cache
def has_tesseract() -> bool:
    """Whether Tesseract is installed with Vietnamese."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in told.stdout.split()


@cache
def has_postgresql() -> bool:
    """Whether a PostgreSQL server can be made here."""
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@cache
def has_fonts() -> bool:
    """Whether the typeface of official papers is installed."""
    try:
        font_path(Face.ROMAN)
    except Trouble:
        return False
    return True


@cache
def has_chromium() -> bool:
    """Whether a Chromium is installed."""
    return shutil.which("chromium") is not None


NEEDS = {
    "tesseract": (
        has_tesseract,
        "Tesseract with Vietnamese is not installed: apt-get install tesseract-ocr-vie",
    ),
    "browser": (has_chromium, "Chromium is not installed: apt-get install chromium"),
    "postgresql": (has_postgresql, "PostgreSQL is not installed: apt-get install postgresql"),
    "fonts": (
        has_fonts,
        "the typeface of official papers is not installed: apt-get install fonts-liberation2",
    ),
}
"""Marker of a test → whether this machine has what it needs, and what to say if not."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what cannot run here, with the reason."""
    for item in items:
        for marker, (is_here, reason) in NEEDS.items():
            if item.get_closest_marker(marker) and not is_here():
                item.add_marker(pytest.mark.skip(reason=reason))
