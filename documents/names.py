"""Words that Vietnamese names are made of: surnames, and syllables of middle and given names.

They say how a name may be spelled and which of two readings of one picture is the likelier; a name is never
made of them alone. Source: names met in public office and in the registers of the project's demo.
"""

from __future__ import annotations

import functools
import importlib.resources

from documents.text import fold, nfc

_RANKS = (1.0, 0.3, 0.05)
"""How likely a given name's syllable is, by the part of the list it stands in."""
_SURNAME_RANKS = (
    (1.0, "Nguyễn"),
    (0.8, "Trần Lê"),
    (0.6, "Phạm Hoàng Huỳnh Phan Vũ Võ"),
    (0.4, "Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đào Trương"),
    (0.2, "Mai Hà Lương Trịnh Đoàn"),
    (0.1, "Bạch Cao Chu Châu Diệp Doãn Đàm Hoa Hứa Kiều La Lã Lại Lâm Lưu Mạc Nghiêm Nông Phùng Quách"),
    (0.1, "Tạ Thái Thân Tăng Tô Tôn Tống Trang Triệu Từ Văn Vương"),
)
_OTHER_SURNAME = 0.03


@functools.cache
def surnames() -> dict[str, frozenset[str]]:
    """Surnames by their form without marks."""
    found: dict[str, set[str]] = {}
    for line in _read("surnames.txt").splitlines():
        if line and not line.startswith("#"):
            found.setdefault(fold(line), set()).add(line)
    return {key: frozenset(names) for key, names in found.items()}


@functools.cache
def surname_weights() -> dict[str, float]:
    """Every surname, and roughly how likely it is beside the most frequent one, 0 to 1."""
    ranked = {surname: rank for rank, text in _SURNAME_RANKS for surname in nfc(text).split()}
    spelled = (surname for names in surnames().values() for surname in names)
    return {surname: ranked.get(surname, _OTHER_SURNAME) for surname in spelled}


@functools.cache
def given_name_weights() -> dict[str, float]:
    """Every known syllable of middle and given names, and roughly how likely it is, 0 to 1."""
    lines = [line for line in _read("given_names.txt").splitlines() if not line.startswith("#")]
    parts = [part.split() for part in "\n".join(lines).strip().split("\n\n")]
    return {word: rank for rank, words in zip(_RANKS, parts, strict=True) for word in words}


def _read(name: str) -> str:
    return nfc((importlib.resources.files("documents") / "data" / name).read_text("utf-8"))
