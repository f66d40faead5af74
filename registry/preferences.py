"""How each person wants to be told, and their private calendar addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from documents.events import FeedClosed, FeedOpened, PreferencesSet
from documents.notices import Preferences, preferences_from_json
from documents.people import PersonId
from registry.change import Appliers, Change
from registry.tables import FeedRow, PreferencesRow

if TYPE_CHECKING:
    from registry.view import View


def preferences_of(view: View, person: PersonId) -> Preferences:
    """How a person wants to be told; the defaults for one who has not chosen."""
    row = view.session.get(PreferencesRow, person)
    return preferences_from_json(row.chosen) if row else Preferences()


def feed_owner(view: View, token_hash: str) -> PersonId | None:
    """Whose calendar address that is; None when there is none, or it was closed."""
    return view.session.scalar(select(FeedRow.person).where(FeedRow.token_hash == token_hash))


def has_feed(view: View, person: PersonId) -> bool:
    """Whether a person has a calendar address."""
    return view.session.get(FeedRow, person) is not None


def choose(event: PreferencesSet, change: Change) -> None:
    """Keep what the person chose."""
    change.session.merge(PreferencesRow(person=event.person, chosen=event.preferences.as_json()))


def open_feed(event: FeedOpened, change: Change) -> None:
    """The new address stands, an earlier one answers no more."""
    change.session.merge(FeedRow(person=event.person, token_hash=event.token_hash, opened_at=change.now))


def close_feed(event: FeedClosed, change: Change) -> None:
    """No address any more."""
    change.session.execute(delete(FeedRow).where(FeedRow.person == event.person))


APPLIERS: Appliers = {PreferencesSet: choose, FeedOpened: open_feed, FeedClosed: close_feed}
