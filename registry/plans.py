"""What the databases spell differently: tables in a given order, columns only judged, where words stand.

Neither narrows or widens what is found; they only say how it is looked for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Join


class InOrder(Join):
    """A join whose left side is walked and whose right is looked up: SQLite knows no figures to choose by."""

    inherit_cache = True


@compiles(InOrder, "sqlite")
def _cross(join: InOrder, compiler: Any, **given: Any) -> str:
    given.pop("asfrom", None)
    left, right = (compiler.process(side, asfrom=True, **given) for side in (join.left, join.right))
    return f"{left} CROSS JOIN {right} ON {compiler.process(join.onclause, **given)}"


class place_in(FunctionElement[int]):  # noqa: N801 - spelled as the functions of SQL are
    """`place_in(text, piece)`: where `piece` stands in `text` from 1 on, 0 when nowhere; by no index."""

    type = Integer()
    inherit_cache = True
    name = "place_in"


@compiles(place_in)
def _strpos(element: place_in, compiler: Any, **given: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **given)})"


@compiles(place_in, "sqlite")
def _instr(element: place_in, compiler: Any, **given: Any) -> str:
    return f"instr({compiler.process(element.clauses, **given)})"


class judged(FunctionElement[Any]):  # noqa: N801
    """`judged(column)`: the column, to which no index offers itself where SQLite would take the worst one."""

    inherit_cache = True
    name = "judged"

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(judged)
def _bare(element: judged, compiler: Any, **given: Any) -> str:
    return str(compiler.process(element.clauses, **given))


@compiles(judged, "sqlite")
def _plus(element: judged, compiler: Any, **given: Any) -> str:
    return f"+{compiler.process(element.clauses, **given)}"


def stands_in(text: Any, piece: str) -> ColumnElement[bool]:
    """A condition: `piece` stands in `text`, letter for letter."""
    found: ColumnElement[bool] = place_in(text, piece) > 0
    return found
