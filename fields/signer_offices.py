"""Office and signing power of a signature block: what the page and both readers of its rows say, and checks.

For `fields.signer`: `check_offices(block, rows)` returns the readings of title and authority.

A row of the second look has the engine's reading first and, behind `LETTERS_ONLY`, what a recogniser of
another kind sees. Offices are a closed set, so that the two can be compared though one knows no marks. Power
and office must also go together: `KT.` with a deputy, a head without anything before it.

Source: Decree 30/2020/NĐ-CP, Article 13 and Appendix I, part II, clause 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.looks import KNOWN_NAME, LETTERS_ONLY
from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from documents.text import fold
from fields.signer_rows import Row
from fields.signing_titles import is_damaged_power, is_deputy, read_power, read_title
from fields.verdict import checked, doubted


@dataclass(frozen=True, slots=True)
class Block:
    """What the page as a whole says of a block; the fields of `fields.signer.SignerFinding`."""

    title: Found | None
    authority: Found | None
    printed: tuple[str, ...]
    inferred: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class Office:
    """A row as both readers see it; `alone` says that both see the office and nothing before or after it."""

    title: str | None
    title_again: str | None
    power: str | None
    power_again: str | None
    alone: bool

    @property
    def either(self) -> str | None:
        """The office by the engine, else by the other reader."""
        return self.title or self.title_again


def list_offices(rows: Sequence[Row]) -> tuple[Office, ...]:
    """Return the rows in which a reader sees an office or a power, top to bottom.

    >>> list_offices((("PHÓ GIÁM ĐÓC", "~ PHO GIAM DOC"), ("Lê Lan",)))[0].title_again
    'PHÓ GIÁM ĐỐC'
    """
    seen = (_office(row) for row in rows)
    return tuple(office for office in seen if office.either or office.power or office.power_again)


def _office(row: Row) -> Office:
    text = next((t for t in row if not t.startswith((LETTERS_ONLY, KNOWN_NAME))), "")
    again = next((t.removeprefix(LETTERS_ONLY) for t in row if t.startswith(LETTERS_ONLY)), "")
    title, other = read_title(text), read_title(again)
    power, power_again = read_power(text), read_power(again)
    return Office(
        title=title,
        title_again=other,
        power=power[0] if power else None,
        power_again=power_again[0] if power_again else None,
        alone=_is_bare(text, title) and _is_bare(again, other),
    )


def _is_bare(text: str, title: str | None) -> bool:
    """Whether `text` is `title` and not a sign more: what stands before it may be `KT.`, damaged."""
    return title is not None and sum(not c.isspace() for c in text) <= len(title.replace(" ", "")) + 1


def check_offices(block: Block, rows: Sequence[Row]) -> tuple[FieldReading, FieldReading]:
    """Return the readings of title and authority."""
    offices = list_offices(rows)
    title = _choose_title(block, offices)
    power = _choose_power(block, offices)
    powers = {p[0] for line in block.printed if (p := read_power(line))}
    powers |= {o.power for o in offices if o.power and o.power == o.power_again}
    proof = _prove_by_two(block, title, power, powers, offices)
    return (
        _check_title(block, title, powers, proof, offices),
        _check_authority(block, power, title, powers, proof),
    )


def _choose_title(block: Block, offices: Sequence[Office]) -> Found | None:
    """The page's office, or one under it that both readers of rows see, or what any of them sees."""
    lowest = next((o for o in reversed(offices) if o.either), None)
    if lowest is None:
        return block.title
    agreed = lowest.title is not None and _same(lowest.title, lowest.title_again)
    if block.title is not None and not (agreed and is_deputy(lowest.title or "")):
        return block.title
    if block.title is not None and _same(str(block.title.value), lowest.title):
        return block.title
    return Found(lowest.either, block.page)


def _choose_power(block: Block, offices: Sequence[Office]) -> Found | None:
    if block.authority is not None and not block.inferred:
        return block.authority
    seen = next((o.power or o.power_again for o in offices if o.power or o.power_again), None)
    return Found(seen, block.page) if seen else block.authority


