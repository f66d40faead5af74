"""The pages a person may go to, and where each person starts."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from desk.web.tongue import tr
from documents.people import Duty, Officer
from office import policy
from office.policy import Act


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the menu: its address, its name in Vietnamese, and the act one must be allowed."""

    address: str
    text: str
    act: Act

    @property
    def name(self) -> str:
        """Its name in the language of the answer."""
        return tr(self.text)


DAILY = (
    Place("/tiep-nhan", "Tiếp nhận", Act.SEE_INTAKE),
    Place("/viec", "Hộp việc", Act.SEE_OWN),
    Place("/so-den", "Sổ đến", Act.SEE_BOOK),
    Place("/giam-sat", "Giám sát", Act.WATCH),
)
"""What people use all day: shown in the bar."""
OFFICE = (
    Place("/danh-ba", "Danh bạ", Act.SEE_PEOPLE),
    Place("/lich", "Lịch làm việc", Act.SEE_CALENDAR),
    Place("/quy-tac", "Quy tắc", Act.SEE_RULES),
    Place("/nhat-ky", "Nhật ký", Act.SEE_LOG),
    Place("/tinh-trang", "Tình trạng", Act.SEE_STATE),
)
"""What is set up and looked after: in the bar behind one word."""

_STARTS: dict[Duty, tuple[str, ...]] = {
    Duty.CLERK: ("/tiep-nhan",),
    Duty.LEADER: ("/giam-sat",),
    Duty.SUPERVISOR: ("/giam-sat", "/nhat-ky"),
    Duty.ADMIN: ("/tinh-trang",),
}


@dataclass(frozen=True, slots=True)
class Menu:
    """What the bar of a page offers."""

    daily: tuple[Place, ...] = ()
    office: tuple[Place, ...] = ()


def menu_of(request: Request, person: Officer | None) -> Menu:
    """The places that this person may go to; nothing for visitors."""
    if person is None:
        return Menu()
    return Menu(*(_open_to(request, person, places) for places in (DAILY, OFFICE)))


def start_of(request: Request, person: Officer) -> str:
    """Where this person starts: clerks at what came in, leaders at what is late, officers at their work."""
    known = request.app.state.addresses
    return next((a for a in _STARTS.get(person.duty, ()) if a in known), "/viec")


def _open_to(request: Request, person: Officer, places: tuple[Place, ...]) -> tuple[Place, ...]:
    known = request.app.state.addresses
    return tuple(p for p in places if p.address in known and policy.refusal_by_duty(person, p.act) is None)
