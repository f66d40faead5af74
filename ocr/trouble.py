"""Parser errors become errors for people: whatever a broken file makes a parser say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from documents.errors import Broken, ReaderStopped, Trouble


@contextmanager
def broken_unless_read(detail: str) -> Iterator[None]:
    """Turn any parser's exception into `Broken(detail)`; errors for people pass through untouched.

    Raises:
        Broken: the parser raised anything at all; its exception is kept as the cause.
        ReaderStopped: the parser ran out of the memory it is allowed.
    """
    try:
        yield
    except Trouble:
        raise
    except MemoryError as trouble:
        raise ReaderStopped(detail="hết bộ nhớ cho phép", attempts=1) from trouble
    except RecursionError as trouble:
        raise Broken(detail="cấu trúc lồng nhau quá sâu") from trouble
    except Exception as trouble:
        raise Broken(detail=detail) from trouble
