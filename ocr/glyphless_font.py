"""A font whose letters have no shape: text that is searched and copied, never seen.

One empty glyph stands for every letter; which letter is meant stands in a table for the reading program
(`ToUnicode`). Only the letters used are listed, so a file grows by two or three kilobytes.

Source: ISO 32000-1, 9.7 (composite fonts) and 9.10.3 (ToUnicode); OpenType specification, required tables.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

NAME = "CongVanGlyphless"
ADVANCE = 0.5
"""Width of every letter, as a share of the font's size."""
_UNITS = 1000
_MAP_ROWS = 100
"""Most rows of one block of a character map."""


def add_font(writer: PdfWriter, letters: Sequence[str]) -> IndirectObject:
    """Add the font to `writer`; letter `letters[i]` is written as the two bytes of `i + 1`."""
    file = _stream(_true_type())
    file[NameObject("/Length1")] = NumberObject(len(_true_type()))
    descriptor = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): NameObject(f"/{NAME}"),
            NameObject("/Flags"): NumberObject(5),
            NameObject("/FontBBox"): _numbers(0, 0, _UNITS * ADVANCE, _UNITS),
            NameObject("/ItalicAngle"): NumberObject(0),
            NameObject("/Ascent"): NumberObject(_UNITS),
            NameObject("/Descent"): NumberObject(-1),
            NameObject("/CapHeight"): NumberObject(_UNITS),
            NameObject("/StemV"): NumberObject(80),
            NameObject("/FontFile2"): writer._add_object(file.flate_encode()),
        }
    )
    collection = DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("Identity"),
            NameObject("/Supplement"): NumberObject(0),
        }
    )
    glyphs = _stream(b"\0\0" + b"\0\1" * len(letters))
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject(f"/{NAME}"),
            NameObject("/CIDSystemInfo"): collection,
            NameObject("/FontDescriptor"): writer._add_object(descriptor),
            NameObject("/DW"): NumberObject(round(_UNITS * ADVANCE)),
            NameObject("/CIDToGIDMap"): writer._add_object(glyphs.flate_encode()),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject(f"/{NAME}"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
            NameObject("/ToUnicode"): writer._add_object(_stream(_to_unicode(letters)).flate_encode()),
        }
    )
    return writer._add_object(font)


def _stream(data: bytes) -> StreamObject:
    stream = StreamObject()
    stream.set_data(data)
    return stream


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject([NumberObject(round(value)) for value in values])


def _to_unicode(letters: Sequence[str]) -> bytes:
    rows = [
        f"<{at:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for at, letter in enumerate(letters, 1)
    ]
    blocks = []
    for start in range(0, len(rows), _MAP_ROWS):
        block = rows[start : start + _MAP_ROWS]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    ).encode("ascii")


def _true_type() -> bytes:
    """The smallest TrueType file that programs accept: one glyph for nothing, one without a shape."""
    advance = round(_UNITS * ADVANCE)
    name = NAME.encode("utf-16-be")
    tables = {
        b"OS/2": _os2(advance),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">12HhhHH", 4, 32, 0, 4, 4, 1, 0, 32, 0xFFFF, 0, 32, 0xFFFF, -31, 1, 0, 0),
        # One contour there and back: it covers nothing, but tells programs how high a letter is.
        b"glyf": struct.pack(">hhhhhHHBBhh", 1, 0, 0, advance, _UNITS, 1, 0, 0x31, 0x01, advance, _UNITS),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0x000B, _UNITS, 0, 0, 0, 0, advance, _UNITS, 0, 3, 2, 0, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, _UNITS, -1, 0, advance, *(0,) * 11, 2),
        b"hmtx": struct.pack(">HhHh", advance, 0, advance, 0),
        b"loca": struct.pack(">HHH", 0, 0, 10),
        b"maxp": struct.pack(">IH13H", 0x00010000, 2, 2, 1, 0, 0, 1, *(0,) * 8),
        b"name": struct.pack(">HHH", 0, 1, 18) + struct.pack(">HHHHHH", 3, 1, 0x409, 6, len(name), 0) + name,
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0),
    }  # fmt: skip
    at = 12 + 16 * len(tables)
    heads, bodies = b"", b""
    for tag, body in sorted(tables.items()):
        padded = body + b"\0" * (-len(body) % 4)
        heads += struct.pack(">4sIII", tag, _checksum(padded), at, len(body))
        bodies += padded
        at += len(padded)
    start = struct.pack(">IHHHH", 0x00010000, len(tables), 128, 3, 16 * len(tables) - 128)
    whole = start + heads + bodies
    # The sum over the whole file must come out as a constant; the place for what is missing is in `head`.
    missing = (0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF
    place = whole.index(struct.pack(">I", 0x5F0F3CF5)) - 4
    return whole[:place] + struct.pack(">I", missing) + whole[place + 4 :]


def _os2(advance: int) -> bytes:
    return struct.pack(
        ">HhHHHhhhhhhhhhhh10sIIII4sHHHhhhHH",
        1, advance, 400, 5, 0, *(0,) * 11, bytes(10), 0, 0, 0, 0, b"CVAN",
        64, 32, 0xFFFF, _UNITS, -1, 0, _UNITS, 1,
    ) + struct.pack(">II", 1, 0)  # fmt: skip


def _checksum(data: bytes) -> int:
    return sum(int(word) for word in struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF
