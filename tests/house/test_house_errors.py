"""Every error a person may see says what happened and what to do next."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import string

import pytest

import desk
import documents.errors as errors
import office
import rules
from documents.errors import Trouble

for _room in (desk, office, rules):
    for _module in pkgutil.walk_packages(_room.__path__, _room.__name__ + "."):
        if "__main__" not in _module.name:
            importlib.import_module(_module.name)


def every_trouble(kind: type[Trouble] = Trouble) -> list[type[Trouble]]:
    return [k for sub in kind.__subclasses__() for k in (sub, *every_trouble(sub))]


KINDS = {
    errors.Trouble,
    errors.Unreadable,
    errors.Refused,
    errors.Missing,
    errors.Conflict,
    errors.Unavailable,
}
CONCRETE = sorted({k for k in every_trouble() if k not in KINDS}, key=lambda k: k.__name__)


def facts_of(kind: type[Trouble]) -> dict[str, str]:
    names = {name for _, name, _, _ in string.Formatter().parse(kind.message + kind.advice) if name}
    return {name: f"<{name}>" for name in names}


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda k: k.__name__)
def test_every_error_has_a_message_and_an_advice_of_its_own(kind: type[Trouble]) -> None:
    trouble = kind(**facts_of(kind))
    assert kind.message != Trouble.message
    assert kind.advice != Trouble.advice
    for fact in facts_of(kind).values():
        assert fact in str(trouble) + trouble.advise()


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda k: k.__name__)
def test_every_error_is_of_a_kind_that_tells_the_doors_what_to_do(kind: type[Trouble]) -> None:
    assert any(issubclass(kind, k) for k in KINDS - {errors.Trouble})


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda k: k.__name__)
def test_an_error_survives_the_way_out_of_a_child_process(kind: type[Trouble]) -> None:
    trouble = kind(**facts_of(kind))
    again = pickle.loads(pickle.dumps(trouble))  # noqa: S301 - our own bytes
    assert type(again) is kind
    assert again.facts == trouble.facts
    assert str(again) == str(trouble)


def test_an_error_raised_without_the_facts_its_words_need_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="lacks the facts"):
        errors.Broken()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        pytest.param(errors.EmptyFile, "empty_file", id="two words"),
        pytest.param(errors.Broken, "broken", id="one word"),
    ],
)
def test_the_code_of_an_error_is_its_name_in_small_letters(kind: type[Trouble], code: str) -> None:
    assert kind(**facts_of(kind)).code == code
