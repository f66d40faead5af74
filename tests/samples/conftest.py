"""The gallery, drawn once for all tests of this room."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from samples.papers import Sample, list_samples, write_samples

ARRIVES = dt.date(2026, 3, 16)


@pytest.fixture(scope="session")
def samples() -> dict[str, Sample]:
    return {sample.file_name: sample for sample in list_samples(ARRIVES, next_number=30)}


@pytest.fixture(scope="session")
def gallery(samples: dict[str, Sample], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    write_samples(samples.values(), folder, seed=7)
    return folder
