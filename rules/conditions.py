"""Conditions of a routing row as people write them: field, operator and value, joined by all, any and not.

How a condition is judged on a paper stands in `rules.judging`.

Source: the shape of a DMN decision table (OMG, Decision Model and Notation 1.5, clause 8).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias

import re2
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictStr, model_validator

from documents.reading import FieldName
from documents.text import fold, nfc, same_tone, tidy
from documents.wording import FIELD_LABELS
from rules.wording import join_or, quote

DATE_FIELDS = frozenset({FieldName.DATE, FieldName.ARRIVAL_DATE, FieldName.MEETING_TIME})
ISSUER_FIELDS = (FieldName.ISSUER_AGENCY, FieldName.ISSUER_PARENT)
"""What `from` rests on: the issuer's entry in the directory of agencies, and the body printed above it."""
URGENCY_LEVELS = ("khẩn", "thượng khẩn", "hỏa tốc")
OPERATORS = ("is", "one_of", "contains", "matches", "before", "after", "at_least")
"""Comparisons of one field."""
QUESTIONS = ("from", "names_us")
"""Comparisons that know by themselves what to look at."""
COMBINATORS = ("all", "any", "not")

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_PATTERN = 500
_PATTERN_MEMORY_B = 1 << 20


def read_day(value: object) -> object:
    """Turn `15/02/2012` into a date, day first; a YAML date is one already; anything else is refused."""
    if isinstance(value, str) and (match := _DAY_FIRST.fullmatch(value.strip())):
        day, month, year = (int(part) for part in match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            pass
    if type(value) is dt.date or value is None:
        return value
    raise ValueError(f"“{value}” không phải là ngày; viết 15/02/2012 hoặc 2012-02-15")


def _read_threshold(value: object) -> object:
    is_day = isinstance(value, str) and _DAY_FIRST.fullmatch(value.strip())
    return read_day(value) if is_day else value


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _as_days(value: object) -> object:
    """Days in the form in which fields keep them; what is no text, day or list of them is left as it is."""
    if isinstance(value, list):
        return [_as_days(one) for one in value]
    day = read_day(value) if isinstance(value, str | dt.date) else value
    return day.isoformat() if isinstance(day, dt.date) else value


def _as_seen(text: str) -> str:
    if hidden := [one for one in text if not one.isspace() and unicodedata.category(one).startswith("C")]:
        raise ValueError(f"có ký tự không nhìn thấy (U+{ord(hidden[0]):04X}); hãy gõ lại")
    return text


Day: TypeAlias = Annotated[dt.date, BeforeValidator(read_day)]
Words: TypeAlias = Annotated[StrictStr, Field(min_length=1), AfterValidator(_as_seen)]
WordList: TypeAlias = Annotated[tuple[Words, ...], Field(min_length=1)]


class Condition(BaseModel):
    """One condition: `field` with exactly one operator, or one question, or one of `all`, `any`, `not`.

    `is` and `one_of` compare whole values, letter case and tone placement aside; of a date its day.
    `contains` compares whole words without marks; of several phrases one suffices. `matches` searches an RE2
    pattern in NFC text. `before` and `after` are exclusive. `at_least` counts an arrival number, a level of
    urgency, or a day (that day included). `from` holds when the issuer is that agency or stands under it, by
    its full name in the directory of agencies; of several one suffices. `names_us` holds when a section of
    the text gives our office work by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: FieldName | None = None
    is_: Words | None = Field(None, alias="is")
    one_of: WordList | None = None
    contains: Annotated[WordList | None, BeforeValidator(_as_list)] = None
    matches: Annotated[StrictStr, Field(min_length=1, max_length=_LONGEST_PATTERN)] | None = None
    before: Day | None = None
    after: Day | None = None
    at_least: Annotated[Any, BeforeValidator(_read_threshold)] = None
    from_: Annotated[WordList | None, BeforeValidator(_as_list)] = Field(None, alias="from")
    names_us: Literal[True] | None = None
    all_of: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = Field(None, alias="all")
    any_of: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = Field(None, alias="any")
    not_: Condition | None = Field(None, alias="not")

    @model_validator(mode="before")
    @classmethod
    def _one_shape(cls, data: Any) -> Any:
        """Refuse anything but one comparison or one combinator, before the cells are looked at."""
        if not isinstance(data, dict):
            raise ValueError("điều kiện phải gồm field, một phép so và giá trị; hoặc all, any, not")
        operators = [key for key in OPERATORS if key in data]
        questions = [key for key in QUESTIONS if key in data]
        combinators = [key for key in COMBINATORS if key in data]
        if len(given := operators + questions + combinators) > 1:
            raise ValueError(f"chỉ được một phép so, đang có {', '.join(given)}")
        if combinators and "field" in data:
            raise ValueError(f"{combinators[0]} không đi cùng field; đặt field bên trong {combinators[0]}")
        if questions and "field" in data:
            raise ValueError(f"{questions[0]} không đi cùng field; bỏ field")
        if "field" in data and not operators and set(data) <= {"field"}:
            raise ValueError(f"thiếu phép so, một trong {', '.join(OPERATORS)}")
        if operators and "field" not in data:
            raise ValueError(f"{operators[0]} thiếu field")
        if not data:
            raise ValueError("điều kiện trống")
        if data.get("field") in DATE_FIELDS:
            return {key: _as_days(value) if key in ("is", "one_of") else value for key, value in data.items()}
        return data

    @model_validator(mode="after")
    def _fits_field(self) -> Condition:
        """Refuse an operator that cannot be asked of the field."""
        if (self.before or self.after) and self.field not in DATE_FIELDS:
            raise ValueError(f"before và after chỉ hỏi được ngày, không hỏi được {self.field}")
        if self.at_least is not None:
            _check_at_least(self.field, self.at_least)
        if self.matches is not None:
            compile_pattern(nfc(self.matches))
        for phrase in self.contains or ():
            if not spaced_words(phrase).strip():
                raise ValueError(f"{quote(phrase)} không có chữ hay số nào để tìm")
        return self

    @property
    def operator(self) -> str:
        """Name of the comparison, question or combinator."""
        return next(key for key, name in _ATTRIBUTES.items() if getattr(self, name) is not None)

    @property
    def value(self) -> Any:
        """What the field is compared with."""
        return getattr(self, _ATTRIBUTES[self.operator])

    @property
    def parts(self) -> tuple[Condition, ...]:
        """What a combinator joins; nothing for a comparison."""
        return (*(self.all_of or ()), *(self.any_of or ()), *((self.not_,) if self.not_ else ()))

    def comparisons(self) -> Iterator[Condition]:
        """The single comparisons in it, whatever joins them, as written from left to right."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.comparisons()

    @property
    def fields(self) -> frozenset[FieldName]:
        """Every field that it asks about."""
        if self.from_:
            return frozenset(ISSUER_FIELDS)
        if self.names_us:
            return frozenset({FieldName.OUR_PART})
        own = frozenset({self.field}) if self.field else frozenset()
        return own.union(*(part.fields for part in self.parts))

    def sentence(self) -> str:
        """The condition in Vietnamese, as people approve it."""
        if self.all_of:
            return " và ".join(_bracketed(part, "any") for part in self.all_of)
        if self.any_of:
            return " hoặc ".join(_bracketed(part, "all") for part in self.any_of)
        if self.not_:
            return f"không phải ({self.not_.sentence()})"
        if self.from_:
            return f"cơ quan ban hành là hoặc trực thuộc {join_or(map(quote, self.from_))}"
        if self.names_us:
            return "văn bản có phần giao việc nêu tên cơ quan mình"
        assert self.field  # noqa: S101 - `_one_shape` leaves no comparison without its field
        value = self.value
        if self.field in DATE_FIELDS and self.operator in ("is", "one_of"):
            days = (value,) if isinstance(value, str) else value
            value = tuple(f"{dt.date.fromisoformat(day):%d/%m/%Y}" for day in days)
            value = value[0] if self.operator == "is" else value
        return f"{FIELD_LABELS[self.field]} {_VERBS[self.operator](value)}"


_ATTRIBUTES = {key: key for key in (*OPERATORS, *QUESTIONS, *COMBINATORS)} | {
    "is": "is_",
    "from": "from_",
    "all": "all_of",
    "any": "any_of",
    "not": "not_",
}


def _bracketed(part: Condition, inner: str) -> str:
    return f"({part.sentence()})" if part.operator == inner else part.sentence()


def _say_at_least(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"từ ngày {value:%d/%m/%Y} trở đi"
    return f"từ {value} trở lên" if isinstance(value, int) else f"từ mức {quote(value)} trở lên"


_VERBS: dict[str, Callable[[Any], str]] = {
    "is": lambda value: f"là {quote(value)}",
    "one_of": lambda values: f"là một trong {', '.join(map(quote, values))}",
    "contains": lambda values: f"chứa {join_or(map(quote, values))}",
    "matches": lambda value: f"khớp mẫu “{value}”",
    "before": lambda value: f"trước {value:%d/%m/%Y}",
    "after": lambda value: f"sau {value:%d/%m/%Y}",
    "at_least": _say_at_least,
}


def _check_at_least(field: FieldName | None, value: object) -> None:
    if field is FieldName.ARRIVAL_NUMBER:
        fits = type(value) is int
    elif field is FieldName.URGENCY:
        fits = isinstance(value, str) and urgency_level(value) is not None
    else:
        fits = field in DATE_FIELDS and type(value) is dt.date
    if not fits:
        raise ValueError(
            "at_least chỉ hỏi được arrival_number với số, urgency với Khẩn, Thượng khẩn hoặc Hỏa tốc, "
            "và các ô ngày với ngày (2012-02-15)"
        )


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Any:
    """Compile a person's pattern with RE2, which cannot run away on any text.

    Raises:
        ValueError: RE2 does not accept it (look-around and back-references are not in RE2).
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _PATTERN_MEMORY_B
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise ValueError(
            f"mẫu “{pattern}” không hợp lệ ({said}); RE2 không có nhìn trước, nhìn sau và tham chiếu ngược"
        ) from error


# ── keys under which texts are compared ──────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4096)
def same_words(text: str) -> str:
    """The key under which `is` compares: letter case and tone placement do not matter, marks do."""
    return same_tone(tidy(text).casefold())


@lru_cache(maxsize=2048)
def spaced_words(text: str) -> str:
    """The words of a text without marks, one space around each: ` ke hoach so 02 `."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def urgency_level(text: str) -> int | None:
    """The place of a printed urgency among `URGENCY_LEVELS`, None for none of them."""
    words = same_words(text)
    levels = [level for level, name in enumerate(URGENCY_LEVELS) if words.startswith(name)]
    return levels[0] if levels else None
