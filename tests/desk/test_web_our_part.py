"""What the document asks of this office, as its page shows it."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desk.web import words
from desk.web.rendering import make_environment
from documents.people import PersonId
from documents.status import DocumentId, Status
from documents.tasks import ProposedTask, TaskNumber, TaskRecord, TaskRole, TaskState

TEMPLATES = Path(__file__).resolve().parents[2] / "desk" / "web" / "templates"


@dataclass(frozen=True)
class _View:
    tasks: tuple[TaskRecord, ...] = ()


@dataclass(frozen=True)
class _Record:
    status: Status = Status.ASSIGNED
    pages: tuple[int, ...] = field(default=())


def task(**more: Any) -> TaskRecord:
    proposed = ProposedTask(
        heading="1. Sở Thông tin và Truyền thông",
        words="Tổ chức hội nghị <giao ban>",
        role=TaskRole.LEAD,
        partners=("Sở Ngoại vụ", "Sở Y tế"),
        phrase="06 tháng 01 lần",
        recurrence="FREQ=MONTHLY;INTERVAL=6",
        ask="day",
        page=3,
    )
    facts: dict[str, Any] = {
        "document": DocumentId("vb1"),
        "number": TaskNumber(1),
        "proposed": proposed,
        "state": TaskState.PROPOSED,
        "recurrence": proposed.recurrence,
    }
    return TaskRecord(**{**facts, **more})


def page(*tasks: TaskRecord, status: Status = Status.ASSIGNED, pictures: bool = True) -> str:
    template = make_environment().get_template("our_part.html")
    return template.render(
        view=_View(tasks), record=_Record(status), words=words, pages=[1] if pictures else []
    )


def said(source: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


def test_a_proposed_task_is_shown_with_all_that_is_known_of_it() -> None:
    source = page(task())
    assert "Tổ chức hội nghị &lt;giao ban&gt;" in source
    assert '<a href="#trang-3">trang 3</a>' in source
    assert said(source) == (
        "Phần việc của cơ quan Tổ chức hội nghị <giao ban> chủ trì · 1. Sở Thông tin và Truyền thông · trang 3 "
        "· máy đề xuất · định kỳ (06 tháng 01 lần), cần định ngày · với Sở Ngoại vụ, Sở Y tế"
    )


@pytest.mark.parametrize(
    ("more", "words_"),
    [
        pytest.param(
            {"state": TaskState.TAKEN, "holder": PersonId("linh"), "holder_name": "Nguyễn Thị Linh"},
            "đang làm: Nguyễn Thị Linh",
            id="who has it",
        ),
        pytest.param({"due": dt.date(2012, 3, 15), "recurrence": None}, "hạn 15/03/2012", id="a day"),
        pytest.param({"state": TaskState.DROPPED, "reason": "việc của Sở khác"}, "đã bỏ", id="dropped"),
        pytest.param({"state": TaskState.DONE}, "đã xong", id="done"),
    ],
)
def test_each_state_of_a_task_says_what_it_is(more: dict[str, Any], words_: str) -> None:
    assert words_ in said(page(task(**more)))


def test_a_rule_that_a_person_gave_asks_for_nothing_more() -> None:
    assert "cần định ngày" not in said(page(task(recurrence="FREQ=MONTHLY;BYMONTHDAY=20")))


def test_without_pictures_the_page_is_named_and_leads_nowhere() -> None:
    source = page(task(), pictures=False)
    assert "trang 3" in said(source)
    assert "#trang-3" not in source


@pytest.mark.parametrize("status", [Status.SEALED, Status.ASSIGNED])
def test_nothing_is_shown_where_there_is_nothing_or_nothing_may_be(status: Status) -> None:
    assert said(page(*([task()] if status is Status.SEALED else []), status=status)) == ""


def test_the_page_of_a_document_shows_its_part_before_the_fields() -> None:
    source = (TEMPLATES / "document.html").read_text("utf-8")
    assert source.index("our_part.html") < source.index("review.html") < source.index("Nội dung đã đọc")
