"""*Vì sao ở đây?* on a document's page: a chain for each recipient, to the place, the row and the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.web.app import create_app
from documents.decisions import Because, Ground
from office.desk import Desk
from office.office import Office
from tests.desk.test_web_work import come_in, said
from tests.desk.web_client import HERE, TestClient
from tests.office.lines_at_work import LEADER, LINH, at_work, inform, lead, pass_on
from tests.offices import MORNING

CHAIN = (
    Because(Ground.EVIDENCE, "Trích yếu: “báo chí”.", page=1),
    Because(Ground.RULE, "QT-07: nếu trích yếu chứa “báo chí” thì Linh chủ trì.", rule="giao_viec@3#QT-07"),
    Because(Ground.RULE, "QT-07: nếu trích yếu chứa “báo chí” thì Linh chủ trì.", rule="giao_viec@3#QT-07"),
    Because(Ground.PERSON, "Văn thư chọn Nguyễn Thị Linh."),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def why(client: TestClient, document: str) -> str:
    """The source of that part of the page."""
    source = client.get(f"/van-ban/{document}").text
    return source[source.index('id="vi-sao"') : source.index("</section>", source.index('id="vi-sao"'))]


def test_the_chain_leads_from_the_page_to_the_row_of_the_table_and_to_who_passed_it_on(
    client: TestClient, office: Office
) -> None:
    document = pass_on(office, 1, replace(lead(LINH), because=CHAIN), inform("bcxb"))
    come_in(client, office, LEADER)
    source = why(client, document)
    assert '<a href="#trang-1">trang 1</a>' in source
    assert '<a href="/quy-tac?ban=3#q-QT-07">bản 3</a>' in source
    words = said(source)
    assert words.index("Nguyễn Thị Linh hạn 20/01/2012") < words.index("Phòng Báo chí")
    assert words.count("QT-07 nếu trích yếu chứa “báo chí” thì Linh chủ trì.") == 1
    assert "Trần Thị Hoa chuyển lúc 08:12 05/01/2012." in words


def test_a_person_who_may_not_see_the_table_reads_the_row_without_a_link(
    client: TestClient, office: Office
) -> None:
    document = pass_on(office, 1, replace(lead(LINH), because=CHAIN))
    come_in(client, office, LINH)
    source = why(client, document)
    assert "QT-07" in source
    assert "/quy-tac" not in source
