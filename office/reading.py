"""Read a paper's fields: find them, look a second time where it pays, check them. Stores nothing."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from documents.errors import Trouble
from documents.looks import SecondLook, SecondReading
from documents.page import Paper
from documents.reading import ROUTING_FIELDS, FieldName, Reading, reading_as_json
from fields.agencies import AgencyDirectory, load_agencies
from fields.circumstances import Circumstances
from fields.read import Findings, check_fields, find_fields, list_second_looks
from fields.upper_part import tells_enough
from ocr.files import FileFacts
from ocr.limits import Limits
from ocr.overlay import Lettering as Lettering
from ocr.overlay import draw_overlay
from ocr.read import Depth, PagePicture
from ocr.workshop import Workshop
from office.phrase import Phrase
from office.settings import Settings

LATE_FIELDS = frozenset({FieldName.REFERENCES, FieldName.RECIPIENTS, FieldName.DEADLINES, FieldName.OUR_PART})
"""What only all pages can tell; the others were read with the head."""

EARLY_FIELDS = ROUTING_FIELDS | {FieldName.PLACE, FieldName.ISSUER_PARENT, FieldName.ISSUER_AGENCY}
"""What the upper part of page 1 tells; when it was read alone, the full lane reads all others."""


class FirstReading(Protocol):
    """What was read before the circumstances are known."""

    @property
    def paper(self) -> Paper:
        """The pages read so far."""
        ...

    @property
    def pictures(self) -> tuple[PagePicture, ...]:
        """Page pictures for the screen."""
        ...

    @property
    def words(self) -> Path | None:
        """What a later reading of the same file need not read again."""
        ...

    @property
    def searchable(self) -> Path | None:
        """The searchable form, where every page was read and one has no good words of its own."""
        ...

    def check(self, circumstances: Circumstances) -> Reading:
        """Check every field under the given circumstances."""
        ...


class Reader(Protocol):
    """Opens and reads papers. `WorkshopReader` is the real one; tests bring recorded readings."""

    @property
    def agencies(self) -> AgencyDirectory:
        """The issuers that are known."""
        ...

    def inspect(self, path: Path) -> FileFacts:
        """Open a file to prove that it is readable; raises the `Unreadable` kinds."""
        ...

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
    ) -> FirstReading:
        """Read the head and the signature page, or every page when `full`.

        `known_words` is what an earlier reading kept: its pages are not read again. Fields in `twice` are
        looked at a second time.

        Raises:
            Unreadable: the file cannot become a document.
            SecretMark: page 1 carries a secrecy mark; nothing was kept.
            Unavailable: the engine is away; try again later.
        """
        ...

    def read_top(
        self, path: Path, *, file_name: str, sha256: str, pictures_to: Path | None = None
    ) -> FirstReading | None:
        """Read the upper part of page 1 for `EARLY_FIELDS`; None when it does not say enough.

        Its words are kept in `pictures_to` for a later reading either way. Raises what `read` raises.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper read by the workshop, its findings and the second reader's answers."""

    paper: Paper
    pictures: tuple[PagePicture, ...]
    findings: Findings
    answers: tuple[SecondReading, ...]
    words: Path | None = None
    searchable: Path | None = None
    fields: frozenset[FieldName] = frozenset(FieldName)
    """What was looked for."""

    def check(self, circumstances: Circumstances) -> Reading:
        """Check every field that was looked for under the given circumstances."""
        every = check_fields(self.findings, self.answers, circumstances)
        return replace(every, fields={f.name: f for f in every if f.name in self.fields})


