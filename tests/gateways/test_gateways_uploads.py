"""Bytes laid into a watched folder: whole or not at all, over nobody's file, under a name that harms nobody."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.names import LONGEST, is_unfinished
from gateways.uploads import TooMany, give_name, laid_aside, safe_name

DATA = b"%PDF-1.7 " + bytes(range(256)) * 40


def lay(folder: Path, name: str, data: bytes = DATA) -> str:
    with laid_aside(folder, io.BytesIO(data).read, most=1 << 20) as laid:
        return give_name(laid, name)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        pytest.param("Kế hoạch 02.pdf", "Kế hoạch 02.pdf", id="an honest name"),
        pytest.param("../../etc/passwd", "passwd", id="out of the folder"),
        pytest.param("C:\\quet\\a.pdf", "a.pdf", id="a whole path of Windows"),
        pytest.param(".a.pdf", "a.pdf", id="hidden"),
        pytest.param("~$a.pdf", "a.pdf", id="a lock"),
        pytest.param("a.pdf.part", "a_pdf_part", id="would wait for ever"),
        pytest.param("a\x00b\n\u202efdp.exe", "abfdp.exe", id="unseen signs, and text turned round"),
        pytest.param("..", "tai-len", id="no name at all"),
        pytest.param("", "tai-len", id="nothing"),
    ],
)
def test_a_name_is_made_harmless(asked: str, name: str) -> None:
    assert safe_name(asked) == name


@given(st.text(max_size=400))
def test_whatever_a_browser_sends_the_name_is_one_the_sweep_takes(asked: str) -> None:
    name = safe_name(asked)
    assert name
    assert "/" not in name
    assert "\x00" not in name
    assert not is_unfinished(name.encode())
    assert safe_name(name) == name


def test_a_file_appears_whole_and_over_nobody_elses(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"mine")
    assert lay(tmp_path, "a.pdf") == "a (2).pdf"
    assert (tmp_path / "a.pdf").read_bytes() == b"mine"
    assert (tmp_path / "a (2).pdf").read_bytes() == DATA
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a (2).pdf", "a.pdf"], "nothing hidden is left"


def test_a_folder_without_hard_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a.pdf").write_bytes(b"mine")
    assert lay(tmp_path, "a.pdf") == "a (2).pdf"
    assert (tmp_path / "a (2).pdf").read_bytes() == DATA
    assert len(list(tmp_path.iterdir())) == 2


def test_too_much_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(TooMany), laid_aside(tmp_path, io.BytesIO(DATA).read, most=100):
        pytest.fail("nothing was laid")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_too_long_is_cut_and_keeps_its_ending(tmp_path: Path) -> None:
    name = lay(tmp_path, "ạ" * 300 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= LONGEST
