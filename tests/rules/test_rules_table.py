from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import RuleSlip
from documents.people import Directory
from documents.reading import FieldName, FieldReading
from documents.text import nfc
from rules.strict_yaml import DEEPEST, MOST_BYTES
from rules.table import EMPTY_TABLE, check_table, load_sample_table_text, load_table
from tests.rules.builders import ARRIVED, OFFICE, person, reading, table, with_people

F = FieldName
PLAN = reading({F.DOC_TYPE: "Kế hoạch", F.SUBJECT: "Công tác thông tin đối ngoại"})
DEFAULT = "default: {lead: vp, days: 15, source: QC}\n"


def slips(text: str, directory: Directory = OFFICE) -> tuple[tuple[str, str], ...]:
    with pytest.raises(RuleSlip) as caught:
        load_table(text, directory)
    found = caught.value.facts["slips"]
    assert isinstance(found, tuple)
    return found


# ── hit policies ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_row_that_holds_gives_the_lead_and_all_give_support_and_information() -> None:
    said = table(
        """
        {id: A, if: {field: doc_type, is: Công văn}, lead: ttra, support: [cntt], source: QC}
        {id: B, if: {field: doc_type, is: Kế hoạch}, support: [khtc], source: QC}
        {id: C, if: {field: subject, contains: đối ngoại}, lead: bcxb, days: 10, source: QC}
        {id: D, if: {field: doc_type, is: Kế hoạch}, lead: vp, days: 3, inform: [gd], source: QC}
        """
    ).consult(PLAN)
    assert said.lead.row.id == "C"
    assert said.deadline is not None
    assert said.deadline.id == "C"
    assert [hit.row.id for hit in said.collected] == ["B", "C", "D"]


def test_without_a_row_that_holds_the_default_row_speaks() -> None:
    said = table("{id: A, if: {field: doc_type, is: Công văn}, lead: ttra, source: QC}").consult(PLAN)
    assert said.lead.row.is_default
    assert said.deadline is said.lead.row
    assert [hit.row.id for hit in said.collected] == ["mac_dinh"]


@pytest.mark.parametrize(
    ("rows", "default", "by"),
    [
        pytest.param(
            """{id: U, if: {field: doc_type, is: Kế hoạch}, days: 0, source: QC}
            {id: L, if: {field: doc_type, is: Kế hoạch}, lead: vp, days: 5, source: QC}""",
            "{lead: vp, days: 15, source: QC}",
            "U",
            id="a row of days only, above the lead's",
        ),
        pytest.param(
            """{id: L, if: {field: doc_type, is: Kế hoạch}, lead: vp, source: QC}
            {id: U, if: {field: doc_type, is: Kế hoạch}, days: 0, source: QC}""",
            "{lead: vp, days: 15, source: QC}",
            None,
            id="below the lead's row nobody's days count, not even the default's",
        ),
        pytest.param("", "{lead: vp, source: QC}", None, id="a default without days"),
    ],
)
def test_days_come_from_the_lead_row_or_one_above_it(rows: str, default: str, by: str | None) -> None:
    row = table(rows, default).row_for(PLAN, ARRIVED)
    assert (row.id if row else None) == by


@pytest.mark.parametrize(
    ("on", "lead"),
    [
        pytest.param("2012-01-31", "mac_dinh", id="the day before it begins"),
        pytest.param("2012-02-01", "A", id="its first day"),
        pytest.param("2012-02-29", "A", id="its last day"),
        pytest.param("2012-03-01", "mac_dinh", id="the day after"),
        pytest.param(None, "A", id="no day asked"),
    ],
)
def test_a_row_counts_between_its_dates(on: str | None, lead: str) -> None:
    dated = table("{id: A, lead: bcxb, source: QC, valid_from: 2012-02-01, valid_to: 29/02/2012}")
    assert dated.consult(PLAN, dt.date.fromisoformat(on) if on else None).lead.row.id == lead


