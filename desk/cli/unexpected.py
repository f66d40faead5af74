"""What nobody foresaw: told like any other trouble, with the traceback kept for whoever mends it.

No traceback reaches a person; it goes to a log under the home of the office, and to stderr only with
`CONGVAN_DEBUG=1`.
"""

from __future__ import annotations

import datetime as dt
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from desk.cli.home import DEFAULT_HOME, LOGS
from documents.errors import Refused, Trouble, Unavailable
from documents.text import visible
from office.phrase import Phrase

DEBUG = "CONGVAN_DEBUG"
LOG_NAME = "lenh.log"
LOG_BYTES = 2_000_000
_ROOT = Path(__file__).resolve().parents[2]


class FileRefused(Refused):
    """The operating system does not let a file or folder be used as the command needs it."""

    message = "Không dùng được {file}: {reason}."
    advice = "Kiểm tra đường dẫn và quyền của nó rồi chạy lại. Sổ, kho và tệp đã nhận không đổi."


class MachineRefused(Unavailable):
    """The operating system refuses something else than a file."""

    message = "Máy từ chối lệnh “{command}”: {reason}."
    advice = "Sổ, kho và tệp đã nhận vẫn nguyên. Kiểm tra máy: congvan doctor"


class Unexpected(Refused):
    """A mistake of ours."""

    message = "Lệnh “{command}” dừng vì lỗi của chương trình ({kind}, ở {place})."
    advice = (
        "Điều đã ghi trước đó vẫn nguyên, điều đang làm dở không được ghi. Kiểm tra: congvan doctor. "
        "Gửi chi tiết cho người bảo trì: {log}"
    )


def explain(error: Exception, arguments: Sequence[str], environ: Mapping[str, str]) -> Trouble:
    """Return the trouble to tell for any exception, after its traceback was put where it belongs."""
    log = keep_traceback(error, home_of(arguments, environ))
    if environ.get(DEBUG) == "1":
        sys.stderr.write("".join(traceback.format_exception(error)))
    command = _command_of(arguments)
    if isinstance(error, OSError) and error.strerror:
        if error.filename is not None:
            return FileRefused(file=visible(str(error.filename)), reason=error.strerror)
        return MachineRefused(command=command, reason=error.strerror)
    return Unexpected(
        command=command,
        kind=type(error).__name__,
        place=_place_of(error),
        log=log or Phrase("chạy lại với {debug}=1", debug=DEBUG),
    )


def _command_of(arguments: Sequence[str]) -> str:
    """The words of the command before its options: `congvan people add`; a wish for a language left out."""
    words = arguments[2:] if arguments[:1] == ["--lang"] else arguments
    return visible(" ".join(("congvan", *[*takewhile(lambda word: not word.startswith("-"), words)][:2])))


def home_of(arguments: Sequence[str], environ: Mapping[str, str]) -> Path:
    """The home that a command line means, whether or not it could be understood."""
    for word, following in zip(arguments, (*arguments[1:], ""), strict=True):
        if word == "--home" and following:
            return Path(following)
        if word.startswith("--home="):
            return Path(word.removeprefix("--home="))
    return Path(environ.get("CONGVAN_HOME") or DEFAULT_HOME)


def keep_traceback(error: Exception, home: Path) -> Path | None:
    """Append the traceback to the log of the office; None when there is no office or it cannot be written."""
    with suppress(OSError):
        if not (home / "congvan.toml").is_file():
            return None
        folder = home.absolute() / LOGS
        folder.mkdir(mode=0o700, exist_ok=True)
        log = folder / LOG_NAME
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(
                f"{dt.datetime.now(dt.UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n"
            )
        return log
    return None


def _place_of(error: Exception) -> str:
    """The innermost line of our own that was running: `office/found.py:62`."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if Path(f.filename).is_relative_to(_ROOT) and ".venv" not in f.filename]
    if not ours:
        return "?"
    return f"{Path(ours[-1].filename).relative_to(_ROOT)}:{ours[-1].lineno}"
