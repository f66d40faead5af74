"""The words names are made of: every one spelled as Vietnamese, the frequent ones before the others."""

from __future__ import annotations

from documents.names import given_name_weights, surname_weights, surnames
from documents.syllables import is_spelled_right
from documents.text import fold, nfc


def test_every_surname_has_a_weight_and_is_found_without_its_marks() -> None:
    assert set(surname_weights()) == {name for names in surnames().values() for name in names}
    assert surnames()["nguyen"] == {"Nguyễn"}
    assert all(fold(name) == key for key, names in surnames().items() for name in names)


UNUSUAL = ["Phớc"]
"""Names of persons in public office that follow no rule of spelling."""


def test_given_names_are_syllables_with_one_capital() -> None:
    odd = [word for word in given_name_weights() if not (is_spelled_right(word) and word.istitle())]
    assert odd == UNUSUAL
    assert all(word == nfc(word) for word in given_name_weights())


def test_frequent_words_weigh_more() -> None:
    given, family = given_name_weights(), surname_weights()
    assert given["Xuân"] > given["Huân"] > given["Huấn"] > 0
    assert family["Nguyễn"] > family["Tống"] > family["Tòng"] > 0
    assert max(given.values()) == max(family.values()) == 1.0
