from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from documents.reading import AgencyChain, FieldName, FieldReading, FieldValue, Reading
from rules.conditions import Condition
from rules.judging import judge
from tests.rules.builders import field, reading

F = FieldName
PAPER = reading(
    {
        F.NUMBER_SYMBOL: "02/KH-UBND",
        F.DOC_TYPE: "KẾ HOẠCH",
        F.SUBJECT: "Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2012",
        F.ISSUER: "ỦY BAN NHÂN DÂN TỈNH TÂY NINH",
        F.URGENCY: "THƯỢNG KHẨN",
        F.DATE: "2012-01-03",
        F.ARRIVAL_NUMBER: "29a",
        F.RECIPIENTS: ["Như trên", "Sở Tài chính", "Lưu: VT"],
        F.DEADLINES: [{"phrase": "chậm nhất ngày 15/02/2012", "date": "2012-02-15"}, {"phrase": None}],
        F.PLACE: "Tây Ninh",
        F.OUR_PART: [{"text": "Tổ chức họp giao ban.", "phrase": "hằng quý"}],
    }
)


def condition(written: dict[str, Any]) -> Condition:
    return Condition.model_validate(written)


def holds(written: dict[str, Any], paper: Reading = PAPER) -> bool | None:
    return judge(condition(written), paper).holds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param({"field": "doc_type", "is": "Kế hoạch"}, True, id="is: capitals do not matter"),
        pytest.param({"field": "doc_type", "is": "Ke hoach"}, False, id="is: marks do"),
        pytest.param({"field": "doc_type", "is": "Kế"}, False, id="is: the whole value"),
        pytest.param(
            {"field": "issuer", "is": "Uỷ ban nhân dân tỉnh Tây Ninh"}, True, id="is: tone placement aside"
        ),
        pytest.param({"field": "doc_type", "one_of": ["Chỉ thị", "Kế hoạch"]}, True, id="one_of: one is"),
        pytest.param({"field": "doc_type", "one_of": ["Chỉ thị", "Công văn"]}, False, id="one_of: none is"),
        pytest.param({"field": "date", "is": "03/01/2012"}, True, id="is: a day as people write it"),
        pytest.param({"field": "date", "is": dt.date(2012, 1, 3)}, True, id="is: a day as YAML reads it"),
        pytest.param({"field": "date", "one_of": ["04/01/2012", "3/1/2012"]}, True, id="one_of: days"),
        pytest.param({"field": "date", "is": "04/01/2012"}, False, id="is: another day"),
        pytest.param({"field": "our_part", "contains": "họp giao ban"}, True, id="contains: words of a duty"),
        pytest.param({"field": "subject", "contains": "đối ngoại"}, True, id="contains: as printed"),
        pytest.param({"field": "subject", "contains": "DOI NGOAI"}, True, id="contains: no marks, capitals"),
        pytest.param({"field": "subject", "contains": "ngoạ"}, False, id="contains: whole words only"),
        pytest.param({"field": "subject", "contains": "đối nội"}, False, id="contains: not there"),
        pytest.param({"field": "subject", "contains": ["báo chí", "đối ngoại"]}, True, id="contains: any of"),
        pytest.param({"field": "number_symbol", "contains": "KH-UBND"}, True, id="contains: over signs"),
        pytest.param({"field": "recipients", "contains": "sở tài chính"}, True, id="contains: in a list"),
        pytest.param(
            {"field": "deadlines", "contains": "chậm nhất"}, True, id="contains: phrase of a deadline"
        ),
        pytest.param({"field": "number_symbol", "matches": r"^\d+/KH-"}, True, id="matches: searched"),
        pytest.param({"field": "subject", "matches": r"đối\s+ngoại"}, True, id="matches: with marks"),
        pytest.param({"field": "subject", "matches": r"doi ngoai"}, False, id="matches: marks count"),
        pytest.param({"field": "subject", "matches": "đối ngoại"}, True, id="matches: decomposed letters"),
        pytest.param({"field": "date", "before": "15/01/2012"}, True, id="before: day first"),
        pytest.param({"field": "date", "before": "03/01/2012"}, False, id="before: excludes the day"),
        pytest.param({"field": "date", "after": "02/01/2012"}, True, id="after"),
        pytest.param({"field": "date", "after": "03/01/2012"}, False, id="after: excludes the day"),
        pytest.param({"field": "date", "at_least": "03/01/2012"}, True, id="at_least: includes the day"),
        pytest.param({"field": "date", "at_least": "04/01/2012"}, False, id="at_least: later day"),
        pytest.param({"field": "arrival_number", "at_least": 29}, True, id="at_least: number with a letter"),
        pytest.param({"field": "arrival_number", "at_least": 30}, False, id="at_least: larger number"),
        pytest.param({"field": "urgency", "at_least": "Khẩn"}, True, id="at_least: more urgent"),
        pytest.param({"field": "urgency", "at_least": "Hoả tốc"}, False, id="at_least: less urgent"),
        pytest.param({"field": "signer_name", "is": "Trần Lưu Quang"}, False, id="nothing printed: not so"),
        pytest.param({"not": {"field": "secrecy", "is": "Mật"}}, True, id="not: nothing printed"),
        pytest.param({"not": {"field": "doc_type", "is": "Kế hoạch"}}, False, id="not: it is"),
        pytest.param(
            {"all": [{"field": "doc_type", "is": "Kế hoạch"}, {"field": "place", "is": "Tây Ninh"}]},
            True,
            id="all: both",
        ),
        pytest.param(
            {"all": [{"field": "doc_type", "is": "Kế hoạch"}, {"field": "place", "is": "Hà Nội"}]},
            False,
            id="all: one is not",
        ),
        pytest.param(
            {"any": [{"field": "doc_type", "is": "Công văn"}, {"field": "place", "is": "Tây Ninh"}]},
            True,
            id="any: one",
        ),
        pytest.param(
            {"any": [{"field": "doc_type", "is": "Công văn"}, {"field": "place", "is": "Hà Nội"}]},
            False,
            id="any: none",
        ),
    ],
)
def test_a_condition_is_judged_on_the_words_of_the_paper(written: dict[str, Any], expected: bool) -> None:
    assert holds(written) is expected


