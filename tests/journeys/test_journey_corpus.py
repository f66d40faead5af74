"""All real papers dropped at once: none lost, none twice, none wrongly registered without a person.

The papers lie beside the project; without them the test says that it was skipped.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents.record import DocumentRecord
from documents.status import Status
from flows.processor import work_bare
from flows.shift import Shift
from office.office import Office
from office.reading import open_reader
from office.receive import open_inbox, sweep_intake
from registry.audit import verify
from tests.journeys.killable import now
from tests.offices import an_office

pytestmark = [pytest.mark.slow, pytest.mark.corpus, pytest.mark.tesseract, pytest.mark.xdist_group("corpus")]


@pytest.fixture(scope="module")
def office(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office into whose folder all real papers were dropped at once, and worked off."""
    with (
        an_office(tmp_path_factory.mktemp("so"), now=now()) as office,
        open_reader(office.settings) as reader,
    ):
        for path in papers(shared):
            shutil.copy2(path, office.settings.intake_folder / path.name)
        inbox = open_inbox(office)
        for second in range(3):
            sweep_intake(office, inbox, reader, now=now() + dt.timedelta(seconds=second))
        shift = Shift(office, reader, worker="test", slots=2, stop=threading.Event(), clock=now)
        work_bare(shift)
        yield office


def papers(shared: Path) -> list[Path]:
    return sorted(p for p in (shared / "corpus" / "documents").iterdir() if p.is_file())


def records(office: Office) -> list[DocumentRecord]:
    with office.view() as view:
        return list(view.documents(None, None))


def test_none_is_lost_and_none_is_twice(office: Office, shared: Path) -> None:
    dropped = {hashlib.sha256(p.read_bytes()).hexdigest(): p.name for p in papers(shared)}
    taken = [r.sha256 for r in records(office)]
    assert sorted(taken) == sorted(dropped)
    assert all(office.store.is_intact(sha) for sha in taken)
    assert [p for p in office.settings.intake_folder.iterdir() if p.is_file()] == []


def test_each_is_registered_or_in_review_with_reasons(office: Office) -> None:
    for record in records(office):
        if record.status is Status.REVIEW:
            assert record.review_reasons or record.questions, record.file_name
        else:
            assert record.status in {Status.REGISTERED, Status.ASSIGNED}, (record.file_name, record.status)
            assert record.entry is not None


def test_none_is_wrongly_registered_without_review(office: Office, shared: Path) -> None:
    score = load_score(shared)
    truths = {
        Path(truth["file"]).name: truth
        for truth in (json.loads(p.read_text("utf-8")) for p in (shared / "corpus" / "truth").glob("*.json"))
    }
    wrong = []
    with office.view() as view:
        for record in records(office):
            if record.entry is None:
                continue
            fields = view.fields(record.id)
            for name in score.ROUTING:
                of_truth, same = score.FIELDS[name]
                want, got = of_truth(truths[record.file_name]), fields[name].value
                if score.empty(want) != score.empty(got) or not (score.empty(want) or same(want, got)):
                    wrong.append(f"{record.file_name} {name}")
    assert wrong == []


def test_the_chain_verifies_and_the_numbers_have_no_gap(office: Office) -> None:
    with office.view() as view:
        assert verify(view).complaint is None
        numbers = sorted(r.entry.number for r in view.documents(None, None) if r.entry)
    assert numbers == list(range(1, len(numbers) + 1))


def load_score(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "accuracy" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
