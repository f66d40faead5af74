"""The words of letters: small text files with named slots, which can neither compute nor fetch anything.

A file holds the subject on its first line, an empty line, and the opening. `$so_den` stands for the arrival
number and so on (`SLOTS`); `$$` is a dollar sign. An office lays a file of the same name into `mau-thu` of
its home to say it otherwise. What stands in a file is text: letters escape it when they make HTML of it.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template

from rapidfuzz import fuzz, process

from documents.text import nfc

SLOTS = frozenset(
    {
        "so_den", "so_ky_hieu", "ngay_van_ban", "noi_gui", "trich_yeu", "do_khan", "vai_tro", "han",
        "kem_han", "con_lai", "van_ban", "tep", "ma", "nguoi", "nguoi_giu", "tu", "den", "han_xin",
        "co_quan_minh", "hom_nay", "so_viec", "han_cu",
    }
)  # fmt: skip
"""Every name that may stand in a file; what is not known of a document is empty."""

MOST_BYTES = 20_000
_LEAST_LIKENESS = 60


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one letter."""

    subject: str
    opening: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is wrong with an office's file; the built-in words are used instead.

    `line` counts from 1; 0 means the file as a whole.
    """

    file: str
    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class Templates:
    """The words of every letter, by name, and what was wrong with the office's own."""

    words: Mapping[str, Words]
    slips: tuple[Slip, ...] = field(default=())

    def fill(self, name: str, values: Mapping[str, str]) -> Words:
        """The words of a letter with its slots filled; values are text and stay text."""
        known = self.words[name]
        everything = dict.fromkeys(SLOTS, "") | dict(values)
        return Words(
            Template(known.subject).substitute(everything), Template(known.opening).substitute(everything)
        )


@cache
def built_in() -> Templates:
    """The words that come with the program."""
    return Templates({name.removesuffix(".txt"): _read(text) for name, text in sample_files().items()})


def sample_files() -> dict[str, str]:
    """The files that come with the program, by name."""
    folder = importlib.resources.files("gateways") / "data" / "mau-thu"
    files = sorted(folder.iterdir(), key=lambda path: path.name)
    return {path.name: path.read_text("utf-8") for path in files if path.name.endswith(".txt")}


def load_templates(folder: Path) -> Templates:
    """The built-in words with the office's own in their place where those are sound."""
    words, slips = dict(built_in().words), []
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
        found = _check(path)
        if isinstance(found, Words):
            words[path.stem] = found
        else:
            slips.extend(found)
    return Templates(words, tuple(slips))


def _check(path: Path) -> Words | list[Slip]:
    """The words of an office's file, or everything that is wrong with it."""

    def whole(detail: str) -> list[Slip]:
        return [Slip(file=path.name, line=0, detail=detail)]

    if path.stem not in built_in().words:
        return whole(f"không có mẫu thư nào tên này{_meant(path.stem, built_in().words)}")
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        text = nfc(data.decode("utf-8-sig"))
    except OSError as error:
        return whole(f"không mở được ({error.strerror})")
    except UnicodeDecodeError:
        return whole("không phải chữ UTF-8; lưu lại bằng bảng mã UTF-8")
    if len(data) > MOST_BYTES:
        return whole(f"lớn quá {MOST_BYTES // 1000} KB")
    if not text.strip():
        return whole("tệp trống; dòng đầu phải là tiêu đề thư")
    slips = [
        Slip(file=path.name, line=number, detail=detail)
        for number, line in enumerate(text.splitlines(), 1)
        for detail in _slips_of(line)
    ]
    return slips or _read(text)


def _slips_of(line: str) -> list[str]:
    slips = []
    for found in Template.pattern.finditer(line):
        name = found["named"] or found["braced"]
        if found["invalid"] is not None:
            slips.append("dấu $ đứng một mình; viết $$ để có dấu $")
        elif name and name not in SLOTS:
            slips.append(f"không có ô ${name}{_meant(name, SLOTS, '$')}")
    return slips


def _meant(name: str, known: object, sign: str = "") -> str:
    best = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)  # type: ignore[call-overload]
    return f" (có phải “{sign}{best[0]}”?)" if best else ""


def _read(text: str) -> Words:
    subject, _, opening = text.strip().partition("\n")
    return Words(" ".join(subject.split()), "\n".join(line.rstrip() for line in opening.strip().splitlines()))
