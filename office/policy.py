"""Who may do what: one function for every act of a person, by role, unit and relation to the work.

Sources: domain §6.3 (roles), Decree 30/2020/NĐ-CP, articles 23–24. Whoever stands in for somebody may do what
that person may, within the delegation's days and scope, and both names go on record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from documents.absence import Delegation, Matter
from documents.errors import NotAllowed
from documents.people import Directory, Duty, Officer, PersonId, UnitId
from documents.reach import Reach
from documents.record import AssignmentRecord
from office.phrase import Phrase
from registry.view import View


class Act(StrEnum):
    """What somebody wants to do."""

    REGISTER = "register"
    """Vào sổ và chuyển."""
    READ_AGAIN = "read_again"
    """Cho đọc lại."""
    SETTLE = "settle"
    """Xác nhận đã xem điều còn ngờ."""
    ENTER_DIRECTION = "enter_direction"
    """Ghi thay ý kiến chỉ đạo của lãnh đạo."""
    GIVE_DIRECTION = "give_direction"
    """Cho ý kiến chỉ đạo, hoặc ghi thay."""
    DRAFT_RULES = "draft_rules"
    """Lập, bỏ bản nháp bảng quy tắc."""
    APPROVE_RULES = "approve_rules"
    """Duyệt bảng quy tắc."""
    MANAGE_TASKS = "manage_tasks"
    """Giao, bỏ, báo cáo việc nêu trong văn bản thay người khác."""
    TAKE_TASK = "take_task"
    """Nhận, báo cáo việc nêu trong văn bản."""
    ACCEPT = "accept"
    """Nhận việc."""
    HAND_ON = "hand_on"
    """Giao tiếp trong đơn vị."""
    RETURN = "return"
    """Trả lại."""
    ASK_EXTENSION = "ask_extension"
    """Xin gia hạn."""
    ANSWER_EXTENSION = "answer_extension"
    """Cho gia hạn hoặc không, đặt hạn khác."""
    REPORT = "report"
    """Báo tiến độ."""
    FINISH = "finish"
    """Báo hoàn thành."""
    REOPEN = "reopen"
    """Mở lại việc đã xong."""
    REASSIGN = "reassign"
    """Giao cho người khác."""
    BRING_IN = "bring_in"
    """Tải bản quét lên."""
    SEE_INTAKE = "see_intake"
    """Xem hàng tiếp nhận."""
    SEE_BOOK = "see_book"
    """Xem sổ văn bản đến."""
    EXPORT_BOOK = "export_book"
    """In, xuất sổ và thống kê."""
    SEE_OWN = "see_own"
    """Xem hộp việc và trang cá nhân của mình."""
    WATCH = "watch"
    """Giám sát: quá hạn, ai đang giữ, khối lượng."""
    REMIND = "remind"
    """Nhắc người giữ việc quá hạn, sắp đến hạn."""
    SEE_LOG = "see_log"
    """Xem và đối chiếu nhật ký."""
    SEE_RULES = "see_rules"
    """Xem bảng quy tắc, chạy thử."""
    SEE_PEOPLE = "see_people"
    """Xem danh bạ."""
    MANAGE_PEOPLE = "manage_people"
    """Sửa danh bạ: người, đơn vị, bí danh, cơ quan ban hành."""
    MANAGE_ABSENCES = "manage_absences"
    """Ghi vắng mặt, uỷ quyền thay người khác."""
    SEE_CALENDAR = "see_calendar"
    """Xem lịch làm việc."""
    MANAGE_CALENDAR = "manage_calendar"
    """Sửa lịch làm việc."""
    SEE_STATE = "see_state"
    """Xem tình trạng máy móc."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided: a reason why not, or in whose place the person acts (None in their own right)."""

    refusal: Phrase | None = None
    behalf: PersonId | None = None


