"""Save a paper as an electronic document: a PDF with real text in place of pictures.

pdfium writes the text (its C functions are called as they are); number and day of issue that were left open
come as annotations, the way signing software puts them in.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from samples.paper import A4_MM, Paper
from samples.setting import set_paper
from samples.sheet import Rule, Run, Sheet
from samples.typeface import Face, font_path

POINTS_PER_MM = 72 / 25.4
NUMBER_SIZE_PT = 13.0


def save_born_digital(paper: Paper, path: Path) -> None:
    """Save `paper` as a text PDF without stamp, seal or signature.

    Values that the paper has by pen (`Hand.PEN`) are not in the text: they stand in annotations over it.

    Raises:
        FontsMissing: The typeface of official papers is not installed.
    """
    sheets = set_paper(paper)
    pdf = pdfium.PdfDocument.new()
    fonts: dict[Face, pdfium_c.FPDF_FONT] = {
        face: _load_font(pdf, face) for face in Face if face is not Face.PEN
    }
    for sheet in sheets:
        page = pdf.new_page(A4_MM[0] * POINTS_PER_MM, A4_MM[1] * POINTS_PER_MM)
        for run in sheet.runs:
            _add_run(pdf, page, fonts[run.face], run)
        for rule in sheet.rules:
            _add_rule(page, rule)
        page.gen_content()
        page.close()
    for font in fonts.values():
        pdfium_c.FPDFFont_Close(font)
    pdf.save(str(path))
    pdf.close()
    _annotate(path, sheets)


def _load_font(pdf: pdfium.PdfDocument, face: Face) -> pdfium_c.FPDF_FONT:
    data = font_path(face).read_bytes()
    buffer = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
    return pdfium_c.FPDFText_LoadFont(pdf, buffer, len(data), pdfium_c.FPDF_FONT_TRUETYPE, 1)


def _up(y_mm: float) -> float:
    """Points from the foot of the page, as PDF counts."""
    return (A4_MM[1] - y_mm) * POINTS_PER_MM


def _add_run(pdf: pdfium.PdfDocument, page: pdfium.PdfPage, font: pdfium_c.FPDF_FONT, run: Run) -> None:
    text = pdfium_c.FPDFPageObj_CreateTextObj(pdf, font, run.size_pt)
    # The space after each word keeps words apart for whoever takes the text out again.
    encoded = (run.text + " \0").encode("utf-16-le")
    units = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
    pdfium_c.FPDFText_SetText(text, units)
    pdfium_c.FPDFPageObj_Transform(text, 1, 0, 0, 1, run.x_mm * POINTS_PER_MM, _up(run.y_mm))
    pdfium_c.FPDFPage_InsertObject(page, text)


def _add_rule(page: pdfium.PdfPage, rule: Rule) -> None:
    """Draw a level rule as a thin box."""
    left, width = rule.x0_mm * POINTS_PER_MM, (rule.x1_mm - rule.x0_mm) * POINTS_PER_MM
    box = pdfium_c.FPDFPageObj_CreateNewRect(left, _up(rule.y0_mm), width, rule.thickness_mm * POINTS_PER_MM)
    pdfium_c.FPDFPath_SetDrawMode(box, pdfium_c.FPDF_FILLMODE_WINDING, 0)
    pdfium_c.FPDFPage_InsertObject(page, box)


# ── annotations ──────────────────────────────────────────────────────────────────────────────────────────


def _annotate(path: Path, sheets: list[Sheet]) -> None:
    if not any(sheet.pen for sheet in sheets):
        return
    writer = PdfWriter(clone_from=PdfReader(path))
    for page, sheet in zip(writer.pages, sheets, strict=True):
        notes = ArrayObject(writer._add_object(_note(writer, run)) for run in sheet.pen)
        if notes:
            page[NameObject("/Annots")] = notes
    writer.write(path)


def _note(writer: PdfWriter, run: Run) -> DictionaryObject:
    """A free-text annotation with its own appearance, so that every viewer shows it alike."""
    width, height = len(run.text) * NUMBER_SIZE_PT * 0.5 + 4, NUMBER_SIZE_PT * 1.3
    left, foot = run.x_mm * POINTS_PER_MM, _up(run.y_mm) - 3
    box = ArrayObject(FloatObject(side) for side in (left, foot, left + width, foot + height))
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): box,
            NameObject("/Contents"): TextStringObject(run.text),
            NameObject("/DA"): TextStringObject(f"/Times {NUMBER_SIZE_PT} Tf 0 g"),
            NameObject("/F"): NumberObject(4),
            NameObject("/AP"): DictionaryObject(
                {NameObject("/N"): writer._add_object(_appearance(run.text, width, height))}
            ),
        }
    )


def _appearance(text: str, width: float, height: float) -> StreamObject:
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Times-Roman"),
        }
    )
    stream = StreamObject()
    stream.set_data(f"BT /Times {NUMBER_SIZE_PT} Tf 0 g 1 4 Td ({text}) Tj ET".encode("ascii"))
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in (0, 0, width, height))
    stream[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/Times"): font})}
    )
    return stream
