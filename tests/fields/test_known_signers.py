"""A signer is known again by the register only when this paper bears the name out."""

from __future__ import annotations

import pytest

from documents.reading import FieldName, FieldReading
from fields.known_signers import recall_signer

DOUBTED = FieldReading(name=FieldName.SIGNER_NAME, value="Nguyễn Văn Hưng", reason="Khác nhau ở dấu.")


@pytest.mark.parametrize(
    ("seen", "before", "value", "is_checked"),
    [
        pytest.param(
            ("Nguyễn Văn Hưng", "Nguyễn Văn Hùng"), ("Nguyễn Văn Hùng",), "Nguyễn Văn Hùng", True,
            id="a reading has it with its marks",
        ),
        pytest.param(
            ("nguyen van hung",), ("Nguyễn Văn Hùng",), "Nguyễn Văn Hùng", False,
            id="only its letters were seen: offered",
        ),
        pytest.param(
            ("Nguyễn Văn Hưng", "Nguyễn Văn Hùng"), ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"), "Nguyễn Văn Hưng",
            False, id="two people of these letters sign there",
        ),
        pytest.param(
            ("Nguyễn Văn Hưng",), ("Trần Thị Lan",), "Nguyễn Văn Hưng", False, id="somebody else signs there",
        ),
        pytest.param(("Nguyễn Văn Hưng",), (), "Nguyễn Văn Hưng", False, id="nobody is known"),
        pytest.param((), ("Nguyễn Văn Hùng",), "Nguyễn Văn Hưng", False, id="nothing was read"),
        pytest.param(
            ("NGUYỄN VĂN HÙNG",), ("Nguyễn Văn Hùng",), "Nguyễn Văn Hùng", True, id="capitals on this paper"
        ),
        pytest.param(("Hoàng Hoà",), ("Hoàng Hòa",), "Hoàng Hòa", True, id="the older place of a tone"),
    ],
)  # fmt: skip
def test_a_signer_is_known_again(
    seen: tuple[str, ...], before: tuple[str, ...], value: str, is_checked: bool
) -> None:
    name = recall_signer(DOUBTED, seen, before)
    assert (name.value, name.checked) == (value, is_checked)
    assert (name.reason is None) == is_checked


def test_what_the_paper_settles_the_register_does_not_touch() -> None:
    sure = FieldReading(name=FieldName.SIGNER_NAME, value="Nguyễn Văn Hưng", checked=True)
    assert recall_signer(sure, ("Nguyễn Văn Hùng",), ("Nguyễn Văn Hùng",)) is sure
