"""Routing tables: check them, bring them into force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.events import RulesAdopted
from office.decide import ROUTING_TABLE
from office.office import Office
from rules.table import check_table, load_table


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A sound table in words, with what is doubtful about it."""

    name: str
    version: int
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]


def check_rules(office: Office, text: str | None) -> CheckedTable:
    """Check a table (the one in force when `text` is None) against the directory.

    Raises:
        RuleSlip: the table cannot be loaded; says row, cell and what was perhaps meant.
    """
    with office.view() as view:
        directory = view.directory()
        version, in_force = view.rules(ROUTING_TABLE)
    table = load_table(in_force if text is None else text, directory, name=ROUTING_TABLE, version=version)
    return CheckedTable(
        ROUTING_TABLE,
        version,
        tuple(row.sentence(directory) for row in table.rows),
        check_table(table, directory),
    )


def adopt_table(office: Office, text: str, *, by: str, now: dt.datetime) -> int:
    """Bring a sound table into force as the next version; an unsound one changes nothing."""
    check_rules(office, text)
    with office.registry.book(by, now) as book:
        book.record(RulesAdopted(table=ROUTING_TABLE, text=text))
        version, _ = book.rules(ROUTING_TABLE)
    return version
