"""Draws papers with the traits of real ones: where hands, stamps, scanners and programs make reading hard.

A trait is an ordinary letter with one thing done to it, on its sheets before they are printed, on its pictures
after, or on the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from documents.reading import FieldName
from samples.drawing import draw_sheets
from samples.files import save_scan
from samples.paper import (
    A4_MM,
    Ink,
    Layout,
    Letterhead,
    Paper,
    Paragraph,
    Seal,
    Signer,
    Stamp,
    Wear,
)
from samples.setting import set_paper
from samples.sheet import Sheet
from samples.typeface import Face, load_font
from samples.wearing import wear

SEED = 7
CLEAN = Wear(noise=2.0, blur=0.4, jpeg_quality=88)
FAX = Wear(skew_deg=0.6, noise=6.0, blur=0.5, speckle=100, bilevel=True)
ISSUED = dt.date(2018, 3, 14)
BODY = (
    "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về việc tăng cường công tác quản lý, Sở Y tế đề nghị các "
    "đơn vị trực thuộc rà soát, tổng hợp tình hình thực hiện và gửi kết quả về Sở theo quy định.",
    "Đề nghị Thủ trưởng các đơn vị nghiêm túc thực hiện./.",
)


def letter(*body: str, **changes: object) -> Paper:
    """A letter of a department of health; `changes` are fields of its head, or of the paper."""
    head = Letterhead(
        parent=("UBND TỈNH KIÊN GIANG",),
        issuer=("SỞ Y TẾ",),
        number="2062",
        symbol="SYT-NVY",
        place="Kiên Giang",
        date=ISSUED,
    )
    plain = Paper(
        layout=Layout.TT01,
        head=head,
        subject=("V/v rà soát công tác quản lý trang thiết bị",),
        addressees=("Các đơn vị trực thuộc Sở Y tế.",),
        body=tuple(Paragraph(text) for text in body or BODY),
        signer=Signer(authority=("KT. GIÁM ĐỐC",), title="PHÓ GIÁM ĐỐC", name="Trần Văn Bình"),
        recipients=("Như trên;", "Lưu: VT, NVY."),
        seal=Seal(rim="TỈNH KIÊN GIANG", middle=("SỞ Y TẾ",)),
    )
    of_head = {name: value for name, value in changes.items() if hasattr(head, name)}
    of_paper = {name: value for name, value in changes.items() if name not in of_head}
    return replace(plain, head=replace(head, **of_head), **of_paper)  # type: ignore[arg-type]


def stamp(**changes: object) -> Stamp:
    """The stamp of a hospital, upright in the left column, written by pen."""
    plain = Stamp(agency=("BỆNH VIỆN ĐA KHOA TỈNH",), number="512", date="16/3/2018", place=(30.0, 92.0))
    return replace(plain, **changes)  # type: ignore[arg-type]


Pages = list[Image.Image]


@dataclass(frozen=True, kw_only=True)
class Trait:
    """A paper, what is done to it, and what must be read; what is not in `must` may be asked about.

    `says` are values that differ from what the paper's own fields say.
    """

    paper: Paper
    sheets: Callable[[list[Sheet]], None] | None = None
    pages: Callable[[Pages], Pages] | None = None
    file: Callable[[Path], None] | None = None
    how: Wear = CLEAN
    dpi: int = 200
    must: tuple[FieldName, ...] = ()
    says: dict[FieldName, object] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Draw, wear and save the paper; the same every time."""
        rng = np.random.default_rng(SEED)
        sheets = set_paper(self.paper)
        if self.sheets:
            self.sheets(sheets)
        pages = draw_sheets(sheets, self.paper, dpi=self.dpi, rng=rng)
        pages = self.pages(pages) if self.pages else pages
        save_scan([wear(page, self.how, rng) for page in pages], path)
        if self.file:
            self.file(path)

    def expected(self) -> dict[FieldName, object]:
        """What the paper says, field by field."""
        paper, head = self.paper, self.paper.head
        values: dict[FieldName, object] = {
            FieldName.NUMBER_SYMBOL: "".join(paper.reference.split()),
            FieldName.DATE: head.date.isoformat(),
            FieldName.PLACE: head.place,
            FieldName.ISSUER: " ".join(head.issuer),
            FieldName.DOC_TYPE: paper.doc_type or "Công văn",
            FieldName.SUBJECT: " ".join(paper.subject),
            FieldName.SIGNER_NAME: paper.signer.name,
            FieldName.URGENCY: paper.urgency.words if paper.urgency else None,
            FieldName.SECRECY: None,
            FieldName.ARRIVAL_NUMBER: paper.stamp.number if paper.stamp else None,
            FieldName.ARRIVAL_DATE: ISSUED.replace(day=16).isoformat() if paper.stamp else None,
            FieldName.ARRIVAL_FORWARDED_TO: list(paper.stamp.forwarded_to) or None if paper.stamp else None,
        }
        return values | self.says


