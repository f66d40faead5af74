"""The words of letters: an office may change them, and nothing in them can do anything but stand there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from string import Template

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notices import KINDS
from gateways.notices import NoticeText, words_of
from gateways.templates import SLOTS, Slip, built_in, load_templates

TODAY = dt.date(2012, 1, 5)
TEXT = NoticeText(
    kind="assigned",
    document_id="k7m2",
    office="Sở TT&TT",
    entry="29/2012",
    number_symbol="02/KH-UBND",
    subject="Thông tin đối ngoại",
    role="chủ trì",
    due=dt.date(2012, 1, 30),
)


def test_every_built_in_letter_names_known_slots_only_and_has_a_subject() -> None:
    for name, words in built_in().words.items():
        for part in (words.subject, words.opening):
            assert set(Template(part).get_identifiers()) <= SLOTS, name
        assert words.subject, name
        assert words.opening or name == "chan-thu", name


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_notice_has_words_of_its_own(kind: str) -> None:
    news = words_of(replace(TEXT, kind="something else"), TODAY)
    words = words_of(replace(TEXT, kind=kind), TODAY)
    assert words.opening != news.opening


@pytest.mark.parametrize(
    ("facts", "subject", "opening"),
    [
        pytest.param({"kind": "handed_on", "by": "Thanh Xuân"}, "Chuyển chủ trì, hạn 30/01/2012: ", "Thanh Xuân chuyển", id="handed on"),
        pytest.param({"kind": "returned", "by": "Linh"}, "Trả lại: ", "Linh trả lại", id="returned"),
        pytest.param({"kind": "moved", "moved": ("Linh", "Hùng")}, "Chuyển người giữ: ", "từ Linh sang Hùng", id="moved"),
        pytest.param({"kind": "moved", "moved": ("Linh", "")}, "Chuyển người giữ: ", "từ Linh sang (chưa có người)", id="moved to nobody"),
        pytest.param({"kind": "unheld", "moved": ("Linh", "")}, "Chưa có người giữ: ", "do Linh giữ, nay chưa có ai", id="nobody holds it"),
        pytest.param({"kind": "recounted", "due_before": dt.date(2012, 1, 27)}, "Đổi hạn thành 30/01/2012: ", "từ 27/01/2012 sang 30/01/2012", id="the calendar changed"),
        pytest.param({"kind": "task", "task": 2}, "Giao việc, hạn 30/01/2012: ", "một việc nêu trong", id="a task of the document"),
        pytest.param({"kind": "returned", "by": "Linh", "behalf": "Hùng"}, "Trả lại: ", "Linh (thay Hùng) trả lại", id="for somebody else"),
        pytest.param({"kind": "finished", "by": "Linh"}, "Đã xong: ", "Linh đã ghi hoàn thành", id="finished"),
        pytest.param({"kind": "extension_asked", "by": "Linh", "wanted": dt.date(2012, 2, 6)}, "Đề nghị gia hạn đến 06/02/2012: ", "đến ngày 06/02/2012", id="asked for more time"),
        pytest.param({"kind": "extension_answered", "granted": True}, "Được gia hạn, hạn 30/01/2012: ", "hạn mới là ngày 30/01/2012", id="granted"),
        pytest.param({"kind": "extension_answered"}, "Không gia hạn, hạn 30/01/2012: ", "hạn giữ nguyên", id="not granted"),
        pytest.param({"kind": "alarm", "step": "unregistered"}, "Quá thời hạn vào sổ: ", "chưa được vào sổ", id="not entered"),
        pytest.param({"kind": "alarm", "step": "unassigned"}, "Quá thời hạn trình, chuyển: ", "chưa được trình", id="not passed on"),
    ],
)  # fmt: skip
def test_what_is_told_of_each_turn_of_the_work(facts: dict[str, object], subject: str, opening: str) -> None:
    words = words_of(replace(TEXT, **facts), TODAY)  # type: ignore[arg-type]  # rows of the table
    assert words.subject.startswith(subject)
    assert opening in words.opening


def test_an_office_says_it_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "giao.txt").write_text(
        "\ufeffViệc mới $so_den\r\n\r\nMời đồng chí xem $van_ban.\r\n", "utf-8"
    )
    words = words_of(TEXT, TODAY, load_templates(tmp_path))
    assert words.subject == "Việc mới 29/2012"
    assert words.opening == "Mời đồng chí xem 02/KH-UBND – Thông tin đối ngoại."
    assert load_templates(tmp_path / "nowhere") == built_in()


@pytest.mark.parametrize(
    ("file", "content", "slip"),
    [
        pytest.param(
            "giao.txt", "Giao\n\nSố $so_denn", Slip(file="giao.txt", line=3, detail="không có ô $so_denn (có phải “$so_den”?)"), id="a slip of the pen"
        ),
        pytest.param("giao.txt", "Giá 5 $ một bản", Slip(file="giao.txt", line=1, detail="dấu $ đứng một mình; viết $$ để có dấu $"), id="a bare dollar"),
        pytest.param("giao.txt", "${so_den.__class__}", Slip(file="giao.txt", line=1, detail="dấu $ đứng một mình; viết $$ để có dấu $"), id="nothing is evaluated"),
        pytest.param("gia.txt", "Giao", Slip(file="gia.txt", line=0, detail="không có mẫu thư nào tên này (có phải “giao”?)"), id="a name that is none"),
        pytest.param("giao.txt", " \n\n ", Slip(file="giao.txt", line=0, detail="tệp trống; dòng đầu phải là tiêu đề thư"), id="empty"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place_and_the_built_in_words_serve(
    file: str, content: str, slip: Slip, tmp_path: Path
) -> None:
    (tmp_path / file).write_text(content, "utf-8")
    loaded = load_templates(tmp_path)
    assert loaded.slips == (slip,)
    assert loaded.words == built_in().words


def test_a_file_that_is_no_text_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "giao.txt").write_bytes("Giao việc".encode("utf-16"))
    (slip,) = load_templates(tmp_path).slips
    assert "UTF-8" in slip.detail


@given(
    value=st.text(max_size=80)
    | st.sampled_from(["$so_den", "${ma}", "{{7*7}}", "%(x)s", "{0.__class__}", "<script>"])
)
def test_what_a_document_says_is_never_a_template_itself(value: str) -> None:
    filled = built_in().fill("tin", {"van_ban": value})
    assert filled.subject == value
