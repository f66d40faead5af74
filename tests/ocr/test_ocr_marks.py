"""A secrecy mark stops everything before a word is kept; words that only look like one do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from documents.errors import SecretMark
from documents.page import Box, Line, Region, RegionKind, Word
from ocr.cleaning import as_it_is
from ocr.engine import TesseractEngine
from ocr.frames import find_frames
from ocr.limits import Limits
from ocr.marks import columns_of, find_marks, has_secret_mark, known_mark
from ocr.raster import Gray
from ocr.read import Depth, PaperRead, read_paper
from samples.letters import urgent_letter
from samples.paper import Ink, Mark, Wear
from samples.papers import scan as scan_paper
from samples.typeface import Face, load_font
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import ARRIVES, BLACK, BLUE, RED, blank, frame, raster, rows_of_text, scan


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("MẠT", "MẬT"),
        ("|MẬT.", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TÓI MÂT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("KHẨN", "KHẨN"),
        ("THƯỢNG KHAN", "THƯỢNG KHẨN"),
        ("HOẢ TỐC", "HỎA TỐC"),
        ("XEM XONG TRẢ LẠI", "XEM XONG TRẢ LẠI"),
        ("M4T", "MẬT"),
        ("CAT77", None),
        ("Ủy ban nhân dân", None),
        ("", None),
    ],
)
def test_a_framed_word_is_known_however_the_engine_spells_it(text: str, mark: str | None) -> None:
    assert known_mark(text) == mark


def line(text: str, x: float, y: float) -> Line:
    words = []
    for word in text.split():
        words.append(Word(word, Box(x, y, x + 0.011 * len(word), y + 0.014), 90.0))
        x += 0.011 * len(word) + 0.006
    return Line(tuple(words))


@pytest.mark.parametrize(
    ("lines", "secret"),
    [
        pytest.param([line("MẬT", 0.2, 0.2)], True, id="alone in the left column"),
        pytest.param([line("TUYỆT MẬT", 0.2, 0.2)], True, id="two words"),
        pytest.param([line("Độ mật: Mật", 0.2, 0.1)], True, id="labelled, in small letters"),
        pytest.param(
            [Line((*line("TỐI MẬT", 0.1, 0.2).words, *line("Hà Nội, ngày 5", 0.6, 0.2).words))],
            True,
            id="in one row with the other column",
        ),
        pytest.param([line("bảo vệ bí mật nhà nước", 0.2, 0.3)], False, id="running text"),
        pytest.param([line("Mật", 0.2, 0.3)], False, id="a word in small letters"),
        pytest.param([line("MẬT", 0.2, 0.8)], False, id="far down"),
        pytest.param([line("MẬT ONG RỪNG", 0.3, 0.3)], False, id="honey"),
        pytest.param(
            [line("QUY CHẾ BẢO VỆ BÍ", 0.4, 0.3), line("MẬT", 0.49, 0.32)], False, id="last line of a title"
        ),
    ],
)
def test_only_a_mark_by_itself_is_secret(lines: list[Line], secret: bool) -> None:
    assert has_secret_mark(lines, ()) is secret


def test_a_framed_mark_is_secret_and_an_urgent_one_is_not() -> None:
    box = Box(0.2, 0.2, 0.3, 0.23)

    def framed(word: str) -> Region:
        return Region(RegionKind.FRAMED_MARK, box, (Line((Word(word, box),)),), "red")

    assert has_secret_mark((), [framed("TỐI MẬT")])
    assert not has_secret_mark((), [framed("KHẨN")])


def test_columns_part_at_wide_gaps() -> None:
    row = Line((*line("TỈNH TÂY NINH", 0.1, 0.1).words, *line("Độc lập - Tự do", 0.6, 0.1).words))
    assert [part.text for part in columns_of(row)] == ["TỈNH TÂY NINH", "Độc lập - Tự do"]


@pytest.mark.parametrize("ink", [RED, BLACK], ids=["red", "black"])
def test_a_small_frame_is_read_as_a_mark(ink: tuple[int, int, int]) -> None:
    page = blank()
    frame(page, 36, 66, 20, 8, ink=ink)
    clean = as_it_is(raster(page))
    (mark,) = find_marks(clean, find_frames(clean)[0], Recorded((said("KHAN"),)))
    assert [line.text for line in mark.lines] == ["KHẨN"]


@pytest.mark.parametrize(
    ("ink", "answers", "is_secret"),
    [
        pytest.param(RED, ["CAT", ""], True, id="a damaged word in red"),
        pytest.param(BLACK, ["CAT", ""], True, id="on a photocopy"),
        pytest.param(BLUE, ["CAT", ""], False, id="a scribble by a pen that one look takes for it"),
        pytest.param(BLUE, ["CAT", "MÂT"], True, id="two looks"),
        pytest.param(BLUE, ["MẬT"], True, id="plainly, in whatever ink"),
    ],
)
def test_a_damaged_secrecy_mark_counts_at_once_unless_a_pen_may_have_scribbled_it(
    ink: tuple[int, int, int], answers: list[str], is_secret: bool
) -> None:
    page = blank()
    frame(page, 36, 66, 20, 8, ink=ink)
    clean = as_it_is(raster(page))
    marks = find_marks(clean, find_frames(clean)[0], Recorded([said(text) for text in answers]))
    assert has_secret_mark((), marks) is is_secret


def test_a_whole_frame_with_an_unknown_word_is_kept_for_a_person() -> None:
    page = blank()
    frame(page, 36, 66, 30, 8)
    clean = as_it_is(raster(page))
    (mark,) = find_marks(clean, find_frames(clean)[0], Recorded((said("Phụ lục"),)))
    assert [line.text for line in mark.lines] == ["Phụ lục"]


def read_with_pictures(path: Path, pictures: Path, engine: object) -> PaperRead:
    pictures.mkdir()
    return read_paper(
        path,
        file_name=path.name,
        sha256="0" * 64,
        engine=engine,  # type: ignore[arg-type]
        depth=Depth.FULL,
        limits=Limits(),
        pictures_to=pictures,
    )


def test_nothing_is_kept_of_a_secret_paper(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", rows_of_text(), rows_of_text(), dpi=150)
    engine = Recorded(([line("TUYỆT MẬT", 0.2, 0.2)],))
    pages: list[int] = []
    with pytest.raises(SecretMark) as caught:
        read_paper(
            path,
            file_name="a.pdf",
            sha256="0" * 64,
            engine=engine,
            depth=Depth.FULL,
            limits=Limits(),
            pictures_to=tmp_path,
            on_page=pages.append,
        )
    assert len(engine.asked) == 1, "page 2 was never looked at"
    assert pages == []
    assert [p.name for p in tmp_path.iterdir()] == ["a.pdf"], "no picture was written"
    assert caught.value.facts == {}, "the error carries nothing of the paper"


@pytest.mark.tesseract
@pytest.mark.parametrize("ink", [Ink.RED, Ink.BLACK], ids=["red", "black"])
def test_a_drawn_secrecy_mark_is_seen(ink: Ink, tmp_path: Path) -> None:
    letter = replace(urgent_letter(ARRIVES), urgency=None, secrecy=Mark(words="MẬT", ink=ink))
    wear = Wear(noise=3, skew_deg=0.6, grey=ink is Ink.BLACK)
    (page, *_) = scan_paper(letter, wear, dpi=150, rng=np.random.default_rng(5))
    path = scan(tmp_path / "a.png", np.asarray(page), dpi=150)
    with pytest.raises(SecretMark):
        read_with_pictures(path, tmp_path / "anh", TesseractEngine())
    assert list((tmp_path / "anh").iterdir()) == []


def stamped_mark(word: str, *, tilt_deg: float, dpi: int = 200) -> Gray:
    """A page with `word` in a thick double frame that leans, as rubber prints it, one bit a pixel."""
    mm = dpi / 25.4
    stamp = Image.new("L", (round(26 * mm), round(13 * mm)), 255)
    draw = ImageDraw.Draw(stamp)
    for inset, width in ((0.6, 0.8), (1.9, 0.4)):
        corners = (inset * mm, inset * mm, stamp.width - inset * mm, stamp.height - inset * mm)
        draw.rectangle(corners, outline=0, width=round(width * mm))
    font = load_font(Face.BOLD, 6.2 * mm)
    draw.text((stamp.width / 2, stamp.height / 2 + 0.4 * mm), word, fill=0, font=font, anchor="mm")
    leaning = stamp.rotate(tilt_deg, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    page = Image.new("L", (round(210 * mm), round(297 * mm)), 255)
    page.paste(leaning, (round(36 * mm), round(62 * mm)))
    return np.where(np.asarray(page) < 128, 0, 255).astype(np.uint8)


@pytest.mark.tesseract
@pytest.mark.fonts
@pytest.mark.parametrize("tilt_deg", [-4.0, 0.0, 3.0])
@pytest.mark.parametrize("word", ["KHẨN", "MẬT"])
def test_a_mark_in_a_thick_double_frame_is_read_however_it_leans(word: str, tilt_deg: float) -> None:
    clean = as_it_is(raster(stamped_mark(word, tilt_deg=tilt_deg), 200))
    (mark,) = find_marks(clean, find_frames(clean)[0], TesseractEngine())
    assert [line.text for line in mark.lines] == [word]
