"""Column types that mean the same on SQLite and PostgreSQL: moments, words, exact file names, plain JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from documents.text import nfc

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL refuses in text: NUL, and halves of characters from file names that are not UTF-8."""

Whole: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit number; on SQLite a plain INTEGER, so that a primary key is the row's own number."""


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC; a naive one is refused, because its zone would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC; SQLite keeps no zone, so it is taken off there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value!r}")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Back to an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if dialect.name == "sqlite" else value.astimezone(dt.UTC)


class Words(TypeDecorator[str]):
    """Text for people, in NFC; what a database cannot hold becomes U+FFFD rather than an error."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To NFC."""
        return None if value is None else storable(value)


class ExactName(TypeDecorator[str]):
    """A file or folder name, byte for byte: the file must be found again under exactly this name."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """The bytes of the name, also of one that is not UTF-8."""
        return None if value is None else value.encode("utf-8", "surrogateescape")

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """The name as `pathlib` knows it."""
        return None if value is None else bytes(value).decode("utf-8", "surrogateescape")


class Json(TypeDecorator[Any]):
    """A plain value as JSON text in ASCII; PostgreSQL's own JSON refuses NUL and half characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To JSON; None is SQL NULL."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Back to a plain value."""
        return None if value is None else json.loads(value)


def storable(text: str) -> str:
    """Return `text` in NFC, with U+FFFD for what a database cannot hold."""
    return _UNSTORABLE.sub("\ufffd", nfc(text))


def canonical(value: Any) -> str:
    r"""Return the one JSON text of a plain value: keys sorted, no spaces, ASCII only, no NaN.

    >>> canonical({"số": 29, "a": [1.5, None]})
    '{"a":[1.5,null],"s\\u1ed1":29}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
