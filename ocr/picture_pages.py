"""Pictures as pages of a PDF: their bytes as they are where PDF knows the kind, without loss elsewhere."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from ocr.pictures import FORMATS, as_pixels, measured_dpi

_POINTS_PER_INCH: Final = 72
_ORIENTATION: Final = 0x0112
_MATRICES: Final = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""How the unit square of a picture is laid on the page, by the orientation that its EXIF states."""
_LYING: Final = frozenset({5, 6, 7, 8})
_PNG_CHANNELS: Final = {0: 1, 2: 3}
"""Kinds of PNG that PDF takes as they are: gray and colour."""


def add_pictures(path: Path) -> PdfWriter:
    """Return a PDF whose pages are the pictures of the file, each as large as its dots per inch say."""
    writer = PdfWriter()
    with Image.open(path, formats=FORMATS) as image:
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        for at in range(count):
            if count > 1:
                image.seek(at)
            _add_page(writer, image, path.read_bytes() if count == 1 else b"")
    return writer


def _add_page(writer: PdfWriter, image: Image.Image, data: bytes) -> None:
    orientation = image.getexif().get(_ORIENTATION, 1)
    points = _POINTS_PER_INCH / measured_dpi(image)
    width, height = (side * points for side in image.size)
    if orientation in _LYING:
        width, height = height, width
    stream = _as_stream(image, data)
    if stream is None:
        stream, orientation = _without_loss(ImageOps.exif_transpose(image)), 1
    page = PageObject.create_blank_page(width=width, height=height)
    a, b, c, d, e, f = _MATRICES.get(orientation, _MATRICES[1])
    matrix = (a * width, b * height, c * width, d * height, e * width, f * height)
    content = StreamObject()
    content.set_data(f"q {' '.join(f'{v:.4f}' for v in matrix)} cm /Picture Do Q".encode("ascii"))
    page[NameObject("/Contents")] = writer._add_object(content)
    pictures = DictionaryObject({NameObject("/Picture"): writer._add_object(stream)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    writer.add_page(page)


def _as_stream(image: Image.Image, data: bytes) -> StreamObject | None:
    """The file's own bytes as a PDF picture; None where PDF does not know the kind."""
    if image.format in {"JPEG", "MPO"} and data and image.mode in {"L", "RGB"}:
        return _picture(image, data, "/DCTDecode", channels=len(image.getbands()))
    if image.format == "PNG" and data and "transparency" not in image.info:
        return _png(image, data)
    return None


def _png(image: Image.Image, data: bytes) -> StreamObject | None:
    _, _, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    if kind not in _PNG_CHANNELS or interlaced or bits > 8:
        return None
    stream = _picture(image, _png_data(data), "/FlateDecode", channels=_PNG_CHANNELS[kind], bits=bits)
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {
            NameObject("/Predictor"): NumberObject(15),
            NameObject("/Colors"): NumberObject(_PNG_CHANNELS[kind]),
            NameObject("/BitsPerComponent"): NumberObject(bits),
            NameObject("/Columns"): NumberObject(image.width),
        }
    )
    return stream


def _png_data(data: bytes) -> bytes:
    """The compressed pixels of a PNG, which a PDF keeps in the same form."""
    parts, at = [], 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            parts.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(parts)


def _without_loss(image: Image.Image) -> StreamObject:
    if image.mode == "1":
        return _fax(image)
    pixels = as_pixels(image)
    channels = 1 if pixels.ndim == 2 else 3
    return _picture(image, zlib.compress(pixels.tobytes(), 6), "/FlateDecode", channels=channels)


def _fax(image: Image.Image) -> StreamObject:
    """Black and white as scanners pack it: CCITT group 4, taken out of a TIFF of one strip."""
    file = io.BytesIO()
    image.save(file, "TIFF", compression="group4", strip_size=(image.width + 7) // 8 * image.height)
    with Image.open(file) as packed:
        offsets, counts = packed.tag_v2[273], packed.tag_v2[279]  # type: ignore[attr-defined]  # a TIFF
        photometric = packed.tag_v2[262]  # type: ignore[attr-defined]
    data = file.getvalue()[offsets[0] : offsets[0] + counts[0]]
    stream = _picture(image, data, "/CCITTFaxDecode", channels=1, bits=1)
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {
            NameObject("/K"): NumberObject(-1),
            NameObject("/Columns"): NumberObject(image.width),
            NameObject("/Rows"): NumberObject(image.height),
        }
    )
    if photometric == 1:
        # In such a strip black stands for light; PDF's fax pictures mean it the other way round.
        stream[NameObject("/Decode")] = ArrayObject([FloatObject(1), FloatObject(0)])
    return stream


def _picture(image: Image.Image, data: bytes, how: str, *, channels: int, bits: int = 8) -> StreamObject:
    stream = StreamObject()
    stream._data = data
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Image")
    stream[NameObject("/Width")] = NumberObject(image.width)
    stream[NameObject("/Height")] = NumberObject(image.height)
    stream[NameObject("/ColorSpace")] = NameObject("/DeviceGray" if channels == 1 else "/DeviceRGB")
    stream[NameObject("/BitsPerComponent")] = NumberObject(bits)
    stream[NameObject("/Filter")] = NameObject(how)
    return stream
