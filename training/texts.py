"""What is written: numbers of documents, days, dates; and what is printed around them."""

from __future__ import annotations

import numpy as np

# fmt: off
_TYPES = [
    "QĐ", "TB", "KH", "BC", "CV", "TTr", "GM", "CT", "HD", "NQ", "TM", "SYT", "UBND", "BGDĐT", "STNMT",
    "SNV", "ĐHKT", "CTSV", "TTg", "VP", "NĐ", "TTLT", "LĐTBXH", "CAT", "HĐND", "XD", "GDĐT", "BYT",
    "KBNN", "2020/NĐ",
]
# fmt: on
_LABELS = ["Số:", "Số :", "Số", "Số: ", "số:", "SỐ:", ":", "ố:", "Số.", "Số ", "Số: .", "Số......"]
# fmt: off
_DAYS = [
    "ngày", "ngày ", "Ngày", "Hà Nội, ngày", "Minh, ngày", "g, ngày", "y", "ày", "Ngày:",
    "Chí Minh, ngày ",
]
# fmt: on
# fmt: off
_AFTER_DAY = [
    "tháng", "tháng 4", "tháng 12 năm", "tháng 01", "th", "t", " tháng", "tháng....", "năm 2018", "/",
    "tháng 3",
]
# fmt: on


def draw_text(rng: np.random.Generator) -> tuple[str, str]:
    """Return what the pen writes and its kind: `number`, `day`, `date` or `empty`."""
    kind = str(rng.choice(["number", "day", "date", "empty"], p=[0.56, 0.27, 0.12, 0.05]))
    if kind == "empty":
        return "", kind
    if kind == "number":
        return _number(rng), kind
    if kind == "day":
        day = int(rng.integers(1, 32)) if rng.random() < 0.8 else int(rng.integers(1, 13))
        return (f"{day:02d}" if rng.random() < 0.7 else str(day)), kind
    return _date(rng), kind


def _number(rng: np.random.Generator) -> str:
    count = int(rng.choice([1, 2, 3, 4, 5], p=[0.08, 0.22, 0.32, 0.33, 0.05]))
    digits = "".join(str(d) for d in rng.integers(0, 10, count))
    if rng.random() < 0.12:  # joined bars and twins are the hardest
        digits = "".join(str(rng.choice(["1", "1", "1", "7", "4", "2", "0"])) for _ in range(count))
    if count > 2 and digits[0] == "0" and rng.random() < 0.8:
        digits = str(rng.integers(1, 10)) + digits[1:]
    chance = rng.random()
    if chance < 0.05:
        digits += str(rng.choice(list("ABab")))
    elif chance < 0.065:
        digits = str(rng.choice(list("VXHKTNCĐ"))) + "." * int(rng.random() < 0.5) + digits[:2]
    return digits


def _date(rng: np.random.Generator) -> str:
    day, month, year = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(2005, 2030))
    if rng.random() < 0.3:
        year = int(rng.integers(0, 100)) + 1950
    between = str(rng.choice(["/", ".", "-"], p=[0.7, 0.18, 0.12]))
    pad = rng.random() < 0.5
    parts = [f"{day:02d}" if pad else str(day), f"{month:02d}" if pad else str(month)]
    chance = rng.random()
    if chance < 0.4:
        parts.append(str(year))
    elif chance < 0.75:
        parts.append(str(year)[2:])
    return between.join(parts)


def draw_surroundings(kind: str, rng: np.random.Generator) -> tuple[str, str]:
    """Return what is printed before and after, each possibly empty."""
    if kind == "date":
        left = str(rng.choice(["Ngày:", "Ngày", "ngày", "Ngày......", "ĐẾN", "", ":"]))
        return left, str(rng.choice(["", "", "....", "......"]))
    is_day = kind == "day" or (kind == "empty" and rng.random() < 0.4)
    if is_day:
        return str(rng.choice(_DAYS)), str(rng.choice(_AFTER_DAY))
    types = str(rng.choice(_TYPES)) + ("-UBND" if rng.random() < 0.3 else "")
    slash = str(rng.choice(["/", "/ ", " /", "-", "- "], p=[0.82, 0.06, 0.06, 0.03, 0.03]))
    return str(rng.choice(_LABELS)), slash + types
