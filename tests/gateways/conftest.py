"""What the tests of the gateways share: a folder, a store, a moment, and the rights of an ordinary user."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateways.store import Store

_NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty intake folder."""
    made = tmp_path / "nhận"
    made.mkdir()
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that asks for no reserve, so that a small test disk is enough."""
    return Store(tmp_path / "kho", reserve_mb=0)


@pytest.fixture
def home_of_nobody() -> Iterator[Path]:
    """A folder in which this process has the rights of an ordinary user, even when the tests run as root."""
    home = Path(tempfile.mkdtemp(prefix="congvan-test-"))
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(home, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    try:
        yield home
    finally:
        if is_root:
            os.seteuid(0)
        for path in [home, *home.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(home)
