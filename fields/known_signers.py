"""Know a signer again by the office's own register: who has signed for this agency before.

A name half under a seal leaves doubts of a mark or a letter. When exactly one person whose documents of the
same agency stand in the register is spelled with the same letters, that name is offered; when a reading of
this paper has it with all its marks, the two agree and it is checked. Nobody is assumed to sign: a name that
no reading bears out stays out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from documents.reading import FieldReading
from documents.text import fold, same_tone


def recall_signer(name: FieldReading, seen: Iterable[str], signed_before: Iterable[str]) -> FieldReading:
    """Return the signer's name with what the register knows of it.

    Args:
        name: As the paper alone has it; returned as it is when it is checked.
        seen: Every name that a reading of this paper gave.
        signed_before: Names under earlier documents of the same agency, checked or confirmed.
    """
    if name.checked:
        return name
    seen = tuple(seen)
    letters = {fold(one) for one in seen}
    known = {_key(one): one for one in signed_before if fold(one) in letters}
    if len(known) != 1:
        return name
    ((key, value),) = known.items()
    if any(_key(one) == key for one in seen):
        evidence = (*name.evidence, "Trùng tên người đã ký văn bản trước của cùng cơ quan trong sổ.")
        return replace(name, value=value, checked=True, reason=None, evidence=evidence)
    return replace(
        name,
        value=value,
        reason=f"Chưa đọc chắc dấu trong tên; trong sổ, người ký của cơ quan này viết là “{value}”.",
    )


def _key(name: str) -> str:
    """Equal with all marks; capitals and the older place of a tone aside."""
    return same_tone(name).casefold()
