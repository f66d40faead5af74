"""Whether a notation (ký hiệu) is spelled right, and whether type and issuer bear it out.

    QD-BGDĐT with the title QUYẾT ĐỊNH        → QĐ-BGDĐT
    TTLT-TANDTC-VKSNDTC-BIP, issuer Bộ Tư pháp → …-BTP
    SYT-NVD                                    SYT is borne out by the issuer, NVD by nothing here

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 3: the drafting unit's letters are set by each
office.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rapidfuzz.distance import Levenshtein

from fields.reference_grammar import fold_notation
from fields.type_names import list_abbreviations, spell_abbreviation, types_of

_LETTERS = str.maketrans("0158", "OISB")
_BOTH = frozenset({"CT", "TC", "BC", "TTR", "TT", "CD", "TB"})
"""Abbreviations of a type that may be an agency's as well: `10315/CT-TTHT` is a letter of a Cục Thuế."""


def split_groups(notation: str | None) -> tuple[str, ...]:
    """Return the groups of a notation: `("QĐ", "UBND")`; none for None."""
    return tuple(re.split(r"[-/]", notation)) if notation else ()


def mend_notation(read: str, type_name: str | None, abbreviations: Collection[str]) -> str:
    """Return `read` with the official spelling of the type's group and of the issuer's abbreviations."""
    parts = re.split(r"([-/])", read)
    mended = [
        _mend_group(p, i == 0, type_name, abbreviations) if i % 2 == 0 else p for i, p in enumerate(parts)
    ]
    return "".join(mended)


def fits_type(groups: Sequence[str], type_name: str | None) -> bool:
    """Whether the notation goes with the type: its abbreviation first, or none of a type's for a letter."""
    if not groups or type_name is None:
        return False
    first = types_of(groups[0])
    if type_name == "Công văn":
        return type_name in first or not first or len(groups) == 1 or fold_notation(groups[0]) in _BOTH
    assembly = fold_notation(groups[0]).startswith(("QH", "UBTVQH"))
    return type_name in first or (assembly and type_name in {"Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh"})


def list_unexplained(
    groups: Sequence[str], type_name: str | None, abbreviations: Collection[str]
) -> tuple[str, ...]:
    """Return the groups that neither type nor directory spells: only the print bears them out."""
    rest = (
        groups[1:]
        if groups
        and type_name
        and spell_abbreviation(groups[0], type_name) == groups[0]
        and type_name in types_of(groups[0])
        else groups
    )
    return tuple(group for group in rest if group not in abbreviations)


def _mend_group(group: str, first: bool, type_name: str | None, abbreviations: Collection[str]) -> str:
    if first and type_name:
        if type_name in types_of(group):
            return spell_abbreviation(group, type_name)
        near = [
            a
            for a in list_abbreviations()
            if type_name in types_of(a) and not types_of(group) and _is_near(group, a)
        ]
        if len(near) == 1:
            return near[0]
    same = [k for k in sorted(abbreviations) if fold_notation(k) == fold_notation(group)]
    near = [k for k in sorted(abbreviations) if len(k) >= 3 and _is_near(group, k)]
    return (same or near or [group])[0]


def _is_near(group: str, known: str) -> bool:
    return Levenshtein.distance(fold_notation(group.translate(_LETTERS)), fold_notation(known)) <= 1