UNREAD = FieldReading(name=F.SUBJECT, value=None, checked=False, reason="Trích yếu mờ.")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param({"field": "subject", "contains": "x"}, None, id="unread: unknown"),
        pytest.param({"not": {"field": "subject", "contains": "x"}}, None, id="not unknown is unknown"),
        pytest.param(
            {"all": [{"field": "subject", "contains": "x"}, {"field": "doc_type", "is": "Công văn"}]},
            None,
            id="all: unknown beside a true one",
        ),
        pytest.param(
            {"all": [{"field": "subject", "contains": "x"}, {"field": "doc_type", "is": "Kế hoạch"}]},
            False,
            id="all: a false one settles it",
        ),
        pytest.param(
            {"any": [{"field": "subject", "contains": "x"}, {"field": "doc_type", "is": "Công văn"}]},
            True,
            id="any: a true one settles it",
        ),
        pytest.param(
            {"any": [{"field": "subject", "contains": "x"}, {"field": "doc_type", "is": "Kế hoạch"}]},
            None,
            id="any: unknown beside a false one",
        ),
        pytest.param({"field": "date", "before": "15/01/2012"}, None, id="not a date: unknown"),
        pytest.param({"field": "arrival_number", "at_least": 3}, None, id="not a number: unknown"),
        pytest.param({"field": "urgency", "at_least": "Khẩn"}, None, id="not a level: unknown"),
        pytest.param({"field": "place", "is": "Hà Nội"}, None, id="a field nobody looked for: unknown"),
    ],
)
def test_what_could_not_be_read_is_neither_so_nor_not_so(
    written: dict[str, Any], expected: bool | None
) -> None:
    paper = reading(
        {F.DOC_TYPE: "Công văn", F.DATE: "mùng ba", F.ARRIVAL_NUMBER: "?", F.URGENCY: "gấp"}, UNREAD
    )
    some = Reading({name: one for name, one in paper.fields.items() if name is not F.PLACE})
    assert holds(written, some) is expected


