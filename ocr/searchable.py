"""The searchable form of a paper: the words as read, laid unseen under the original's own pages.

Nothing is recognised a second time and no page is drawn anew: a PDF keeps its pages, a picture becomes a
page that holds it as it is. The original is only read. What is made is a derivative: it carries no digital
signature (a file that was changed could only carry a broken one); the look of a signature stays, as a
stamp. Outlines, scripts and attachments are left behind as well.

Source: ISO 32000-1, 9.3.6 (text that is neither filled nor stroked) and 12.7 (forms).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    StreamObject,
)

from documents.errors import Broken
from ocr.glyphless_font import ADVANCE, add_font
from ocr.picture_pages import add_pictures
from ocr.placed_words import PlacedWord

PDF: Final = "application/pdf"
_FONT: Final = "/CongVanText"
_FIELD_KEYS: Final = (
    "/FT",
    "/V",
    "/T",
    "/TU",
    "/TM",
    "/Ff",
    "/DV",
    "/DA",
    "/MK",
    "/AA",
    "/A",
    "/Parent",
    "/Kids",
)
_ORIGINAL: Final = "/CongVanOriginal"
"""Key of the metadata that holds the SHA-256 of the original."""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words to lay under one sheet; `replaces_text` where it already bears words that are not trusted."""

    words: tuple[PlacedWord, ...]
    replaces_text: bool = False


def make_searchable(
    path: Path, media_type: str, sheets: Mapping[int, SheetWords], *, sha256: str, to: Path
) -> None:
    """Write the searchable form of the file at `path` to `to`.

    Args:
        path: The original; not changed.
        media_type: Its kind as its content tells.
        sheets: Words by sheet, counted from 1; other sheets stay as they are.
        sha256: The original's, kept in the metadata.
        to: A file that is made anew.

    Raises:
        Broken: its structure cannot be followed; nothing was written.
    """
    try:
        writer = _pages_of(path) if media_type == PDF else add_pictures(path)
        letters = sorted(
            {letter for sheet in sheets.values() for w in sheet.words for letter in w.text} | {" "}
        )
        font = add_font(writer, letters)
        codes = {letter: f"{at:04X}" for at, letter in enumerate(letters, 1)}
        for number, page in enumerate(writer.pages, 1):
            if number in sheets:
                _lay_under(page, writer, sheets[number], font, codes)
        writer.add_metadata({"/Producer": "Công Văn", _ORIGINAL: sha256})
        with to.open("wb") as file:
            writer.write(file)
    except (MemoryError, OSError):
        raise
    except Exception as trouble:
        # Whatever a damaged file makes the parser raise: then there is no searchable form.
        to.unlink(missing_ok=True)
        raise Broken(detail="không dựng được bản tìm được chữ") from trouble


def _pages_of(path: Path) -> PdfWriter:
    """The pages of a PDF without its form: fields and signatures become what they look like."""
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    writer = PdfWriter()
    for page in reader.pages:
        if (marks := page.get("/Annots")) is not None:
            kept = [mark for mark in marks.get_object() if _is_kept(mark.get_object())]
            page[NameObject("/Annots")] = ArrayObject(kept)
        writer.add_page(page)
    return writer


def _is_kept(mark: object) -> bool:
    """Whether an annotation stays; a field that has a look becomes a stamp in place, any other goes."""
    if not isinstance(mark, DictionaryObject):
        return False
    if mark.get("/Subtype") != "/Widget" and "/FT" not in mark:
        return True
    for key in _FIELD_KEYS:
        mark.pop(key, None)
    mark[NameObject("/Subtype")] = NameObject("/Stamp")
    return "/AP" in mark


def _lay_under(
    page: PageObject, writer: PdfWriter, sheet: SheetWords, font: object, codes: Mapping[str, str]
) -> None:
    resources = DictionaryObject(_inherited(page))
    fonts = resources.get("/Font")
    resources[NameObject("/Font")] = DictionaryObject(fonts.get_object() if fonts is not None else {})
    resources["/Font"][NameObject(_FONT)] = font  # type: ignore[index]  # a dictionary, as just put there
    page[NameObject("/Resources")] = resources
    ours = StreamObject()
    ours.set_data(_content(sheet.words, codes))
    # Before everything else: there the sheet's own coordinates hold, whatever the page does afterwards.
    contents = [writer._add_object(ours.flate_encode())]
    if sheet.replaces_text:
        contents.append(writer._add_object(_without_text(page, writer)))
    elif (old := page.get("/Contents")) is not None:
        streams = old.get_object()
        contents += list(streams) if isinstance(streams, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(contents)


def _inherited(page: PageObject) -> DictionaryObject:
    found = page.get("/Resources")
    resources = found.get_object() if found is not None else None
    return resources if isinstance(resources, DictionaryObject) else DictionaryObject()


def _without_text(page: PageObject, writer: PdfWriter) -> StreamObject:
    """The page's content without its text, all of it unseen on a sheet that is nothing but a picture."""
    content = ContentStream(page.get_contents(), writer)
    kept, in_text = [], False
    for operation in content.operations:
        operator = operation[1]
        in_text = in_text or operator == b"BT"
        if not in_text:
            kept.append(operation)
        in_text = in_text and operator != b"ET"
    content.operations = kept
    stream = StreamObject()
    stream.set_data(content.get_data())
    return stream.flate_encode()


def _content(words: Iterable[PlacedWord], codes: Mapping[str, str]) -> bytes:
    """The words as drawing operations, unseen; a space after each, so that programs part them as we do."""
    return "\n".join(("q BT 3 Tr", *(_shown(word, codes) for word in words), "ET Q")).encode("ascii")


def _shown(word: PlacedWord, codes: Mapping[str, str]) -> str:
    size = float(np.hypot(*word.up))
    across = [step / (len(word.text) * ADVANCE * size) for step in word.along]
    upward = [step / size for step in word.up]
    matrix = " ".join(_number(value) for value in (*across, *upward, *word.foot))
    text = "".join(codes[letter] for letter in f"{word.text} ")
    return f"{_FONT} {_number(size)} Tf {matrix} Tm <{text}> Tj"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def as_sheets(pages: Iterable[tuple[int, Sequence[PlacedWord], bool]]) -> dict[int, SheetWords]:
    """Join pages (sheet, words, whether they replace text) to sheets: two pages may lie on one."""
    sheets: dict[int, SheetWords] = {}
    for sheet, words, replaces in pages:
        before = sheets.get(sheet, SheetWords(()))
        sheets[sheet] = SheetWords((*before.words, *words), before.replaces_text or replaces)
    return sheets
