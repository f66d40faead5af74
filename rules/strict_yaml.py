"""Read YAML as data only: bounded, no aliases, no key twice, every node's line known.

PyYAML's safe loader keeps the last of two equal keys and expands aliases without bound; in a routing table
the first misroutes quietly and the second can fill the memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from documents.text import nfc

MOST_BYTES = 256 * 1024
DEEPEST = 16
_MERGE = "tag:yaml.org,2002:merge"


class NotPlain(Exception):
    """The text is not plain YAML; says where and what, in Vietnamese."""

    def __init__(self, place: str, detail: str) -> None:
        super().__init__(place, detail)
        self.place = place
        self.detail = detail


@dataclass(frozen=True, slots=True)
class PlainData:
    """The data, and the line (from 1) on which each path of keys and indexes begins."""

    data: Any
    lines: dict[tuple[str | int, ...], int]


def read_plain(text: str) -> PlainData:
    """Read one YAML document of plain values; text becomes NFC.

    Raises:
        NotPlain: too large, too deep, not YAML, an alias or anchor, or a key given twice.
    """
    if len(text.encode()) > MOST_BYTES:
        raise NotPlain("tệp", f"lớn quá {MOST_BYTES // 1024} KB")
    text = nfc(text)
    try:
        _refuse_tricks(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        lines = {} if node is None else _lines(node, ())
        return PlainData(None if node is None else loader.construct_document(node), lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"dòng {mark.line + 1}, cột {mark.column + 1}" if mark else "tệp"
        raise NotPlain(place, f"YAML không đọc được ({getattr(error, 'problem', None) or error})") from error


class _Loader(yaml.SafeLoader):
    """The safe loader, which says where a value stands that YAML takes for a day or a number and is none."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            said = f"“{node.value}” không phải là ngày hay số có thật; chữ thì đặt trong ngoặc kép"
            raise NotPlain(f"dòng {node.start_mark.line + 1}", said) from error


def _refuse_tricks(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None) is not None:
            raise NotPlain(f"dòng {line}", "không dùng neo (&) và bí danh (*) của YAML; hãy viết lại cho đủ")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise NotPlain(f"dòng {line}", f"lồng nhau quá {DEEPEST} tầng")


def _lines(node: yaml.Node, path: tuple[str | int, ...]) -> dict[tuple[str | int, ...], int]:
    lines = {path: node.start_mark.line + 1}
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines |= _lines(item, (*path, index))
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            where = f"dòng {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
                raise NotPlain(where, "tên ô phải là chữ, không dùng danh sách, khối hay <<")
            if (*path, key.value) in lines:
                raise NotPlain(where, f"ô “{key.value}” được ghi hai lần")
            lines |= _lines(item, (*path, key.value))
    return lines
