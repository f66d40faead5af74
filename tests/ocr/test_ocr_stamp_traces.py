"""No stamp that a person can see on page 1 passes for none; what is no stamp does not pass for one."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import pytest

from documents.page import Box, Line, Region, RegionKind, Word
from documents.text import fold
from ocr import foreign_ink
from ocr.accounted import find_signing
from ocr.cleaning import CleanPage, as_it_is
from ocr.engine import TesseractEngine
from ocr.foreign_ink import find_patches
from ocr.raster import Pixels, Raster
from ocr.stamp_traces import find_traces
from samples.paper import Ink
from tests.ocr.engines import Recorded, said
from tests.ocr.worn_stamps import DPI, faxed, note_on, seal_on, sheet, stamp_on

_MM = DPI / 25.4


def clean(pixels: Pixels) -> CleanPage:
    return as_it_is(Raster(pixels, DPI))


def traces(pixels: Pixels, *lines: Line, regions: tuple[Region, ...] = ()) -> tuple[Region, ...]:
    return find_traces(clean(pixels), lines, regions, Recorded())


def rectangle(page: Pixels, x: float, y: float, width: float, height: float, thick: int = 2) -> None:
    ends = ((round(x * _MM), round(y * _MM)), (round((x + width) * _MM), round((y + height) * _MM)))
    cv2.rectangle(page, *ends, (20, 20, 20), thick)


# ── stamps ───────────────────────────────────────────────────────────────────────────────────────────────

WORN = [
    pytest.param((28, 62), Ink.RED, 0.2, True, 0.0, 1.0, id="red, a fifth worn away"),
    pytest.param((28, 62), Ink.VIOLET, 0.4, True, 7.0, 1.0, id="violet, leaning to the right"),
    pytest.param((140, 70), Ink.BLUE, 0.5, True, -8.0, 1.0, id="blue, leaning to the left, half gone"),
    pytest.param((130, 20), Ink.BLACK, 0.3, False, 2.0, 1.0, id="black, without any frame"),
    pytest.param((60, 120), Ink.RED, 0.6, True, 1.0, 0.8, id="red, pale and mostly gone"),
    pytest.param((-22, 75), Ink.VIOLET, 0.2, True, 0.0, 1.0, id="half off the left edge"),
    pytest.param((30, -14), Ink.RED, 0.2, True, 3.0, 1.0, id="half off the upper edge"),
    pytest.param((185, 90), Ink.BLACK, 0.2, True, -3.0, 1.0, id="half off the right edge"),
]


@pytest.mark.parametrize("is_fax", [False, True], ids=["in colour", "faxed"])
@pytest.mark.parametrize(("place", "ink", "worn", "frame", "tilt", "pale"), WORN)
def test_a_worn_stamp_that_says_nothing_is_seen_and_asked_about(
    place: tuple[float, float], ink: Ink, worn: float, frame: bool, tilt: float, pale: float, is_fax: bool
) -> None:
    page = sheet()
    stamp_on(page, place, ink=ink, worn=worn, frame=frame, tilt_deg=tilt, pale=pale)
    found = traces(faxed(page) if is_fax else page)
    assert found
    assert all(region.kind is RegionKind.ARRIVAL_STAMP and not region.lines for region in found)
    x, y = (max(place[0], 0) + 8) / 210, (max(place[1], 0) + 8) / 297
    assert any(r.box.x0 - 0.05 <= x <= r.box.x1 and r.box.y0 - 0.05 <= y <= r.box.y1 for r in found)


def test_coloured_ink_is_seen_although_print_over_it_was_read() -> None:
    page, rows = sheet(), []
    for number in range(16):
        y = 92 + 6 * number
        cv2.putText(page, "Thuc hien ke hoach " * 3, (170, round(y * _MM)), 0, 0.9, (0, 0, 0), 2)
        rows.append(Line((Word("hiện", Box(0.12, (y - 5) / 297, 0.95, (y + 1.5) / 297), 95.0),)))
    assert traces(page, *rows) == ()
    stamp_on(page, (60, 120), ink=Ink.RED, worn=0.5, frame=False)
    assert traces(page, *rows)


def test_what_a_second_kinder_try_reads_is_a_stamp() -> None:
    page = sheet()
    stamp_on(page, (40, 70), ink=Ink.BLACK, worn=0.0, frame=False)
    engine = Recorded((said("Số: 1293", "ĐẾN", "Ngày: 16/5/2024", "Chuyển: Đ/c Linh"),))
    (found,) = find_traces(clean(page), (), (), engine)
    assert [line.text for line in found.lines] == ["Số: 1293", "ĐẾN", "Ngày: 16/5/2024", "Chuyển: Đ/c Linh"]


def test_a_stamp_without_its_frame_is_read_after_all() -> None:
    page = sheet()
    stamp_on(page, (40, 70), ink=Ink.RED, worn=0.1, frame=False)
    (found,) = find_traces(clean(page), (), (), TesseractEngine())
    said = fold(" ".join(line.text for line in found.lines))
    assert "den" in said
    assert "chuyen: d/c linh" in said


# ── none ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_page_has_none() -> None:
    assert traces(sheet()) == ()


def test_print_that_was_read_is_none() -> None:
    page = sheet()
    rows = []
    for number in range(12):
        y = 80 + 7 * number
        cv2.putText(page, "Thuc hien ke hoach cong tac", (200, round(y * _MM)), 0, 0.8, (0, 0, 0), 2)
        rows.append(Line((Word("hiện", Box(0.14, (y - 5) / 297, 0.9, (y + 2) / 297), 95.0),)))
    assert traces(page, *rows) == ()


def _table(page: Pixels) -> None:
    for row in range(6):
        rectangle(page, 30, 150 + 9 * row, 160, 9)
    for column in (45, 90, 140):
        rectangle(page, 30, 150, column - 30, 54)


def _rules(page: Pixels) -> None:
    for y in (20, 21, 60):
        cv2.line(page, (round(30 * _MM), round(y * _MM)), (round(190 * _MM), round(y * _MM)), (0, 0, 0), 3)
    cv2.line(page, (round(117 * _MM), round(35 * _MM)), (round(175 * _MM), round(35 * _MM)), (0, 0, 0), 2)


def _box_for_a_number(page: Pixels) -> None:
    rectangle(page, 28, 10, 44, 11)


def _holes(page: Pixels) -> None:
    for y in (108, 188):
        cv2.circle(page, (round(11 * _MM), round(y * _MM)), round(3 * _MM), (30, 30, 30), -1)
    cv2.line(page, (round(9 * _MM), round(12 * _MM)), (round(19 * _MM), round(8 * _MM)), (40, 40, 40), 4)


def _dark_edge(page: Pixels) -> None:
    page[:, : round(4 * _MM)] = 30
    page[: round(3 * _MM)] = 20


def _logo(page: Pixels) -> None:
    cv2.circle(page, (round(21 * _MM), round(19 * _MM)), round(9 * _MM), (0, 90, 170), 8)
    cv2.rectangle(
        page, (round(15 * _MM), round(14 * _MM)), (round(27 * _MM), round(24 * _MM)), (0, 90, 170), -1
    )


def _seal(page: Pixels) -> None:
    seal_on(page, (60, 120))


def _seal_from_behind(page: Pixels) -> None:
    seal_on(page, (60, 120), pale=0.4, mirrored=True)


def _seal_across_pages(page: Pixels) -> None:
    seal_on(page, (193, 120))


def _note(page: Pixels) -> None:
    note_on(page, (10, 80), ("P. CNTT tham mưu,", "báo cáo", "Linh"))


@pytest.mark.parametrize("is_fax", [False, True], ids=["in colour", "faxed"])
@pytest.mark.parametrize(
    "draw",
    [
        _table,
        _rules,
        _box_for_a_number,
        _holes,
        _dark_edge,
        _logo,
        _seal,
        _seal_from_behind,
        _seal_across_pages,
        _note,
    ],
)
def test_what_lies_on_pages_and_is_no_stamp_is_none(draw: Callable[[Pixels], None], is_fax: bool) -> None:
    page = sheet()
    draw(page)
    assert traces(faxed(page) if is_fax else page) == ()


def test_signature_and_seal_beside_the_copy_list_are_none() -> None:
    page = sheet()
    stamp_on(page, (118, 130), ink=Ink.BLACK, worn=0.3)
    copies = Line(
        (Word("Nơi", Box(0.14, 0.45, 0.17, 0.462), 95.0), Word("nhận:", Box(0.175, 0.45, 0.22, 0.462), 95.0))
    )
    assert find_signing((copies,))
    assert traces(page, copies) == ()


def test_a_signature_panel_read_apart_is_none() -> None:
    page = sheet()
    rectangle(page, 138, 4, 62, 16)
    note_on(page, (140, 4), ("....",))
    panel = Region(RegionKind.SIGNATURE_PANEL, Box(0.67, 0.02, 0.93, 0.06), (), None)
    assert traces(page, regions=(panel,)) == ()


def test_a_box_of_other_text_is_none() -> None:
    page = sheet()
    stamp_on(page, (40, 70), ink=Ink.BLACK, worn=0.0, frame=False)
    engine = Recorded((said("Người ký: Sở Y tế", "Ngày ký: 15.05.2024"),))
    assert find_traces(clean(page), (), (), engine) == ()


@pytest.mark.parametrize(("place", "ink", "worn", "frame", "tilt", "pale"), WORN)
def test_of_a_page_read_in_part_the_same_ink_is_found_as_if_all_of_it_were_looked_at(
    place: tuple[float, float],
    ink: Ink,
    worn: float,
    frame: bool,
    tilt: float,
    pale: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = sheet()
    stamp_on(page, place, ink=ink, worn=worn, frame=frame, tilt_deg=tilt, pale=pale)
    stamp_on(page, (60, 108), ink=Ink.RED, worn=0.2, frame=True)
    part = find_patches(clean(page), (), (), down_to=0.4)
    monkeypatch.setattr(foreign_ink, "_BELOW_MM", 297.0)
    whole = find_patches(clean(page), (), (), down_to=0.4)
    assert part
    assert [patch.box for patch in part] == [patch.box for patch in whole]
    assert all((a.ink == b.ink).all() for a, b in zip(part, whole, strict=True))
