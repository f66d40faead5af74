"""Whether what somebody typed can be an address at all; whether anybody is there shows only on use."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_MAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\W_](?:[\w.-]*[^\W_])?")


def is_mail_address(text: str) -> bool:
    """Whether `text` is one bare e-mail address, without a name and without blanks."""
    return len(text) <= 254 and _MAIL.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Whether `text` is `http://` or `https://` with a host and, if any, a port from 1 to 65535."""
    return _scheme(text) in {"http", "https"} and bool(urlsplit(text).hostname)


def is_database_address(text: str) -> bool:
    """Whether `text` is an SQLAlchemy URL of one of the two databases that the office can live in."""
    return _scheme(text).split("+")[0] in {"sqlite", "postgresql", "postgres"}


def _scheme(text: str) -> str:
    """What stands before `://`; empty when the rest cannot be taken apart."""
    try:
        parts = urlsplit(text)
        is_sound = "://" in text and parts.port != 0
    except ValueError:
        return ""
    return parts.scheme if is_sound else ""
