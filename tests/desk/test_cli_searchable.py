"""`read --searchable`: writes a copy that can be searched, never over a file that is being read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from desk.cli.app import main
from office.reading import Wanted, read_file_json
from tests.recorded_reader import RecordedReader, RecordedReading, stub_file

TODAY = dt.date(2026, 6, 1)


@dataclass(frozen=True)
class MakingReader(RecordedReader):
    """Makes a searchable form when every page is read, unless the pages bear good words."""

    has_good_words: bool = False

    def read(self, path: Path, *, full: bool, **more: Any) -> RecordedReading:  # type: ignore[override]
        assert full, "every page is wanted"
        read = super().read(path, full=full, **more)
        if self.has_good_words:
            return read
        made: Path = more["pictures_to"] / "searchable.pdf"
        made.write_bytes(b"%PDF searchable")
        return replace(read, searchable=made)


@pytest.mark.parametrize(
    ("has_good_words", "left"),
    [
        pytest.param(False, b"%PDF searchable", id="made"),
        pytest.param(True, None, id="not needed: an older one does not stay and pass for it"),
    ],
)
def test_the_copy_is_what_was_made_now(has_good_words: bool, left: bytes | None, tmp_path: Path) -> None:
    path, to = tmp_path / "a.pdf", tmp_path / "out.pdf"
    path.write_bytes(stub_file(1))
    to.write_bytes(b"an older one")
    reader = MakingReader(has_good_words=has_good_words)
    row = read_file_json(reader, path, full=False, today=TODAY, wanted=Wanted(searchable=to))
    assert row["fields"]["number_symbol"]["value"] == "1/KH-UBND"
    assert (to.read_bytes() if to.exists() else None) == left


@pytest.mark.parametrize(
    "to", [pytest.param("a.pdf", id="the file itself"), pytest.param("out.txt", id="not a PDF by its name")]
)
def test_a_wrong_place_is_a_wrong_call_and_touches_nothing(
    to: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(stub_file(1))
    assert main(["read", str(path), "--searchable", str(tmp_path / to)]) == 64
    assert path.read_bytes() == stub_file(1)
    assert capsys.readouterr().err
