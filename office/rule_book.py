"""The routing table as its pages show it: rows in sentences, versions, drafts, a dry run's differences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from documents.errors import Refused
from documents.people import Officer
from documents.record import RulesDraft, RulesVersion
from office import sight
from office.decide import ROUTING_TABLE
from office.drafts import ShownTable, find_draft, show_table
from office.dry_run import DryRun, Moved
from office.office import Office, names_of
from office.tables import CheckedTable, check_rules

MOST_SHOWN = 120
"""Differences shown one by one; the rest is counted."""


class JudgedWrong(Refused):
    """A draft whose differences somebody found wrong is not approved as it is."""

    message = "Có {count} văn bản bạn đánh dấu là đi sai ({names}); chưa duyệt gì."
    advice = "Sửa bản nháp rồi chạy thử lại; hoặc bỏ dấu sai nếu đã xem lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """A version row by row, what is doubtful about it, and all versions and drafts, newest first."""

    shown: ShownTable
    warnings: tuple[str, ...]
    versions: tuple[RulesVersion, ...]
    drafts: tuple[RulesDraft, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDraft:
    """A draft with its rows in words and what is doubtful about them."""

    draft: RulesDraft
    checked: CheckedTable
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A document that a draft moves; without its content when the reader may not open it."""

    moved: Moved
    may_open: bool


def show_book(office: Office, version: int | None, *, today: dt.date) -> RuleBook:
    """A version (today's when None) with the whole history around it.

    Raises:
        NoSuchVersion: there never was such a version.
        RuleSlip: a unit or person of an old version is no longer in the directory.
    """
    shown = show_table(office, version, today=today)
    with office.view() as view:
        return RuleBook(
            shown=shown,
            warnings=check_rules(office, None, today=today).warnings if shown.in_force else (),
            versions=tuple(reversed(view.rule_versions(ROUTING_TABLE))),
            drafts=tuple(reversed(view.rule_drafts(ROUTING_TABLE))),
            names=names_of(view.directory()),
        )


def show_draft(office: Office, number: int, *, today: dt.date) -> ShownDraft:
    """A draft in words.

    Raises:
        NoSuchDraft: there is none.
        RuleSlip: the directory has changed so that it no longer loads.
    """
    with office.view() as view:
        draft = find_draft(view, number)
        names = names_of(view.directory())
    return ShownDraft(draft=draft, checked=check_rules(office, draft.text, today=today), names=names)


def text_of(office: Office, *, version: int | None = None, draft: int | None = None, today: dt.date) -> str:
    """The YAML text to begin a new draft from: of a draft, of a version, else of the version in force.

    Raises:
        NoSuchDraft: there is none.
    """
    with office.view() as view:
        if draft is not None:
            return find_draft(view, draft).text
        known = {one.version: one.text for one in view.rule_versions(ROUTING_TABLE)}
        return known.get(version or 0) or view.rules(ROUTING_TABLE, today)[1]


def list_differences(
    office: Office, trial: DryRun, reader: Officer, *, now: dt.datetime
) -> tuple[Difference, ...]:
    """The first differences of a dry run, as far as the reader may know of their documents."""
    with office.view() as view:
        return tuple(
            Difference(moved=one, may_open=sight.may_open(view, view.document(one.document), reader, now=now))
            for one in trial.moved[:MOST_SHOWN]
        )
