"""Set forms as PDF with Typst: the layout is a file of ours, what is printed travels beside it as JSON.

Nothing of a document is ever read as Typst's own language: a subject like `#read("/etc/passwd")` is a text
among the data, and texts of data are printed as they are. Only the folder of forms can be read while setting.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

import typst


def set_pdf(form: str, data: Mapping[str, Any], *, tagged: bool = True) -> bytes:
    """Return the PDF of a form (`so_den.typ` in `office/forms`), filled with `data` (plain JSON values).

    `tagged` marks headings and tables for screen readers. The same data give the same bytes on every machine:
    only Typst's built-in typefaces are used, and no clock.
    """
    with as_file(files("office") / "forms") as folder:
        made: bytes = typst.compile(
            folder / form,
            root=folder,
            ignore_system_fonts=True,
            format="pdf",
            pdf_tags=tagged,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    return made
