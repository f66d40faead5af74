"""An office writes its own ladder; every slip is told with its place and what was perhaps meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.reminder_table import LadderSlip, read_ladders, write_ladders
from rules.reminders import LADDERS, Pace, Tier, day_rung, hour_rung


def test_the_built_in_ladders_read_back_as_written() -> None:
    assert read_ladders(write_ladders(LADDERS)) == LADDERS
    assert read_ladders("") == LADDERS


def test_what_is_not_written_stays_built_in() -> None:
    text = "# của Sở\nTHƯỜNG: -2 nguoi giu , 0 Người giữ, +2 trưởng đơn vị  # hai ngày\n\nhoả tốc: 0 người giữ, -3 giờ lãnh đạo\n"
    ladders = read_ladders(text)
    assert ladders[Pace.NORMAL] == (
        day_rung(-2, Tier.HOLDER),
        day_rung(0, Tier.HOLDER),
        day_rung(2, Tier.HEAD),
    )
    assert ladders[Pace.FLASH] == (day_rung(0, Tier.HOLDER), hour_rung(-3, Tier.LEADER))
    assert ladders[Pace.URGENT] == LADDERS[Pace.URGENT]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("thuong khan 0 người giữ", 1, "không có mức khẩn", id="no colon"),
        pytest.param("\nkhần gấp: 0 người giữ", 2, "không có mức khẩn “khần gấp”", id="no such urgency"),
        pytest.param("hỏa tộc: 0 người giữ\nx", 2, "không có mức khẩn “x”", id="marks do not matter, the rest does"),
        pytest.param("khẩn: 0 nguời gũi", 1, "có phải “người giữ”?", id="a slip in the tier"),
        pytest.param("khẩn: mai người giữ", 1, "không hiểu “mai người giữ”", id="no number"),
        pytest.param("khẩn: 0 người giữ, -1 người giữ", 1, "“-1 người giữ” phải đứng trước “0 người giữ”", id="out of order"),
        pytest.param("khẩn: 0 người giữ, 0 lãnh đạo", 1, "phải đứng trước", id="one day twice"),
        pytest.param("khẩn: -90 người giữ", 1, "từ -15 đến +60", id="too early"),
        pytest.param("khẩn: -40g người giữ", 1, "nhiều nhất 12 giờ", id="too many hours"),
        pytest.param("khẩn: 0 người giữ\nkhẩn: 0 người giữ", 2, "hai lần", id="twice"),
        pytest.param("khẩn: " + ", ".join(f"{n} người giữ" for n in range(13)), 1, "nhiều nhất 12 bậc", id="a flood"),
        pytest.param("khẩn:", 1, "không hiểu “”", id="nothing"),
    ],
)  # fmt: skip
def test_every_slip_has_its_place(text: str, line: int, said: str) -> None:
    with pytest.raises(LadderSlip) as caught:
        read_ladders(text)
    assert caught.value.facts["line"] == line
    assert said in str(caught.value)


@st.composite
def ladders(draw: st.DrawFn) -> dict[Pace, tuple[object, ...]]:
    made = {}
    for pace in Pace:
        days = sorted(draw(st.sets(st.integers(-15, 60), min_size=1, max_size=9)))
        hours = sorted(draw(st.sets(st.integers(-12, 12), max_size=3)))
        tiers = st.sampled_from(Tier)
        made[pace] = (
            *(day_rung(day, draw(tiers)) for day in days if day <= 0),
            *(hour_rung(hour, draw(tiers)) for hour in hours),
            *(day_rung(day, draw(tiers)) for day in days if day > 0),
        )
    return {pace: rungs or (day_rung(0, Tier.HOLDER),) for pace, rungs in made.items()}


@given(ladders())
def test_any_ladder_reads_back_as_written(ladders: dict[Pace, tuple[object, ...]]) -> None:
    assert read_ladders(write_ladders(ladders)) == ladders  # type: ignore[arg-type]  # made above


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused_with_its_line(text: str) -> None:
    def line_of_slip() -> int | None:
        try:
            read_ladders(text)
        except LadderSlip as slip:
            return int(slip.facts["line"])
        return None

    slip = line_of_slip()
    assert slip is None or 1 <= slip <= len(text.splitlines())