TAX = "Tổng cục Thuế"


def issued(agency: str | None, chain: AgencyChain | None = None, reason: str | None = None) -> Reading:
    paper = reading({}, FieldReading(name=F.ISSUER_AGENCY, value=agency, reason=reason))
    return replace(paper, chain=chain)


def chain(*agencies: str, is_whole: bool = True, by_paper: bool = False) -> AgencyChain:
    return AgencyChain(agencies=agencies, is_whole=is_whole, by_paper=by_paper)


@pytest.mark.parametrize(
    ("paper", "names", "expected"),
    [
        pytest.param(issued("Bộ Tài chính"), "Bộ Tài chính", True, id="the agency itself, nobody else asked"),
        pytest.param(issued("BỘ TÀI CHÍNH"), "Bộ Tài chính", True, id="in capitals"),
        pytest.param(issued(TAX, chain(TAX, "Bộ Tài chính")), "Bộ Tài chính", True, id="it stands under it"),
        pytest.param(issued(TAX, chain(TAX, "Bộ Tài chính")), "Bộ Y tế", False, id="all above is known"),
        pytest.param(
            issued(TAX, chain(TAX, is_whole=False)), "Bộ Y tế", None, id="who stands above is not known"
        ),
        pytest.param(issued(TAX, chain(TAX, is_whole=False)), TAX, True, id="not known, but it is itself"),
        pytest.param(issued(TAX), "Bộ Tài chính", None, id="nobody asked the directory"),
        pytest.param(
            issued("Bộ Y tế; Bộ Công an"), "Bộ Công an", True, id="one of the issuers of a joint paper"
        ),
        pytest.param(
            issued(TAX, chain(TAX, "Bộ Tài chính")), ["Bộ Y tế", "Bộ Tài chính"], True, id="one of several"
        ),
        pytest.param(issued(None), "Bộ Tài chính", False, id="no issuer on the paper"),
        pytest.param(
            issued(None, reason="Danh bạ chưa có."), "Bộ Tài chính", None, id="an issuer in no directory"
        ),
        pytest.param(Reading({}), "Bộ Tài chính", None, id="nobody looked for the issuer"),
    ],
)
def test_from_asks_the_issuer_and_who_stands_above_it(
    paper: Reading, names: str | list[str], expected: bool | None
) -> None:
    assert holds({"from": names}, paper) is expected
    assert holds({"not": {"from": names}}, paper) is (None if expected is None else not expected)


def test_what_from_rests_on_is_named_and_what_is_not_known_is_said() -> None:
    above = condition({"from": "Bộ Tài chính"})
    assert judge(above, issued("Bộ Tài chính")).fields == (F.ISSUER_AGENCY,)
    assert judge(above, issued(TAX, chain(TAX, "Bộ Tài chính"))).fields == (F.ISSUER_AGENCY,)
    by_paper = issued(TAX, chain(TAX, "Bộ Tài chính", by_paper=True))
    assert judge(above, by_paper).fields == (F.ISSUER_AGENCY, F.ISSUER_PARENT)
    unknown = judge(above, issued(TAX, chain(TAX, is_whole=False)))
    assert unknown.doubt == "chưa biết Tổng cục Thuế có trực thuộc “Bộ Tài chính” không"
    both = condition({"all": [{"from": "Bộ Tài chính"}, {"field": "place", "is": "Huế"}]})
    assert judge(both, issued(TAX)).doubt is None
    assert above.fields == {F.ISSUER_AGENCY, F.ISSUER_PARENT}


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        pytest.param(
            reading({F.OUR_PART: ["Sở Thông tin và Truyền thông: chủ trì …"]}), True, id="a section"
        ),
        pytest.param(reading({F.OUR_PART: []}), False, id="read, and none names us"),
        pytest.param(reading({}), False, id="none there"),
        pytest.param(Reading({}), None, id="nobody looked"),
        pytest.param(reading({}, FieldReading(name=F.OUR_PART)), None, id="the text was not read to its end"),
        pytest.param(
            reading({}, FieldReading(name=F.OUR_PART, reason="Trang 3 mờ.")), None, id="the text was not read"
        ),
    ],
)
def test_names_us_asks_for_a_section_that_gives_us_work(paper: Reading, expected: bool | None) -> None:
    assert holds({"names_us": True}, paper) is expected
    verdict = judge(condition({"names_us": True}), paper)
    assert verdict.fields == (F.OUR_PART,)
    assert (verdict.doubt is not None) is (expected is None)