@dataclass(frozen=True, slots=True)
class WorkshopReader:
    """Reads in child processes; every parser and Tesseract stay out of this process."""

    workshop: Workshop
    known: Callable[[], AgencyDirectory]
    """Gives the issuers as they are known when a paper is read; an office may enter one meanwhile."""

    @property
    def agencies(self) -> AgencyDirectory:
        """The issuers that are known now."""
        return self.known()

    def inspect(self, path: Path) -> FileFacts:
        """Open a file to prove that it is readable."""
        return self.workshop.inspect(path)

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
    ) -> ReadPaper:
        """First reading, findings, second look."""

        def find(paper: Paper) -> tuple[Findings, tuple[SecondLook, ...]]:
            findings = find_fields(paper, self.agencies)
            return findings, tuple(k for k in list_second_looks(findings) if k.field in twice)

        read, findings, answers = self.workshop.read_twice(
            path,
            find,
            file_name=file_name,
            sha256=sha256,
            depth=Depth.FULL if full else Depth.HEAD,
            pictures_to=pictures_to,
            known_words=known_words,
        )
        return ReadPaper(read.paper, read.pictures, findings, answers, read.words, read.searchable)

    def read_top(
        self, path: Path, *, file_name: str, sha256: str, pictures_to: Path | None = None
    ) -> ReadPaper | None:
        """The same of the upper part of page 1; without the second look where it does not say enough."""

        def find(paper: Paper) -> tuple[Findings | None, tuple[SecondLook, ...]]:
            findings = find_fields(paper, self.agencies)
            if not tells_enough(findings):
                return None, ()
            return findings, tuple(k for k in list_second_looks(findings) if k.field in EARLY_FIELDS)

        read, findings, answers = self.workshop.read_twice(
            path, find, file_name=file_name, sha256=sha256, depth=Depth.TOP, pictures_to=pictures_to
        )
        if findings is None:
            return None
        return ReadPaper(read.paper, read.pictures, findings, answers, read.words, fields=EARLY_FIELDS)


@contextmanager
def open_reader(
    settings: Settings | None = None,
    *,
    slots: int = 0,
    agencies: Callable[[], AgencyDirectory] = load_agencies,
) -> Iterator[WorkshopReader]:
    """A reader of as many papers at once as asked, as the settings say, or one a core.

    `agencies` gives the issuers known, asked for every paper; without it those of the project.
    """
    slots = slots or (settings.slots if settings else 0) or os.cpu_count() or 1
    limits = Limits(file_mb=settings.max_file_mb, pages=settings.max_pages) if settings else Limits()
    with Workshop(slots, limits) as workshop:
        yield WorkshopReader(workshop, agencies)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Where to draw a reading over its paper, and what to write with."""

    to: Path
    lettering: Lettering


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reading is to leave behind besides its fields."""

    overlay: Overlay | None = None
    searchable: Path | None = None
    """A file for the searchable form; every page is read for it. Not made where all pages bear good words."""


def read_file_json(
    reader: Reader, path: Path, *, full: bool, today: dt.date, wanted: Wanted = Wanted()
) -> dict[str, Any]:
    """One object of `read --json` (design §7): fields, or what is wrong with the file and what to do."""
    keeps = wanted.overlay or wanted.searchable
    folder = tempfile.TemporaryDirectory(prefix="congvan-") if keeps else nullcontext()
    with folder as pictures_to:
        return _read_file(reader, path, Path(pictures_to) if pictures_to else None, full, today, wanted)


def _read_file(
    reader: Reader, path: Path, pictures_to: Path | None, full: bool, today: dt.date, wanted: Wanted
) -> dict[str, Any]:
    full = full or wanted.searchable is not None
    if wanted.searchable:
        # An older one would pass for this one where none is made.
        wanted.searchable.unlink(missing_ok=True)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A pipe would be waited for without end.
            raise OSError(errno.EINVAL, "not a regular file")
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        first = reader.read(path, file_name=path.name, sha256=sha256, full=full, pictures_to=pictures_to)
    except Trouble as trouble:
        said, advice = (Phrase(text, **trouble.facts) for text in (trouble.message, trouble.advice))
        return _error(path, trouble.code, said, advice)
    except OSError as error:
        return _error(
            path,
            "cannot_open",
            Phrase("Không mở được tệp: {reason}.", reason=error.strerror or type(error).__name__),
            "Kiểm tra đường dẫn và quyền đọc tệp.",
        )
    reading = first.check(bare_circumstances(reader.agencies, today=today))
    if wanted.overlay:
        draw_overlay(first.pictures, reading, wanted.overlay.lettering, to=wanted.overlay.to)
    if wanted.searchable and first.searchable:
        shutil.copyfile(first.searchable, wanted.searchable)
    return {
        "file": str(path),
        "sha256": sha256,
        "pages": first.paper.page_count,
        **reading_as_json(reading),
    }


def bare_circumstances(agencies: AgencyDirectory, *, today: dt.date) -> Circumstances:
    """Circumstances without an office: no book to verify a number against, no name of our own."""
    return Circumstances(today=today, agencies=agencies, office_names=(), books=None, received_on=today)


def _error(path: Path, code: str, message: str, advice: str) -> dict[str, Any]:
    return {"file": str(path), "error": {"code": code, "message": message, "advice": advice}}