# ── on the sheets ────────────────────────────────────────────────────────────────────────────────────────


def pen_moved(by_mm: float) -> Callable[[list[Sheet]], None]:
    """The pen's number so much further to the right: onto the slash, or with less than nought the colon."""

    def move(sheets: list[Sheet]) -> None:
        sheets[0].pen[0] = replace(sheets[0].pen[0], x_mm=sheets[0].pen[0].x_mm + by_mm)

    return move


def also(
    *lines: tuple[str, float, float], size_pt: float = 10.0, page: int = 0
) -> Callable[[list[Sheet]], None]:
    """Print `lines` (text, x and y in mm) too."""

    def print_too(sheets: list[Sheet]) -> None:
        for text, x, y in lines:
            sheets[page].put(text, x, y, size_pt=size_pt)

    return print_too


def lowered(by_mm: float, *lines: tuple[str, float, float]) -> Callable[[list[Sheet]], None]:
    """Move the first page down and print `lines` above it."""

    def lower(sheets: list[Sheet]) -> None:
        sheet = sheets[0]
        sheet.runs[:] = [replace(run, y_mm=run.y_mm + by_mm) for run in sheet.runs]
        sheet.pen[:] = [replace(run, y_mm=run.y_mm + by_mm) for run in sheet.pen]
        sheet.rules[:] = [
            replace(rule, y0_mm=rule.y0_mm + by_mm, y1_mm=rule.y1_mm + by_mm) for rule in sheet.rules
        ]
        also(*lines)(sheets)

    return lower


def without(text: str) -> Callable[[list[Sheet]], None]:
    """Leave out what is printed as `text`."""

    def leave_out(sheets: list[Sheet]) -> None:
        for sheet in sheets:
            sheet.runs[:] = [run for run in sheet.runs if run.text != text]

    return leave_out


def annexed(sheets: list[Sheet]) -> None:
    """Two annexes behind the letter: a table of figures, and a form with a head of its own."""
    figures, form = Sheet(len(sheets) + 1), Sheet(len(sheets) + 2)
    figures.put_centred("Phụ lục 1", 105, 25, face=Face.BOLD)
    figures.put_centred("DANH SÁCH TRANG THIẾT BỊ", 105, 32, face=Face.BOLD)
    for row in range(8):
        figures.put(
            f"{row + 1}   Máy siêu âm   Trung tâm Y tế huyện số {row + 1}   0{row + 1} cái", 30, 45 + 8 * row
        )
    form.put_centred("Mẫu số 02", 105, 18, face=Face.BOLD)
    form.put_centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 135, 28, face=Face.BOLD)
    form.put_centred("Độc lập - Tự do - Hạnh phúc", 135, 34, face=Face.BOLD)
    form.put("Số: ....../BC-......", 40, 44)
    form.put("............, ngày ..... tháng ..... năm 20....", 105, 44)
    form.put_centred("BÁO CÁO", 105, 58, face=Face.BOLD)
    form.put_centred("THỦ TRƯỞNG ĐƠN VỊ", 150, 120, face=Face.BOLD)
    form.put_centred("(Ký, ghi rõ họ tên)", 150, 126)
    sheets += [figures, form]


# ── on the pictures ──────────────────────────────────────────────────────────────────────────────────────


def inked(
    text: str,
    x_mm: float,
    y_mm: float,
    *,
    ink: Ink = Ink.BLUE,
    size_pt: float = 13.0,
    face: Face = Face.BOLD,
    tilt_deg: float = 0.0,
    framed: bool = False,
) -> Callable[[Pages], Pages]:
    """Press `text` with its middle at a place of the last page, as a rubber stamp or another hand does."""

    def press(pages: Pages) -> Pages:
        page = pages[-1]
        scale = page.info["dpi"][0] / 25.4
        font = load_font(face, size_pt / 72 * page.info["dpi"][0])
        layer = Image.new("RGB", page.size, "white")
        draw = ImageDraw.Draw(layer)
        at = (x_mm * scale, y_mm * scale)
        draw.text(at, text, fill=ink.value, font=font, anchor="mm")
        if framed:
            x0, y0, x1, y1 = draw.textbbox(at, text, font=font, anchor="mm")
            draw.rectangle(
                (x0 - 12, y0 - 8, x1 + 12, y1 + 8), outline=ink.value, width=max(round(0.5 * scale), 1)
            )
        layer = layer.rotate(-tilt_deg, center=at, fillcolor="white")
        return [*pages[:-1], _over(page, layer)]

    return press