BY_HOLDER = frozenset({Act.ACCEPT, Act.RETURN, Act.ASK_EXTENSION, Act.REPORT, Act.FINISH})
CLERKS = frozenset({Duty.CLERK, Duty.ADMIN})
"""Who may register, pass on and ask for a new reading."""
_LEADING = frozenset({Duty.UNIT_HEAD, Duty.LEADER})
_EVERYBODY = frozenset(Duty)
_READERS = CLERKS | _LEADING | {Duty.SUPERVISOR}
_ONLY_LOOKS = Phrase("người giám sát chỉ xem, không sửa")
_ONLY_CLERKS = (CLERKS, Phrase("chỉ văn thư làm được"))
BY_DUTY: dict[Act, tuple[frozenset[Duty], Phrase]] = {
    Act.REGISTER: _ONLY_CLERKS,
    Act.READ_AGAIN: _ONLY_CLERKS,
    Act.SETTLE: _ONLY_CLERKS,
    Act.ENTER_DIRECTION: _ONLY_CLERKS,
    Act.GIVE_DIRECTION: (
        CLERKS | {Duty.LEADER},
        Phrase("chỉ lãnh đạo cho ý kiến chỉ đạo, hoặc văn thư ghi thay"),
    ),
    Act.DRAFT_RULES: (CLERKS | _LEADING, Phrase("chỉ văn thư, trưởng đơn vị, lãnh đạo hoặc quản trị")),
    Act.APPROVE_RULES: (frozenset({Duty.LEADER, Duty.ADMIN}), Phrase("chỉ lãnh đạo hoặc quản trị")),
    Act.MANAGE_TASKS: (
        CLERKS | _LEADING,
        Phrase("việc của người khác chỉ văn thư, trưởng đơn vị hoặc lãnh đạo giao, bỏ hay báo cáo thay"),
    ),
    Act.TAKE_TASK: (_EVERYBODY, Phrase("ai xử lý văn bản cũng làm được")),
    Act.BRING_IN: _ONLY_CLERKS,
    Act.SEE_INTAKE: _ONLY_CLERKS,
    Act.SEE_BOOK: (_EVERYBODY, Phrase("ai trong cơ quan cũng xem được")),
    Act.EXPORT_BOOK: (_READERS, Phrase("chỉ văn thư, trưởng đơn vị, lãnh đạo hoặc thanh tra")),
    Act.SEE_OWN: (_EVERYBODY, Phrase("ai trong cơ quan cũng xem được")),
    Act.WATCH: (_READERS, Phrase("chỉ văn thư, trưởng đơn vị, lãnh đạo hoặc thanh tra")),
    Act.REMIND: (CLERKS | _LEADING, Phrase("chỉ văn thư, trưởng đơn vị hoặc lãnh đạo nhắc việc")),
    Act.SEE_LOG: (
        frozenset({Duty.LEADER, Duty.SUPERVISOR, Duty.ADMIN}),
        Phrase("chỉ lãnh đạo, thanh tra hoặc quản trị"),
    ),
    Act.SEE_RULES: (_READERS, Phrase("chỉ văn thư, trưởng đơn vị, lãnh đạo hoặc thanh tra")),
    Act.SEE_PEOPLE: (_EVERYBODY, Phrase("ai trong cơ quan cũng xem được")),
    Act.MANAGE_PEOPLE: (frozenset({Duty.ADMIN}), Phrase("chỉ quản trị")),
    Act.MANAGE_ABSENCES: (CLERKS | _LEADING, Phrase("chỉ văn thư, trưởng đơn vị hoặc lãnh đạo ghi thay")),
    Act.SEE_CALENDAR: (_EVERYBODY, Phrase("ai trong cơ quan cũng xem được")),
    Act.MANAGE_CALENDAR: _ONLY_CLERKS,
    Act.SEE_STATE: (
        CLERKS | {Duty.LEADER, Duty.SUPERVISOR},
        Phrase("chỉ văn thư, lãnh đạo, thanh tra hoặc quản trị"),
    ),
}
"""Acts that a duty alone allows, and what is said to everybody else."""
READING = frozenset(
    {
        Act.SEE_BOOK,
        Act.EXPORT_BOOK,
        Act.SEE_OWN,
        Act.WATCH,
        Act.SEE_LOG,
        Act.SEE_RULES,
        Act.SEE_PEOPLE,
        Act.SEE_CALENDAR,
        Act.SEE_STATE,
    }
)
"""Acts that change nothing: whoever only watches may do them too."""
_ALL_DOCUMENTS = CLERKS | {Duty.LEADER, Duty.SUPERVISOR}
_RESTRICTED_TOO = frozenset({Duty.CLERK, Duty.LEADER})


