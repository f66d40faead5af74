"""What rules look at, built with only what a test varies."""

from __future__ import annotations

import datetime as dt

from documents.page import Box, Source
from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId
from documents.reading import FieldName, FieldReading, FieldValue, Reading
from rules.rows import RoutingTable
from rules.table import load_table

ARRIVED = dt.date(2012, 1, 5)
PLACE = Box(0.1, 0.2, 0.5, 0.25)


def unit(id_: str, name: str, *aliases: str, head: str | None = None) -> Unit:
    return Unit(id=UnitId(id_), name=name, aliases=aliases, head=PersonId(head) if head else None)


def person(
    id_: str,
    name: str,
    unit_id: str | None = None,
    title: str | None = None,
    *,
    duty: Duty = Duty.OFFICER,
    aliases: tuple[str, ...] = (),
    since: str | None = None,
    until: str | None = None,
) -> Officer:
    return Officer(
        id=PersonId(id_),
        name=name,
        duty=duty,
        unit=UnitId(unit_id) if unit_id else None,
        title=title,
        aliases=aliases,
        since=dt.date.fromisoformat(since) if since else None,
        until=dt.date.fromisoformat(until) if until else None,
    )


UNITS = (
    unit("vp", "Văn phòng", "VP", head="hung"),
    unit("bcxb", "Phòng Báo chí – Xuất bản", "BCXB", head="xuan"),
    unit("cntt", "Phòng Công nghệ thông tin", "CNTT", head="tuan"),
    unit("bcvt", "Phòng Bưu chính – Viễn thông", "BCVT", head="hanh"),
    unit("ttra", "Thanh tra", "TTra", head="dao"),
    unit("khtc", "Phòng Kế hoạch – Tài chính", "KHTC", "KH-TC", head="nga"),
)
LINH = person("linh", "Nguyễn Thị Linh", "bcxb", "Chuyên viên")
OTHER_LINH = person("linh2", "Trần Văn Linh", "vp", "Phó Chánh Văn phòng")
PEOPLE = (
    LINH,
    person("xuan", "Lê Thanh Xuân", "bcxb", "Trưởng phòng", duty=Duty.UNIT_HEAD),
    person("hung", "Đỗ Hùng", "vp", "Chánh Văn phòng", duty=Duty.UNIT_HEAD),
    person("tuan", "Phạm Anh Tuấn", "cntt", "Trưởng phòng", duty=Duty.UNIT_HEAD),
    person("hanh", "Võ Hạnh", "bcvt", "Trưởng phòng", duty=Duty.UNIT_HEAD),
    person("dao", "Bùi Đào", "ttra", "Chánh Thanh tra", duty=Duty.UNIT_HEAD),
    person("nga", "Hồ Nga", "khtc", "Trưởng phòng", duty=Duty.UNIT_HEAD),
    person("pgd", "Vũ Mạnh Cường", None, "Phó Giám đốc", duty=Duty.LEADER),
    person("gd", "Ngô Lan", None, "Giám đốc", duty=Duty.LEADER),
)
OFFICE = Directory(units=UNITS, people=PEOPLE, office_name="Sở Thông tin và Truyền thông")
TWO_LINH = Directory(units=UNITS, people=(*PEOPLE, OTHER_LINH))


def with_people(*people: Officer) -> Directory:
    return Directory(units=UNITS, people=(*PEOPLE, *people))


def field(
    name: FieldName, value: FieldValue, *, checked: bool = True, reason: str | None = None
) -> FieldReading:
    return FieldReading(
        name=name, value=value, checked=checked, reason=reason, page=1, box=PLACE, source=Source.OCR
    )


def reading(values: dict[FieldName, FieldValue] | None = None, *changed: FieldReading) -> Reading:
    """A reading in which every field is checked, those not named not being on the paper."""
    fields = {name: FieldReading(name=name, checked=True) for name in FieldName}
    fields |= {name: field(name, value) for name, value in (values or {}).items()}
    fields |= {one.name: one for one in changed}
    return Reading(fields)


def forwarded(*written: str, doc_type: str = "Kế hoạch", subject: str = "Báo cáo quý") -> Reading:
    return reading(
        {
            FieldName.ARRIVAL_FORWARDED_TO: list(written),
            FieldName.DOC_TYPE: doc_type,
            FieldName.SUBJECT: subject,
        }
    )


def table(
    rows: str, default: str = "{lead: vp, days: 15, source: QC}", *, directory: Directory = OFFICE
) -> RoutingTable:
    """A table from rows in YAML flow style, one a line."""
    lines = "".join(f"  - {row.strip()}\n" for row in rows.strip().splitlines() if row.strip())
    text = f"rows:\n{lines}default: {default}\n" if lines else f"rows: []\ndefault: {default}\n"
    return load_table(text, directory, name="giao_viec", version=3)
