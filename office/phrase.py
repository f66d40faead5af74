"""Words for a person that can still be said in another language: they remember their pattern and facts."""

from __future__ import annotations

from typing import Any


class Phrase(str):
    """Vietnamese text made from `pattern` and `facts`; a door may fill another language's pattern instead.

    >>> Phrase("phải từ {ge} trở lên", ge=1)
    'phải từ 1 trở lên'
    """

    pattern: str
    facts: dict[str, Any]

    def __new__(cls, pattern: str, **facts: Any) -> Phrase:
        """Fill the pattern; raises KeyError when a fact is missing."""
        made = super().__new__(cls, pattern.format(**facts))
        made.pattern, made.facts = pattern, facts
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.pattern, self.facts)


def _rebuild(pattern: str, facts: dict[str, Any]) -> Phrase:
    return Phrase(pattern, **facts)
