"""The invented office of the demo and the tests: its units and people, as plain values.

Its names carry the traps of real *Chuyển* cells: two people end in *Linh*, exactly one in *Thanh Xuân*, and
another in *Xuân* alone. All people are invented; their mail goes to the reserved domain `so.example`.
"""

from __future__ import annotations

import datetime as dt

from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId

OFFICE_NAME = "Sở Thông tin và Truyền thông tỉnh Tây Ninh"
OFFICE_ALIASES = (
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    "Sở Thông tin và Truyền thông",
    "Sở Thông tin và Truyền thông Tây Ninh",
    "Sở TT&TT",
    "Sở TTTT",
    "STTTT",
)
OPENED = dt.date(2008, 4, 1)
"""First day of service of everybody who is here from the start."""


def demo_office(*, one_linh: bool = False) -> Directory:
    """Units and people of the demo office.

    Args:
        one_linh: Leave out the second person called Linh, so that the name alone decides.
    """
    people = tuple(person for person in PEOPLE if not (one_linh and person.id == "plinh"))
    return Directory(UNITS, people, OFFICE_NAME, OFFICE_ALIASES)


def _unit(code: str, name: str, head: str, *aliases: str) -> Unit:
    return Unit(id=UnitId(code), name=name, aliases=aliases, head=PersonId(head))


def _person(
    login: str,
    name: str,
    duty: Duty,
    unit: str | None,
    title: str,
    *aliases: str,
    until: dt.date | None = None,
) -> Officer:
    return Officer(
        id=PersonId(login),
        name=name,
        duty=duty,
        unit=UnitId(unit) if unit else None,
        title=title,
        email=f"{login}@so.example",
        aliases=aliases,
        since=OPENED,
        until=until,
    )


UNITS = (
    _unit("vp", "Văn phòng Sở", "nhung", "VP", "VPS", "Văn phòng"),
    _unit(
        "bcxb",
        "Phòng Báo chí - Xuất bản",
        "xuan",
        "P.BCXB",
        "BCXB",
        "P. BC-XB",
        "Phòng BCXB",
        "Phòng Báo chí",
    ),
    _unit("cntt", "Phòng Công nghệ thông tin", "dung", "P.CNTT", "CNTT", "P. CNTT", "Phòng CNTT"),
    _unit("bcvt", "Phòng Bưu chính - Viễn thông", "hai", "P.BCVT", "BCVT", "P. BCVT", "Phòng BCVT"),
    _unit("ttra", "Thanh tra Sở", "tuan", "TTra", "TTr", "Thanh tra", "TTS"),
    _unit("khtc", "Phòng Kế hoạch - Tài chính", "lan", "P.KHTC", "KHTC", "P. KH-TC", "Phòng KHTC"),
)

PEOPLE = (
    _person("giamdoc", "Nguyễn Văn Thắng", Duty.LEADER, None, "Giám đốc", "GĐ", "Đ/c Giám đốc"),
    _person("pgd", "Trần Minh Hùng", Duty.LEADER, None, "Phó Giám đốc", "PGĐ Hùng", "PGĐ"),
    _person("hoa", "Trần Thị Hoa", Duty.CLERK, "vp", "Văn thư"),
    _person("nhung", "Đặng Thị Tuyết Nhung", Duty.UNIT_HEAD, "vp", "Chánh Văn phòng", "CVP"),
    _person("plinh", "Phạm Văn Linh", Duty.OFFICER, "vp", "Chuyên viên", "Linh VP"),
    _person("linh", "Nguyễn Thị Linh", Duty.OFFICER, "bcxb", "Chuyên viên", "Linh BCXB"),
    _person("xuan", "Lê Thanh Xuân", Duty.UNIT_HEAD, "bcxb", "Trưởng phòng"),
    _person("dung", "Võ Quốc Dũng", Duty.UNIT_HEAD, "cntt", "Trưởng phòng"),
    _person("vxuan", "Vũ Xuân", Duty.OFFICER, "cntt", "Chuyên viên"),
    _person("khoa", "Huỳnh Đăng Khoa", Duty.OFFICER, "cntt", "Chuyên viên"),
    _person("hai", "Bùi Ngọc Hải", Duty.UNIT_HEAD, "bcvt", "Trưởng phòng"),
    _person("tuan", "Phan Anh Tuấn", Duty.UNIT_HEAD, "ttra", "Chánh Thanh tra", "CTTra"),
    _person("lan", "Hồ Thị Ngọc Lan", Duty.UNIT_HEAD, "khtc", "Trưởng phòng"),
    _person("giamsat", "Lý Thị Minh Thư", Duty.SUPERVISOR, "ttra", "Thanh tra viên"),
    _person("quantri", "Tạ Đình Phong", Duty.ADMIN, "vp", "Quản trị hệ thống"),
)