def stamped(
    second: Stamp, change: Callable[[Image.Image], Image.Image] | None = None
) -> Callable[[Pages], Pages]:
    """Press one more stamp on the first page, changed as `change` says."""

    def press(pages: Pages) -> Pages:
        dpi = round(pages[0].info["dpi"][0])
        bearer = replace(letter(), stamp=second, seal=None)
        (layer,) = draw_sheets([Sheet(1)], bearer, dpi=dpi, rng=np.random.default_rng(SEED))
        return [_over(pages[0], change(layer) if change else layer), *pages[1:]]

    return press


def mirrored(layer: Image.Image) -> Image.Image:
    """As it shows through from the back: the other way round and pale."""
    return Image.blend(ImageOps.mirror(layer), Image.new("RGB", layer.size, "white"), 0.6)


def frame_broken(layer: Image.Image) -> Image.Image:
    """White streaks where the rubber did not touch."""
    draw = ImageDraw.Draw(layer)
    scale = layer.width / A4_MM[0]
    for x_mm in range(20, 200, 17):
        draw.line((x_mm * scale, 0, (x_mm + 9) * scale, layer.height), fill="white", width=round(1.6 * scale))
    return layer


def side_by_side(pages: Pages) -> Pages:
    """Two pages on one sheet, lying across it."""
    sheet = Image.new("RGB", (pages[0].width * 2, pages[0].height), "white")
    for at, page in enumerate(pages[:2]):
        sheet.paste(page, (at * page.width, 0))
    sheet.info["dpi"] = pages[0].info["dpi"]
    return [sheet]


def followed_by(other: Paper, *, dpi: int = 200) -> Callable[[Pages], Pages]:
    """Put the pages of another document behind."""

    def follow(pages: Pages) -> Pages:
        return [*pages, *_drawn(other, dpi)]

    return follow


def halved(other: Paper, *, dpi: int = 200) -> Callable[[Pages], Pages]:
    """The upper half of the first page above the upper half of another document's, on one sheet."""

    def halve(pages: Pages) -> Pages:
        sheet, below = pages[0].copy(), _drawn(other, dpi)[0]
        middle = sheet.height // 2
        sheet.paste(below.crop((0, 0, below.width, sheet.height - middle)), (0, middle))
        sheet.info["dpi"] = pages[0].info["dpi"]
        return [sheet]

    return halve


def only(*numbers: int) -> Callable[[Pages], Pages]:
    """Only these pages, counted from 1, in this order."""
    return lambda pages: [pages[number - 1] for number in numbers]


def blank_first(pages: Pages) -> Pages:
    """The empty back of a sheet before all pages."""
    back = Image.new("RGB", pages[0].size, "white")
    back.info["dpi"] = pages[0].info["dpi"]
    return [back, *pages]


def upside_down(number: int) -> Callable[[Pages], Pages]:
    """One page, counted from 1, the wrong way up."""

    def turn(pages: Pages) -> Pages:
        turned = pages[number - 1].rotate(180)
        turned.info["dpi"] = pages[number - 1].info["dpi"]
        return [*pages[: number - 1], turned, *pages[number:]]

    return turn


def _drawn(paper: Paper, dpi: int) -> Pages:
    return draw_sheets(set_paper(paper), paper, dpi=dpi, rng=np.random.default_rng(SEED))


def _over(page: Image.Image, layer: Image.Image) -> Image.Image:
    both = ImageChops.darker(page, layer)
    both.info["dpi"] = page.info["dpi"]
    return both


# ── on the file ──────────────────────────────────────────────────────────────────────────────────────────


def layered(*lines: str) -> Callable[[Path], None]:
    """Give the first page an invisible text layer, from the top down."""

    def add(path: Path) -> None:
        writer = PdfWriter(clone_from=PdfReader(path))
        page = writer.pages[0]
        width, height = (float(side) for side in page.mediabox[2:])
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Times-Roman"}
        held = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
        page["/Resources"][NameObject("/Font")] = DictionaryObject(
            {NameObject("/F9"): writer._add_object(held)}
        )
        drawn = StreamObject()
        drawn.set_data(
            b"".join(
                b"BT 3 Tr /F9 11 Tf %d %d Td (%s) Tj ET\n"
                % (width * 0.1, height * (0.95 - 0.9 * at / len(lines)), line.encode("cp1252"))
                for at, line in enumerate(lines)
            )
        )
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(drawn)])
        writer.write(path)

    return add


def in_order(*changes: Callable[[Pages], Pages]) -> Callable[[Pages], Pages]:
    def change_all(pages: Pages) -> Pages:
        for change in changes:
            pages = change(pages)
        return pages

    return change_all


def every(*changes: Callable[[list[Sheet]], None]) -> Callable[[list[Sheet]], None]:
    def change_all(sheets: list[Sheet]) -> None:
        for change in changes:
            change(sheets)

    return change_all
