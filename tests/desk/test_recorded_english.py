"""What stands on record in Vietnamese has its English: every pattern, whatever fills it, and every source."""

from __future__ import annotations

import ast
import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import recorded
from desk.recorded import in_english
from documents.wording import FIELD_LABELS
from rules.table import load_sample_table_text, load_table
from tests.offices import PEOPLE

PATTERNS = recorded._catalogue()[""][1]
HOLE = re.compile(r"\{(\w*)\}")

names = st.lists(
    st.text("ABCĐGHKLNQTVX", min_size=1, max_size=1).flatmap(
        lambda first: st.text("aeiouêôơưăâđnhgctmpbvxklr", min_size=1, max_size=6).map(lambda r: first + r)
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
days = st.dates(dt.date(1945, 1, 1)).map(lambda day: f"{day:%d/%m/%Y}")
numbers = st.integers(0, 99_999).map(str)
rows = st.from_regex(r"[A-Z]{2,3}-[0-9]{2}", fullmatch=True)
quotations = st.lists(names, min_size=1, max_size=3).map(lambda some: ", ".join(f"“{one}”" for one in some))
outcomes = names.map(lambda name: (f"{name} chủ trì", f"{name} leads"))
conditions = st.tuples(st.sampled_from(sorted(FIELD_LABELS.values())), names).map(
    lambda one: (f"{one[0]} là “{one[1]}”", f"{in_english(one[0])} is “{one[1]}”")
)
FILLINGS = {"d": days, "n": numbers, "row": rows, "list": quotations, "when": conditions, "then": outcomes}
PLAIN: dict[str, str | tuple[str, str]] = {
    "d": "05/01/2012",
    "n": "7",
    "row": "QT-07",
    "list": "“An”",
    "when": ("tên loại là “An”", "type is “An”"),
    "then": ("Lê An chủ trì", "Lê An leads"),
}
KNOWN = ("Chưa đọc được khối chữ ký.", "The signature block was not read.")


@settings(max_examples=600)
@given(pattern=st.sampled_from(PATTERNS), data=st.data())
def test_a_pattern_filled_with_anything_is_said_with_the_same_facts(
    pattern: recorded.Pattern, data: st.DataObject
) -> None:
    text, english = filled(pattern, lambda hole, kind: data.draw(FILLINGS.get(kind, names), label=hole))
    assert in_english(text) == english


def test_every_pattern_is_recognised() -> None:
    wrong = []
    for pattern in PATTERNS:
        text, english = filled(pattern, lambda hole, kind: PLAIN.get(kind, f"Lê {hole.title()}"))
        if in_english(text) != english:
            wrong.append((text, in_english(text)))
    assert wrong == []


def filled(pattern: recorded.Pattern, fact: Callable[[str, str], str | tuple[str, str]]) -> tuple[str, str]:
    """An instance of the pattern and its English."""
    said: dict[str, tuple[str, str]] = {}
    for hole in HOLE.findall(pattern.source):
        kind = hole.rstrip("0123456789")
        one = KNOWN if kind == "said" else fact(hole, kind)
        said[hole] = (one, one) if isinstance(one, str) else one
    return tuple(  # type: ignore[return-value]
        text.format(**{hole: one[at] for hole, one in said.items()})
        for at, text in enumerate((pattern.source, pattern.english))
    )


def test_a_translation_fills_in_the_same_facts() -> None:
    for _, patterns in recorded._catalogue().values():
        for one in patterns:
            assert sorted(HOLE.findall(one.source)) == sorted(HOLE.findall(one.english))


# ── the sources ──────────────────────────────────────────────────────────────────────────────────────────

SOURCES = (
    "fields/*.py",
    *(
        f"rules/{one}.py"
        for one in ("by_names", "by_table", "calendar_check", "case", "deadline", "direction")
    ),
    *(f"rules/{one}.py" for one in ("judging", "names", "printed_days", "recount", "shadows")),
    *(f"office/{one}.py" for one in ("absence", "decide", "full_lane", "handover", "late", "why")),
    *(f"office/{one}.py" for one in ("receive", "review", "typed", "doctor")),
)
"""Where sentences are made that go on record or are shown as they are made."""
_VIETNAMESE = re.compile(r"[à-ỹÀ-ỸđĐ]")


def sentences_of(tree: ast.Module) -> Iterator[str]:
    """Whole sentences in Vietnamese that a module makes, `{}` where something is filled in."""
    quiet: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for one in body if isinstance(body, list) else ():
            if isinstance(one, ast.Expr):
                quiet.add(id(one.value))
            if isinstance(one, ast.Assign | ast.AnnAssign) and _name_of(one) in ("message", "advice"):
                quiet.update(map(id, ast.walk(one)))
        if isinstance(node, ast.JoinedStr):
            quiet.update(map(id, node.values))
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = re.sub(r"\{\w*\}", "{}", node.value)
        else:
            continue
        if _VIETNAMESE.search(text) and text.rstrip().endswith((".", "?")) and " " in text.strip():
            yield text.strip()


def _name_of(one: ast.Assign | ast.AnnAssign) -> str:
    target = one.target if isinstance(one, ast.AnnAssign) else one.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def made(root: Path) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            place, tree = f"{path.parent.name}/{path.name}", ast.parse(path.read_text("utf-8"))
            found += [(place, text) for text in sentences_of(tree)]
    return found


MADE_OF_PARTS = {
    "{}; {} nhận việc.": "Lê An không còn làm việc; Đỗ Bình nhận việc.",
    "{}; chưa có người nhận thay.": "Việc chưa có người giữ; chưa có người nhận thay.",
    "Gia hạn: {}.": "Gia hạn: thứ Ba 07/02/2012 sau hạn văn bản cho phép là thứ Hai 06/02/2012.",
    "Giữ hạn của văn bản: {}; muốn lùi thì gia hạn kèm lý do.": (
        "Giữ hạn của văn bản: thứ Ba 07/02/2012 sau hạn văn bản cho phép là thứ Hai 06/02/2012; "
        "muốn lùi thì gia hạn kèm lý do."
    ),
    "Hạn {}{}.": "Hạn thứ Hai 06/02/2012; Chủ nhật 05/02/2012 là ngày nghỉ nên chuyển sang ngày làm việc sau.",
    "Việc hẹn giờ {}: {}.": "Việc hẹn giờ stuck: chưa chạy lần nào.",
}
"""Sentences whose places take words of the module itself: one as it comes out."""


def is_known(text: str) -> bool:
    """Whether the sentence is recognised, with some kind of fact in each of its places."""
    count = text.count("{}")
    kinds = ("05/01/2012", "thứ Hai", "7", "Nguyễn Thị Linh", "", "QT-07", "“An”", "loại là “An”")
    tries = itertools.islice(itertools.product(kinds, repeat=count), 3000)
    return any(in_english(text.format(*facts)) is not None for facts in tries)


def test_every_sentence_that_is_made_has_its_english(root: Path) -> None:
    unknown = [
        (place, text)
        for place, text in made(root)
        if "\n" not in text and "(?" not in text and not is_known(MADE_OF_PARTS.get(text, text))
    ]
    assert unknown == []


def test_the_rules_are_said_in_english() -> None:
    table = load_table(load_sample_table_text(), PEOPLE, name="giao_viec", version=1)
    for row in table.rows:
        said = in_english(row.sentence(PEOPLE))
        assert said is not None
        assert not re.search(
            r"\b(nếu|thì|chứa|chủ trì|để biết|hạn|ngày làm việc)\b", re.sub("“.*?”", "", said)
        )


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        pytest.param(
            "Ngày đến 06/01/2012 cách ngày văn bản quá 30 ngày.",
            "The day of arrival 06/01/2012 lies more than 30 days after the document's date.",
            id="a day and a number",
        ),
        pytest.param(
            "Cần xem: Chưa đọc được khối chữ ký.",
            "To be looked at: The signature block was not read.",
            id="a sentence in a sentence",
        ),
        pytest.param(
            "Trích yếu: V/v họp. Bàn việc. Trích yếu bắt đầu bằng V/v. Đã thấy chỗ kết thúc trích yếu.",
            "Subject: V/v họp. Bàn việc. The subject begins with “V/v”. The end of the subject was seen.",
            id="a field keeps its value",
        ),
        pytest.param(
            "QT-08: nếu tên loại là “Kế hoạch” và (trích yếu chứa “a” hoặc “b” hoặc độ khẩn từ mức “Khẩn” trở lên) "
            "thì Văn phòng chủ trì; hạn trong ngày.",
            "QT-08: if type is “Kế hoạch” and (subject contains “a” or “b” or urgency is “Khẩn” or higher), "
            "then Văn phòng leads; due the same day.",
            id="a condition in brackets",
        ),
        pytest.param("Kế hoạch thông tin đối ngoại năm 2012", None, id="words of a paper"),
        pytest.param("Chữ này chưa ai biết. Chưa đọc được khối chữ ký.", None, id="one of two is not known"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_sentences_as_they_stand_on_record(vietnamese: str, english: str | None) -> None:
    assert in_english(vietnamese) == english
