"""Bring scans in from the desk: laid into the intake folder as a scanner would, and by whom is on record.

From there on the sweep of the folder is what takes them; nothing here makes a document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from documents.errors import Refused, Unavailable
from documents.intake_events import FileUploaded
from documents.people import Officer
from documents.text import visible
from gateways.uploads import HEAD, TooMany, give_name, laid_aside, safe_name
from office.office import Office, local_day
from office.policy import Act, require

MOST_FILES = 50
"""Files brought in at once; a clerk with more lays them into the folder itself."""

_KINDS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How TIFF, JPEG and PNG begin."""
_PDF = b"%PDF-"


class NotAScan(Refused):
    """Neither PDF nor a picture, whatever its name says."""

    message = "“{name}” không phải PDF, TIFF, JPEG hay PNG nên không nhận."
    advice = "Quét hoặc lưu thành PDF rồi tải lên lại. Các tệp khác không bị ảnh hưởng."


class EmptyUpload(Refused):
    """No bytes at all."""

    message = "“{name}” là tệp rỗng nên không nhận."
    advice = "Quét lại, hoặc chọn đúng tệp rồi tải lên lại."


class UploadTooLarge(Refused):
    """Larger than the office takes from anywhere."""

    message = "“{name}” lớn quá {most_mb} MB nên không nhận."
    advice = "Quét lại ở 300 dpi, hoặc tách thành nhiều tệp."


UploadRefused = NotAScan | EmptyUpload | UploadTooLarge
"""Why a file is not taken; the others of its form are."""


class NothingUploaded(Refused):
    """The form came without a file."""

    message = "Chưa chọn tệp nào."
    advice = "Chọn một hay nhiều tệp PDF, ảnh rồi bấm tải lên."


class TooManyUploads(Refused):
    """More files at once than a form may bring."""

    message = "Chỉ tải lên được {most} tệp một lần; chưa nhận tệp nào."
    advice = "Chia làm nhiều lần, hoặc chép thẳng vào thư mục nhận."


class IntakeFull(Unavailable):
    """The intake folder cannot take a file now."""

    message = "Không ghi được “{name}” vào thư mục nhận: {detail}."
    advice = "Những tệp nhận trước vẫn còn nguyên. Xem ổ đĩa và quyền ghi (congvan doctor), rồi tải lên lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of the files of a form: names under which they lie, and why others were not taken."""

    names: tuple[str, ...]
    refused: tuple[UploadRefused, ...]


def bring_in(
    office: Office, files: Iterable[tuple[str, Callable[[int], bytes]]], *, by: Officer, now: dt.datetime
) -> Brought:
    """Lay files into the intake folder; one that is refused stops no other.

    Args:
        office: The office.
        files: Each name as the browser sent it, and what gives its next bytes.
        by: Who brings them.
        now: The moment.

    Raises:
        NotAllowed: not this person's to bring in.
        NothingUploaded, TooManyUploads: no file, or too many; none was taken.
        IntakeFull: folder or disk refuse; files before it were taken.
    """
    with office.view() as view:
        require(view, by, Act.BRING_IN, on=local_day(now))
    asked = tuple(files)
    if not asked:
        raise NothingUploaded()
    if len(asked) > MOST_FILES:
        raise TooManyUploads(most=MOST_FILES)
    names: list[str] = []
    refused: list[UploadRefused] = []
    for name, read in asked:
        try:
            names.append(_bring(office, name, read, by=by, now=now))
        except (NotAScan, EmptyUpload, UploadTooLarge) as refusal:
            refused.append(refusal)
    return Brought(names=tuple(names), refused=tuple(refused))


def _bring(office: Office, asked: str, read: Callable[[int], bytes], *, by: Officer, now: dt.datetime) -> str:
    name, shown = safe_name(asked), visible(safe_name(asked))
    head = read(HEAD)
    if not head:
        raise EmptyUpload(name=shown)
    if not head.startswith(_KINDS) and _PDF not in head:
        raise NotAScan(name=shown)
    most_mb = office.settings.max_file_mb
    try:
        # The name appears last: a transaction that fails leaves nothing for the sweep to take.
        with (
            laid_aside(office.settings.intake_folder, _after(head, read), most=most_mb << 20) as laid,
            office.registry.book(by.id, now) as book,
        ):
            book.record(FileUploaded(name=name, size=laid.size, sha256=laid.sha256))
            return give_name(laid, name)
    except TooMany:
        raise UploadTooLarge(name=shown, most_mb=most_mb) from None
    except OSError as trouble:
        raise IntakeFull(name=shown, detail=trouble.strerror or type(trouble).__name__) from trouble


def _after(head: bytes, read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """The same bytes from the beginning again."""
    first = [head]
    return lambda most: first.pop() if first else read(most)
