"""Where the signature block should be read again, and what is believed of it.

For `fields.read`: `list_signer_looks(finding)`, and `check_signer(finding, answers)`, which returns the
readings of name, title and authority in this order. A name under a seal is believed when several ways of
looking at it agree, or when the register knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from documents.looks import Alphabet, SecondLook, SecondReading
from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from documents.text import same_tone
from fields.known_signers import recall_signer
from fields.signer import SignerFinding
from fields.signer_offices import Block, check_offices
from fields.signer_rows import NameVotes, Row, rows_of, vote_for_name
from fields.verdict import checked, doubted


def list_signer_looks(finding: SignerFinding) -> tuple[SecondLook, ...]:
    """Where the block should be read a second time; nowhere when its name is sure already."""
    if finding.page is None or finding.name_box is None or _is_sure(finding):
        return ()
    return (SecondLook(FieldName.SIGNER_NAME, finding.page, finding.name_box, Alphabet.NAME),)


def _is_sure(finding: SignerFinding) -> bool:
    """Whether the name is the file's own text, or that of a certificate."""
    name = finding.name
    if name is None or finding.mended:
        return False
    signed = any(_same_name(person, str(name.value)) for person in finding.digital)
    return finding.title is not None and (signed or name.source is Source.TEXT_LAYER)


def check_signer(
    finding: SignerFinding, answers: Sequence[SecondReading], signed_before: Sequence[str] = ()
) -> tuple[FieldReading, ...]:
    """Return the readings of name, title and authority; `signed_before` as for `recall_signer`."""
    texts = [a.text for a in answers if a.look.field is FieldName.SIGNER_NAME and a.text]
    rows = tuple(row for text in texts for row in rows_of(text))
    block = Block(finding.title, finding.authority, finding.printed, finding.inferred, finding.page)
    name = recall_signer(_check_name(finding, rows), _seen_names(finding, rows), signed_before)
    return name, *check_offices(block, rows)


def _seen_names(finding: SignerFinding, rows: Sequence[Row]) -> tuple[str, ...]:
    """Every whole name that a reading gave, those without marks included."""
    printed = str(finding.name.value) if finding.name and not finding.mended else None
    votes = vote_for_name(rows, printed=printed) if printed else vote_for_name(rows)
    woven = (votes.woven,) if votes.woven else ()
    return (*((printed,) if printed else ()), *votes.whole, *votes.letters, *woven)


def _check_name(finding: SignerFinding, rows: Sequence[Row]) -> FieldReading:
    name, found = FieldName.SIGNER_NAME, finding.name
    if found is None or finding.mended:
        return _offer_name(finding, vote_for_name(rows))
    if any(_same_name(person, str(found.value)) for person in finding.digital):
        return checked(name, found, "Chữ ký số trong tệp mang đúng tên này.")
    if found.source is Source.TEXT_LAYER:
        return checked(name, found, "Tên lấy từ chữ có sẵn trong tệp.")
    votes = vote_for_name(rows, printed=str(found.value))
    best = votes.best or str(found.value)
    if votes.agree_on(best, least=2):
        return checked(name, replace(found, value=best), "Hai lần đọc độc lập cho cùng một tên.")
    others = [other for other in votes.whole if other != best]
    if others:
        return doubted(
            name, replace(found, value=best), f"Các lần đọc tên người ký khác nhau; có lần đọc “{others[0]}”."
        )
    return doubted(name, found, "Tên người ký mới đọc được một lần.")


def _same_name(one: str, other: str) -> bool:
    """Equal with all marks; capitals and the older place of a tone aside."""
    return same_tone(one).casefold() == same_tone(other).casefold()


def _offer_name(finding: SignerFinding, votes: NameVotes) -> FieldReading:
    """A name that the page as a whole did not show, or not with its first letter."""
    name = FieldName.SIGNER_NAME
    best = votes.best
    signed = next((p for p in finding.digital if best is None or _same_name(p, best)), None)
    if signed is not None:
        offer = Found(signed, finding.page, finding.name_box, Source.SIGNATURE)
        if best is not None and best in votes.whole:
            return checked(name, offer, "Chữ ký số trong tệp mang đúng tên đọc được dưới dấu.")
        return doubted(name, offer, "Tên người ký lấy từ chữ ký số, chưa đọc được trên văn bản.")
    if best is not None and best == votes.woven and best not in votes.whole:
        offer = Found(best, finding.page, finding.name_box)
        return doubted(name, offer, "Tên người ký ghép từ hai máy đọc, mỗi máy chỉ đọc được một phần.")
    if best is not None and best == votes.likeliest and best not in votes.whole:
        offer = Found(best, finding.page, finding.name_box)
        return doubted(name, offer, "Tên người ký đoán theo nét chữ còn thấy và các họ, tên thường gặp.")
    if best is not None and best in votes.whole:
        offer = Found(best, finding.page, finding.name_box)
        if votes.agree_on(best):
            return checked(name, offer, "Nhiều cách đọc chữ dưới dấu cho cùng một tên.")
        if votes.differ_in_marks:
            return doubted(name, offer, "Các lần đọc tên người ký khác nhau ở dấu.")
        return doubted(name, offer, "Tên người ký bị dấu hoặc chữ ký che, các lần đọc chưa thống nhất.")
    if finding.name is not None:
        return doubted(name, finding.name, "Chữ đầu của họ người ký bị che, đã điền theo họ thường gặp.")
    if best is not None:
        offer = Found(best, finding.page, finding.name_box)
        if best in votes.mended:
            return doubted(name, offer, "Chữ đầu của họ người ký bị che, đã điền theo họ thường gặp.")
        return doubted(name, offer, "Tên người ký có thể thiếu họ hoặc chữ đệm vì bị dấu che.")
    return doubted(name, None, "Chưa đọc được tên người ký.")
