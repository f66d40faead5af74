"""What is made from a file lies beside it, is replaced whole, and goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateways.store import Beside, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kho", reserve_mb=0)


def made(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "made"
    path.write_bytes(data)
    return path


def test_what_is_kept_beside_is_there_and_replaced_when_made_anew(store: Store, tmp_path: Path) -> None:
    kept = store.keep_bytes(b"original")
    place = store.beside(kept.sha256, Beside.SEARCHABLE)
    assert not place.exists()
    for data in (b"first", b"second"):
        store.keep_beside(kept.sha256, Beside.SEARCHABLE, made(tmp_path, data))
        assert place.read_bytes() == data
    assert store.is_intact(kept.sha256)
    assert not list((tmp_path / "kho" / "tam").iterdir()), "no copy is left over"


def test_what_lies_beside_goes_by_itself_or_with_the_file(store: Store, tmp_path: Path) -> None:
    kept = store.keep_bytes(b"original")
    for kind in Beside:
        store.keep_beside(kept.sha256, kind, made(tmp_path, b"made"))
    store.drop_beside(kept.sha256, Beside.WORDS)
    assert not store.beside(kept.sha256, Beside.WORDS).exists()
    assert store.beside(kept.sha256, Beside.SEARCHABLE).exists()
    store.drop_beside(kept.sha256, Beside.WORDS)
    store.drop(kept.sha256)
    assert not store.beside(kept.sha256, Beside.SEARCHABLE).exists()


def test_a_name_that_is_no_hash_leads_nowhere(store: Store) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.beside("../../etc/passwd", Beside.WORDS)