def test_rows_above_the_lead_that_could_not_be_judged_are_listed() -> None:
    paper = reading({F.DOC_TYPE: "Kế hoạch"}, FieldReading(name=F.SIGNER_NAME, reason="Chữ ký che tên."))
    rows = """
        {id: A, if: {field: signer_name, is: Trần Lưu Quang}, lead: ttra, source: QC}
        {id: B, if: {field: signer_name, is: Trần Lưu Quang}, support: [cntt], source: QC}
        {id: C, if: {field: doc_type, is: Kế hoạch}, lead: vp, source: QC}
        {id: D, if: {field: signer_name, is: Trần Lưu Quang}, lead: bcvt, source: QC}
    """
    assert [hit.row.id for hit in table(rows).consult(paper).unknown] == ["A"]
    only = "{id: D, if: {field: signer_name, is: Trần Lưu Quang}, lead: bcvt, source: QC}"
    assert [hit.row.id for hit in table(only).consult(paper).unknown] == ["D"]


@given(
    subject=st.one_of(st.none(), st.text(max_size=60)),
    doc_type=st.sampled_from([None, "Kế hoạch", "Giấy mời", "Công văn"]),
)
def test_the_sample_table_always_names_a_lead_and_the_same_one(
    subject: str | None, doc_type: str | None
) -> None:
    sample = load_table(load_sample_table_text(), OFFICE)
    paper = reading({F.SUBJECT: subject and nfc(subject), F.DOC_TYPE: doc_type})
    said = sample.consult(paper, ARRIVED)
    assert said.lead.row.lead is not None
    assert said == sample.consult(paper, ARRIVED)


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sample_table_is_sound_and_nothing_in_it_is_doubtful() -> None:
    sample = load_table(load_sample_table_text(), OFFICE, version=3)
    assert len(sample.rows) >= 10
    assert sample.default is sample.rows[-1]
    assert check_table(sample, OFFICE) == ()
    said = sample.consult(PLAN, ARRIVED)
    assert said.lead.row.rule == "giao_viec@3#QT-04"
    assert said.lead.row.lead is not None
    assert said.lead.row.lead.unit == "bcxb"


def test_the_empty_table_of_a_new_office_asks_who_leads() -> None:
    empty = load_table(EMPTY_TABLE, Directory())
    assert empty.default.lead is None
    assert "hỏi văn thư ai chủ trì" in empty.default.sentence(Directory())


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        pytest.param("bcxb", "unit:bcxb", id="unit by id"),
        pytest.param("unit:bcxb", "unit:bcxb", id="unit by marked id"),
        pytest.param("Phòng Báo chí – Xuất bản", "unit:bcxb", id="unit by name"),
        pytest.param("phong bao chi - xuat ban", "unit:bcxb", id="unit by name without marks"),
        pytest.param("KH-TC", "unit:khtc", id="unit by alias"),
        pytest.param("xuan", "xuan", id="person by id"),
        pytest.param("Lê Thanh Xuân", "xuan", id="person by name"),
    ],
)
def test_a_row_names_units_and_people_by_id_name_or_alias(written: str, reference: str) -> None:
    lead = table(f'{{id: A, lead: "{written}", source: QC}}').rows[0].lead
    assert lead is not None
    assert lead.reference == reference


def test_each_row_reads_as_one_vietnamese_sentence() -> None:
    rows = table(
        """
        {id: QT-07, if: {field: doc_type, is: Kế hoạch}, lead: bcxb, support: [vp, cntt], \
inform: [gd], days: 10, source: Quy chế, valid_from: 2012-01-01}
        {id: QT-08, inform: [gd], days: 0, source: Quy chế, valid_to: 31/12/2012}
        """
    ).rows
    assert rows[0].sentence(OFFICE) == (
        "QT-07, từ 01/01/2012: nếu tên loại là “Kế hoạch” thì "
        "Phòng Báo chí – Xuất bản chủ trì; Văn phòng, Phòng Công nghệ thông tin phối hợp; "
        "báo Ngô Lan để biết; hạn 10 ngày làm việc (Quy chế)."
    )
    assert rows[1].sentence(OFFICE) == (
        "QT-08, đến hết 31/12/2012: nếu bất kỳ văn bản nào thì báo Ngô Lan để biết; hạn trong ngày (Quy chế)."
    )
    assert rows[2].sentence(OFFICE) == (
        "mac_dinh: nếu không quy tắc nào ở trên chọn được thì Văn phòng chủ trì; hạn 15 ngày làm việc (QC)."
    )


