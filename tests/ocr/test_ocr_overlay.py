"""The picture of a reading: every box where it was read, every field with its sign and its reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from documents.page import Box
from documents.reading import FieldName, FieldReading, Reading
from ocr.overlay import PAGE_PX, PANEL_PX, Lettering, draw_overlay
from ocr.screen import PagePicture

FONTS = Path(__file__).parents[2] / "desk" / "web" / "static" / "fonts"
LETTERING = Lettering(
    FONTS / "be-vietnam-pro-latin-400-normal.woff2", FONTS / "be-vietnam-pro-vietnamese-400-normal.woff2"
)
GREEN, AMBER = (23, 104, 60), (180, 95, 6)


def pages(folder: Path, count: int) -> tuple[PagePicture, ...]:
    made = []
    for number in range(1, count + 1):
        path = folder / f"{number}.png"
        Image.new("L", (550, 700), 255).save(path)
        made.append(PagePicture(number, path, 550, 700))
    return tuple(made)


def reading(*fields: FieldReading) -> Reading:
    return Reading({field.name: field for field in fields})


def colours(path: Path, *, left: bool) -> set[tuple[int, ...]]:
    with Image.open(path) as opened:
        pixels = np.asarray(opened.convert("RGB"))
    part = pixels[:, :PAGE_PX] if left else pixels[:, PAGE_PX:]
    return {tuple(int(v) for v in colour) for colour in np.unique(part.reshape(-1, 3), axis=0)}


@pytest.mark.parametrize(
    ("checked", "shown", "hidden"),
    [
        pytest.param(True, GREEN, AMBER, id="checked: green"),
        pytest.param(False, AMBER, GREEN, id="to be seen: amber"),
    ],
)
def test_a_field_is_boxed_on_the_page_and_named_beside_it(
    checked: bool, shown: tuple[int, ...], hidden: tuple[int, ...], tmp_path: Path
) -> None:
    field = FieldReading(
        name=FieldName.SUBJECT,
        value="Về việc nghỉ lễ",
        checked=checked,
        reason=None if checked else "Mới đọc được một lần.",
        page=1,
        box=Box(0.2, 0.3, 0.6, 0.35),
    )
    draw_overlay(pages(tmp_path, 1), reading(field), LETTERING, to=tmp_path / "out.png")
    for left in (True, False):
        seen = colours(tmp_path / "out.png", left=left)
        assert shown in seen
        assert hidden not in seen


def test_pages_stand_under_each_other_and_a_field_without_a_place_is_listed_first(tmp_path: Path) -> None:
    nowhere = FieldReading(name=FieldName.ISSUER, value=None, reason="Không thấy cơ quan ban hành.")
    second = FieldReading(
        name=FieldName.SIGNER_NAME, value="Lê Văn Bình", checked=True, page=2, box=Box(0.5, 0.8, 0.9, 0.84)
    )
    draw_overlay(pages(tmp_path, 2), reading(nowhere, second), LETTERING, to=tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as opened:
        assert opened.size == (PAGE_PX + PANEL_PX, 2 * 1400)
        top = np.asarray(opened.convert("RGB"))[:1400, PAGE_PX:]
    assert (top == AMBER).all(axis=2).any()


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param(["Sở Y tế", "Lưu: VT"], id="a list"),
        pytest.param([{"phrase": "trước ngày 5/3", "date": None}], id="deadlines"),
        pytest.param("x" * 5000, id="a very long text"),
        pytest.param("ẮẰẲẴẶ đ\u0301 漢字 \u202e", id="letters of all kinds"),
    ],
)
def test_any_value_can_be_drawn(value: object, tmp_path: Path) -> None:
    field = FieldReading(name=FieldName.RECIPIENTS, value=value, page=1, box=Box(0, 0, 1, 1))  # type: ignore[arg-type]
    draw_overlay(pages(tmp_path, 1), reading(field), LETTERING, to=tmp_path / "out.png")
    assert (tmp_path / "out.png").stat().st_size > 1000
