"""*Vì sao ở đây?* on a page: each recipient's chain from the paper to the check, the rule and the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from desk.web import told
from desk.web.tongue import Said
from documents.decisions import Because, Ground, Role
from documents.reading import FieldName, FieldReading
from documents.wording import GROUND_LABELS

if TYPE_CHECKING:
    from office.views import DocumentView

GROUND = Said(GROUND_LABELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """One step of a reason; `page_link` leads to its place on the picture, `rule_link` to the row.

    `rule` is the row's id, `version` that of its table; both empty where no rule speaks.
    """

    ground: Ground
    text: str
    page: int | None
    page_link: str
    rule: str
    version: str
    rule_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChain:
    """Why one recipient has the document; `who` decided it, `at` that moment."""

    role: Role
    name: str
    due: dt.date | None
    steps: tuple[ShownStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReasons:
    """The chains, what holds for the document as a whole, and who decided it when."""

    chains: tuple[ShownChain, ...]
    whole: tuple[ShownStep, ...]
    who: str
    at: dt.datetime


def show_reasons(view: DocumentView) -> ShownReasons | None:
    """The reasons of the newest decision; None while nobody has the document."""
    if view.decided is None or not view.row.assignments:
        return None
    fields = view.row.fields
    return ShownReasons(
        chains=tuple(
            ShownChain(
                role=line.role,
                name=line.officer_name or line.unit_name or "?",
                due=line.due,
                steps=_show(line.because, fields),
            )
            for line in sorted(view.row.assignments, key=lambda one: list(Role).index(one.role))
        ),
        whole=_show(view.decided.because, fields),
        who=told.who(view.decided.by, view.names),
        at=view.decided.at,
    )


def _show(because: Iterable[Because], fields: Mapping[FieldName, FieldReading]) -> tuple[ShownStep, ...]:
    """Each step once."""
    return tuple(dict.fromkeys(_step(one, fields) for one in because))


def _step(because: Because, fields: Mapping[FieldName, FieldReading]) -> ShownStep:
    table, _, row = (because.rule or "").partition("#")
    version = table.partition("@")[2]
    return ShownStep(
        ground=because.ground,
        text=because.text,
        page=because.page,
        page_link=_place(because, fields),
        rule=row,
        version=version,
        rule_link=f"/quy-tac?ban={quote(version)}#q-{quote(row)}" if row and version else "",
    )


def _place(because: Because, fields: Mapping[FieldName, FieldReading]) -> str:
    """The box of the field that stands just there, else its page."""
    if because.page is None:
        return ""
    for name, reading in fields.items():
        if because.box is not None and (reading.page, reading.box) == (because.page, because.box):
            return f"#hop-{name.value}"
    return f"#trang-{because.page}"
