"""A reader that needs no engine: what it reads is written in the file as `STUB {json of field values}`.

It stands in for the workshop where a test is about losing nothing, not about reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from documents.errors import Trouble, UnknownKind
from documents.page import Box, Paper, Source
from documents.reading import FieldName, FieldReading, Reading
from fields.agencies import AgencyDirectory, load_agencies
from fields.circumstances import Circumstances
from ocr.files import FileFacts
from ocr.read import PagePicture

MARK = b"STUB "
EVERY_CHECK_PASSED: dict[FieldName, Any] = {
    FieldName.NUMBER_SYMBOL: "02/KH-UBND",
    FieldName.DATE: "2012-01-03",
    FieldName.PLACE: "Tây Ninh",
    FieldName.ISSUER: "ỦY BAN NHÂN DÂN TỈNH TÂY NINH",
    FieldName.DOC_TYPE: "Kế hoạch",
    FieldName.SUBJECT: "Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2012",
    FieldName.URGENCY: None,
    FieldName.SECRECY: None,
    FieldName.ARRIVAL_NUMBER: None,
    FieldName.ARRIVAL_DATE: None,
    FieldName.ARRIVAL_FORWARDED_TO: [],
}
"""A clean electronic document: every routing field checked, no stamp."""


def stub_file(
    number: int,
    *,
    doubtful: tuple[FieldName, ...] = (),
    doubts: tuple[str, ...] = (),
    late_doubts: tuple[str, ...] = (),
    **values: Any,
) -> bytes:
    """The content of a file that reads as a clean document, each `number` a different one.

    `doubts` are about the whole paper, said by the head; `late_doubts` by all pages.
    """
    fields = {name.value: value for name, value in EVERY_CHECK_PASSED.items()}
    fields["number_symbol"] = f"{number}/KH-UBND"
    about = {"doubtful": list(doubtful), "doubts": list(doubts), "late_doubts": list(late_doubts)}
    return MARK + json.dumps({"fields": {**fields, **values}, **about}).encode()


@dataclass(frozen=True)
class RecordedReading:
    """A reading that was written down beforehand."""

    paper: Paper
    recorded: dict[str, Any]
    pictures: tuple[PagePicture, ...] = ()
    words: Path | None = None
    searchable: Path | None = None
    full: bool = False

    def check(self, circumstances: Circumstances) -> Reading:
        """As recorded, whatever the circumstances."""
        doubtful = set(self.recorded["doubtful"])
        return Reading(
            {
                FieldName(name): FieldReading(
                    name=FieldName(name),
                    value=value,
                    checked=name not in doubtful,
                    reason=f"Chưa chắc {name}." if name in doubtful else None,
                    page=1,
                    box=Box(0.1, 0.1, 0.4, 0.15),
                    source=Source.OCR,
                    evidence=() if name in doubtful else ("Đã ghi sẵn.",),
                )
                for name, value in self.recorded["fields"].items()
            },
            tuple(self.recorded["late_doubts" if self.full else "doubts"]),
        )


@dataclass(frozen=True)
class RecordedReader:
    """Reads stub files; `trouble` may say what goes wrong with a file, by its name."""

    agencies: AgencyDirectory = field(default_factory=load_agencies)
    trouble: Callable[[str], Trouble | None] = lambda _: None

    def inspect(self, path: Path) -> FileFacts:
        """Only stub files are readable."""
        if not path.read_bytes().startswith(MARK):
            raise UnknownKind()
        return FileFacts(media_type="application/pdf", page_count=1, flags=())

    def read(
        self,
        path: Path,
        *,
        file_name: str,
        sha256: str,
        full: bool,
        pictures_to: Path | None = None,
        known_words: Path | None = None,
        twice: Collection[FieldName] = frozenset(FieldName),
    ) -> RecordedReading:
        """What is written in the file."""
        if trouble := self.trouble(file_name):
            raise trouble
        recorded = json.loads(path.read_bytes()[len(MARK) :])
        paper = Paper(file_name, sha256, "application/pdf", 1, ())
        return RecordedReading(paper, recorded, full=full)

    def read_top(
        self, path: Path, *, file_name: str, sha256: str, pictures_to: Path | None = None
    ) -> RecordedReading | None:
        """Nothing: every stub file is read as a whole head."""
        return None