# ── slips ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        pytest.param("{id: A, leed: vp, source: QC}", "quy tắc A, ô leed", "“lead”", id="unknown cell"),
        pytest.param("{id: A, lead: vpp, source: QC}", "quy tắc A, ô lead", "“vp”", id="unknown unit"),
        pytest.param(
            "{id: A, lead: vp, support: [Thanh Tra Sở], source: QC}",
            "quy tắc A, ô support",
            "“Thanh tra”",
            id="unknown supporter",
        ),
        pytest.param("{id: A, lead: vp, inform: [zzz], source: QC}", "ô inform", "“zzz”.", id="no likeness"),
        pytest.param("{id: A, lead: vp}", "quy tắc A, ô source", "thiếu", id="no source"),
        pytest.param("{lead: vp, source: QC}", "quy tắc thứ 1, ô id", "thiếu", id="no id"),
        pytest.param("{id: A, source: QC}", "quy tắc A (dòng 2)", "không làm gì", id="a row without effect"),
        pytest.param("{id: A b, lead: vp, source: QC}", "ô id", "dấu cách", id="space in an id"),
        pytest.param("{id: A, lead: [vp, bcxb], source: QC}", "ô lead", "chỉ một nơi", id="two leads"),
        pytest.param(
            '{id: A, lead: "vp\\u200b", source: QC}',
            "ô lead",
            "không nhìn thấy (U+200B)",
            id="hidden letters",
        ),
        pytest.param(
            "{id: A, if: {field: subject, contains: '!!'}, lead: vp, source: QC}",
            "ô if",
            "“!!” không có chữ",
            id="nothing to look for",
        ),
        pytest.param(
            "{id: A, if: {field: date, is: ngày mai}, lead: vp, source: QC}",
            "ô if",
            "không phải là ngày",
            id="no day",
        ),
        pytest.param("{id: 07, lead: vp, source: QC}", "ô id", "ngoặc kép", id="a number for an id"),
        pytest.param("{id: A, lead: vp, source: ''}", "ô source", "để trống", id="empty source"),
        pytest.param("{id: A, lead: vp, days: -1, source: QC}", "ô days", "âm", id="days before arrival"),
        pytest.param("{id: A, lead: vp, days: 999, source: QC}", "ô days", "366", id="too many days"),
        pytest.param(
            "{id: A, lead: vp, days: yes, source: QC}", "ô days", "số nguyên", id="yes is no number"
        ),
        pytest.param("{id: A, lead: vp, support: vp, source: QC}", "ô support", "danh sách", id="no list"),
        pytest.param(
            "{id: A, lead: vp, source: QC, valid_from: 2012-02-02, valid_to: 2012-02-01}",
            "quy tắc A",
            "đứng trước",
            id="ends before it begins",
        ),
        pytest.param(
            "{id: A, if: {field: loai, is: x}, lead: vp, source: QC}",
            "quy tắc A, ô if.field",
            "không có trường “loai”",
            id="unknown field",
        ),
        pytest.param(
            "{id: A, if: {field: subjct, is: x}, lead: vp, source: QC}",
            "ô if.field",
            "“subject”",
            id="misspelt field",
        ),
        pytest.param(
            "{id: A, if: {field: subject, containss: x}, lead: vp, source: QC}",
            "quy tắc A, ô if.containss",
            "“contains”",
            id="misspelt operator",
        ),
        pytest.param(
            "{id: A, if: {all: [{field: place, is: x}, {field: subject, is: 5}]}, lead: vp, source: QC}",
            "quy tắc A, ô if.all[2].is",
            "ngoặc kép",
            id="deep inside",
        ),
        pytest.param(
            "{id: A, if: {field: subject, matches: '(?!x)'}, lead: vp, source: QC}",
            "quy tắc A, ô if",
            "RE2",
            id="pattern that RE2 has not",
        ),
        pytest.param(
            "{id: A, if: {fron: Bộ Y tế}, lead: vp, source: QC}",
            "ô if.fron",
            "“from”",
            id="misspelt question",
        ),
        pytest.param(
            "{id: A, if: {names_us: false}, lead: vp, source: QC}", "ô if.names_us", "not", id="not names us"
        ),
        pytest.param("nothing", "quy tắc thứ 1", "ô có tên", id="a row that is a word"),
        pytest.param(
            "{id: A, if: [x], lead: vp, source: QC}", "quy tắc A, ô if", "phải gồm", id="a list for if"
        ),
        pytest.param(
            "{id: A, if: {field: subject, one_of: []}, lead: vp, source: QC}",
            "ô if.one_of",
            "trống",
            id="none",
        ),
        pytest.param(
            "{id: A, if: {field: subject, contains: ''}, lead: vp, source: QC}",
            "quy tắc A, ô if.contains (dòng",
            "trống",
            id="an empty word",
        ),
        pytest.param(
            "{id: mac_dinh, lead: vp, source: QC}", "quy tắc mặc định, ô id", "đã dùng", id="id twice"
        ),
    ],
)
def test_a_slip_says_row_cell_and_what_was_perhaps_meant(row: str, place: str, said: str) -> None:
    ((where, what),) = slips(f"rows:\n  - {row}\n{DEFAULT}")
    assert place in where
    assert "dòng" in where
    assert said in what + "."