def _prove_by_two(
    block: Block, title: Found | None, power: Found | None, powers: set[str], offices: Sequence[Office]
) -> str | None:
    """One sentence of evidence when both kinds of readers see office and power alike, or None."""
    if title is None or title.value is None:
        return None
    office = str(title.value)
    lowest = next((o for o in reversed(offices) if o.either), None)
    by_engine = lowest is not None and (
        _same(office, lowest.title) or (block.title is not None and _same(office, str(block.title.value)))
    )
    if lowest is None or not by_engine or not _same(office, lowest.title_again):
        return None
    if any(o.power and o.power_again and o.power != o.power_again for o in offices):
        return None
    if power is None:
        bare = not is_deputy(office) and not _is_on_behalf(office) and lowest.alone and not powers
        return "Hai máy đọc cùng thấy chức vụ này, trước đó không có TM., KT., TL." if bare else None
    twice = any(o.power == power.value == o.power_again for o in offices) or any(
        o.power_again == power.value for o in offices if block.authority and not block.inferred
    )
    return "Hai máy đọc cho cùng quyền hạn ký và chức vụ." if twice else None


def _is_on_behalf(office: str) -> bool:
    """`ĐẠI DIỆN CÔNG TY` is no office: the office of who signs stands below it."""
    return fold(office).startswith("dai dien")


def _same(one: str, other: str | None) -> bool:
    return other is not None and fold(one) == fold(other)


def _check_title(
    block: Block, title: Found | None, powers: set[str], proof: str | None, offices: Sequence[Office]
) -> FieldReading:
    name = FieldName.SIGNER_TITLE
    if title is None:
        return doubted(name, None, "Chưa đọc được chức vụ người ký.")
    if proof and _complain_of_pair(title, powers) is None:
        return checked(name, title, proof)
    if block.title is None or title.value != block.title.value:
        return doubted(name, title, "Chức vụ người ký chỉ lần đọc thứ hai thấy được.")
    if complaint := _complain(block, powers) or _complain_of_rows(title, offices):
        return doubted(name, title, complaint)
    return checked(name, title, *_prove_block(block))


def _check_authority(
    block: Block, power: Found | None, title: Found | None, powers: set[str], proof: str | None
) -> FieldReading:
    name = FieldName.SIGNER_AUTHORITY
    if proof and title is not None and _complain_of_pair(title, powers) is None:
        return checked(name, power, proof)
    if power is not None and (block.authority is None or power.value != block.authority.value):
        return doubted(name, power, "Quyền hạn ký chỉ lần đọc thứ hai thấy được.")
    if block.title is None:
        return doubted(name, power, "Chưa đọc được khối chữ ký.")
    if complaint := _complain(block, powers):
        return doubted(name, power, complaint)
    return checked(name, power, *_prove_block(block))


def _complain(block: Block, powers: set[str]) -> str | None:
    """Why power and office as the page shows them do not go together, or None."""
    if block.inferred:
        return "Không thấy chữ “KT.”; suy ra từ chức vụ cấp phó."
    if any(is_damaged_power(line) and not read_power(line) for line in block.printed):
        return "Quyền hạn ký (TM., KT., TL., TUQ.) đọc chưa rõ."
    if block.title is None:
        return None
    if complaint := _complain_of_pair(block.title, powers):
        return complaint
    if not powers and block.title.source is not Source.TEXT_LAYER:
        return "Không thấy TM., KT., TL., TUQ. trước chức vụ; dấu hoặc chữ ký có thể đã che mất."
    return None


def _complain_of_pair(title: Found, powers: set[str]) -> str | None:
    office = str(title.value)
    if is_deputy(office) and not powers & {"KT.", "TM.", "TUQ."}:
        return "Cấp phó ký mà không thấy “KT.” trước chức vụ cấp trưởng."
    if "KT." in powers and not is_deputy(office):
        return "Có “KT.” nhưng chức vụ bên dưới không phải cấp phó."
    return None


def _complain_of_rows(title: Found, offices: Sequence[Office]) -> str | None:
    """Why the rows read again speak against the office, or None."""
    lowest = next((o.either for o in reversed(offices) if o.either), None)
    if lowest is not None and is_deputy(lowest) != is_deputy(str(title.value)):
        return f"Các lần đọc chức vụ người ký khác nhau; có lần đọc “{lowest}”."
    return None


def _prove_block(block: Block) -> tuple[str, str]:
    return (
        f"Khối chữ ký ghi: {' / '.join(block.printed)}.",
        "Quyền hạn ký và chức vụ phù hợp với nhau.",
    )
