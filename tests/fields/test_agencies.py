"""The directory of issuing bodies."""

from __future__ import annotations

import datetime as dt

import pytest

from fields.agencies import (
    Agency,
    AgencyDirectory,
    agency_key,
    load_agencies,
    restore_marks,
)

DIRECTORY = load_agencies()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("printed", "parent", "on", "name"),
    [
        pytest.param(
            "ỦY BAN NHÂN DÂN TỈNH TÂY NINH", None, "2012-01-03", "Ủy ban nhân dân tỉnh Tây Ninh", id="as is"
        ),
        pytest.param(
            "UY BAN NHAN DAN TINH TAY NINH",
            None,
            "2012-01-03",
            "Ủy ban nhân dân tỉnh Tây Ninh",
            id="no marks",
        ),
        pytest.param(
            "UBND TỈNH KIÊN GIANG", None, "2018-01-02", "Ủy ban nhân dân tỉnh Kiên Giang", id="abbreviated"
        ),
        pytest.param(
            "SỞ Y TE", "UBND TỈNH KIÊN GIANG", "2018-01-02", "Sở Y tế tỉnh Kiên Giang", id="place from above"
        ),
        pytest.param("SỞ Y TẾ BẮC NINH", None, "2021-09-27", "Sở Y tế tỉnh Bắc Ninh", id="place in the name"),
        pytest.param(
            "CÔNG AN TỈNH KIÊN GIANG",
            None,
            "2018-01-02",
            "Công an tỉnh Kiên Giang",
            id="police of a province",
        ),
        pytest.param(
            "THANH TRA TỈNH",
            "UBND TỈNH TÂY NINH",
            "2018-01-02",
            "Thanh tra tỉnh Tây Ninh",
            id="level without name",
        ),
        pytest.param(
            "VĂN PHÒNG", "BỘ TƯ PHÁP", "2019-11-14", "Văn phòng Bộ Tư pháp", id="part of a ministry"
        ),
        pytest.param("THỦ TƯỚNG CHÍNH PHỦ", None, None, "Thủ tướng Chính phủ", id="an office holder, no day"),
        pytest.param(
            "BỘ THÔNG TIN VÀ TRUYÊN THÔNG",
            None,
            "2011-04-22",
            "Bộ Thông tin và Truyền thông",
            id="one mark off",
        ),
        pytest.param(
            "UBND THÀNH PHỐ CẦN THƠ", None, "2010-01-21", "Ủy ban nhân dân thành phố Cần Thơ", id="a city"
        ),
        pytest.param("TỈNH ỦY TÂY NINH", None, "2026-01-01", "Tỉnh ủy tỉnh Tây Ninh", id="party committee"),
        pytest.param(
            "BAN TỔ CHỨC", "TỈNH ỦY TÂY NINH", "2026-01-01", "Ban Tổ chức tỉnh Tây Ninh", id="its commission"
        ),
        pytest.param(
            "ỦY BAN NHÂN DÂN HUYỆN TĨNH GIA",
            None,
            "2020-04-16",
            "Ủy ban nhân dân huyện Tĩnh Gia",
            id="district",
        ),
        pytest.param(
            "HĐND XÃ TÂN HÒA", None, "2026-04-16", "Hội đồng nhân dân xã Tân Hòa", id="council of a commune"
        ),
    ],
)
def test_printed_names_resolve_to_their_entry(
    printed: str, parent: str | None, on: str | None, name: str
) -> None:
    match = DIRECTORY.match(printed, parent=parent, on=day(on) if on else None)
    assert match is not None
    assert (match.name, match.is_sure) == (name, True)


@pytest.mark.parametrize(
    ("printed", "parent"),
    [
        pytest.param("TRƯỜNG ĐẠI HỌC CÔNG NGHỆ", None, id="no directory lists schools"),
        pytest.param("BAN TỔ CHỨC", "UBND TỈNH TÂY NINH", id="party commission under a state body"),
        pytest.param("", None, id="nothing printed"),
    ],
)
def test_unknown_names_stay_unknown(printed: str, parent: str | None) -> None:
    assert DIRECTORY.match(printed, parent=parent) is None


