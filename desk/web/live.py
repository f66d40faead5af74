"""Pages that move by themselves: a stream that says only that something changed, never what.

Browsers keep `/su-kien` open; when the audit has grown, each gets one event, and the page asks anew for the
part it shows, under the same rules as ever. All listeners of a process share one look a second.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from desk.web.guard import Person, desk_of

if TYPE_CHECKING:
    from office.desk import Desk

router = APIRouter()

LOOK_S = 1.0
"""Between two looks at the audit."""
LONGEST_S = 600.0
"""A stream ends after that long and the browser comes again: so an ended session is noticed."""
QUIET_LOOKS = 15
"""After so many looks without a change a comment is sent, so that nothing in between closes the stream."""


@dataclass(slots=True)
class Pulse:
    """The number of the newest change, looked up at most once a second."""

    desk: Desk
    newest: int = 0
    looked_at: float = -LOOK_S

    async def look(self) -> int:
        """The number of the newest audit line."""
        now = time.monotonic()
        if now - self.looked_at >= LOOK_S:
            self.looked_at = now
            self.newest = await run_in_threadpool(self.desk.newest_change)
        return self.newest


@router.get("/su-kien")
def changes(request: Request, _: Person) -> Response:
    """The stream of changes, as server-sent events named `doi` whose data is a number that grows."""
    pulse: Pulse = request.app.state.pulse or Pulse(desk_of(request))
    request.app.state.pulse = pulse
    return StreamingResponse(_stream(pulse), media_type="text/event-stream")


async def _stream(pulse: Pulse) -> AsyncIterator[str]:
    told = await pulse.look()
    yield f"retry: 3000\nevent: nhip\ndata: {told}\n\n"
    ends, quiet = time.monotonic() + LONGEST_S, 0
    while time.monotonic() < ends:
        await asyncio.sleep(LOOK_S)
        quiet += 1
        newest = await pulse.look()
        if newest != told:
            told, quiet = newest, 0
            yield f"event: doi\ndata: {told}\n\n"
        elif quiet >= QUIET_LOOKS:
            quiet = 0
            yield ": còn đây\n\n"
