"""Found an office: its folders, its database, its first administrator, sample rules and calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from documents.events import BookOpened, OfficeNamed, PersonSaved, RulesAdopted, SettingChanged, UnitSaved
from documents.people import Directory, Duty, Officer, PersonId, Unit, UnitId
from gateways.store import Store
from office.decide import DEFAULT_DAYS, ROUTING_TABLE
from office.office import INCOMING, Office
from office.passwords import hash_password, new_password
from office.settings import FILE_NAME, load_settings
from office.tables import FIRST_TABLE, adopt_table, sample_for_new_office
from registry.engine import Registry
from rules.table import load_sample_table_text

ADMINISTRATOR = PersonId("quantri")

_SETTINGS = """\
# Thiết đặt của cơ quan. Biến môi trường CONGVAN_… (ví dụ CONGVAN_SMTP_HOST) đứng trên tệp này.
# Mật khẩu (cơ sở dữ liệu, thư) nên đặt trong biến môi trường, không ghi ở đây.

# intake = "/mnt/scan"        # thư mục máy quét thả tệp vào; mặc định: nhan
# settle_s = 10               # tệp phải yên bao nhiêu giây mới nhận
# smtp_host = "smtp.coquan.local"
# smtp_port = 25
# mail_sender = "congvan@coquan.local"
# base_url = "http://congvan.coquan.local:8321"
# oidc_issuer = "https://dangnhap.coquan.local/realms/coquan"   # đăng nhập chung; xem docs/commands.md
"""


@dataclass(frozen=True, slots=True)
class Founded:
    """A new office and the one-time password of its first administrator."""

    home: Path
    administrator: str
    password: str


def found_office(home: Path, *, name: str, now: dt.datetime, password: str | None = None) -> Founded:
    """Make an office in `home`: folders, database, administrator, sample rules. Safe to call again.

    An office that is already there is left as it is, except that missing folders are made.
    """
    if not home.exists():
        home.mkdir(parents=True)
        home.chmod(0o750)
    for folder in (home / "kho", home / "thu"):
        folder.mkdir(exist_ok=True)
    if not (drop := home / "nhan").exists():
        drop.mkdir()
        drop.chmod(0o770)  # scanners of the same group lay files down here
    settings_file = home / FILE_NAME
    if not settings_file.exists():
        settings_file.write_text(_SETTINGS, "utf-8")
        settings_file.chmod(0o600)
    if not (sample := home / "giao_viec.mau.yaml").exists():
        sample.write_text(sample_for_new_office(), "utf-8")
    settings = load_settings(home)
    settings.intake_folder.mkdir(parents=True, exist_ok=True)
    registry = Registry(settings.registry_url)
    registry.migrate()
    office = Office(settings, registry, Store(settings.store_folder))
    secret = password or new_password()
    with office, office.view() as view:
        made_before = view.directory().person(ADMINISTRATOR) is not None
        if not made_before:
            _first_records(office, name=name, password=secret, now=now)
    return Founded(home, str(ADMINISTRATOR), "" if made_before else secret)


def settle_people(office: Office, directory: Directory, *, password: str | None, now: dt.datetime) -> None:
    """Record a whole directory; with a password everybody may sign in by their id (for the demo)."""
    hashed = hash_password(password) if password else None
    with office.registry.book(ADMINISTRATOR, now) as book:
        book.record(OfficeNamed(name=directory.office_name, aliases=directory.office_aliases))
        # Units point to their heads and people to their units: units first without heads, then again with.
        for unit in directory.units:
            book.record(UnitSaved(unit=replace(unit, head=None)))
        for person in directory.people:
            book.record(PersonSaved(person=person, login=str(person.id), password_hash=hashed))
        for unit in directory.units:
            if unit.head:
                book.record(UnitSaved(unit=unit))


def adopt_sample_rules(office: Office, *, now: dt.datetime) -> None:
    """Bring the sample routing table into force; its units must be in the directory."""
    adopt_table(office, load_sample_table_text(), by=ADMINISTRATOR, now=now)


def open_book(office: Office, *, year: int, next_number: int, now: dt.datetime) -> None:
    """Open the incoming register of a year that was begun on paper: `next_number` is the first to give."""
    with office.registry.book(ADMINISTRATOR, now) as book:
        book.record(BookOpened(book=INCOMING, year=year, next_number=next_number))


def set_setting(office: Office, name: str, value: object, *, by: str, now: dt.datetime) -> None:
    """Change a setting that decisions depend on; kept with its history."""
    with office.registry.book(by, now) as book:
        book.record(SettingChanged(name=name, value=value))


def _first_records(office: Office, *, name: str, password: str, now: dt.datetime) -> None:
    with office.registry.book("init", now) as book:
        book.record(OfficeNamed(name=name))
        book.record(UnitSaved(unit=Unit(id=UnitId("vp"), name="Văn phòng", aliases=("VP",))))
        book.record(
            PersonSaved(
                person=Officer(id=ADMINISTRATOR, name="Quản trị", duty=Duty.ADMIN),
                login=str(ADMINISTRATOR),
                password_hash=hash_password(password),
            )
        )
        book.record(
            UnitSaved(unit=Unit(id=UnitId("vp"), name="Văn phòng", aliases=("VP",), head=ADMINISTRATOR))
        )
        book.record(RulesAdopted(table=ROUTING_TABLE, text=FIRST_TABLE))
        book.record(SettingChanged(name="first_named_leads", value=False))
        book.record(SettingChanged(name="default_days", value=DEFAULT_DAYS))
