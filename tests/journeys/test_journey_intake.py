"""From a file in the folder to a routed document, with recorded readings: nothing lost, nothing twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from documents.errors import Broken, EngineMissing, SecretMark, Trouble
from documents.events import Arrival
from documents.reading import FieldName
from documents.status import Status
from gateways.inbox import Inbox
from office.receive import sweep_intake
from registry.audit import verify
from tests.journeys.working import documents, drop, work_off
from tests.offices import MORNING, an_office
from tests.recorded_reader import RecordedReader, RecordedReading, stub_file


def test_a_clean_file_is_registered_routed_and_leaves_the_folder(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        path = drop(office, "quet_01.pdf", stub_file(1))
        work_off(office, RecordedReader())
        (document,) = documents(office)
        assert document.status is Status.ASSIGNED
        assert document.entry is not None
        assert document.entry.name == "1/2012"
        assert not path.exists()
        with office.view() as view:
            assert view.assignments(document.id)
            assert verify(view).whole


def test_numbers_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for number in range(1, 9):
            drop(office, f"quet_{number:02}.pdf", stub_file(number))
        work_off(office, RecordedReader())
        assert sorted(d.entry.number for d in documents(office) if d.entry) == list(range(1, 9))


def test_a_duplicate_goes_to_trung_with_a_note_and_takes_no_number(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "quet.pdf", stub_file(1))
        work_off(office, RecordedReader())
        drop(office, "quet lai.pdf", stub_file(1))
        work_off(office, RecordedReader(), MORNING + dt.timedelta(minutes=5))
        first, second = documents(office)
        assert second.status is Status.DUPLICATE
        assert second.duplicate_of == first.id
        aside = list((office.settings.intake_folder / "trung").iterdir())
        assert {p.suffix for p in aside} == {".pdf", ".txt"}
        note = next(p for p in aside if p.suffix == ".txt").read_text("utf-8-sig")
        assert "1/2012" in note


def test_an_unreadable_file_goes_to_loi_with_a_note_and_stops_nobody(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "a.pdf", b"not a document")
        drop(office, "b.pdf", stub_file(1))
        work_off(office, RecordedReader())
        by_name = {d.file_name: d for d in documents(office)}
        assert by_name["a.pdf"].status is Status.QUARANTINED
        assert by_name["a.pdf"].quarantine_code == "unknown_kind"
        assert by_name["b.pdf"].status is Status.ASSIGNED
        assert office.store.has(by_name["a.pdf"].sha256)
        aside = {p.name for p in (office.settings.intake_folder / "loi").iterdir()}
        assert len(aside) == 2


def test_a_quarantined_file_dropped_again_is_tried_again(tmp_path: Path) -> None:
    broken = RecordedReader(trouble=lambda name: Broken(detail="thử") if name == "x.pdf" else None)
    with an_office(tmp_path) as office:
        drop(office, "x.pdf", stub_file(1))
        work_off(office, broken)
        (first,) = documents(office)
        assert first.status is Status.QUARANTINED
        drop(office, "x2.pdf", stub_file(1))
        work_off(office, RecordedReader(), MORNING + dt.timedelta(minutes=1))
        again = next(d for d in documents(office) if d.id == first.id)
        assert again.status is Status.ASSIGNED


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        pytest.param(EngineMissing(), Status.WAITING, id="the engine is away: wait, nothing lost"),
        pytest.param(SecretMark(), Status.SEALED, id="a secrecy mark: sealed aside"),
    ],
)
def test_trouble_while_reading_has_its_own_end(trouble: Trouble, status: Status, tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "x.pdf", stub_file(1))
        work_off(office, RecordedReader(trouble=lambda _: trouble))
        (document,) = documents(office)
        assert document.status is status
        assert document.entry is None


def test_a_sealed_document_leaves_no_text_and_no_bytes_in_the_store(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "mat.pdf", stub_file(1))
        work_off(office, RecordedReader(trouble=lambda _: SecretMark()))
        (document,) = documents(office)
        with office.view() as view:
            assert view.fields(document.id) == {}
            assert view.search("doi ngoai", 10) == ()
            assert [n.kind for n in view.notices_of(document.id)] == ["sealed"]
        assert not office.store.has(document.sha256)
        assert (office.settings.sealed_folder / document.sha256).stat().st_mode & 0o077 == 0


def test_a_doubtful_document_waits_for_the_clerk_and_takes_no_number(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "x.pdf", stub_file(1, doubtful=(FieldName.DATE,)))
        work_off(office, RecordedReader())
        (document,) = documents(office)
        assert document.status is Status.REVIEW
        assert any("date" in reason for reason in document.review_reasons)
        assert document.entry is None


def test_the_same_number_issuer_and_date_again_is_asked_about(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "x.pdf", stub_file(7))
        work_off(office, RecordedReader())
        drop(office, "y.pdf", stub_file(7, place="Tây  Ninh"))
        work_off(office, RecordedReader(), MORNING + dt.timedelta(minutes=1))
        second = documents(office)[1]
        assert second.status is Status.REVIEW
        assert any("1/2012" in reason for reason in second.review_reasons)


class DyingInbox(Inbox):
    """An inbox whose process dies just before a file would leave."""

    def clear(self, path: Path, *, identity: Arrival) -> bool:
        raise SystemExit(9)


def test_a_file_left_behind_by_a_kill_after_the_commit_is_cleared_and_not_called_a_duplicate(
    tmp_path: Path,
) -> None:
    with an_office(tmp_path) as office:
        path = drop(office, "x.pdf", stub_file(1))
        dying = DyingInbox(office.settings.intake_folder, settle_s=0)
        with pytest.raises(SystemExit):
            for second in range(3):
                sweep_intake(office, dying, RecordedReader(), now=MORNING + dt.timedelta(seconds=second))
        assert path.exists()
        work_off(office, RecordedReader())
        (document,) = documents(office)
        assert document.status is Status.ASSIGNED
        assert not path.exists()


class StumblingReader(RecordedReader):
    """A reader with a fault of its own."""

    def read(self, path: Path, *, file_name: str, **more: Any) -> RecordedReading:  # type: ignore[override]
        if file_name == "hard.pdf":
            raise ZeroDivisionError
        return super().read(path, file_name=file_name, **more)


def test_a_fault_of_our_own_on_one_paper_ends_in_quarantine_and_stops_nobody(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        drop(office, "hard.pdf", stub_file(1))
        drop(office, "soft.pdf", stub_file(2))
        for hour in range(4):
            work_off(office, StumblingReader(), MORNING + dt.timedelta(hours=hour))
        by_name = {d.file_name: d for d in documents(office)}
        assert by_name["soft.pdf"].status is Status.ASSIGNED
        assert by_name["hard.pdf"].status is Status.QUARANTINED
        assert by_name["hard.pdf"].quarantine_code == "reader_stopped"
        assert office.store.has(by_name["hard.pdf"].sha256)


def test_an_empty_file_dropped_twice_is_never_called_safe_to_delete(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for name in ("rong.pdf", "rong lai.pdf"):
            drop(office, name, b"")
            work_off(office, RecordedReader())
        aside = office.settings.intake_folder / "loi"
        notes = [p.read_text("utf-8-sig") for p in aside.iterdir() if p.suffix == ".txt"]
        assert len(notes) == 2
        assert not any("xoá tệp này" in note for note in notes)
        assert [d.status for d in documents(office)] == [Status.QUARANTINED, Status.DUPLICATE]
