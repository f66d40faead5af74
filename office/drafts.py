"""Drafts of the routing table: written by one person, tried on the past, approved by another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.errors import Conflict, DraftClosed, Missing, NoSuchDraft, OwnDraft, Refused
from documents.events import RulesApproved, RulesDraftDropped, RulesDrafted
from documents.people import Officer, PersonId
from documents.record import DraftState, RulesDraft, RulesVersion
from documents.text import tidy
from office.decide import ROUTING_TABLE, routing_table
from office.dry_run import DryRun, dry_run
from office.office import Office, local_day
from office.policy import Act, require
from office.staff import NoSuchPerson
from office.tables import load_draft_table
from registry.view import View
from rules.table import load_table

LOOK_BACK = dt.timedelta(days=365)
"""How far a dry run looks back when nobody says."""


class NoDraftWaits(Missing):
    """No draft of the routing table waits for approval."""

    message = "Chưa có bản nháp nào của bảng quy tắc đang chờ duyệt."
    advice = "Nêu tệp cần thử, hoặc lập bản nháp trước: congvan rules draft TỆP --by MÃ"


class NoSuchVersion(Missing):
    """The routing table never had that version."""

    message = "Bảng quy tắc không có bản {version}."
    advice = "Các bản đang có: {known}. Xem: congvan rules show {newest}"


class DryRunUnseen(Conflict):
    """The draft is approved only by who has seen what it would have done, as it is now."""

    message = (
        "Chưa xem chạy thử bản nháp số {draft}: trong {documents} văn bản từ ngày {since} có {moved} văn bản "
        "sẽ đi khác. Chưa duyệt gì."
    )
    advice = (
        "Xem từng văn bản: congvan rules dry-run --draft {draft} --from {since}; "
        "đồng ý thì duyệt lại, thêm --moved {moved}"
    )


class EffectiveTooEarly(Refused):
    """A table cannot count for days that have passed."""

    message = "Ngày hiệu lực {day} đứng trước hôm nay ({today})."
    advice = "Chọn từ hôm nay trở đi; văn bản đã chuyển giữ bản quy tắc đã dùng cho nó."


class ReasonMissing(Refused):
    """Giving up a draft needs a reason."""

    message = "Chưa ghi lý do bỏ bản nháp số {draft}."
    advice = 'Ghi lý do: congvan rules drop {draft} --by MÃ --reason "…"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What an approval made: the version, its dry run, and versions whose day can no longer come."""

    version: int
    trial: DryRun
    overtaken: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A version as people read it: a sentence and the number of documents led, for each row."""

    version: RulesVersion
    rows: tuple[tuple[str, str, int], ...]
    """Row id, sentence, documents it leads."""
    in_force: bool


def draft_table(office: Office, text: str, *, by: str, actor: str, now: dt.datetime) -> int:
    """Keep a sound table as a draft and return its number; nothing is decided by it.

    `by` is who answers for it, `actor` who typed it: at the command line they differ.

    Raises:
        RuleSlip: the table cannot be loaded; nothing is kept.
        NoSuchPerson, NotAllowed: `by` does not serve today, or may not draft.
    """
    with office.registry.book(actor, now) as book:
        person = _acting(book, by, Act.DRAFT_RULES, local_day(now))
        load_draft_table(text, book)
        number = len(book.rule_drafts(ROUTING_TABLE)) + 1
        book.record(RulesDrafted(table=ROUTING_TABLE, draft=number, text=text, by=person.id))
    return number


def approve_draft(
    office: Office,
    number: int,
    *,
    effective_from: dt.date,
    by: str,
    actor: str,
    now: dt.datetime,
    moved: int | None,
    since: dt.date | None = None,
) -> Approved:
    """Make a draft the next version, for what arrives from `effective_from` on.

    Args:
        office: The office.
        number: The draft.
        effective_from: Today or later.
        by: The second person.
        actor: Who typed it.
        now: The moment.
        moved: How many documents the dry run moved, as the person saw it; None when they did not look.
        since: The first day of arrival of that dry run; a year back when None.

    Raises:
        NoSuchDraft, DraftClosed: there is nothing to approve.
        NoSuchPerson, NotAllowed, OwnDraft: this person may not.
        EffectiveTooEarly: the day has passed.
        DryRunUnseen: `moved` is not what the dry run gives now.
        RuleSlip: the directory has changed so that the draft no longer loads.
    """
    today = local_day(now)
    since = since or today - LOOK_BACK
    if effective_from < today:
        raise EffectiveTooEarly(day=f"{effective_from:%d/%m/%Y}", today=f"{today:%d/%m/%Y}")
    with office.view() as view:
        draft = find_draft(view, number)
        person = _acting(view, by, Act.APPROVE_RULES, today)
        in_force = view.rules(ROUTING_TABLE, today)
    if draft.state is not DraftState.OPEN:
        raise DraftClosed(draft=number)
    if draft.drafted_by == person.id:
        raise OwnDraft(draft=number)
    trial = dry_run(office, draft.text, since=since, today=today)
    with office.registry.book(actor, now) as book:
        if moved != len(trial.moved) or book.rules(ROUTING_TABLE, today) != in_force:
            raise _unseen(number, trial)
        book.record(
            RulesApproved(
                table=ROUTING_TABLE,
                draft=number,
                effective_from=effective_from,
                by=person.id,
                since=since,
                documents=trial.documents,
                moved=len(trial.moved),
            )
        )
        *earlier, newest = book.rule_versions(ROUTING_TABLE)
    overtaken = [v.version for v in earlier if v.effective_from and v.effective_from >= effective_from]
    return Approved(version=newest.version, trial=trial, overtaken=tuple(overtaken))


def drop_draft(office: Office, number: int, *, reason: str, by: str, actor: str, now: dt.datetime) -> None:
    """Give a draft up; it stays on record with the reason.

    Raises:
        NoSuchDraft, DraftClosed: there is nothing to give up.
        NoSuchPerson, NotAllowed, ReasonMissing: not by this person, not without a reason.
    """
    with office.registry.book(actor, now) as book:
        person = _acting(book, by, Act.DRAFT_RULES, local_day(now))
        if not tidy(reason):
            raise ReasonMissing(draft=number)
        book.record(RulesDraftDropped(table=ROUTING_TABLE, draft=number, reason=tidy(reason), by=person.id))


def list_drafts(office: Office) -> tuple[RulesDraft, ...]:
    """Every draft, oldest first, the closed ones too."""
    with office.view() as view:
        return view.rule_drafts(ROUTING_TABLE)


def text_to_try(office: Office, number: int | None) -> tuple[int, str]:
    """Number and text of a draft; without a number the newest that waits.

    Raises:
        NoSuchDraft, NoDraftWaits: there is none.
    """
    with office.view() as view:
        if number is not None:
            return number, find_draft(view, number).text
        waiting = [one for one in view.rule_drafts(ROUTING_TABLE) if one.state is DraftState.OPEN]
    if not waiting:
        raise NoDraftWaits()
    return waiting[-1].draft, waiting[-1].text


def show_table(office: Office, version: int | None, *, today: dt.date) -> ShownTable:
    """A version in sentences, today's when None; read against the directory as it is now.

    Raises:
        NoSuchVersion: there never was such a version.
        RuleSlip: a unit or person of an old version is no longer in the directory.
    """
    with office.view() as view:
        directory = view.directory()
        known = {one.version: one for one in view.rule_versions(ROUTING_TABLE)}
        now_in_force = routing_table(view, on=today).version
        wanted = now_in_force if version is None else version
        if wanted not in known:
            raise NoSuchVersion(version=wanted, known=", ".join(map(str, known)), newest=max(known))
        table = load_table(known[wanted].text, directory, name=ROUTING_TABLE, version=wanted)
        led = view.count_leads(wanted)
    return ShownTable(
        version=known[wanted],
        rows=tuple((row.id, row.sentence(directory), led.get(row.id, 0)) for row in table.rows),
        in_force=wanted == now_in_force,
    )


def find_draft(view: View, number: int) -> RulesDraft:
    """The draft with that number.

    Raises:
        NoSuchDraft: there is none.
    """
    found = next((one for one in view.rule_drafts(ROUTING_TABLE) if one.draft == number), None)
    if found is None:
        raise NoSuchDraft(draft=number)
    return found


def _acting(view: View, by: str, act: Act, today: dt.date) -> Officer:
    person = view.directory().person(PersonId(by))
    if person is None or not person.is_active(today):
        raise NoSuchPerson(id=by)
    require(view, person, act, on=today)
    return person


def _unseen(number: int, trial: DryRun) -> DryRunUnseen:
    return DryRunUnseen(
        draft=number,
        documents=trial.documents,
        since=f"{trial.since:%d/%m/%Y}",
        moved=len(trial.moved),
    )
