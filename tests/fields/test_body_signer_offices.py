"""Office and signing power: what the page shows, what two readers of its rows see, and when that is enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.looks import KNOWN_NAME, LETTERS_ONLY
from documents.page import Source
from documents.reading import Found
from fields.signer_offices import Block, check_offices, list_offices
from fields.signer_rows import Row
from fields.signing_titles import list_titles

L = LETTERS_ONLY
NAME: Row = ("Lê Văn Lan", f"{L}Le Van Lan", f"{KNOWN_NAME}80 Lê Văn Lan")
NONE = Block(None, None, (), inferred=False, page=1)


def block(*printed: str, title: str | None = None, power: str | None = None, inferred: bool = False) -> Block:
    """A block as the page shows it."""
    return Block(
        Found(title, 1) if title else None, Found(power, 1) if power else None, printed, inferred, page=1
    )


def both(*texts: str) -> tuple[Row, ...]:
    """Rows that both readers see alike, and the name under them."""
    return (*((text, f"{L}{text}") for text in texts), NAME)


HEAD = block("GIÁM ĐỐC", title="GIÁM ĐỐC")
DEPUTY = block("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", title="PHÓ GIÁM ĐỐC", power="KT.")


@pytest.mark.parametrize(
    ("page", "rows", "title", "power", "is_checked"),
    [
        pytest.param(NONE, both("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "PHÓ GIÁM ĐỐC", "KT.", True, id="both see both"),
        pytest.param(DEPUTY, (), "PHÓ GIÁM ĐỐC", "KT.", True, id="the page shows what goes together"),
        pytest.param(HEAD, both("GIÁM ĐỐC"), "GIÁM ĐỐC", None, True, id="a head, and nothing before it"),
        pytest.param(HEAD, (), "GIÁM ĐỐC", None, False, id="a head by the page alone: KT. may be lost"),
        pytest.param(
            HEAD, (("“T: GIÁM ĐÓC", f"{L}. GIAM DOC"), NAME), "GIÁM ĐỐC", None, False, id="something before it"
        ),
        pytest.param(
            HEAD, both("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "PHÓ GIÁM ĐỐC", "KT.", True,
            id="a deputy's office stamped under the head's, with the power by pen",
        ),
        pytest.param(
            HEAD, both("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "PHÓ GIÁM ĐỐC", None, False,
            id="a deputy without the power",
        ),
        pytest.param(
            HEAD, (("_ Rd4GIẤM sốc", f"{L}PHÓ GIÁM DÓC"), NAME), "GIÁM ĐỐC", None, False,
            id="only the other reader sees a deputy",
        ),
        pytest.param(
            block("KT. GIÁM ĐỐC", title=None, power="KT."), both("KT. GIÁM ĐỐC"), None, "KT.", False,
            id="a power whose office was not seen",
        ),
        pytest.param(
            NONE, (("PHÓ GIÁM ĐỐC",), NAME), "PHÓ GIÁM ĐỐC", None, False, id="one reader alone is too few"
        ),
        pytest.param(
            block("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", title="PHÓ GIÁM ĐỐC", power="KT.", inferred=True), (),
            "PHÓ GIÁM ĐỐC", "KT.", False, id="a power that was inferred",
        ),
        pytest.param(
            NONE, both("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "PHÓ CHỦ TỊCH", "TM.", True,
            id="a chain: the first power counts",
        ),
        pytest.param(
            NONE, both("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "CHÁNH VĂN PHÒNG", "TL.", True, id="by order of"
        ),
        pytest.param(
            NONE, (("KT. GIÁM ĐỐC", f"{L}TL. GIAM DOC"), *both("PHÓ GIÁM ĐỐC")), "PHÓ GIÁM ĐỐC", "KT.", False,
            id="the two differ in the power",
        ),
        pytest.param(NONE, both("ĐẠI DIỆN CÔNG TY"), "ĐẠI DIỆN CÔNG TY", None, False, id="on behalf: no office"),
        pytest.param(NONE, (NAME,), None, None, False, id="nothing but the name"),
    ],
)  # fmt: skip
def test_office_and_power(
    page: Block, rows: tuple[Row, ...], title: str | None, power: str | None, is_checked: bool
) -> None:
    office, authority = check_offices(page, rows)
    assert (office.value, authority.value) == (title, power)
    assert office.checked is is_checked
    assert authority.checked is is_checked
    assert all(bool(r.evidence if r.checked else r.reason) for r in (office, authority))


def test_a_deputy_under_a_checked_head_is_shown() -> None:
    page = block("TM. ỦY BAN", "CHỦ TỊCH", title="CHỦ TỊCH", power="TM.")
    office, _ = check_offices(page, (("MỒ ~HỦ TỊCH", f"{L}PHO CHU TICH"), NAME))
    assert not office.checked
    assert "PHÓ CHỦ TỊCH" in (office.reason or "")


def test_an_office_of_the_files_own_text_needs_no_power() -> None:
    own = Block(Found("GIÁM ĐỐC", 1, None, Source.TEXT_LAYER), None, ("GIÁM ĐỐC",), inferred=False, page=1)
    assert all(reading.checked for reading in check_offices(own, ()))


@given(st.sampled_from(list_titles()))
def test_every_office_is_known_by_its_letters(title: str) -> None:
    (office,) = list_offices(((title.upper(), f"{L}{title.upper()}"),))
    assert office.title == office.title_again == title.upper()
    assert office.alone


@given(
    st.lists(
        st.lists(
            st.one_of(st.text(max_size=20), st.sampled_from([f"{L}KT. GIAM DOC", "PHÓ GIÁM ĐỐC"])), max_size=4
        ),
        max_size=5,
    ),
    st.sampled_from([NONE, HEAD, DEPUTY]),
)
def test_no_rows_make_the_check_fail(rows: list[list[str]], page: Block) -> None:
    for reading in check_offices(page, tuple(tuple(row) for row in rows)):
        assert reading.checked or reading.reason
