"""What the API says and hears: the objects of the command contract (design §7) and little more."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

MOST = 200
"""Documents or lines in one answer."""


class Said(BaseModel):
    """What went wrong, for people and for programs: the code stays the same in every language."""

    code: str
    message: str
    advice: str


class Trouble(BaseModel):
    """Every answer that is not what was asked for."""

    error: Said


class Entry(BaseModel):
    """The place in the register."""

    book: str
    year: int
    number: int


class Assignment(BaseModel):
    """A recipient line."""

    officer: str | None
    unit: str | None
    role: str
    due: dt.date | None
    state: str


class Document(BaseModel):
    """A document as `list --json` says it."""

    model_config = ConfigDict(extra="allow")

    id: str
    file: str
    sha256: str
    status: str
    register_: Entry | None = Field(alias="register")
    fields: dict[str, Any]
    assignments: list[Assignment]
    quarantine: dict[str, str | None] | None
    duplicate_of: str | None
    received_at: dt.datetime
    routed_at: dt.datetime | None


class Documents(BaseModel):
    """Documents, newest first; `next` is what to send as `after` for those that follow, null at the end."""

    documents: list[Document]
    next: str | None


class Why(BaseModel):
    """Why a document is where it is: sentences, and the grounds of each assignment."""

    id: str
    register_: str | None = Field(alias="register")
    steps: list[str]
    assignments: list[dict[str, Any]]


class Work(BaseModel):
    """One line of a person's box; `seen` goes back with a step, so that a stale answer changes nothing."""

    document: str
    line: int
    role: str
    state: str
    number_symbol: str
    issuer: str
    subject: str
    due: dt.date | None
    days_left: int | None
    may: list[str]
    seen: str


class WorkBox(BaseModel):
    """What a person has to do, what came back, what they are to know."""

    todo: list[Work]
    returned: list[Work]
    inform: list[Work]


class Step(BaseModel):
    """A step on a line: what it says, and what was seen of the line."""

    model_config = ConfigDict(extra="forbid")

    seen: str = Field(max_length=200)
    to: str = Field(default="", max_length=200, description="person id, or unit: and a unit id")
    text: str = Field(default="", max_length=2000, description="reason, direction, note or result")
    due: str = Field(default="", max_length=40, description="dd/mm/yyyy")
    reply: str = Field(default="", max_length=100, description="number of the reply")
    sure: str | None = Field(default=None, max_length=200, description="token of a doubt insisted on")


class State(BaseModel):
    """How the office's machinery is."""

    heartbeats: dict[str, dt.datetime]
    notices_waiting: int
    notices_given_up: int
    audit_count: int
    audit_head: str
    documents: dict[str, int]
