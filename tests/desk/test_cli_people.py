"""`people …`: nobody is overwritten by adding, nothing changes that was not named, one administrator stays."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from desk.cli.app import main
from office.desk import Desk
from office.found import found_office
from office.office import Office
from tests.offices import MORNING

Capture = pytest.CaptureFixture[str]
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with its administrator, the unit vp and one officer with everything filled in."""
    home = tmp_path_factory.mktemp("founded") / "office"
    found_office(home, name="Sở Thử", now=MORNING, password="mat-khau-quan-tri")
    call = ["add", "Phạm Văn Linh", "--id", "linh", "--unit", "vp", "--email", "linh@so.example"]
    assert people(home, *call, "--title", "Chuyên viên", "--alias", "Linh VP") == 0
    return home


@pytest.fixture
def home(tmp_path: Path, founded: Path) -> Path:
    """A copy of that office to change."""
    return shutil.copytree(founded, tmp_path / "office")


def people(home: Path, *words: str) -> int:
    return main(["people", *words, "--home", str(home)])


def kept(home: Path) -> dict[str, dict[str, Any]]:
    with Office.open(home) as office, office.view() as view:
        return {
            str(p.id): {
                "name": p.name,
                "duty": p.duty.value,
                "unit": p.unit,
                "email": p.email,
                "title": p.title,
                "aliases": p.aliases,
                "until": p.until,
            }
            for p in view.directory().people
        }


@pytest.mark.parametrize(
    ("call", "said"),
    [
        pytest.param(["add", "Người Khác", "--id", "linh"], "people change linh", id="the id is taken"),
        pytest.param(["add", "Người Khác", "--id", "LINH"], "people change linh", id="taken, in capitals"),
        pytest.param(["add", "X", "--id", "quantri"], "people change quantri", id="the only administrator"),
        pytest.param(["add", "X", "--id", ""], "không làm mã được", id="no id"),
        pytest.param(["add", "X", "--id", "  "], "không làm mã được", id="a blank id"),
        pytest.param(["add", "X", "--id", "a b"], "không làm mã được", id="a blank in the id"),
        pytest.param(["add", "X", "--id", "a\nb"], "không làm mã được", id="a line end in the id"),
        pytest.param(["add", "X", "--id", "a\u200bb"], "không làm mã được", id="something hidden in the id"),
        pytest.param(["add", "X", "--id", "unit:vp"], "không làm mã được", id="the mark of units"),
        pytest.param(["add", "", "--id", "moi"], "trống", id="no name"),
        pytest.param(["add", "   ", "--id", "moi"], "trống", id="a blank name"),
        pytest.param(["add", "A\u202eB", "--id", "moi"], "không nhìn thấy", id="a name that turns around"),
        pytest.param(["add", "A" * 300, "--id", "moi"], "quá dài", id="a name without end"),
        pytest.param(
            ["add", "X", "--id", "moi", "--unit", "nosuch"], "Các mã đang có: vp", id="no such unit"
        ),
        pytest.param(
            ["add", "X", "--id", "moi", "--email", "linh"], "không phải là địa chỉ thư", id="no address"
        ),
        pytest.param(["change", "nobody", "--name", "X"], "people list", id="nobody to change"),
        pytest.param(["change", "linh", "--name", ""], "trống", id="a name taken away"),
        pytest.param(["change", "linh", "--unit", "nosuch"], "Các mã đang có: vp", id="moved to no unit"),
        pytest.param(
            ["change", "quantri", "--duty", "officer"], "--duty admin", id="the last administrator demoted"
        ),
        pytest.param(["retire", "quantri"], "--duty admin", id="the last administrator retired"),
        pytest.param(["retire", "quantri", "--on", "31/12/2090"], "--duty admin", id="retired long from now"),
        pytest.param(["retire", "nobody"], "people list", id="nobody to retire"),
        pytest.param(["retire", "linh", "--on", "31/02/2026"], "ngày/tháng/năm", id="no such day"),
        pytest.param(["password", "nobody"], "people list", id="a password for nobody"),
        pytest.param(["unit", "", "--id", "p1"], "trống", id="a unit without a name"),
        pytest.param(
            ["unit", "Phòng", "--id", "p 1"], "không làm mã được", id="a unit with a blank in its id"
        ),
        pytest.param(["unit", "Phòng", "--id", "p1", "--head", "nosuch"], "people list", id="no such head"),
    ],
)
def test_what_cannot_stand_is_refused_with_advice_and_changes_nothing(
    call: list[str], said: str, home: Path, capsys: Capture
) -> None:
    before = kept(home)
    assert people(home, *call) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "→" in told
    assert kept(home) == before


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        pytest.param(["--name", "Phạm Văn Linh B"], {"name": "Phạm Văn Linh B"}, id="the name"),
        pytest.param(["--duty", "clerk"], {"duty": "clerk"}, id="the duty"),
        pytest.param(["--unit", ""], {"unit": None}, id="the unit taken away"),
        pytest.param(["--email", "pvl@so.example"], {"email": "pvl@so.example"}, id="the address"),
        pytest.param(["--email", ""], {"email": None}, id="the address taken away"),
        pytest.param(["--alias", "PVL", "--alias", "Linh"], {"aliases": ("PVL", "Linh")}, id="other aliases"),
        pytest.param(["--alias", ""], {"aliases": ()}, id="no aliases"),
        pytest.param([], {}, id="nothing"),
    ],
)
def test_change_touches_what_is_given_and_nothing_else(
    given: list[str], changed: dict[str, Any], home: Path
) -> None:
    before = kept(home)
    assert people(home, "change", "linh", *given) == 0
    assert kept(home) == before | {"linh": before["linh"] | changed}


