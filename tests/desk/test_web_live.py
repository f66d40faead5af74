"""Pages that move by themselves: one event a change, nothing said of it, one look for all listeners."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import pytest

from desk.web import live
from office.desk import Desk


class Counting:
    """A desk whose newest change a test sets; counts how often it is asked."""

    def __init__(self) -> None:
        self.newest = 7
        self.asked = 0

    def newest_change(self) -> int:
        self.asked += 1
        return self.newest


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_S", 0.01)
    monkeypatch.setattr(live, "QUIET_LOOKS", 3)


async def take(stream: AsyncIterator[str], count: int) -> list[str]:
    return [await anext(stream) for _ in range(count)]


def test_a_change_is_told_once_and_only_as_a_number(quick: None) -> None:
    async def listen() -> list[str]:
        desk = Counting()
        stream = live._stream(live.Pulse(cast("Desk", desk)))
        first = await take(stream, 2)
        desk.newest = 9
        return first + await take(stream, 2)

    began, quiet, changed, again = asyncio.run(listen())
    assert began.endswith("event: nhip\ndata: 7\n\n")
    assert quiet.startswith(":")
    assert changed == "event: doi\ndata: 9\n\n"
    assert again.startswith(":")


def test_all_listeners_share_one_look() -> None:
    async def listen() -> int:
        desk = Counting()
        pulse = live.Pulse(cast("Desk", desk))
        await asyncio.gather(*(anext(live._stream(pulse)) for _ in range(50)))
        return desk.asked

    assert asyncio.run(listen()) == 1


def test_a_stream_ends_so_that_an_ended_session_is_noticed(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LONGEST_S", 0.05)

    async def listen() -> int:
        return len([one async for one in live._stream(live.Pulse(cast("Desk", Counting())))])

    assert asyncio.run(listen()) >= 1