def may(
    person: Officer,
    act: Act,
    *,
    directory: Directory,
    on: dt.date,
    line: AssignmentRecord | None = None,
    to: Officer | None = None,
    delegations: Iterable[Delegation] = (),
    matter: Matter | None = None,
) -> Verdict:
    """Return whether `person` may do `act` on that day.

    Args:
        person: Who wants to act.
        act: What they want to do.
        directory: People and units as they are now.
        on: The day.
        line: The recipient line, for acts on work.
        to: Who shall get it, when handing on or giving it to another; None for a unit or when not known yet.
        delegations: Those known; of the ones in force `person` has what their givers may.
        matter: What the delegations' scopes are held against.
    """
    if not person.is_active(on):
        return Verdict(Phrase("bạn không còn làm việc ở cơ quan"))
    if act in BY_DUTY:
        return Verdict(refusal_by_duty(person, act))
    if person.duty is Duty.SUPERVISOR:
        return Verdict(_ONLY_LOOKS)
    if line is None:
        raise ValueError(f"{act} is of a line")
    stood_in_for = _stood_in_for(person, directory, delegations, matter, on)
    if act in BY_HOLDER:
        return _holder(person, line, directory)
    if act is Act.HAND_ON:
        return _hand_on(person, line, directory, to)
    if act is Act.ANSWER_EXTENSION and line.holder == person.id and person.duty is not Duty.LEADER:
        return Verdict(Phrase("không ai tự gia hạn cho việc mình giữ"))
    first: Verdict | None = None
    for one in (person, *stood_in_for):
        behalf = None if one is person else one.id
        refusal = _RULES[act](one, line, directory, to)
        if refusal is None:
            return Verdict(behalf=behalf)
        first = first or Verdict(refusal)
    return first or Verdict()


def reach_of(
    person: Officer, directory: Directory, *, on: dt.date, delegations: Iterable[Delegation] = ()
) -> Reach:
    """Which documents `person` may open on that day: the one rule of every list, search, picture and export.

    Clerks, leaders, inspectors and the administrator see every document; one with a secrecy mark only the
    clerks, the leaders and whoever has it on their desk. Officers see what they have or have handed on, heads
    also what their unit and its people have; whoever stands in for all of somebody's work sees that too.
    """
    led = units_led_by(person, directory)
    whole = (d for d in delegations if not d.doc_types and d.unit is None)
    return Reach(
        person=person.id,
        people=frozenset({person.id, *(p.id for p in directory.people if p.unit in led)}),
        stands_in_for=frozenset(d.giver for d in whole if d.taker == person.id and d.is_in_force(on)),
        units=led,
        everything=person.duty in _ALL_DOCUMENTS,
        restricted=person.duty in _RESTRICTED_TOO,
    )


def refusal_by_duty(person: Officer, act: Act) -> Phrase | None:
    """Why a duty does not include an act that duty alone decides; None when it does."""
    if person.duty is Duty.SUPERVISOR and act not in READING:
        return _ONLY_LOOKS
    duties, why = BY_DUTY[act]
    return None if person.duty in duties else why


def require(view: View, person: Officer, act: Act, *, on: dt.date) -> None:
    """Let an act go on that a duty alone allows.

    Raises:
        NotAllowed: the person's role does not include it.
    """
    directory = view.directory()
    verdict = may(directory.person(person.id) or person, act, directory=directory, on=on)
    if verdict.refusal:
        raise NotAllowed(why=verdict.refusal)


def who_may_answer(line: AssignmentRecord, directory: Directory, on: dt.date) -> tuple[PersonId, ...]:
    """Who may grant the holder of a line another day: the unit's head, else the leaders."""
    heads = tuple(
        p.id
        for p in directory.active(on)
        if p.duty is not Duty.LEADER and _answer(p, line, directory, None) is None
    )
    return heads or tuple(p.id for p in directory.active(on) if p.duty is Duty.LEADER)


