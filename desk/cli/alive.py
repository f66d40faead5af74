"""`doctor --alive NAME` without loading the house: containers ask it every few seconds.

Says and ends exactly as the whole `doctor` does; any other call, and any trouble, is left to that one.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from documents.errors import Trouble

LATE = dt.timedelta(seconds=90)
"""As `office.doctor.LATE`: a process that was silent for so long does not run."""


def read_call(arguments: Sequence[str]) -> tuple[str, Path, bool] | None:
    """Name, home and whether JSON is wanted, when the call is a plain `doctor --alive`; else None."""
    if not arguments or arguments[0] != "doctor":
        return None
    name, home, as_json = "", os.environ.get("CONGVAN_HOME") or "var", False
    rest = list(arguments[1:])
    while rest:
        word = rest.pop(0)
        if word == "--json":
            as_json = True
        elif word in {"--alive", "--home"} and rest:
            value = rest.pop(0)
            name, home = (value, home) if word == "--alive" else (name, value)
        else:
            return None
    return (name, Path(home), as_json) if name else None


def answer(name: str, home: Path, *, as_json: bool, now: dt.datetime) -> int | None:
    """Say that the process lives and return 0; None when it does not, for the whole doctor to explain."""
    from office.alive import last_beat

    try:
        last = last_beat(home, name)
    except Trouble:
        return None
    if last is None or now - last >= LATE:
        return None
    text = f"{name} đang chạy"
    row = {"part": f"process:{name}", "health": "well", "text": text, "advice": None}
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n" if as_json else f" ✓ {text}\n")
    if not as_json:
        sys.stderr.write("0 lỗi, 0 lưu ý\n")
    return 0