def test_all_slips_are_told_at_once_with_their_lines() -> None:
    text = (
        "rows:\n  - id: A\n    leed: vp\n    days: 3\n    source: QC\n  - id: B\n    lead: vp\n    days: x\n"
        "default: {lead: vp}\n"
    )
    assert [where for where, _ in slips(text)] == [
        "quy tắc A, ô leed (dòng 3)",
        "quy tắc B, ô source (dòng 6)",
        "quy tắc B, ô days (dòng 8)",
        "quy tắc mặc định, ô source (dòng 9)",
    ]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        pytest.param("rows: []\n", "quy tắc mặc định", "thiếu", id="no default row"),
        pytest.param(
            "rows: []\ndefault: {lead: vp, source: QC, if: {field: subject, contains: a}}\n",
            "quy tắc mặc định",
            "không có điều kiện",
            id="a default with a condition",
        ),
        pytest.param(DEFAULT, "ô rows", "thiếu", id="no rows"),
        pytest.param(f"rows: []\nrow: []\n{DEFAULT}", "ô row", "“rows”", id="unknown cell of the table"),
        pytest.param(
            "rows: []\ndefault: {lead: vp, sorce: QC}", "quy tắc mặc định", "“source”", id="default"
        ),
        pytest.param("", "tệp", "ô có tên", id="empty"),
        pytest.param("- a\n- b\n", "tệp", "ô có tên", id="a list"),
        pytest.param("rows: [\n", "dòng 2", "YAML", id="not YAML"),
        pytest.param("rows: [}\n", "dòng 1", "YAML", id="a bracket too many"),
        pytest.param(f"rows: []\n{DEFAULT}{DEFAULT}", "dòng 3", "hai lần", id="a key given twice"),
        pytest.param("rows: &a []\ndefault: *a\n", "dòng 1", "bí danh", id="an anchor"),
        pytest.param("x: *a\n", "dòng 1", "bí danh", id="an alias"),
        pytest.param("x: " + "[" * (DEEPEST + 1), "dòng 1", "lồng nhau", id="too deep"),
        pytest.param("x: " + "a" * MOST_BYTES, "tệp", "lớn quá", id="too large"),
        pytest.param("a: 1\nx: 2012-02-31\n", "dòng 2", "“2012-02-31”", id="a day that does not exist"),
        pytest.param("x: !!python/object/apply:os.getcwd []\n", "dòng 1", "YAML", id="a Python object"),
        pytest.param("a: 1\n---\nb: 2\n", "dòng 2", "YAML", id="two documents"),
        pytest.param("x: \x07\n", "tệp", "YAML", id="control characters"),
        pytest.param("? [a]\n: b\n", "dòng 1", "tên ô", id="a list for a key"),
        pytest.param("<<: {rows: []}\n", "dòng 1", "tên ô", id="a merge"),
    ],
)
def test_a_text_that_is_no_table_is_refused_with_its_line(text: str, place: str, said: str) -> None:
    where, what = slips(text)[0]
    assert place in where
    assert said in what