def test_the_fields_that_settled_a_condition_are_named() -> None:
    both = condition({"any": [{"field": "place", "is": "Hà Nội"}, {"field": "doc_type", "is": "Kế hoạch"}]})
    assert judge(both, PAPER).fields == (F.DOC_TYPE,)
    neither = condition(
        {"all": [{"field": "doc_type", "is": "Kế hoạch"}, {"field": "place", "is": "Tây Ninh"}]}
    )
    assert judge(neither, PAPER).fields == (F.DOC_TYPE, F.PLACE)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"field": "doc_type", "is": "Kế hoạch"}, "tên loại là “Kế hoạch”"),
        ({"field": "doc_type", "one_of": ["A", "B"]}, "tên loại là một trong “A”, “B”"),
        ({"field": "subject", "contains": "đối ngoại"}, "trích yếu chứa “đối ngoại”"),
        ({"field": "subject", "contains": ["a", "b", "c"]}, "trích yếu chứa “a”, “b” hoặc “c”"),
        ({"field": "subject", "matches": "x+"}, "trích yếu khớp mẫu “x+”"),
        ({"field": "date", "before": "15/01/2012"}, "ngày văn bản trước 15/01/2012"),
        ({"field": "date", "after": "15/01/2012"}, "ngày văn bản sau 15/01/2012"),
        ({"field": "date", "at_least": "15/01/2012"}, "ngày văn bản từ ngày 15/01/2012 trở đi"),
        ({"field": "arrival_number", "at_least": 100}, "số đến từ 100 trở lên"),
        ({"field": "urgency", "at_least": "Khẩn"}, "độ khẩn từ mức “Khẩn” trở lên"),
        ({"from": "Bộ Tài chính"}, "cơ quan ban hành là hoặc trực thuộc “Bộ Tài chính”"),
        ({"from": ["Bộ A", "Bộ B"]}, "cơ quan ban hành là hoặc trực thuộc “Bộ A” hoặc “Bộ B”"),
        ({"names_us": True}, "văn bản có phần giao việc nêu tên cơ quan mình"),
        ({"not": {"field": "place", "is": "Huế"}}, "không phải (địa danh là “Huế”)"),
        (
            {
                "all": [
                    {"field": "place", "is": "Huế"},
                    {"any": [{"field": "doc_type", "is": "A"}, {"field": "doc_type", "is": "B"}]},
                ]
            },
            "địa danh là “Huế” và (tên loại là “A” hoặc tên loại là “B”)",
        ),
        (
            {
                "any": [
                    {"field": "place", "is": "Huế"},
                    {"all": [{"field": "doc_type", "is": "A"}, {"field": "subject", "contains": "b"}]},
                ]
            },
            "địa danh là “Huế” hoặc (tên loại là “A” và trích yếu chứa “b”)",
        ),
    ],
)
def test_a_condition_reads_as_vietnamese(written: dict[str, Any], sentence: str) -> None:
    assert condition(written).sentence() == sentence


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param({}, "điều kiện trống", id="nothing"),
        pytest.param("Kế hoạch", "phải gồm field", id="a bare word"),
        pytest.param({"field": "subject"}, "thiếu phép so", id="no operator"),
        pytest.param({"is": "x"}, "is thiếu field", id="no field"),
        pytest.param({"field": "subject", "is": "a", "contains": "b"}, "chỉ được một phép so", id="two"),
        pytest.param({"from": "x", "names_us": True}, "chỉ được một phép so", id="two questions"),
        pytest.param({"from": "x", "is": "y"}, "chỉ được một phép so", id="a question and an operator"),
        pytest.param({"field": "issuer", "from": "x"}, "from không đi cùng field", id="from of a field"),
        pytest.param({"from": []}, "from", id="from nobody"),
        pytest.param({"names_us": False}, "names_us", id="not is for that"),
        pytest.param({"field": "subject", "all": []}, "không đi cùng field", id="field beside all"),
        pytest.param(
            {"field": "subject", "before": "15/01/2012"}, "chỉ hỏi được ngày", id="before a subject"
        ),
        pytest.param({"field": "date", "before": "31/02/2012"}, "không phải là ngày", id="no such day"),
        pytest.param({"field": "date", "before": "tháng 3"}, "không phải là ngày", id="not a day"),
        pytest.param({"field": "subject", "at_least": 3}, "at_least chỉ hỏi", id="at_least of a subject"),
        pytest.param({"field": "urgency", "at_least": "Gấp"}, "at_least chỉ hỏi", id="no such level"),
        pytest.param(
            {"field": "arrival_number", "at_least": True}, "at_least chỉ hỏi", id="yes is no number"
        ),
        pytest.param({"field": "date", "at_least": 2012}, "at_least chỉ hỏi", id="a year is no day"),
        pytest.param({"field": "subject", "matches": "(?=a)"}, "RE2 không có nhìn trước", id="look-around"),
        pytest.param({"field": "subject", "matches": r"(a)\1"}, "không hợp lệ", id="back-reference"),
        pytest.param({"field": "subject", "matches": "(a"}, "không hợp lệ", id="open bracket"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(written: object, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Condition.model_validate(written)
    assert said in str(caught.value)


def test_a_pattern_that_would_run_away_elsewhere_is_harmless() -> None:
    paper = reading({F.SUBJECT: "a" * 5000 + "!"})
    begun = time.perf_counter()
    assert holds({"field": "subject", "matches": "(a+)+$"}, paper) is False
    assert time.perf_counter() - begun < 1


VALUES: st.SearchStrategy[FieldValue] = st.one_of(
    st.none(), st.text(max_size=20), st.lists(st.text(max_size=10), max_size=3)
)
WORDS = st.text(st.characters(categories=("L", "M", "N", "P", "Z")), min_size=1, max_size=8)
LEAVES = st.fixed_dictionaries({"field": st.sampled_from(["subject", "issuer", "place"])}).flatmap(
    lambda leaf: st.one_of(
        WORDS.map(lambda text: {**leaf, "is": text}),
        WORDS.map(lambda text: {**leaf, "contains": f"{text}a"}),
    )
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)


@given(written=CONDITIONS, subject=VALUES, place=VALUES, is_doubted=st.booleans())
def test_judging_is_deterministic_and_obeys_de_morgan(
    written: dict[str, Any], subject: FieldValue, place: FieldValue, is_doubted: bool
) -> None:
    paper = reading(
        {},
        field(F.SUBJECT, subject, reason="Mờ." if is_doubted else None),
        field(F.PLACE, place),
    )
    assert holds(written, paper) is holds(written, paper)
    assert holds({"not": {"not": written}}, paper) is holds(written, paper)
    both = {"all": [written, {"field": "place", "contains": "a"}]}
    either_not = {"any": [{"not": written}, {"not": {"field": "place", "contains": "a"}}]}
    assert holds({"not": both}, paper) is holds(either_not, paper)
    assert condition(written).sentence()