def units_led_by(person: Officer, directory: Directory) -> frozenset[UnitId]:
    """Units a person is head of; where a unit names none, whoever of it is a head by duty."""
    return frozenset(
        unit.id
        for unit in directory.units
        if unit.head == person.id
        or (unit.head is None and person.duty is Duty.UNIT_HEAD and person.unit == unit.id)
    )


def _stood_in_for(
    person: Officer,
    directory: Directory,
    delegations: Iterable[Delegation],
    matter: Matter | None,
    on: dt.date,
) -> tuple[Officer, ...]:
    givers = (
        directory.person(d.giver)
        for d in delegations
        if d.taker == person.id and d.is_in_force(on) and (matter is None or d.covers(matter))
    )
    return tuple(giver for giver in givers if giver is not None)


def _holder(person: Officer, line: AssignmentRecord, directory: Directory) -> Verdict:
    if line.holder == person.id:
        return Verdict(behalf=line.stands_in_for)
    return Verdict(_not_held(line, directory))


def _hand_on(person: Officer, line: AssignmentRecord, directory: Directory, to: Officer | None) -> Verdict:
    """The holder, when a leader or a head of the unit of whoever gets it, or standing in for one."""
    if line.holder != person.id:
        return Verdict(_not_held(line, directory))
    right = directory.person(line.stands_in_for) if line.stands_in_for else person
    if right is None or not _leads(right, to, directory):
        return Verdict(Phrase("chỉ lãnh đạo, hoặc trưởng đơn vị giao cho người trong đơn vị mình"))
    return Verdict(behalf=line.stands_in_for)


def _leads(person: Officer, to: Officer | None, directory: Directory) -> bool:
    led = units_led_by(person, directory)
    return person.duty is Duty.LEADER or bool(led and (to is None or to.unit in led))


def _answer(
    person: Officer, line: AssignmentRecord, directory: Directory, to: Officer | None
) -> Phrase | None:
    del to
    if person.duty is Duty.LEADER:
        return None
    holder = directory.person(line.holder) if line.holder else None
    is_above = person.id not in (line.holder, line.stands_in_for) and not (
        holder and holder.duty is Duty.LEADER
    )
    if is_above and _is_of_unit(person, line, directory):
        return None
    return Phrase("chỉ lãnh đạo, hoặc trưởng đơn vị đối với việc mà người trong đơn vị mình giữ")


def _reassign(
    person: Officer, line: AssignmentRecord, directory: Directory, to: Officer | None
) -> Phrase | None:
    if person.duty in (Duty.CLERK, Duty.LEADER):
        return None
    if _is_of_unit(person, line, directory) and to and to.unit in units_led_by(person, directory):
        return None
    return Phrase("chỉ văn thư, lãnh đạo, hoặc trưởng đơn vị trong đơn vị mình")


def _reopen(
    person: Officer, line: AssignmentRecord, directory: Directory, to: Officer | None
) -> Phrase | None:
    del to
    if person.duty in (Duty.CLERK, Duty.LEADER) or person.id == line.holder:
        return None
    if _is_of_unit(person, line, directory):
        return None
    return Phrase("chỉ người đã làm, trưởng đơn vị, lãnh đạo hoặc văn thư")


_RULES = {Act.ANSWER_EXTENSION: _answer, Act.REASSIGN: _reassign, Act.REOPEN: _reopen}


def _is_of_unit(person: Officer, line: AssignmentRecord, directory: Directory) -> bool:
    """Whether the line is of a unit that the person leads, or held by, or given to, somebody of it."""
    led = units_led_by(person, directory)
    people = (directory.person(one) for one in (line.holder, line.person) if one)
    return line.unit in led or any(p is not None and p.unit in led for p in people)


def _not_held(line: AssignmentRecord, directory: Directory) -> Phrase:
    holder = directory.person(line.holder) if line.holder else None
    if holder is None:
        return Phrase("việc này chưa có người giữ")
    return Phrase("việc này do {name} giữ", name=holder.name)
