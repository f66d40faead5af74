"""The schedules, as one list: what runs when, in Vietnamese time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.sweeps import empty_outbox, free_stuck, move_for_absences, remind_deadlines

TIME_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A sweep and its cron line."""

    name: str
    sweep: Flow[[], int]
    cron: str
    why: str


SCHEDULES = (
    Schedule(
        "nhac-han",
        remind_deadlines,
        "3-59/10 * * * *",
        "Urgent documents and those with an hour cannot wait.",
    ),
    Schedule(
        "giai-phong", free_stuck, "*/10 * * * *", "A dead processor's documents wait ten minutes at most."
    ),
    Schedule(
        "vang-mat",
        move_for_absences,
        "1 * * * *",
        "Absences begin and end at midnight; later runs catch up.",
    ),
    Schedule("gui-con-lai", empty_outbox, "5-59/15 * * * *", "Notices leave even when the notifier is away."),
)


def deployments(schedules: tuple[Schedule, ...] = SCHEDULES) -> list[Any]:
    """One deployment a schedule; a run that is still going makes the next one give way."""
    return [
        schedule.sweep.to_deployment(
            name=schedule.name,
            schedule=Cron(schedule.cron, timezone=TIME_ZONE),
            concurrency_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
            ),
            description=schedule.why,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for schedule in schedules
    ]
