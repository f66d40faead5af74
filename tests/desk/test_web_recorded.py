"""Pages in English of a filled office: what stands on record in Vietnamese is said in English, or marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from desk.recorded import in_english
from desk.web import tongue
from desk.web.app import create_app
from desk.web.rendering import recorded
from documents.events import PersonSaved
from documents.people import Duty, Officer, PersonId
from documents.reading import FieldName
from office import rule_book
from office.desk import Desk
from office.doctor import examine
from office.office import Office
from office.why import why
from tests.desk.test_web_work import come_in
from tests.desk.web_client import HERE, TestClient
from tests.journeys.working import documents, drop, work_off
from tests.offices import MORNING, PEOPLE, an_office
from tests.recorded_reader import RecordedReader, stub_file

HOA = next(p for p in PEOPLE.people if p.id == "hoa")
LEADER = Officer(id=PersonId("minh"), name="Võ Quang Minh", duty=Duty.LEADER)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("recorded") / "home") as office:
        with office.registry.book("test", MORNING) as book:
            book.record(PersonSaved(person=LEADER))
        drop(office, "a.pdf", stub_file(1, doubtful=(FieldName.DATE,), subject="Về họp báo"))
        work_off(office, RecordedReader())
        drop(office, "b.pdf", stub_file(2, subject="Về an toàn thông tin"))
        drop(office, "hong.pdf", b"not a paper")
        work_off(office, RecordedReader())
        yield office


@pytest.fixture(scope="module")
def client(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        come_in(client, office, HOA)
        yield client


def on_record(office: Office) -> set[str]:
    """Every sentence in Vietnamese that these pages show."""
    found: set[str] = set()
    with office.view() as view:
        for record in view.documents():
            found |= {*record.review_reasons, *record.doubts, *why(view, record)}
            found |= {t for t in (record.quarantine_message, record.quarantine_advice) if t}
            for reading in view.fields(record.id).values():
                found |= {*reading.evidence, *((reading.reason,) if reading.reason else ())}
            for line in view.assignments(record.id):
                found |= {because.text for because in line.because}
    book = rule_book.show_book(office, None, today=MORNING.date())
    found |= {sentence for _, sentence, _ in book.shown.rows} | set(book.warnings)
    for check in examine(office.settings.home, now=MORNING):
        found |= {check.text, check.advice or ""}
    return {text for text in found if re.search("[à-ỹđ]", text)}


def unmarked(source: str) -> str:
    """The words of a page, but those marked as Vietnamese and those in titles."""
    source = re.sub(r'<span lang="vi">.*?</span>', " ", source, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


def pages(office: Office) -> list[str]:
    return [
        "/van-ban",
        "/tiep-nhan",
        "/quy-tac",
        "/tinh-trang/kiem",
        *(f"/van-ban/{record.id}" for record in documents(office)),
    ]


def test_no_page_in_english_says_an_unmarked_sentence_in_vietnamese(
    client: TestClient, office: Office
) -> None:
    known = on_record(office)
    met: set[str] = set()
    client.cookies.set(tongue.COOKIE, "en")
    for page in pages(office):
        source = client.get(page).text
        words = unmarked(source)
        assert [one for one in known if " ".join(one.split()) in words] == [], page
        met |= {one for one in known if (english := in_english(one)) and " ".join(english.split()) in words}
    client.cookies.delete(tongue.COOKIE)
    assert len(met) > 15


def test_the_vietnamese_of_a_sentence_stays_with_its_english(client: TestClient) -> None:
    client.cookies.set(tongue.COOKIE, "en")
    source = client.get("/quy-tac").text
    client.cookies.delete(tongue.COOKIE)
    assert re.search(r'<span title="QT-02: nếu [^"]*"><b>QT-02</b> if type is “Giấy mời”, then ', source)


def test_in_vietnamese_a_sentence_is_as_it_stands(client: TestClient) -> None:
    source = client.get("/quy-tac").text
    assert "<b>QT-02</b> nếu tên loại là “Giấy mời” thì" in source
    assert 'lang="vi">QT' not in source


def test_a_sentence_that_nobody_put_into_english_is_marked(office: Office) -> None:
    with tongue.speaking("en"):
        assert (
            recorded("Câu này chưa ai dịch <b>.") == '<span lang="vi">Câu này chưa ai dịch &lt;b&gt;.</span>'
        )
        assert recorded(None) == ""
