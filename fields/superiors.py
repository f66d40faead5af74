"""Find the bodies above an issuer, as far as they are known: printed over it, or by the law of its kind.

The directory of agencies lists bodies, not who stands above whom. What is known all the same:

- the body printed over the issuer in the left head is the one directly above it (Decree 30/2020/NĐ-CP,
  Appendix I, part II, clause 2);
- a department (sở), the inspectorate and the office of the committee of a named province stand under the
  People's Committee of that province (Law on the Organisation of Local Government; Decree 24/2014/NĐ-CP,
  article 2; Decree 45/2025/NĐ-CP, article 3);
- of an agency that the office has entered itself, it has said who stands above it;
- ministries, central bodies and the People's Committees of provinces end a chain: rules do not count them as
  standing under the Government.

Anything else stands under a body that is not known here, and the chain says that it is not whole.
"""

from __future__ import annotations

from functools import lru_cache

from documents.reading import AgencyChain
from fields.agencies import Agency, AgencyDirectory, agency_key

_HIGHEST = frozenset({"central_state", "ministry", "central_party", "mass_org_central"})
_COMMITTEE = "uy ban nhan dan"
_UNDER_THE_COMMITTEE = ("so ", "thanh tra tinh", "thanh tra thanh pho", "van phong uy ban nhan dan")
_MOST_STEPS = 4
SEVERAL = "; "
"""Between the entries of bodies that issued a paper together (`issuer_agency`)."""


@lru_cache(maxsize=4096)
def find_chain(issuers: str, parent: str | None, directory: AgencyDirectory) -> AgencyChain:
    """Return the issuer's entry and the bodies above it, nearest first.

    Args:
        issuers: The directory entry (`issuer_agency`); of a joint paper all of them, `; ` between.
        parent: The line printed over the issuer (`issuer_parent`), None when there is none. A joint paper
            has no line that stands over all of its issuers, so it is not asked.
        directory: Bodies known.
    """
    names = issuers.split(SEVERAL)
    above = parent if len(names) == 1 else None
    printed = directory.match(above) if above else None
    known_parent = printed.name if printed and printed.is_sure else None
    chains = [_climb(name, known_parent, directory) for name in names]
    agencies = tuple(dict.fromkeys(agency for chain in chains for agency in chain.agencies))
    return AgencyChain(
        agencies=agencies,
        is_whole=all(chain.is_whole for chain in chains),
        by_paper=any(chain.by_paper for chain in chains),
    )


def full_name(name: str, directory: AgencyDirectory) -> tuple[str | None, str | None]:
    """Return the full name under which the directory has a body, and the nearest name when it is not sure.

    `Bộ Tài chính` is known; `UBND tỉnh Tây Ninh` means `Ủy ban nhân dân tỉnh Tây Ninh`, which is near.
    """
    match = directory.match(name)
    if match is None:
        return None, None
    is_same = match.is_sure and agency_key(match.name) == agency_key(name)
    return (match.name, None) if is_same else (None, match.name)


def _climb(name: str, parent: str | None, directory: AgencyDirectory) -> AgencyChain:
    agencies, by_paper = [name], False
    while len(agencies) <= _MOST_STEPS and not _is_highest(agencies[-1], directory):
        above = _declared(agencies[-1], directory) or _by_kind(agencies[-1], directory)
        if above is None and len(agencies) == 1 and parent:
            above, by_paper = parent, True
        if above is None or above in agencies:
            return AgencyChain(agencies=tuple(agencies), is_whole=False, by_paper=by_paper)
        agencies.append(above)
    return AgencyChain(agencies=tuple(agencies), is_whole=True, by_paper=by_paper)


def _is_highest(name: str, directory: AgencyDirectory) -> bool:
    key = agency_key(name)
    return any(_ends_chain(agency) for agency in _entries(key, directory))


def _ends_chain(agency: Agency) -> bool:
    if agency.level == "province":
        return agency_key(agency.name).startswith((f"{_COMMITTEE} tinh ", f"{_COMMITTEE} thanh pho "))
    return agency.level in _HIGHEST


def _declared(name: str, directory: AgencyDirectory) -> str | None:
    """The body that the office itself has put above this one."""
    return next((agency.parent for agency in _entries(agency_key(name), directory) if agency.parent), None)


def _by_kind(name: str, directory: AgencyDirectory) -> str | None:
    """The People's Committee of the province that a department names; None when that cannot be said."""
    province = directory.find_province(name)
    if province is None or not agency_key(name).startswith(_UNDER_THE_COMMITTEE):
        return None
    wanted = f"{_COMMITTEE} {agency_key(province.kind)} {province.key}"
    return next((agency.name for agency in _entries(wanted, directory)), None)


def _entries(key: str, directory: AgencyDirectory) -> tuple[Agency, ...]:
    return _by_key(directory).get(key, ())


@lru_cache(maxsize=4)
def _by_key(directory: AgencyDirectory) -> dict[str, tuple[Agency, ...]]:
    found: dict[str, tuple[Agency, ...]] = {}
    for agency in directory.agencies:
        key = agency_key(agency.name)
        found[key] = (*found.get(key, ()), agency)
    return found
