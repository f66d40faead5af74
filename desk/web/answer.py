"""The review form as the clerk sent it: what is shown again on error, and what the office is told.

Names of the form (all plain text):
    `o.FIELD` a field as typed, `truoc.FIELD` as it was shown; `ai.NAME` who a written name means;
    `vai.LINE` what a recipient line does, `chu_tri` the line that leads; `them.N` somebody added;
    `han`, `truoc.han` the deadline; `thay` what the form showed of the document; `giu_cho` hold back the
    numbers in between; `chac` the token of the doubts that the clerk has seen and insists on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from desk.web.showing import FORM_FIELDS, ShownField
from documents.decisions import Role
from documents.errors import FieldMissing
from documents.reading import FieldName
from documents.text import nfc
from office.views import ReviewAnswer

if TYPE_CHECKING:
    from starlette.datastructures import FormData

Typed = Mapping[str, str]
"""The form by name, NFC, the last of equal names."""

NOBODY = "khong"
"""Said of a written name: none of the candidates; of a line: does not get the document."""


def typed_form(form: FormData) -> dict[str, str]:
    """Return the text parts of a form; files are no part of ours and are dropped."""
    return {name: nfc(value).replace("\r\n", "\n") for name, value in form.items() if isinstance(value, str)}


def answer_of(typed: Typed, fields: Iterable[ShownField]) -> ReviewAnswer:
    """Return the clerk's answer.

    Fields the machine had checked and the clerk left alone are not in it: they stand as they are.

    Raises:
        FieldMissing: a written name is neither resolved nor set aside.
    """
    roles = _roles(typed)
    leads = [key for key, role in roles.items() if role is Role.LEAD]
    return ReviewAnswer(
        values=_values(typed, fields),
        chosen={
            name.removeprefix("ai."): "" if key == NOBODY else key
            for name, key in typed.items()
            if name.startswith("ai.") and key
        },
        lead=leads[0] if leads else None,
        support=tuple(key for key, role in roles.items() if role is Role.SUPPORT),
        inform=tuple(key for key, role in roles.items() if role is Role.INFORM),
        due=due if (due := typed.get("han", "").strip()) != typed.get("truoc.han", "") else None,
        hold_between="giu_cho" in typed,
        sure=typed.get("chac") or None,
        seen=typed.get("thay", ""),
    )


def _values(typed: Typed, fields: Iterable[ShownField]) -> dict[FieldName, str]:
    doubtful = {f.name for f in fields if f.is_doubtful}
    return {
        name: typed[f"o.{name}"]
        for name in FORM_FIELDS
        if f"o.{name}" in typed and (name in doubtful or typed[f"o.{name}"] != typed.get(f"truoc.{name}"))
    }


def _roles(typed: Typed) -> dict[str, Role]:
    """Who gets the document as what, each once; the lead first, whatever else was said of them."""
    lines = [name.removeprefix("vai.") for name in typed if name.startswith("vai.")]
    said = {line: typed[f"vai.{line}"] for line in lines}
    if (lead := typed.get("chu_tri")) in said:
        said = {lead: Role.LEAD.value, **{k: v for k, v in said.items() if k != lead}}
    roles: dict[str, Role] = {}
    for line, role in said.items():
        if role in set(Role) and (who := _who(typed, line)):
            roles.setdefault(who, Role(role))
    return roles


def _who(typed: Typed, line: str) -> str | None:
    """The person or unit of a line; None when the line is empty or set aside."""
    if line.startswith("them."):
        return typed.get(line) or None
    if not line.startswith("ten."):
        return line
    written = line.removeprefix("ten.")
    key = typed.get(f"ai.{written}", "")
    if not key:
        raise FieldMissing(field=f"người mà “{written}” chỉ đến")
    return None if key == NOBODY else key
