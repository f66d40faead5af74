from __future__ import annotations

import pytest

from fields.agencies import load_agencies
from fields.superiors import find_chain, full_name

DIRECTORY = load_agencies()
PROVINCE = "Ủy ban nhân dân tỉnh Tây Ninh"


@pytest.mark.parametrize(
    ("issuer", "parent", "above", "is_whole", "by_paper"),
    [
        pytest.param("Bộ Tài chính", None, (), True, False, id="a ministry ends the chain"),
        pytest.param(PROVINCE, None, (), True, False, id="so does the committee of a province"),
        pytest.param("Sở Y tế tỉnh Tây Ninh", None, (PROVINCE,), True, False, id="a department, by law"),
        pytest.param(
            "Sở Y tế thành phố Hồ Chí Minh",
            "UBND TỈNH TÂY NINH",
            ("Ủy ban nhân dân Thành phố Hồ Chí Minh",),
            True,
            False,
            id="by law, whatever is printed",
        ),
        pytest.param("Thanh tra tỉnh Tây Ninh", None, (PROVINCE,), True, False, id="the inspectorate"),
        pytest.param("Sở Y tế", None, (), False, False, id="a department of no named province"),
        pytest.param("Sở Y tế", "UBND TỈNH TÂY NINH", (PROVINCE,), True, True, id="the province is printed"),
        pytest.param("Tổng cục Thuế", "BỘ TÀI CHÍNH", ("Bộ Tài chính",), True, True, id="printed above"),
        pytest.param("Tổng cục Thuế", None, (), False, False, id="nothing printed: not known"),
        pytest.param("Tổng cục Thuế", "BỘ XYZ", (), False, False, id="printed, but in no directory"),
        pytest.param(
            "Trung tâm Y tế",
            "SỞ Y TẾ TÂY NINH",
            ("Sở Y tế tỉnh Tây Ninh", PROVINCE),
            True,
            True,
            id="two steps: printed, then by law",
        ),
        pytest.param("Ủy ban nhân dân xã Tân Lập", None, (), False, False, id="a commune: which province?"),
        pytest.param(
            "Hội đồng nhân dân tỉnh Tây Ninh", None, (), False, False, id="a council is no department"
        ),
        pytest.param("Khoa Toán", "KHOA TOÁN", (), False, False, id="a body is not above itself"),
        pytest.param("Bộ Y tế; Bộ Công an", None, ("Bộ Công an",), True, False, id="a joint paper has all"),
        pytest.param(
            "Bộ Y tế; Tổng cục Thuế",
            "BỘ TÀI CHÍNH",
            ("Tổng cục Thuế",),
            False,
            False,
            id="whose parent is it?",
        ),
    ],
)
def test_who_stands_above_an_issuer_is_told_as_far_as_it_is_known(
    issuer: str, parent: str | None, above: tuple[str, ...], is_whole: bool, by_paper: bool
) -> None:
    chain = find_chain(issuer, parent, DIRECTORY)
    assert chain.agencies == (issuer.split("; ")[0], *above)
    assert (chain.is_whole, chain.by_paper) == (is_whole, by_paper)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        pytest.param("Bộ Tài chính", ("Bộ Tài chính", None), id="its full name"),
        pytest.param("UBND tỉnh Tây Ninh", (PROVINCE, None), id="a short form has one full name"),
        pytest.param("Bộ Tài chánh", (None, "Bộ Tài chính"), id="misspelt: the nearest"),
        pytest.param("Hội những người yêu cá", (None, None), id="nothing near"),
    ],
)
def test_a_written_agency_has_its_full_name_or_the_nearest(
    written: str, known: tuple[str | None, str | None]
) -> None:
    assert full_name(written, DIRECTORY) == known
