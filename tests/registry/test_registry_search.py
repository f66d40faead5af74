"""Search: with or without marks, any letters, and the same answers on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.events import FieldsConfirmed, FullTextRead
from documents.status import Status
from registry.engine import Registry
from registry.queue import claim
from registry.search import MOST_WORDS, searchable
from tests.registry.builders import (
    INCOMING,
    LEASE,
    NOW,
    an_office,
    bring,
    cancelled,
    name,
    read,
    received,
    registered,
    started,
)

PAPERS: dict[int, dict[str, str]] = {
    1: {
        "number_symbol": "02/KH-UBND",
        "subject": "Thực hiện công tác thông tin ĐỐI NGOẠI tỉnh Tây Ninh năm 2012",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH TÂY NINH",
        "text": "Căn cứ Chỉ thị số 26-CT/TW về tiếp tục đổi mới",
    },
    2: {
        "number_symbol": "131/STTTT-BCXB",
        "subject": "Về việc hòa giải, giảm 50% lệ phí_đăng ký",
        "text": 'Kính gửi: O\'Brien "báo" Tuổi trẻ, hoà bình',
    },
    3: {"number_symbol": "7/QĐ", "subject": "Quyết định", "signer_name": "Đặng Thị Ê", "text": "a b c"},
}


def fill(registry: Registry) -> None:
    """Read the papers and enter them as 101, 102 and 103; the hundred numbers before are held."""
    an_office(registry)
    with registry.book("p1", NOW) as book:
        for number, values in PAPERS.items():
            fields = {k: v for k, v in values.items() if k != "text"}
            held = tuple(range(1, 101)) if number == 1 else ()
            book.record(received(number))
            book.record(started(name(number)))
            book.record(read(name(number), text=values["text"], **fields))
            book.record(registered(name(number), number + 100, held=held))


@pytest.fixture
def filled(registry: Registry) -> Registry:
    """The papers in a registry of this test alone."""
    fill(registry)
    return registry


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def filled_once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Registry]:
    """The papers in a registry that tests only look at."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('search') / 'registry.db'}"
    else:
        server = request.getfixturevalue("postgresql_server")
        url = server.url(server.create())
    registry = Registry(url)
    registry.migrate()
    fill(registry)
    yield registry
    registry.close()


FOUND = {
    "as printed": ("ĐỐI NGOẠI", [1]),
    "without marks": ("doi ngoai", [1]),
    "in capitals without marks": ("DOI NGOAI", [1]),
    "decomposed letters": ("đo\u0302\u0301i ngoa\u0323i", [1]),
    "a word's middle": ("ngoa", [1]),
    "words in another order": ("tay ninh ngoai", [1]),
    "a number as printed": ("02/KH-UBND", [1]),
    "a number without its zero": ("2 kh ubnd", [1]),
    "a number with spaces": ("02 kh ubnd", [1]),
    "a number with a look-alike dash": ("02/KH–UBND", [1]),
    "the text of the pages": ("26 ct tw", [1]),
    "head and pages together": ("doi ngoai chi thi", [1]),
    "the tone on either vowel": ("hoa binh", [2]),
    "one word of several papers, newest first": ("quet", [3, 2, 1]),
    "the file's name": ("quet_002.pdf", [2]),
    "a word of one letter": ("b", [3]),
    "a word of two letters is a whole word": ("kh", [1]),
    "part of a word of two letters": ("ub", []),
    "a letter with a mark alone": ("ê", [3]),
    "a percent sign is no wildcard": ("%", []),
    "a percent sign beside a word": ("50%", [2]),
    "an underscore is no wildcard": ("_", []),
    "an underscore between words": ("phi_dang", [2]),
    "a backslash": ("\\", []),
    "a quote": ("'", []),
    "a double quote": ('"', []),
    "quoted words": ('"doi ngoai"', [1]),
    "an unfinished quote": ('"doi', [1]),
    "an apostrophe in a name": ("o'brien", [2]),
    "words of the query language": ("doi AND ngoai", []),
    "a column of the query language": ("head:doi", []),
    "a star": ("ngoa*", [1]),
    "brackets": ("(doi NEAR", []),
    "a minus before a word": ("-doi", [1]),
    "a statement": ("'; DROP TABLE search; --", []),
    "nothing": ("", []),
    "spaces": ("  \t\n ", []),
    "a NUL": ("doi\x00ngoai", [1]),
    "half a character": ("doi \ud800 ngoai", [1]),
    "a smiling face": ("😀", []),
    "what is nowhere": ("hải quan", []),
    "an arrival number": ("101", [1]),
    "an arrival number with its year": ("102/2012", [2]),
    "an arrival number of another year": ("102/2013", []),
    "a held number": ("50", [2]),
    "a number too long for any book": ("99999999999999999999", []),
    "more words than are looked at": (" ".join(["doi"] * MOST_WORDS + ["khongco"]), [1]),
}


