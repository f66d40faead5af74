"""What all tests share: the real papers beside the project when they are there, and an aware moment."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Property tests look at meaning, not at time: a busy machine fails none of them.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

pytest_plugins = ["tests.plugins.machine", "tests.plugins.databases"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real papers beside the project; tests that need it are skipped without it."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("real papers are not beside the project (../shared)")
    return SHARED


@pytest.fixture
def now() -> dt.datetime:
    """Thursday 5 January 2012, 08:12 in Vietnam."""
    return dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC)
