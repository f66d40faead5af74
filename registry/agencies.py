"""The office's own issuing agencies."""

from __future__ import annotations

from sqlalchemy import func, select

from documents.agencies import AgencyId, AgencySaved, OwnAgency
from registry.change import Appliers, Change
from registry.tables import AgencyRow
from registry.view import View


def list_own_agencies(view: View) -> tuple[OwnAgency, ...]:
    """Every agency of the office's own, ended ones too, as they were entered."""
    rows = view.session.scalars(select(AgencyRow).order_by(AgencyRow.id))
    return tuple(
        OwnAgency(
            id=AgencyId(row.id),
            name=row.name,
            abbreviation=row.abbreviation,
            parent=row.parent,
            since=row.since,
            until=row.until,
        )
        for row in rows
    )


def next_agency(view: View) -> AgencyId:
    """The number of the next agency to be entered."""
    return AgencyId((view.session.scalar(select(func.max(AgencyRow.id))) or 0) + 1)


def save(event: AgencySaved, change: Change) -> None:
    """Keep the agency as it is now."""
    one = event.agency
    change.session.merge(
        AgencyRow(
            id=one.id,
            name=one.name,
            abbreviation=one.abbreviation,
            parent=one.parent,
            since=one.since,
            until=one.until,
        )
    )


APPLIERS: Appliers = {AgencySaved: save}