@pytest.mark.parametrize(
    ("printed", "on"),
    [
        pytest.param("BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "2025-06-01", id="dissolved before"),
        pytest.param("BỘ DÂN TỘC VÀ TÔN GIÁO", "2012-06-01", id="founded after"),
        pytest.param("ỦY BAN NHÂN DÂN HUYỆN TĨNH GIA", "2026-04-16", id="districts have ended"),
    ],
)
def test_a_body_that_did_not_exist_on_that_day_is_not_sure(printed: str, on: str) -> None:
    match = DIRECTORY.match(printed, on=day(on))
    assert match is not None
    assert not match.exists
    assert not match.is_sure


def test_the_entry_that_existed_wins_over_one_as_near() -> None:
    early, late = (
        Agency(name="Bộ Xây dựng", until=day("2000-01-01")),
        Agency(name="Bộ Xây Dựng", since=day("2000-01-02")),
    )
    match = AgencyDirectory([early, late]).match("BỘ XÂY DỰNG", on=day("2012-01-01"))
    assert match is not None
    assert match.name == late.name


def test_a_place_between_two_provinces_is_not_sure() -> None:
    match = DIRECTORY.match("ỦY BAN NHÂN DÂN TỈNH QUẢNG NAN", on=day("2018-01-01"))
    assert match is not None
    assert (match.distance, match.margin) == (1, 1)
    assert not match.is_sure


def test_a_place_far_from_any_province_is_unknown() -> None:
    assert DIRECTORY.match("ỦY BAN NHÂN DÂN TỈNH ABCDEFGH XYZ") is None


def test_one_wrong_letter_between_two_provinces_is_not_sure() -> None:
    match = DIRECTORY.match("UBND TỈNH LIÊN GIANG", on=day("2018-01-01"))
    assert match is not None
    assert match.margin == 0
    assert not match.is_sure


def test_a_short_name_must_fit_by_the_letter() -> None:
    assert DIRECTORY.match("SỞ Y TÁM", parent="UBND TỈNH KIÊN GIANG") is None


def test_a_local_committee_is_known_by_its_form_and_not_listed() -> None:
    match = DIRECTORY.match("UBND XÃ TÂN HÒA", on=day("2026-04-16"))
    assert match is not None
    assert not match.listed


def test_the_office_adds_its_own_entries() -> None:
    school = Agency(name="Trường Đại học Công nghiệp Hà Nội", abbreviation="ĐHCN", level="school")
    match = load_agencies((school,)).match("TRƯỜNG ĐẠI HỌC CÔNG NGHIỆP HÀ NỘI")
    assert match is not None
    assert match.is_sure
    assert match.abbreviations == {"ĐHCN"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("UBND TỈNH Tây Ninh", "uy ban nhan dan tinh tay ninh", id="committee"),
        pytest.param("Sở GD&ĐT", "so giao duc va dao tao", id="education"),
        pytest.param("TP.HCM", "thanh pho ho chi minh", id="city and dot"),
        pytest.param("Bà Rịa - Vũng Tàu", "ba ria vung tau", id="hyphen"),
    ],
)
def test_keys_write_abbreviations_out(text: str, key: str) -> None:
    assert agency_key(text) == key


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Tp. Hồ Chí Minh", "Hồ Chí Minh", id="city"),
        pytest.param("Sở Y tế Thừa Thiên Huế", "Thừa Thiên Huế", id="the longer of two names"),
        pytest.param("Thủ Dầu Một", None, id="a town is no province"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_province_is_found_at_the_end_of_a_name(text: str, name: str | None) -> None:
    province = DIRECTORY.find_province(text)
    assert (province.name if province else None) == name


@pytest.mark.parametrize(
    ("printed", "spelling", "restored"),
    [
        pytest.param("SO Y TE", "Sở Y tế", "SỞ Y TẾ", id="capitals get their marks"),
        pytest.param("UỶ BAN", "Ủy ban", "UỶ BAN", id="the place of the tone mark stays as printed"),
        pytest.param("So Y tế", "Sở Y tế", "Sở Y tế", id="small letters stay small"),
        pytest.param("SỞ Y TẾ TỈNH", "Sở Y tế", "SỞ Y TẾ TỈNH", id="another number of words: left alone"),
    ],
)
def test_marks_come_from_the_directory_and_case_from_the_print(
    printed: str, spelling: str, restored: str
) -> None:
    assert restore_marks(printed, spelling) == restored


@pytest.mark.parametrize(
    ("printed", "parent", "restored"),
    [
        pytest.param("UBND TINH BEN TRE", None, "UBND TỈNH BẾN TRE", id="abbreviation kept"),
        pytest.param("SO Y TE BAC NINH", None, "SỞ Y TẾ BẮC NINH", id="place after a general name"),
        pytest.param("SO Y TE TINH BAC NINH", None, "SỞ Y TẾ TỈNH BẮC NINH", id="level between"),
        pytest.param(
            "SO GD&DT TINH BAC NINH", None, "SO GD&DT TINH BAC NINH", id="shorter than the full name"
        ),
        pytest.param("THANH TRA TINH", "UBND TỈNH TÂY NINH", "THANH TRA TỈNH", id="level without a name"),
    ],
)
def test_the_spelling_follows_the_printed_words(printed: str, parent: str | None, restored: str) -> None:
    match = DIRECTORY.match(printed, parent=parent)
    assert match is not None
    assert restore_marks(printed, match.spelling) == restored


@pytest.mark.parametrize(
    ("since", "until", "on", "exists"),
    [
        pytest.param(None, None, "1990-01-01", True, id="always"),
        pytest.param("2008-01-01", None, "2007-12-31", False, id="a day too early"),
        pytest.param(None, "2025-02-28", "2025-02-28", True, id="its last day"),
        pytest.param(None, "2025-02-28", "2025-03-01", False, id="the day after"),
    ],
)
def test_days_of_existence_are_inclusive(since: str | None, until: str | None, on: str, exists: bool) -> None:
    agency = Agency(name="Bộ X", since=day(since) if since else None, until=day(until) if until else None)
    assert agency.exists_on(day(on)) is exists
    assert agency.exists_on(None)


def test_partly_known_days_are_taken_as_wide_as_they_may_be() -> None:
    by_name = {a.name: a for a in DIRECTORY.agencies}
    post = by_name["Sở Bưu chính, Viễn thông"]
    assert (post.since, post.until) == (day("2003-01-01"), day("2008-12-31"))
    assert by_name["Bộ Công nghiệp"].until == day("2007-07-31")
    assert by_name["Bộ Công Thương"].since == day("2007-08-01")