@pytest.mark.parametrize(
    ("asked", "papers"), [pytest.param(*row, id=reason) for reason, row in FOUND.items()]
)
def test_finds(asked: str, papers: list[int], filled_once: Registry) -> None:
    with filled_once.view() as view:
        assert view.search(asked) == tuple(name(paper) for paper in papers)


@pytest.mark.parametrize("asked", ["130", "130/2012", " 130 "])
def test_an_arrival_number_comes_before_the_same_figures_in_a_text(asked: str, filled: Registry) -> None:
    with filled.book("p1", NOW) as book:
        for paper in (4, 5):
            book.record(received(paper))
            book.record(started(name(paper)))
        book.record(read(name(4), subject="Kế hoạch 130/2012 của 130 xã"))
        book.record(registered(name(4), 104))
        number, held = book.allot_number(INCOMING, 2012, 130, hold_between=True)
        book.record(registered(name(5), number, held=held))
        book.record(cancelled(name(5), number))
    with filled.view() as view:
        assert view.search(asked)[:2] == (name(5), name(4))


def test_what_changed_is_found_by_its_new_words_only(filled: Registry) -> None:
    with filled.book("hoa", NOW) as book:
        book.record(FieldsConfirmed(document=name(1), values={"subject": "Họp báo quý I"}))
    claimed = claim(filled, "p1", NOW, LEASE, "full")
    assert claimed
    with filled.book("p1", NOW) as book:
        book.record(FullTextRead(document=name(1), attempt=claimed.attempt, text="Toàn văn khác hẳn"))
    with filled.view() as view:
        assert view.search("doi ngoai") == ()
        assert view.search("chi thi") == ()
        assert view.search("hop bao toan van") == (name(1),)


def test_no_more_than_asked_and_the_newest_of_them(filled: Registry) -> None:
    with filled.view() as view:
        assert view.search("quet", limit=2) == (name(3), name(2))
        assert view.search("quet", limit=0) == ()


@pytest.mark.postgresql
def test_postgresql_has_its_index_of_pieces(postgresql_url: str) -> None:
    registry = Registry(postgresql_url)
    with registry.view() as view:
        view.session.execute(sa.text("SET LOCAL enable_seqscan = off"))
        plan = view.session.scalars(
            sa.text("EXPLAIN SELECT document FROM search WHERE head || body LIKE '%ngoai%' ESCAPE '/'")
        )
        assert "ix_search_trigrams" in " ".join(plan)
    registry.close()


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậÁỦỐĐ 0123456789/-_%'\"*().,\\"
WORDS = st.text(alphabet=st.one_of(st.sampled_from(LETTERS), st.characters(codec="utf-8")), max_size=30)


@given(text=WORDS)
def test_the_searchable_form_is_settled(text: str) -> None:
    once = searchable(text)
    assert searchable(once) == once
    assert once == "" or (once.startswith(" ") and once.endswith(" ") and "  " not in once)


@pytest.mark.postgresql
@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_both_databases_find_the_same(
    data: st.DataObject, both: tuple[Registry, Registry], texts: list[str]
) -> None:
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    asked = data.draw(st.one_of(WORDS, st.just(text[start : start + 7]), st.just(text[start : start + 3])))
    answers = []
    for registry in both:
        with registry.view() as view:
            answers.append(view.search(asked))
    assert answers[0] == answers[1]


@pytest.fixture
def texts() -> list[str]:
    return [" ".join(values.values()) for values in PAPERS.values()] + ["Ðổi ɖất İstanbul ſoi ẞ ﬁ ½ Ⅷ"]


@pytest.fixture
def both(sqlite_url: str, postgresql_url: str, texts: list[str]) -> Iterator[tuple[Registry, Registry]]:
    registries = (Registry(sqlite_url), Registry(postgresql_url))
    for registry in registries:
        with registry.book("p1", NOW) as book:
            for number, text in enumerate(texts, 1):
                bring(book, number, Status.READING)
                book.record(read(name(number), subject=text[:40], text=text))
    yield registries
    for registry in registries:
        registry.close()