def test_saving_a_unit_again_keeps_its_head_and_its_short_forms(home: Path) -> None:
    assert people(home, "unit", "Phòng Một", "--id", "p1", "--head", "linh", "--alias", "P1") == 0
    assert people(home, "unit", "Phòng 1", "--id", "p1") == 0
    with Office.open(home) as office, office.view() as view:
        (unit,) = (u for u in view.directory().units if u.id == "p1")
    assert (unit.name, unit.head, unit.aliases) == ("Phòng 1", "linh", ("P1",))


def test_with_a_second_administrator_the_first_may_go(home: Path) -> None:
    assert people(home, "change", "linh", "--duty", "admin") == 0
    assert people(home, "change", "quantri", "--duty", "officer") == 0
    assert people(home, "retire", "linh") == 2


def test_who_retires_serves_to_the_last_day_and_may_come_back(home: Path, capsys: Capture) -> None:
    yesterday = (NOW - dt.timedelta(days=2)).date()
    assert people(home, "password", "linh") == 0
    secret = capsys.readouterr().err.rsplit(": ", 1)[1].strip()
    assert may_come_in(home, secret)
    assert people(home, "retire", "linh", "--on", yesterday.isoformat()) == 0
    assert kept(home)["linh"]["until"] == yesterday
    assert not may_come_in(home, secret)
    assert people(home, "retire", "linh", "--undo") == 0
    assert may_come_in(home, secret)


def test_a_unit_that_loses_its_head_is_pointed_out(home: Path, capsys: Capture) -> None:
    assert people(home, "unit", "Phòng Một", "--id", "p1", "--head", "linh") == 0
    assert people(home, "retire", "linh") == 1
    assert "people unit" in capsys.readouterr().err


def test_a_new_password_ends_the_old_one_and_every_session(home: Path, capsys: Capture) -> None:
    assert people(home, "password", "linh") == 0
    old = capsys.readouterr().err.rsplit(": ", 1)[1].strip()
    with Office.open(home) as office:
        desk = Desk(office)
        token = desk.sign_in(login="linh", password=old, now=NOW)
        assert people(home, "password", "linh") == 0
        assert desk.person_of(token, NOW) is None
    assert not may_come_in(home, old)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        pytest.param("mot-mat-khau-dai\n", 0, id="a good one"),
        pytest.param("mot-mat-khau-dai", 0, id="without a line end"),
        pytest.param("ngan\n", 2, id="too short"),
        pytest.param("\n", 2, id="nothing"),
        pytest.param("", 2, id="no input at all"),
        pytest.param("aaaaaaaaaaaaaaaa\n", 2, id="one letter over and over"),
    ],
)
def test_a_password_comes_from_stdin_and_is_never_shown(
    typed: str, status: int, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert people(home, "password", "linh", "--stdin") == status
    said = capsys.readouterr()
    assert not typed.strip() or typed.strip() not in said.out + said.err
    assert may_come_in(home, typed.strip()) is (status == 0)


def test_those_who_have_left_stay_in_the_list_with_their_last_day(home: Path, capsys: Capture) -> None:
    assert people(home, "retire", "linh", "--on", "31/01/2030") == 0
    assert people(home, "list", "--json") == 0
    rows = {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["linh"]["until"] == "2030-01-31"


def may_come_in(home: Path, password: str) -> bool:
    from documents.errors import NotSignedIn

    with Office.open(home) as office:
        try:
            Desk(office).sign_in(login="linh", password=password, now=NOW)
        except NotSignedIn:
            return False
    return True
