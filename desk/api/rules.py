"""Who asks: a program by its key, in somebody's name; each route depends on exactly one rule."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from documents.errors import NotAllowed, Refused, TooManyTries
from office import policy
from office.phrase import Phrase
from office.policy import Act
from office.programs import Program, program_of

if TYPE_CHECKING:
    from office.desk import Desk

_bearer = HTTPBearer(
    auto_error=False, description="Khoá của chương trình · a program's key (congvan people key)"
)
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


class KeyNeeded(Refused):
    """No key, or one that opens nothing."""

    message = "Cần khoá của chương trình, còn hạn và chưa bị thu hồi."
    advice = "Gửi khoá trong đầu mục Authorization: Bearer …; xin khoá ở quản trị: congvan people key"


def desk_of(request: Request) -> Desk:
    """The office's desk this API serves."""
    return cast("Desk", request.app.state.desk)


def now_of(request: Request) -> dt.datetime:
    """This moment, aware UTC, by the clock the app was given."""
    return cast("dt.datetime", request.app.state.clock())


@dataclass(frozen=True)
class Asks:
    """The route is for programs in the name of somebody whose duty includes an act.

    Calling it returns the program.

    Raises:
        TooManyTries: too many wrong keys lately from that place.
        KeyNeeded: no good key.
        NotAllowed: the person's duty does not include the act, or the key only reads.
    """

    act: Act
    writes: bool = False

    def __call__(self, request: Request, bearer: Bearer) -> Program:
        """Let the program in, or say why not."""
        desk, now = desk_of(request), now_of(request)
        place = f"api {request.client.host if request.client else ''}"
        if wait := desk.throttle.wait(place, place, now):
            raise TooManyTries(minutes=math.ceil(wait.total_seconds() / 60))
        program = program_of(desk.office, bearer.credentials, now) if bearer else None
        if program is None:
            if bearer:
                desk.throttle.fail(place, place, now)
            raise KeyNeeded()
        if refusal := policy.refusal_by_duty(program.person, self.act):
            raise NotAllowed(why=refusal)
        if self.writes and not program.key.writes:
            raise NotAllowed(why=Phrase("khoá này chỉ để đọc"))
        return program


@cache
def asks(act: Act, *, writes: bool = False) -> Asks:
    """The rule of a route: programs in the name of people whose duty includes `act`."""
    return Asks(act, writes)
