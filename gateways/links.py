"""Which addresses may become links."""

from __future__ import annotations

import re

_LINK = re.compile(r"https?://[^\s<>\"']+")


def plain_link(link: str | None) -> str | None:
    """Return `link` when it is a plain web address, else None."""
    return link if link and _LINK.fullmatch(link) else None
