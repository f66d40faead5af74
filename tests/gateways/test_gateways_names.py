"""Names of files are data: kept exactly, shown safely."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text import visible
from gateways.names import LONGEST, is_unfinished, list_free_names, name_as_text, name_from_text

NAMES = st.one_of(
    st.binary(min_size=1, max_size=LONGEST),
    st.text(min_size=1, max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")),
).filter(lambda n: b"/" not in n and b"\0" not in n and n not in (b".", b"..") and len(n) <= LONGEST)


@given(name=NAMES)
def test_every_name_survives_the_way_into_the_registry_and_back(name: bytes) -> None:
    text = name_as_text(name)
    text.encode("utf-8")  # no lone surrogate: databases refuse them
    assert name_from_text(text) == name


@given(first=NAMES, second=NAMES)
def test_two_names_never_become_one(first: bytes, second: bytes) -> None:
    assert (name_as_text(first) == name_as_text(second)) == (first == second)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(
            "Kế hoạch số 02.pdf".encode(), "Kế hoạch số 02.pdf", id="ordinary names stay as they are"
        ),
        pytest.param(
            "a\u0302.pdf".encode(), "a\u0302.pdf", id="a decomposed name is another name on the disk"
        ),
        pytest.param(b"v\xe3n.pdf", "v\\xe3n.pdf", id="latin-1 from an old scanner"),
        pytest.param(b"v\\xe3n.pdf", "v\\\\xe3n.pdf", id="a name that looks like one written out"),
        pytest.param(b"\xed\xb3\xbf", "\\xed\\xb3\\xbf", id="bytes of a surrogate are not UTF-8"),
    ],
)
def test_names_as_the_registry_keeps_them(name: bytes, text: str) -> None:
    assert name_as_text(name) == text
    assert name_from_text(text) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("Công văn 29.pdf", "Công văn 29.pdf", id="plain Vietnamese"),
        pytest.param("Co\u0302ng.pdf", "Công.pdf", id="shown in NFC"),
        pytest.param("hd\u202efdp.exe", "hd⟨U+202E⟩fdp.exe", id="right-to-left override"),
        pytest.param("a\nb\x1b[2J", "a⟨U+000A⟩b⟨U+001B⟩[2J", id="line break and terminal escape"),
        pytest.param("a\u200bb\ufeff", "a⟨U+200B⟩b⟨U+FEFF⟩", id="zero width"),
        pytest.param("a\udce3b", "a⟨U+DCE3⟩b", id="half of a surrogate pair"),
        pytest.param("a\u2028b", "a⟨U+2028⟩b", id="line separator"),
    ],
)
def test_nothing_in_a_shown_name_hides_or_reorders(name: str, shown: str) -> None:
    assert visible(name) == shown


@pytest.mark.parametrize(
    ("name", "unfinished"),
    [
        pytest.param("quét.pdf", False, id="a scan"),
        pytest.param("KHÔNG ĐUÔI", False, id="no ending"),
        pytest.param("part.pdf", False, id="the word alone says nothing"),
        pytest.param("tmp", False, id="an ending alone is a name"),
        pytest.param(".quét.pdf", True, id="hidden"),
        pytest.param(".~lock.a.docx#", True, id="LibreOffice lock"),
        pytest.param("~$báo cáo.docx", True, id="Word lock"),
        pytest.param("~WRL0001.tmp", True, id="Word's own"),
        pytest.param("a.pdf.part", True, id="Firefox download"),
        pytest.param("a.pdf.PART", True, id="endings in capitals"),
        pytest.param("a.crdownload", True, id="Chrome download"),
        pytest.param("a.pdf.filepart", True, id="WinSCP upload"),
        pytest.param("a.tmp", True, id="temporary"),
        pytest.param("a.pdf~", True, id="an editor's backup"),
        pytest.param("Thumbs.db", True, id="Windows Explorer"),
        pytest.param("desktop.ini", True, id="Windows Explorer too"),
    ],
)
def test_names_that_say_not_yet_are_left_alone(name: str, unfinished: bool) -> None:
    assert is_unfinished(name.encode()) is unfinished


@given(name=NAMES)
def test_free_names_are_short_enough_different_and_no_way_out(name: bytes) -> None:
    names = list(itertools.islice(list_free_names(name, beside=b".txt"), 12))
    assert len(set(names)) == len(names)
    assert all(0 < len(n) <= LONGEST - 4 for n in names)
    assert all(b"/" not in n and n not in (b".", b"..") for n in names)
    assert next(list_free_names(name)) == name


def test_a_long_name_is_cut_between_letters_and_keeps_its_ending() -> None:
    name = "ế".encode() * 83 + b".pdf"
    cut = next(list_free_names(name, beside=b".txt"))
    assert cut.decode("utf-8").endswith("ế.pdf")
    assert len(cut) > LONGEST - 8
