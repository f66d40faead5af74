"""The form of the register by its year: which columns, in which order, how wide; data in `forms/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the register; `width` is its share of the sheet, a `blank` one is signed by pen."""

    key: str
    title: str
    width: float
    centred: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookForm:
    """The form of a register, counting for registers of `from_year` on; `source` is where the law sets it."""

    name: str
    from_year: int
    source: str
    columns: tuple[Column, ...]


@cache
def list_forms() -> tuple[BookForm, ...]:
    """All forms, the newest first."""
    read = yaml.safe_load((files("office") / "forms" / "so_den.yaml").read_text("utf-8"))
    forms = (
        BookForm(
            name=form["name"],
            from_year=form["from_year"],
            source=form["source"],
            columns=tuple(Column(**column) for column in form["columns"]),
        )
        for form in read["forms"]
    )
    return tuple(sorted(forms, key=lambda form: form.from_year, reverse=True))


def form_of(year: int) -> BookForm:
    """The form of a register of that year.

    >>> [len(form_of(year).columns) for year in (2012, 2019, 2020)]
    [9, 9, 10]
    """
    return next(form for form in list_forms() if year >= form.from_year)