def agency_named(name: str) -> tuple[str | None, str | None]:
    known = {"Bộ Y tế": "Bộ Y tế", "BYT": "Bộ Y tế"}
    return known.get(name), "Bộ Y tế" if name.startswith("Bộ") else None


@pytest.mark.parametrize(
    ("condition", "cell", "said"),
    [
        pytest.param("{from: Bộ Y tê}", "if.from", "“Bộ Y tê”; có phải “Bộ Y tế”?", id="misspelt"),
        pytest.param("{from: Sở X}", "if.from", "không có “Sở X”", id="nothing near"),
        pytest.param("{from: BYT}", "if.from", "hãy ghi đủ tên, “Bộ Y tế”", id="a short form"),
        pytest.param(
            "{all: [{from: Bộ Y tế}, {not: {from: Sở X}}]}", "if.all[2].not.from", "“Sở X”", id="deep"
        ),
        pytest.param("{any: [{from: [Bộ Y tế, Sở X]}]}", "if.any[1].from", "“Sở X”", id="one of several"),
    ],
)
def test_an_agency_that_the_directory_does_not_have_is_refused_where_it_can_be_asked(
    condition: str, cell: str, said: str
) -> None:
    text = f"rows:\n  - {{id: A, if: {condition}, lead: vp, source: QC}}\n{DEFAULT}"
    assert load_table(text, OFFICE).asks_agencies
    with pytest.raises(RuleSlip) as caught:
        load_table(text, OFFICE, agency_named=agency_named)
    ((where, what),) = caught.value.facts["slips"]
    assert where == f"quy tắc A, ô {cell} (dòng 2)"
    assert said in what


def test_an_agency_that_the_directory_has_is_taken() -> None:
    text = f"rows:\n  - {{id: A, if: {{from: bộ y tế}}, lead: vp, source: QC}}\n{DEFAULT}"
    known = {"bộ y tế": ("Bộ Y tế", None)}
    assert load_table(text, OFFICE, agency_named=known.__getitem__).asks_agencies
    assert not load_table(f"rows: []\n{DEFAULT}", OFFICE).asks_agencies


def test_a_name_two_people_bear_asks_for_the_id() -> None:
    namesakes = with_people(person("linh2", "Nguyễn Thị Linh"))
    ((_, what),) = slips(f"rows:\n  - {{id: A, lead: Nguyễn Thị Linh, source: QC}}\n{DEFAULT}", namesakes)
    assert "linh, linh2" in what


def test_a_slip_survives_the_trip_out_of_a_worker_process() -> None:
    with pytest.raises(RuleSlip) as caught:
        load_table("rows: []\n", OFFICE)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes, written one line above
    assert again.facts == caught.value.facts
    assert "congvan rules check" in again.advise()


CELLS = {"id", "if", "lead", "support", "inform", "days", "source", "valid_from", "valid_to"}


@given(cell=st.from_regex(r"[a-z_]{1,12}", fullmatch=True).filter(lambda text: text not in CELLS))
def test_a_cell_nobody_knows_is_always_refused(cell: str) -> None:
    ((where, _),) = slips(f'rows:\n  - {{id: A, lead: vp, source: QC, "{cell}": vp}}\n{DEFAULT}')
    assert f"ô {cell}" in where


@given(text=st.text(max_size=200))
def test_any_text_is_either_a_table_or_a_slip(text: str) -> None:
    with pytest.raises(RuleSlip):
        load_table(text, OFFICE)
