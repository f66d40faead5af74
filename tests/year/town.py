"""An invented office large enough for a year: leaders, a registry, six units, names that collide."""

from __future__ import annotations

import random
from collections.abc import Iterator

from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId

_FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
)
_MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Ngọc", "Quốc", "Thu", "Anh", "Công", "Bảo")
_GIVEN = (
    "Linh", "Xuân", "Hùng", "Lan", "Hoa", "Tuấn", "Hạnh", "Đào", "Nga", "Cường", "Dũng", "Hà", "Hương", "Khánh",
    "Long", "Mai", "Nam", "Oanh", "Phúc", "Quang", "Sơn", "Tâm", "Thảo", "Trang", "Tú", "Vân", "Việt", "Yến",
)  # fmt: skip
UNITS = (
    ("vp", "Văn phòng", ("VP",)),
    ("bcxb", "Phòng Báo chí – Xuất bản", ("BCXB", "P.BCXB")),
    ("cntt", "Phòng Công nghệ thông tin", ("CNTT", "P.CNTT")),
    ("bcvt", "Phòng Bưu chính – Viễn thông", ("BCVT", "P.BCVT")),
    ("ttra", "Thanh tra", ("TTra",)),
    ("khtc", "Phòng Kế hoạch – Tài chính", ("KHTC", "P.KHTC")),
)
OFFICERS_A_UNIT = 5


def make_town(rng: random.Random) -> Directory:
    """Two clerks, three leaders, and a head with five officers in each unit; no two full names are alike."""
    names = _list_names(rng)

    def person(id_: str, duty: Duty, unit: str | None, title: str) -> Officer:
        return Officer(
            id=PersonId(id_),
            name=next(names),
            duty=duty,
            unit=UnitId(unit) if unit else None,
            title=title,
            email=f"{id_}@so.example",
        )

    leaders = [
        person(f"ld{n}", Duty.LEADER, None, title)
        for n, title in enumerate(("Giám đốc", "Phó Giám đốc", "Phó Giám đốc"))
    ]
    clerks = [person(f"vt{n}", Duty.CLERK, "vp", "Văn thư") for n in range(2)]
    heads = [person(f"{unit}-tp", Duty.UNIT_HEAD, unit, "Trưởng phòng") for unit, _, _ in UNITS]
    officers = [
        person(f"{unit}-{n}", Duty.OFFICER, unit, "Chuyên viên")
        for unit, _, _ in UNITS
        for n in range(OFFICERS_A_UNIT)
    ]
    return Directory(
        units=tuple(
            Unit(id=UnitId(id_), name=name, aliases=aliases, head=PersonId(f"{id_}-tp"))
            for id_, name, aliases in UNITS
        ),
        people=(*leaders, *clerks, *heads, *officers),
        office_name="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        office_aliases=("Sở TT&TT",),
    )


def _list_names(rng: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        name = f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"
        if name not in seen:
            seen.add(name)
            yield name
