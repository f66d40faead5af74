"""One event, where paper 1 stands before it, and what is seen after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.events import Event
from documents.status import Status
from registry.view import View
from tests.registry.builders import name

DOC = name(1)


def document(**wanted: Any) -> Callable[[View], None]:
    """Paper 1 has these facts now."""

    def look(view: View) -> None:
        record = view.document(DOC)
        assert {fact: getattr(record, fact) for fact in wanted} == wanted

    return look


def notices(*wanted: tuple[str, str, str]) -> Callable[[View], None]:
    """These notices about paper 1, as (kind, recipient, state)."""

    def look(view: View) -> None:
        assert [(n.kind, n.recipient, n.state) for n in view.notices_of(DOC)] == list(wanted)

    return look


def that(ask: Callable[[View], Any], wanted: Any) -> Callable[[View], None]:
    """A question to the view and its answer."""

    def look(view: View) -> None:
        assert ask(view) == wanted

    return look


@dataclass(frozen=True)
class Case:
    """One event, where paper 1 stands before it, and what is seen after it."""

    event: Event
    seen: tuple[Callable[[View], None], ...]
    at: Status | None = None
    first: tuple[Event, ...] = ()
