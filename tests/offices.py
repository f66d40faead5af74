"""Offices for tests: real registry and store in a temporary home, real rules, invented people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId
from office.found import adopt_sample_rules, found_office, settle_people
from office.office import Office
from office.settings import FILE_NAME

MORNING = dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC)
"""Thursday 5 January 2012, 08:12 in Vietnam."""

PEOPLE = Directory(
    office_name="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    office_aliases=("Sở TT&TT",),
    units=tuple(
        Unit(id=UnitId(i), name=n, aliases=a, head=PersonId(h))
        for i, n, a, h in [
            ("vp", "Văn phòng", ("VP",), "lan"),
            ("bcxb", "Phòng Báo chí – Xuất bản", ("BCXB",), "thanhxuan"),
            ("cntt", "Phòng Công nghệ thông tin", ("P.CNTT",), "hung"),
            ("bcvt", "Phòng Bưu chính – Viễn thông", ("P.BCVT",), "hung"),
            ("ttra", "Thanh tra", ("TTra",), "hung"),
            ("khtc", "Phòng Kế hoạch – Tài chính", ("P.KHTC",), "lan"),
        ]
    ),
    people=tuple(
        Officer(id=PersonId(i), name=n, duty=d, unit=UnitId(u), email=f"{i}@so.example", title=t)
        for i, n, d, u, t in [
            ("hoa", "Trần Thị Hoa", Duty.CLERK, "vp", "Văn thư"),
            ("lan", "Đỗ Thị Lan", Duty.UNIT_HEAD, "vp", "Chánh Văn phòng"),
            ("linh", "Nguyễn Thị Linh", Duty.OFFICER, "bcxb", "Chuyên viên"),
            ("thanhxuan", "Lê Thanh Xuân", Duty.UNIT_HEAD, "bcxb", "Trưởng phòng"),
            ("hung", "Bùi Mạnh Hùng", Duty.UNIT_HEAD, "cntt", "Trưởng phòng"),
        ]
    ),
)
"""One Linh and one Thanh Xuân; `found` adds the second Linh when asked."""

SECOND_LINH = Officer(
    id=PersonId("vanlinh"),
    name="Phạm Văn Linh",
    duty=Duty.OFFICER,
    unit=UnitId("vp"),
    email="vanlinh@so.example",
)


@contextmanager
def an_office(
    home: Path, *, now: dt.datetime = MORNING, two_linh: bool = False, settle_s: float = 0, **settings: object
) -> Iterator[Office]:
    """A new office in `home`, with people and the sample rules; settings as in `congvan.toml`."""
    home.mkdir(parents=True, exist_ok=True)
    lines = {"settle_s": settle_s, "full_lane": False, **settings}
    (home / FILE_NAME).write_text("".join(f"{k} = {_toml(v)}\n" for k, v in lines.items()), "utf-8")
    found_office(home, name=PEOPLE.office_name, now=now, password="quan-tri-thu")
    with Office.open(home) as office:
        people = (*PEOPLE.people, SECOND_LINH) if two_linh else PEOPLE.people
        settle_people(
            office,
            Directory(
                units=PEOPLE.units,
                people=people,
                office_name=PEOPLE.office_name,
                office_aliases=PEOPLE.office_aliases,
            ),
            password=None,
            now=now,
        )
        adopt_sample_rules(office, now=now)
        yield office


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else f'"{value}"'
