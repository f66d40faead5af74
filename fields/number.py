"""Find number and notation (số, ký hiệu) of the document itself: the hit in the head, under the issuer.

Two documents of three have the number written by hand on a dotted place of the typed line, while the
notation is typed nearly always. So the two are read apart, the number by several readers, and it is believed
only when readers of different kinds agree (`fields.opinions`); where only one kind has read it, when it looks
typed and a second source agrees.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 3.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box, Line, Paper, Source
from documents.reading import FieldName, FieldReading, Found
from fields.layer import page_source
from fields.layout import Layout
from fields.notation import fits_type, list_unexplained, mend_notation, split_groups
from fields.notation_again import list_notation_looks, list_unconfirmed
from fields.number_line import Parts, find_gap, is_typed, split_line
from fields.number_sources import OtherNumber, list_other_numbers
from fields.opinions import Opinions, gather
from fields.reference_grammar import Reference
from fields.strikes import list_struck, strokes_look, unless_struck
from fields.verdict import checked, doubted

_VALUE = re.compile(r"(?P<digits>\d{1,6})(?P<suffix>bis|[a-eA-EđĐ])?", re.ASCII)
_SHOWN = 3
"""How many readings a doubt names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFinding:
    """The number line: `parts` as printed (None without notation), `notation` as officially spelled.

    `gap` is the place between `Số:` and the notation, where digits stand or should stand; `typed` says that
    they look typed; `others` are the numbers that other sources of the file have.
    """

    line: Line
    parts: Parts | None
    notation: str | None
    gap: Box
    typed: bool
    source: Source
    others: tuple[OtherNumber, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of the notation; empty when it was not read."""
        return split_groups(self.notation)

    @property
    def overlay(self) -> OtherNumber | None:
        """The number that an annotation puts on this line: part of the file, not of the picture."""
        return next((o for o in self.others if o.source is Source.ANNOTATION), None)

    @property
    def number(self) -> str | None:
        """The number, an annotation's before the picture's."""
        if self.overlay:
            return self.overlay.number
        return self.parts.number if self.parts else None

    def with_number(self, number: str | None, suffix: str | None = None) -> Reference | None:
        """The reference with another reading of the number; None without number or notation.

        Without a `suffix` the printed line's is kept.
        """
        if not number or not self.notation or self.parts is None:
            return None
        own = "" if self.overlay else self.parts.suffix
        return Reference(
            as_written=self.line.text,
            number=number,
            suffix=own if suffix is None else suffix,
            year=self.parts.year,
            notation=self.notation,
            separator=self.parts.separator,
        )

    @property
    def found(self) -> Found | None:
        """The value as registered; `/TB-UBND` for a blank or unread number; None without notation."""
        if self.parts is None or not self.notation:
            return None
        year = f"{self.parts.year}/" if self.parts.year else ""
        reference = self.with_number(self.number)
        value = reference.registered if reference else f"{self.parts.separator}{year}{self.notation}"
        return Found(value, 1, self.line.box, Source.ANNOTATION if self.overlay else self.source)


def find_number(
    paper: Paper, layout: Layout, *, type_name: str | None = None, abbreviations: Collection[str] = ()
) -> NumberFinding | None:
    """Return number and notation of the head, or None when no line carries them.

    Args:
        paper: For its own text, annotations and file name: other sources than the picture.
        layout: Where things stand; only the head's number line is looked at.
        type_name: The type by the title, which tells QĐ from QD and HĐ from HD.
        abbreviations: How the directory abbreviates the issuer.
    """
    line = layout.head.number
    if line is None:
        return None
    parts = split_line(line.text)
    notation = mend_notation(parts.notation, type_name, abbreviations) if parts else None
    return NumberFinding(
        line=line,
        parts=parts,
        notation=notation,
        gap=find_gap(line),
        typed=parts is not None and not parts.mended and is_typed(line),
        source=page_source(paper),
        others=list_other_numbers(paper, line, notation),
    )


def list_number_looks(finding: NumberFinding | None) -> tuple[SecondLook, ...]:
    """Return where the number should be read again: its digits alone, and the whole line."""
    if finding is None:
        return ()
    name = FieldName.NUMBER_SYMBOL
    return (
        SecondLook(name, 1, finding.gap, Alphabet.DIGITS, finding.line.box),
        *list_notation_looks(finding.line, finding.groups),
        strokes_look(name, 1, finding.gap),
    )


def check_number(
    finding: NumberFinding | None,
    answers: Sequence[SecondReading],
    *,
    type_name: str | None,
    issuer_agrees: bool,
    abbreviations: Collection[str] = (),
) -> FieldReading:
    """Return number and notation checked or doubted.

    Args:
        finding: What was read first.
        answers: Second readings; those of other fields are passed over.
        type_name: The type found in the layout, which the notation must bear out.
        issuer_agrees: Whether the notation bears the letters of the issuer.
        abbreviations: How the directory spells the issuer's letters; groups it does not know must be read
        twice.
    """
    reading = _check_as_read(finding, answers, type_name, issuer_agrees, abbreviations)
    return unless_struck(reading, "Số văn bản", struck=bool(list_struck(answers, FieldName.NUMBER_SYMBOL)))


def _check_as_read(
    finding: NumberFinding | None,
    answers: Sequence[SecondReading],
    type_name: str | None,
    issuer_agrees: bool,
    abbreviations: Collection[str],
) -> FieldReading:
    name = FieldName.NUMBER_SYMBOL
    if finding is None:
        return doubted(name, None, "Không thấy dòng số, ký hiệu của văn bản.")
    opinions = _gather(finding, answers)
    if finding.parts is None and (read := _read_by_row(finding, answers, type_name, abbreviations)):
        reason = "Ký hiệu văn bản chỉ một cách đọc nhận ra, cần đối chiếu với bản quét."
        return doubted(name, _found_as(read, opinions.guess), reason)
    if not opinions.is_empty and finding.parts is not None:
        return _check_read_by_several(finding, opinions, answers, type_name, abbreviations, issuer_agrees)
    seconds = _second_numbers(finding, answers)
    reference = finding.with_number(finding.number)
    if reference is None:
        return doubted(name, _offer(finding, seconds), _complain_of_gap(finding))
    if complaint := _complain_of_notation(finding, answers, type_name, abbreviations, issuer_agrees):
        return doubted(name, finding.found, complaint)
    keys = [second.match_key for second in seconds]
    if any(key != reference.match_key for key in keys):
        return doubted(name, finding.found, "Các lần đọc số văn bản cho kết quả khác nhau.")
    if not finding.typed and not finding.overlay:
        return doubted(name, finding.found, "Số văn bản trông như viết tay, cần đối chiếu với bản quét.")
    if not keys:
        return doubted(name, finding.found, "Số văn bản mới đọc được một lần, chưa có gì để đối chiếu.")
    evidence = "Hai nguồn độc lập cho cùng một số."
    return checked(name, finding.found, "Ký hiệu khớp với tên loại và cơ quan ban hành.", evidence)


def _gather(finding: NumberFinding, answers: Sequence[SecondReading]) -> Opinions:
    """What the readers of rows saw of the number with its suffix, beside the first reading and the file."""
    parts = finding.parts
    read = parts if parts and parts.number and not parts.mended and not finding.overlay else None
    return gather(
        [
            a
            for a in answers
            if a.look.field is FieldName.NUMBER_SYMBOL and a.look.alphabet is Alphabet.DIGITS
        ],
        lambda text: text,
        lambda text: _VALUE.fullmatch(text) is not None,
        first=f"{read.number}{read.suffix}" if read else None,
        typed=finding.typed,
        elsewhere=[other.number for other in finding.others],
    )


def _check_read_by_several(
    finding: NumberFinding,
    opinions: Opinions,
    answers: Sequence[SecondReading],
    type_name: str | None,
    abbreviations: Collection[str],
    issuer_agrees: bool,
) -> FieldReading:
    """Check a number that readers of different kinds have read; what they agree on is believed."""
    name = FieldName.NUMBER_SYMBOL
    found = _found_as(finding, opinions.guess)
    if opinions.guess is None:
        return doubted(name, finding.found, _complain_of_gap(finding))
    if complaint := _complain_of_notation(finding, answers, type_name, abbreviations, issuer_agrees):
        return doubted(name, found, complaint)
    if opinions.agreed is None:
        seen = " và ".join(f"“{value}”" for value in opinions.seen[:_SHOWN])
        if len(opinions.seen) > 1:
            return doubted(name, found, f"Các cách đọc số văn bản cho kết quả khác nhau: {seen}.")
        return doubted(name, found, f"Số văn bản {seen} chưa được cách đọc khác xác nhận.")
    evidence = "Các cách đọc độc lập cho cùng một số."
    return checked(name, found, "Ký hiệu khớp với tên loại và cơ quan ban hành.", evidence)


def _read_by_row(
    finding: NumberFinding,
    answers: Sequence[SecondReading],
    type_name: str | None,
    abbreviations: Collection[str],
) -> NumberFinding | None:
    """The finding with the notation that only the reader of rows saw; its marks come from the directory."""
    texts = (
        a.text or "" for a in answers if a.reader == SecondReader.ROW and a.look in _whole_lines(finding)
    )
    parts = next((parts for text in texts if (parts := split_line(text))), None)
    if parts is None:
        return None
    notation = mend_notation(parts.notation, type_name, abbreviations)
    return replace(finding, parts=parts, notation=notation, typed=False)


def _whole_lines(finding: NumberFinding) -> tuple[SecondLook, ...]:
    return list_notation_looks(finding.line, finding.groups)


def _found_as(finding: NumberFinding, value: str | None) -> Found | None:
    """The reference with the number and suffix that readers gave."""
    match = _VALUE.fullmatch(value or "")
    reference = finding.with_number(match["digits"], match["suffix"] or "") if match else None
    if reference is None:
        return finding.found
    source = Source.ANNOTATION if finding.overlay and finding.overlay.number == value else finding.source
    return Found(reference.registered, 1, finding.line.box, source)


def _complain_of_gap(finding: NumberFinding) -> str:
    if finding.parts is None:
        return "Không đọc được ký hiệu văn bản."
    if finding.parts.is_blank:
        return "Chỗ ghi số văn bản để trống hoặc chưa đọc được."
    return "Số văn bản trông như viết tay và chưa đọc được chắc chắn."


def _complain_of_notation(
    finding: NumberFinding,
    answers: Sequence[SecondReading],
    type_name: str | None,
    abbreviations: Collection[str],
    issuer_agrees: bool,
) -> str | None:
    if not fits_type(finding.groups, type_name):
        return "Ký hiệu chưa khớp với tên loại."
    if not issuer_agrees:
        return "Ký hiệu chưa khớp với cơ quan ban hành."
    unknown = list_unexplained(finding.groups, type_name, abbreviations)
    elsewhere = [other.notation for other in finding.others if other.notation]
    if unread := list_unconfirmed(finding.groups, unknown, answers, elsewhere):
        return f"Phần {'-'.join(unread)} của ký hiệu mới đọc được một lần."
    return None


def _second_numbers(finding: NumberFinding, answers: Sequence[SecondReading]) -> tuple[Reference, ...]:
    """The reference as the other sources have it: second readers, the file, the picture under a note."""
    numbers = [_digits_of(answer) for answer in answers if answer.look.field is FieldName.NUMBER_SYMBOL]
    numbers += [other.number for other in finding.others if other is not finding.overlay]
    if finding.overlay and finding.parts and finding.parts.number and not finding.parts.mended:
        numbers.append(finding.parts.number)
    return tuple(reference for number in numbers if (reference := finding.with_number(number)))


def _digits_of(answer: SecondReading) -> str | None:
    """The number in a second reader's answer; None when it saw none, or another notation beside it."""
    text = answer.text or ""
    if answer.look.alphabet is Alphabet.DIGITS:
        return re.sub(r"\D", "", text)[:6] or None
    parts = split_line(text)
    return parts.number if parts and parts.number and not parts.mended else None


def _offer(finding: NumberFinding, seconds: Sequence[Reference]) -> Found | None:
    """What to show for an unread number: the only one another source gives, never believed."""
    offers = {second.registered for second in seconds}
    if len(offers) == 1:
        return Found(offers.pop(), 1, finding.line.box, finding.source)
    return finding.found
